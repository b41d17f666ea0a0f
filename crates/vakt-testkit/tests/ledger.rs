//! Walks every route of the server: what is guarded is guarded, what is open is open on purpose.

use std::collections::BTreeSet;

use serde_json::json;
use vakt_server::{Access, Api, ROUTES_WITHOUT_A_TOKEN, Row, route_ledger};
use vakt_testkit::cast::{
    ADMIN, BARE, CONTOSO, FABRIKAM, FABRIKAM_ADMIN, FABRIKAM_SIEM, HOARDER, IMPORTER, OPERATOR,
    RESPONDER, SIEM,
};
use vakt_testkit::{
    Answer, ClientKey, Directory, Request, World, expect_aadsts, expect_classic, expect_graph,
};

const MTP: &str = "https://api.security.microsoft.com";
const GRAPH: &str = "https://graph.microsoft.com";
const MDE: &str = "https://api.securitycenter.microsoft.com";
const VAKT: &str = "api://vakt";
const PORTAL: &str = "74658136-14ec-4630-ad9b-26e160ff0fc6";

/// A route of the ledger, taken apart.
struct Route {
    method: String,
    path: String,
    access: Access,
}

fn routes() -> Vec<Route> {
    let route = |(name, access): (String, Access)| {
        let (method, path) = name.split_once(' ').unwrap();
        Route { method: method.to_owned(), path: path.to_owned(), access }
    };
    route_ledger().into_iter().map(route).collect()
}

/// What stands in a path's braces.
struct Names {
    application: String,
    principal: String,
    assignment: String,
    /// A federated credential of the application.
    federated: String,
    /// A deleted object.
    deleted: String,
    /// Granted delegated permissions.
    delegated: String,
    incident: i64,
    /// One of that incident.
    alert: &'static str,
    tenant: &'static str,
    domain: &'static str,
    /// The caller's own: a service principal, a certificate, and a proof that it holds its key.
    own: Own,
}

#[derive(Default)]
struct Own {
    principal: String,
    certificate: String,
    proof: String,
}

impl Route {
    fn guard(&self) -> Option<&'static Row> {
        match self.access {
            Access::Roles(row) | Access::Operator(row) => Some(row),
            Access::Open(_) | Access::Page(_) | Access::Asset(_) => None,
        }
    }

    /// What its tokens are for.
    fn audience(&self) -> &'static str {
        match self.guard().map(|row| row.api) {
            Some(Api::Graph) => GRAPH,
            Some(Api::Vakt) => VAKT,
            Some(Api::Portal) => PORTAL,
            Some(Api::Endpoint) => MDE,
            Some(Api::ThreatProtection) | None => MTP,
        }
    }

    /// What a token of another API is for. One of Graph is accepted at the threat-protection API,
    /// whose names clients mix up.
    fn other_audience(&self) -> &'static str {
        match self.guard().map(|row| row.api) {
            Some(Api::Graph | Api::Vakt | Api::Portal) => MTP,
            Some(Api::ThreatProtection | Api::Endpoint) | None => GRAPH,
        }
    }

    fn is_open(&self) -> bool {
        matches!(self.access, Access::Open(_))
    }

    fn is_graph(&self) -> bool {
        self.path.starts_with("/v1.0/") || self.path.starts_with("/beta/")
    }

    /// The path with its braces filled.
    fn fill(&self, names: &Names) -> String {
        let collection = self.path.split('/').nth(2).unwrap_or_default();
        let (key, id) = match collection {
            "applications" if self.path.contains("/owners/") => {
                (names.application.clone(), names.principal.clone())
            }
            "applications" => (names.application.clone(), names.federated.clone()),
            "servicePrincipals" if self.path.contains("/owners/") => {
                (names.principal.clone(), names.principal.clone())
            }
            "servicePrincipals" => (names.principal.clone(), names.assignment.clone()),
            "RegisteredApplications" => (FABRIKAM_SIEM.id.to_owned(), String::new()),
            "organization" => (String::new(), names.tenant.to_owned()),
            "directory" => (String::new(), names.deleted.clone()),
            "directoryObjects" => (String::new(), names.principal.clone()),
            "oauth2PermissionGrants" => (String::new(), names.delegated.clone()),
            "security" if self.path.contains("/alerts_v2/") => (String::new(), names.alert.into()),
            _ if self.path.starts_with("/vakt/v1/entities") => ("d1".into(), String::new()),
            _ if self.path.starts_with("/vakt/v1/tenants") => (String::new(), names.tenant.into()),
            _ => (String::new(), names.incident.to_string()),
        };
        let path = self.path.replace("{kind}", "device").replace("{*rest}", "nowhere");
        let tenant = path.replace("{tenant}", names.tenant).replace("{name}", names.domain);
        tenant.replace("{key}", &key).replace("{id}", &id).replace("{kid}", "no-such-key")
    }

    /// A request with a body that the route can read.
    fn request(&self, path: &str, own: &Own) -> Request {
        let request = Request::new(&self.method, path);
        match self.method.as_str() {
            "GET" | "DELETE" => request,
            _ if path.ends_with("/import") => request.json(&json!({ "value": [] })),
            _ if path.ends_with("/removePassword") => {
                request.json(&json!({ "keyId": "00000000-0000-4000-8000-000000000000" }))
            }
            _ if path.contains("/appRole") => request.json(&json!({
                "principalId": "00000000-0000-4000-8000-000000000001",
                "resourceId": "00000000-0000-4000-8000-000000000002",
                "appRoleId": "00000000-0000-4000-8000-000000000003",
            })),
            _ if path.ends_with("/Consent") => {
                Request::new(&self.method, format!("{path}?onBehalfOfAll=true"))
            }
            _ if path.ends_with("/comments") => request.json(&json!({ "comment": "seen" })),
            _ if path.ends_with("/addKey") => request.json(&json!({
                "keyCredential": { "key": own.certificate }, "proof": own.proof,
            })),
            _ if path.ends_with("/removeKey") => request.json(&json!({
                "keyId": "00000000-0000-4000-8000-000000000000", "proof": own.proof,
            })),
            _ if path.ends_with("/owners/$ref") => {
                let owner = format!("https://localhost/v1.0/directoryObjects/{}", own.principal);
                request.json(&json!({ "@odata.id": owner }))
            }
            "POST" if path.contains("/federatedIdentityCredentials") => request.json(&json!({
                "name": "n", "issuer": "https://i.corp", "subject": "s", "audiences": ["a"],
            })),
            _ => request.json(&json!({})),
        }
    }

    fn expect_denied(&self, answer: &Answer, status: u16, classic: &str, graph: &str) -> String {
        if self.is_graph() {
            expect_graph(answer, status, graph)
        } else {
            expect_classic(answer, status, classic)
        }
    }
}

/// Things of Fabrikam, which nobody of Contoso may see.
async fn names_of_fabrikam(world: &World) -> Names {
    world.import(&FABRIKAM_SIEM, &[vakt_testkit::incidents::full(4711)]).await;
    let directory = world.directory(&FABRIKAM_ADMIN).await;
    let principal = directory.principal_of(FABRIKAM_SIEM.id).await;
    let principal = principal["id"].as_str().unwrap().to_owned();
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    let grants = directory.get(&path).await;
    let assignment = grants["value"][0]["id"].as_str().unwrap().to_owned();
    let key = ClientKey::new("own", world.clock().now(), 1);
    let own = world.directory(&ADMIN).await.principal_of(ADMIN.id).await;
    Names {
        application: FABRIKAM_SIEM.object.to_owned(),
        federated: federated(&directory).await,
        deleted: deleted(&directory).await,
        delegated: delegated(&directory, &principal).await,
        principal,
        assignment,
        incident: 4711,
        alert: "da471100",
        tenant: FABRIKAM.id,
        domain: FABRIKAM.domains[0],
        own: Own {
            principal: own["id"].as_str().unwrap().to_owned(),
            certificate: key.base64(),
            proof: key.proof(FABRIKAM_SIEM.object, world.clock().now()),
        },
    }
}

fn id_of(object: &serde_json::Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

async fn federated(directory: &Directory) -> String {
    let path = format!("/applications/{}/federatedIdentityCredentials", FABRIKAM_SIEM.object);
    let new = json!({
        "name": "cluster", "issuer": "https://issuer.corp", "subject": "s", "audiences": ["a"],
    });
    id_of(&directory.post(&path, 201, &new).await)
}

async fn deleted(directory: &Directory) -> String {
    let gone = directory.register("gone", json!({})).await;
    directory.delete(&format!("/applications/{}", gone.object)).await;
    gone.object
}

async fn delegated(directory: &Directory, client: &str) -> String {
    let graph = id_of(&directory.principal_of("00000003-0000-0000-c000-000000000000").await);
    let new = json!({
        "clientId": client, "consentType": "AllPrincipals", "resourceId": graph, "scope": "x",
    });
    id_of(&directory.post("/oauth2PermissionGrants", 201, &new).await)
}

#[test]
fn open_routes_are_exactly_those_of_the_list() {
    let open: BTreeSet<String> = routes()
        .iter()
        .filter(|route| route.is_open())
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let listed: BTreeSet<String> =
        ROUTES_WITHOUT_A_TOKEN.iter().map(|route| (*route).to_owned()).collect();
    assert_eq!(open, listed);
    assert_eq!(listed.len(), 15, "the list may only shrink");
}

#[test]
fn every_row_asks_for_roles_that_can_be_granted() {
    for route in routes() {
        let Some(row) = route.guard() else { continue };
        assert!(!row.any_of.is_empty(), "{}", route.path);
        for value in row.any_of {
            let known = vakt_identity::catalogue::all().iter().flat_map(|api| api.roles);
            assert!(known.into_iter().any(|role| role.value == *value), "{value}: {}", route.path);
        }
    }
}

#[tokio::test]
async fn nobody_passes_without_a_token_and_no_one_with_the_wrong_roles() {
    let world = World::start().await;
    let names = names_of_fabrikam(&world).await;
    let mut bare = std::collections::BTreeMap::new();
    for audience in [MTP, MDE, GRAPH, VAKT, PORTAL] {
        bare.insert(audience, world.token_of(&BARE, audience).await);
    }
    // Every role there is, but for those of the route's own row, is the wrong role.
    let forge = vakt_testkit::Forge::with_key_of(&world).await;
    let mut walked = 0;
    for route in routes() {
        let Some(row) = route.guard() else { continue };
        walked += 1;
        let path = route.fill(&names);
        let request = || route.request(&path, &names.own);
        let answer = world.send(request()).await;
        route.expect_denied(&answer, 401, "Unauthorized", "InvalidAuthenticationToken");
        assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer "));
        let answer = world.send(request().bearer(&bare[route.other_audience()])).await;
        let status = if row.api == Api::ThreatProtection { 403 } else { 401 };
        let classic = if status == 403 { "Forbidden" } else { "Unauthorized" };
        route.expect_denied(&answer, status, classic, "InvalidAuthenticationToken");
        let (_, mut claims) = vakt_testkit::decode(&bare[route.audience()]);
        let roles = vakt_identity::catalogue::all().iter().flat_map(|api| api.roles);
        let roles = roles.map(|role| role.value).filter(|value| !row.any_of.contains(value));
        claims["roles"] = json!(roles.collect::<Vec<_>>());
        let token = forge.sign(&forge.header(), &claims);
        let answer = world.send(request().bearer(&token)).await;
        let message = route.expect_denied(&answer, 403, "Forbidden", "Authorization_RequestDenied");
        assert!(message.contains(&row.any_of.join(",")), "{message}");
    }
    assert!(walked > 30, "only {walked} guarded routes");
}

#[tokio::test]
async fn things_of_another_tenant_are_not_there() {
    let world = World::start().await;
    let names = names_of_fabrikam(&world).await;
    let (graph, mtp) = (world.token_of(&ADMIN, GRAPH).await, world.token_of(&IMPORTER, MTP).await);
    let vakt = world.token_of(&OPERATOR, VAKT).await;
    let mde = world.token_of(&RESPONDER, MDE).await;
    let portal = world.token_of(&ADMIN, PORTAL).await;
    let security = world.token_of(&HOARDER, GRAPH).await;
    let mut walked = 0;
    for route in routes() {
        if !matches!(route.access, Access::Roles(_)) || !route.path.contains('{') {
            continue;
        }
        walked += 1;
        let path = route.fill(&names);
        let token = match route.audience() {
            GRAPH if route.path.contains("/security/") => &security,
            GRAPH => &graph,
            VAKT => &vakt,
            PORTAL => &portal,
            MDE => &mde,
            _ => &mtp,
        };
        let answer = world.send(route.request(&path, &names.own).bearer(token)).await;
        route.expect_denied(&answer, 404, "ResourceNotFound", "Request_ResourceNotFound");
    }
    assert!(walked > 25, "only {walked} routes with a name in their path");
    // And nothing of it was changed by asking.
    let directory = world.directory(&FABRIKAM_ADMIN).await;
    directory.get(&format!("/applications/{}", names.application)).await;
    let path = format!("/servicePrincipals/{}/appRoleAssignments", names.principal);
    assert_eq!(directory.get(&path).await["value"][0]["id"], names.assignment);
}

#[tokio::test]
async fn a_path_cannot_be_asked_with_a_method_it_does_not_have() {
    let world = World::start().await;
    let names = names_of_fabrikam(&world).await;
    let (graph, mtp) = (world.token_of(&ADMIN, GRAPH).await, world.token(MTP).await);
    let paths: BTreeSet<(String, bool)> =
        routes().iter().map(|route| (route.path.clone(), route.guard().is_some())).collect();
    for (path, is_guarded) in paths {
        for method in ["TRACE", "PUT", "GET", "POST", "PATCH", "DELETE"] {
            let known = routes().iter().any(|one| one.path == path && one.method == method);
            if known {
                continue;
            }
            let route =
                Route { method: method.into(), path: path.clone(), access: Access::Open("") };
            let mut request = Request::new(method, route.fill(&names));
            if is_guarded {
                request = request.bearer(if route.is_graph() { &graph } else { &mtp });
            }
            let answer = world.send(request).await;
            expect_wrong_method(&route, &answer);
            assert!(answer.header("allow").is_some(), "{method} {path}");
        }
    }
}

fn expect_wrong_method(route: &Route, answer: &Answer) {
    match &route.path {
        path if path.ends_with("/token") => {
            expect_aadsts(answer, 405, 900_561);
        }
        path if ["/{tenant}", "/common", "/.well-known"].iter().any(|at| path.starts_with(at)) => {
            expect_aadsts(answer, 405, 900_000);
        }
        _ => {
            route.expect_denied(answer, 405, "MethodNotAllowed", "MethodNotAllowed");
        }
    }
}

#[tokio::test]
async fn open_routes_answer_without_a_token() {
    let world = World::start().await;
    for route in routes().iter().filter(|route| route.is_open()) {
        let names = Names {
            application: String::new(),
            principal: String::new(),
            assignment: String::new(),
            federated: String::new(),
            deleted: String::new(),
            delegated: String::new(),
            incident: 1,
            alert: "",
            tenant: CONTOSO.id,
            domain: "",
            own: Own::default(),
        };
        let answer = world.send(route.request(&route.fill(&names), &names.own)).await;
        assert!([200, 400].contains(&answer.status), "{} {}", route.path, answer.status);
    }
    let health = world.send(Request::get("/vakt/v1/health")).await.expect(200);
    assert_eq!(health, json!({ "status": "ok" }));
    let as_siem = world.token_of(&SIEM, MTP).await;
    world.send(Request::get("/vakt/v1/health").bearer(&as_siem)).await.expect(200);
}
