//! The token endpoints. One straight line: form, request, decision, answer.

use std::net::IpAddr;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::header::USER_AGENT;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use vakt_identity::audit::{Circumstances, SignIn};
use vakt_identity::{
    Attempt, Endpoint, IdentityError, ParameterFault, Refusal, StoreError, TokenIssued,
    TokenRequest, requested_resource,
};
use vakt_wire::entra::{TokenAnswerV1, TokenAnswerV2};

use super::errors::{Correlation, answer, challenge_basic, number, seal_answer};
use super::form::{TOKEN_BODY_MAX_BYTES, TokenForm};
use crate::app::{App, AppState};
use crate::chance;
use crate::edge::{BodyFault, read_body};
use crate::names::Origin;
use crate::pages::Visit;
use crate::problem::json;
use crate::sign_in_log::LogStuck;
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

/// A token request that a person makes from a page: decided, counted, recorded and answered as one
/// at the wire.
pub(crate) async fn ask_in_person(visit: &Visit, request: &TokenRequest) -> Response {
    let app = &*visit.app;
    let origin = app.names.origin(&visit.uri, visit.headers());
    let ask = Ask {
        app,
        at: visit.now,
        address: visit.address,
        user_agent: agent(visit.headers()),
        correlation: Correlation::of(visit.headers(), None),
        by_basic: false,
    };
    match ask.attempted(request, issue(app, request, &origin).await).await {
        Ok((endpoint, issued)) => success(endpoint, issued),
        Err(error) => answer(&error, app, &origin.base, &ask.correlation),
    }
}

async fn serve(app: &App, endpoint: Endpoint, tenant: String, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let origin = app.names.origin(&head.uri, &head.headers);
    if head.method == Method::OPTIONS {
        return allowed_methods();
    }
    let mut ask = Ask::of(app, &head);
    let answered = match read_form(&head, body, &mut ask).await {
        Err(refusal) => ask.refused_unread(refusal).await,
        Ok(form) => {
            let client = form.client_id.as_deref();
            if let Some(answer) = app.faults.of_token(app, &tenant, client, &head).await {
                return answer;
            }
            // A client of `adfs` may ask in either manner.
            let by_scope = tenant.eq_ignore_ascii_case("adfs") && form.asks_by_scope();
            let endpoint = if by_scope { Endpoint::V2 } else { endpoint };
            let request = form.into_request(endpoint, tenant);
            ask.attempted(&request, issue(app, &request, &origin).await).await
        }
    };
    match answered {
        Ok((endpoint, issued)) => {
            let mut response = success(endpoint, issued);
            ask.correlation.mark(&mut response);
            response
        }
        Err(error) => {
            let mut response = answer(&error, app, &origin.base, &ask.correlation);
            if ask.by_basic {
                challenge_basic(&mut response);
            }
            response
        }
    }
}

/// Who asks, and the trail the request leaves: the limits on failures, and the log.
struct Ask<'a> {
    app: &'a App,
    at: Timestamp,
    address: Option<IpAddr>,
    user_agent: String,
    correlation: Correlation,
    /// The credential came in HTTP Basic.
    by_basic: bool,
}

impl<'a> Ask<'a> {
    fn of(app: &'a App, head: &http::request::Parts) -> Self {
        Self {
            app,
            at: app.clock.now(),
            address: app.proxies.caller(&head.extensions, &head.headers),
            user_agent: agent(&head.headers),
            correlation: Correlation::of(&head.headers, head.uri.query()),
            by_basic: false,
        }
    }

    /// A request that could not be read: nothing was asked of anybody.
    async fn refused_unread(
        &self,
        refusal: Refusal,
    ) -> Result<(Endpoint, TokenIssued), IdentityError> {
        let sign_in = SignIn::unread(self.circumstances(), refusal.code());
        self.record(sign_in).await?;
        Err(refused(refusal))
    }

    /// A request that was decided on. A wrong credential is counted; what is over the limit is
    /// answered with a request to wait.
    async fn attempted(
        &self,
        request: &TokenRequest,
        mut attempt: Attempt,
    ) -> Result<(Endpoint, TokenIssued), IdentityError> {
        if let Err(IdentityError::Refused(refusal)) = &attempt.outcome
            && refusal.is_failed_credential()
            && let Some(client) = request.client_id.as_deref().and_then(|id| id.parse().ok())
            && let Err(TooMany { retry_after_seconds }) =
                self.app.throttle.credential_failed(self.address.into(), client, self.at)
        {
            attempt.outcome = Err(refused(Refusal::TooManyFailures { retry_after_seconds }));
        }
        let code = attempt.outcome.as_ref().err().map_or(0, number);
        self.record(SignIn::of(request, &attempt, self.circumstances(), code)).await?;
        attempt.outcome.map(|issued| (request.endpoint, issued))
    }

    /// Nothing is answered that is not in the log.
    async fn record(&self, sign_in: SignIn) -> Result<(), IdentityError> {
        let recorded = self.app.sign_ins.record(&self.app.throttle, sign_in).await;
        recorded
            .map_err(|LogStuck| StoreError::Failed("the log of sign-ins is stuck".into()).into())
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances {
            at: self.at,
            address: self.address,
            user_agent: self.user_agent.clone(),
            correlation: self.correlation.id().to_owned(),
            request_id: self.correlation.request_id.clone(),
        }
    }
}

fn agent(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    agent.unwrap_or_default().to_owned()
}

/// A GET with a form body counts as a POST: one widely used connector sends that.
async fn read_form(
    head: &http::request::Parts,
    body: axum::body::Body,
    ask: &mut Ask<'_>,
) -> Result<TokenForm, Refusal> {
    let body = read_body(body, &head.headers, TOKEN_BODY_MAX_BYTES).await;
    let body = body.map_err(|fault| match fault {
        BodyFault::TooLong { .. } => Refusal::BadForm(ParameterFault::TooLong),
        BodyFault::Broken => Refusal::Malformed,
    })?;
    let is_post = head.method == Method::POST || (head.method == Method::GET && !body.is_empty());
    if !is_post {
        return Err(Refusal::WrongMethod { method: head.method.to_string() });
    }
    let mut form = TokenForm::parse(&body)?;
    ask.by_basic = form.add_basic(&head.headers)?;
    ask.correlation.note(form.correlation.as_deref());
    Ok(form)
}

async fn issue(app: &App, request: &TokenRequest, origin: &Origin) -> Attempt {
    let own_base = requested_resource(request).is_ok_and(|name| app.names.is_own_base(name));
    let issuers = origin.issuers(own_base);
    app.identity.issue(request, &issuers, app.clock.now(), chance::bytes()).await
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
