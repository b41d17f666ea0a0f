//! The token endpoints. One straight line: form, request, decision, answer.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::{Method, StatusCode};
use vakt_identity::{
    Endpoint, IdentityError, Refusal, TokenIssued, TokenRequest, requested_resource,
};
use vakt_wire::entra::{TokenAnswerV1, TokenAnswerV2};

use super::errors::{Correlation, answer, challenge_basic, seal_answer};
use super::form::{TOKEN_BODY_MAX_BYTES, TokenForm};
use crate::app::{App, AppState};
use crate::chance;
use crate::edge::{BodyFault, read_body};
use crate::names::Origin;
use crate::problem::json;
use crate::throttle::TooMany;

/// `POST /{tenant}/oauth2/token`
pub(crate) async fn token_v1(
    State(app): State<AppState>,
    Path(tenant): Path<String>,
    request: Request,
) -> Response {
    serve(&app, Endpoint::V1, tenant, request).await
}

/// `POST /{tenant}/oauth2/v2.0/token`
pub(crate) async fn token_v2(
    State(app): State<AppState>,
    Path(tenant): Path<String>,
    request: Request,
) -> Response {
    serve(&app, Endpoint::V2, tenant, request).await
}

async fn serve(app: &App, endpoint: Endpoint, tenant: String, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let origin = app.names.origin(&head.uri, &head.headers);
    let mut correlation = Correlation::of(&head.headers, head.uri.query());
    if head.method == Method::OPTIONS {
        return allowed_methods();
    }
    let mut by_basic = false;
    let result = async {
        let form = read_form(&head, body, &mut by_basic).await?;
        correlation.note(form.correlation.as_deref());
        let endpoint = if tenant.eq_ignore_ascii_case("adfs") && form.asks_by_scope() {
            Endpoint::V2
        } else {
            endpoint
        };
        let request = form.into_request(endpoint, tenant);
        let issued = issue(app, &request, &origin).await;
        let issued = issued.map_err(|error| slowed_down(app, &head, &request, error))?;
        Ok((endpoint, issued))
    }
    .await;
    match result {
        Ok((endpoint, issued)) => {
            let mut response = success(endpoint, issued);
            correlation.mark(&mut response, &chance::guid());
            response
        }
        Err(error) => {
            let mut response = answer(&error, app, &origin.base, &correlation);
            if by_basic {
                challenge_basic(&mut response);
            }
            response
        }
    }
}

/// A GET with a form body counts as a POST: one widely used connector sends that.
async fn read_form(
    head: &http::request::Parts,
    body: axum::body::Body,
    by_basic: &mut bool,
) -> Result<TokenForm, IdentityError> {
    let body = read_body(body, &head.headers, TOKEN_BODY_MAX_BYTES).await.map_err(|fault| {
        refused(match fault {
            BodyFault::TooLong { .. } => Refusal::BadForm(vakt_identity::ParameterFault::TooLong),
            BodyFault::Broken => Refusal::Malformed,
        })
    })?;
    let is_post = head.method == Method::POST || (head.method == Method::GET && !body.is_empty());
    if !is_post {
        return Err(refused(Refusal::WrongMethod { method: head.method.to_string() }));
    }
    let mut form = TokenForm::parse(&body).map_err(refused)?;
    *by_basic = form.add_basic(&head.headers).map_err(refused)?;
    Ok(form)
}

async fn issue(
    app: &App,
    request: &TokenRequest,
    origin: &Origin,
) -> Result<TokenIssued, IdentityError> {
    let own_base = requested_resource(request).is_ok_and(|name| app.names.is_own_base(name));
    let issuers = origin.issuers(own_base);
    app.identity.issue(request, &issuers, app.clock.now(), chance::bytes()).await
}

/// Counts a wrong credential; what is over the limit is answered with a request to wait.
fn slowed_down(
    app: &App,
    head: &http::request::Parts,
    request: &TokenRequest,
    error: IdentityError,
) -> IdentityError {
    let failed = matches!(&error, IdentityError::Refused(one) if one.is_failed_credential());
    let client = request.client_id.as_deref().and_then(|id| id.parse().ok());
    let (true, Some(client)) = (failed, client) else { return error };
    let source = app.proxies.caller(&head.extensions, &head.headers).into();
    match app.throttle.credential_failed(source, client, app.clock.now()) {
        Ok(()) => error,
        Err(TooMany { retry_after_seconds }) => {
            refused(Refusal::TooManyFailures { retry_after_seconds })
        }
    }
}

fn refused(refusal: Refusal) -> IdentityError {
    IdentityError::Refused(refusal)
}

fn success(endpoint: Endpoint, issued: TokenIssued) -> Response {
    let mut response = match endpoint {
        Endpoint::V2 => json(StatusCode::OK, &to_wire_v2(issued)),
        Endpoint::V1 => json(StatusCode::OK, &to_wire_v1(issued)),
    };
    seal_answer(&mut response);
    response
}

fn to_wire_v2(issued: TokenIssued) -> TokenAnswerV2 {
    let expires_in = u32::try_from(issued.expires_in).unwrap_or_default();
    TokenAnswerV2 {
        token_type: "Bearer".into(),
        expires_in,
        ext_expires_in: expires_in,
        access_token: issued.access_token,
    }
}

fn to_wire_v1(issued: TokenIssued) -> TokenAnswerV1 {
    TokenAnswerV1 {
        token_type: "Bearer".into(),
        expires_in: issued.expires_in.to_string(),
        ext_expires_in: issued.expires_in.to_string(),
        expires_on: issued.expires_on.to_string(),
        not_before: issued.not_before.to_string(),
        resource: issued.grant.resource_name,
        access_token: issued.access_token,
    }
}

fn allowed_methods() -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let allow = http::HeaderValue::from_static("POST, OPTIONS");
    response.headers_mut().insert(http::header::ALLOW, allow);
    response
}
