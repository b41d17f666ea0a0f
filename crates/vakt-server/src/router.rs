//! The table of routes, each with its row in the access ledger.

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{MethodRouter, any, get, options, post};
use http::StatusCode;

use crate::access::{
    Access, CONSENT, Door, READ_AUDIT, READ_KEYS, READ_PEOPLE, READ_SERVER_AUDIT, READ_TENANTS,
    Reach, WRITE_KEYS, WRITE_PEOPLE, WRITE_TENANTS,
};
use crate::app::AppState;
use crate::gate::Gate;
use crate::operator::operator_route;
use crate::problem::{Problem, json};
use crate::route::{Route, filter_of, route};
use crate::turnstile::Turnstile;
use crate::{
    audit, classic_portal, consent, defender, endpoint, entra, faults, graph, limits, openapi,
    operator, pages, portal, sign_in,
};

/// A page for people, whose handlers take a visit.
fn page<F, Answer>(method: &'static str, path: &'static str, who: &'static str, handler: F) -> Route
where
    F: Fn(pages::Visit) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<pages::Page, pages::Stop>> + Send + 'static,
{
    route(method, path, Access::Page(who), pages::answered(filter_of(method), handler))
}

/// Every route's name and protection, for the test that walks them all.
pub fn route_ledger() -> Vec<(String, Access)> {
    let graph = graph_routes().flat_map(|one| {
        ["/v1.0", "/beta"].map(|root| (format!("{} {root}{}", one.method, one.path), one.access))
    });
    plain_routes()
        .map(|one| (format!("{} {}", one.method, one.path), one.access))
        .chain(graph)
        .collect()
}

/// The router, edge included.
pub(crate) fn router(app: AppState) -> Router {
    let mut router = Router::new();
    for one in plain_routes() {
        router = router.route(one.path, behind_gate(&app, &one, one.path));
    }
    for one in graph_routes() {
        for path in ["/v1.0", "/beta"].map(|root| format!("{root}{}", one.path)) {
            router = router.route(&path, behind_gate(&app, &one, &path));
        }
    }
    let unknown = Gate::new(&app, "(none)", None);
    router
        .fallback(no_route.layer(unknown.clone()))
        .method_not_allowed_fallback(wrong_method.layer(unknown))
        .with_state(app)
}

fn behind_gate(app: &AppState, one: &Route, path: &str) -> MethodRouter<AppState> {
    let turnstile = Turnstile::of(one.method, one.path);
    let door = match one.access {
        Access::Roles(row) => Some(Door { row, reach: Reach::OwnTenant, turnstile }),
        Access::Operator(row) => Some(Door { row, reach: Reach::Server, turnstile }),
        Access::Open(_) | Access::Page(_) | Access::Asset(_) => None,
    };
    one.handler.clone().layer(Gate::new(app, path, door))
}

/// Graph's routes, which have two roots.
fn graph_routes() -> impl Iterator<Item = Route> {
    graph::routes().into_iter().chain(defender::graph_routes())
}

/// All routes but Graph's.
fn plain_routes() -> impl Iterator<Item = Route> {
    let pages = sign_in_pages().into_iter().chain(consent_pages()).chain(portal::routes());
    let microsofts = entra_routes().into_iter().chain(defender::routes());
    let microsofts = microsofts.chain(endpoint::routes());
    let ours = own_routes().into_iter().chain(operator_routes()).chain(people_routes());
    let told = limits::routes().into_iter().chain(openapi::routes()).chain(faults::routes());
    microsofts.chain(pages).chain(ours).chain(audit_routes()).chain(told)
}

fn entra_routes() -> Vec<Route> {
    let credentials = Access::Open("it is where tokens come from; the credential is in the form");
    let published = Access::Open("clients read it before they have a token");
    let document =
        |handler: MethodRouter<AppState>| handler.merge(options(entra::preflight_published));
    vec![
        route("POST", "/{tenant}/oauth2/token", credentials, any(entra::token_v1)),
        route("POST", "/{tenant}/oauth2/v2.0/token", credentials, any(entra::token_v2)),
        route(
            "GET",
            "/{tenant}/.well-known/openid-configuration",
            published,
            document(get(entra::openid_v1)),
        ),
        route(
            "GET",
            "/{tenant}/v2.0/.well-known/openid-configuration",
            published,
            document(get(entra::openid_v2)),
        ),
        route(
            "GET",
            "/.well-known/oauth-authorization-server",
            published,
            document(get(entra::metadata_of_nobody)),
        ),
        route(
            "GET",
            "/.well-known/oauth-authorization-server/{tenant}",
            published,
            document(get(entra::metadata_v1)),
        ),
        route(
            "GET",
            "/.well-known/oauth-authorization-server/{tenant}/v2.0",
            published,
            document(get(entra::metadata_v2)),
        ),
        route(
            "GET",
            "/{tenant}/.well-known/oauth-authorization-server",
            published,
            document(get(entra::metadata_v1)),
        ),
        route(
            "GET",
            "/{tenant}/v2.0/.well-known/oauth-authorization-server",
            published,
            document(get(entra::metadata_v2)),
        ),
        route(
            "GET",
            "/common/userrealm/{upn}",
            Access::Open("libraries read it before they send a password"),
            get(entra::user_realm),
        ),
        route("GET", "/{tenant}/discovery/keys", published, document(get(entra::keys_v1))),
        route("GET", "/{tenant}/discovery/v2.0/keys", published, document(get(entra::keys_v2))),
        route(
            "GET",
            "/{tenant}/discovery/instance",
            published,
            document(get(entra::instance_discovery)),
        ),
    ]
}

fn sign_in_pages() -> Vec<Route> {
    const FIRST_PASSWORD: &str = "/vakt/sign-in/password";
    const PASSWORD: &str = "/vakt/account/password";
    const AUTHENTICATOR: &str = "/vakt/account/authenticator";
    let anybody = "everybody signs in here; the form says nothing of who could";
    let step = "whoever has taken the step before, in the same browser";
    let signed_in = "whoever has signed in; about oneself only";
    let fresh = "whoever has signed in a moment ago; about oneself only";
    vec![
        page("GET", "/vakt/sign-in", anybody, sign_in::show_sign_in),
        page("POST", "/vakt/sign-in", anybody, sign_in::sign_in),
        page("GET", "/vakt/sign-in/code", step, sign_in::show_code),
        page("POST", "/vakt/sign-in/code", step, sign_in::enter_code),
        page("GET", FIRST_PASSWORD, step, sign_in::show_choose_password),
        page("POST", FIRST_PASSWORD, step, sign_in::choose_password),
        page("POST", "/vakt/sign-out", signed_in, sign_in::sign_out),
        page("GET", "/vakt/account", signed_in, sign_in::account),
        page("GET", PASSWORD, fresh, sign_in::show_change_password),
        page("POST", PASSWORD, fresh, sign_in::change_password),
        page("GET", AUTHENTICATOR, fresh, sign_in::show_authenticator),
        page("POST", AUTHENTICATOR, fresh, sign_in::add_authenticator),
    ]
}

fn consent_pages() -> Vec<Route> {
    let fresh = "whoever has signed in a moment ago; what it grants depends on the person's role";
    let anybody = "signing out ends one's own session";
    let mut routes = vec![
        page("GET", "/{tenant}/oauth2/logout", anybody, sign_in::log_out),
        page("GET", "/{tenant}/oauth2/v2.0/logout", anybody, sign_in::log_out),
    ];
    for (path, door) in [
        ("/{tenant}/adminconsent", consent::Door::AdminConsent),
        ("/{tenant}/v2.0/adminconsent", consent::Door::AdminConsentV2),
        ("/{tenant}/oauth2/authorize", consent::Door::Authorize),
        ("/{tenant}/oauth2/v2.0/authorize", consent::Door::AuthorizeV2),
    ] {
        let show = move |visit| consent::show_consent(door, visit);
        let answer = move |visit| consent::answer_consent(door, visit);
        routes.push(page("GET", path, fresh, show));
        routes.push(page("POST", path, fresh, answer));
    }
    routes
}

fn own_routes() -> Vec<Route> {
    let open = Access::Open("it says only that the server answers");
    let words = Access::Open("error bodies name it; it explains numbers and knows nothing else");
    vec![
        route("GET", "/vakt/v1/health", open, get(health)),
        route(
            "POST",
            "/api/RegisteredApplications/{key}/Consent",
            Access::Roles(&CONSENT),
            post(classic_portal::consent),
        ),
        route("GET", "/error", words, get(entra::explain)),
    ]
}

fn operator_routes() -> Vec<Route> {
    const TENANTS: &str = "/vakt/v1/tenants";
    const TENANT: &str = "/vakt/v1/tenants/{id}";
    const EXPORT: &str = "/vakt/v1/tenants/{id}/export";
    let read_tenants = Access::Operator(&READ_TENANTS);
    let write_tenants = Access::Operator(&WRITE_TENANTS);
    let read_keys = Access::Operator(&READ_KEYS);
    let write_keys = Access::Operator(&WRITE_KEYS);
    vec![
        operator_route("GET", TENANTS, read_tenants, operator::list_tenants),
        operator_route("GET", TENANT, read_tenants, operator::get_tenant),
        operator_route("POST", TENANTS, write_tenants, operator::make_tenant),
        operator_route("DELETE", TENANT, write_tenants, operator::delete_tenant),
        operator_route("GET", EXPORT, write_tenants, operator::export_tenant),
        operator_route("GET", "/vakt/v1/keys", read_keys, operator::list_keys),
        operator_route("POST", "/vakt/v1/keys", write_keys, operator::make_key),
        operator_route("POST", "/vakt/v1/keys/{kid}/retire", write_keys, operator::retire_key),
    ]
}

fn people_routes() -> Vec<Route> {
    const PEOPLE: &str = "/vakt/v1/people";
    const PERSON: &str = "/vakt/v1/people/{id}";
    const SECOND_FACTOR: &str = "/vakt/v1/people/{id}/resetSecondFactor";
    let read = Access::Roles(&READ_PEOPLE);
    let write = Access::Roles(&WRITE_PEOPLE);
    vec![
        operator_route("GET", PEOPLE, read, operator::list_people),
        operator_route("POST", PEOPLE, write, operator::add_person),
        operator_route("GET", PERSON, read, operator::get_person),
        operator_route("PATCH", PERSON, write, operator::change_person),
        operator_route("DELETE", PERSON, write, operator::remove_person),
        operator_route(
            "POST",
            "/vakt/v1/people/{id}/resetPassword",
            write,
            operator::reset_password,
        ),
        operator_route("POST", SECOND_FACTOR, write, operator::reset_second_factor),
        operator_route("POST", "/vakt/v1/people/{id}/unlock", write, operator::unlock_person),
    ]
}

fn audit_routes() -> Vec<Route> {
    const OWN: Access = Access::Roles(&READ_AUDIT);
    const SERVER: Access = Access::Operator(&READ_SERVER_AUDIT);
    vec![
        operator_route("GET", "/vakt/v1/audit/signIns", OWN, audit::list_sign_ins),
        operator_route("GET", "/vakt/v1/audit/directory", OWN, audit::list_changes),
        operator_route("GET", "/vakt/v1/server/audit/signIns", SERVER, audit::list_sign_ins_of_all),
        operator_route(
            "GET",
            "/vakt/v1/server/audit/directory",
            SERVER,
            audit::list_changes_of_all,
        ),
    ]
}

async fn health() -> Response {
    json(StatusCode::OK, &serde_json::json!({ "status": "ok" }))
}

async fn no_route(State(app): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    let message = format!(
        "there is no route `{}`; check the spelling, and the API's version in the path",
        path.chars().take(200).collect::<String>()
    );
    let problem = Problem::new(StatusCode::NOT_FOUND, "NotFound", message);
    problem.answer(&app, path, request.headers())
}

async fn wrong_method(State(app): State<AppState>, request: Request) -> Response {
    let message = format!("this route does not answer to {}", request.method());
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message);
    problem.answer(&app, request.uri().path(), request.headers())
}
