//! Refusals as AADSTS bodies.

use axum::response::Response;
use http::header::{
    ALLOW, CACHE_CONTROL, EXPIRES, PRAGMA, RETRY_AFTER, STRICT_TRANSPORT_SECURITY,
    WWW_AUTHENTICATE, X_XSS_PROTECTION,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use vakt_identity::{AssertionRefusal, IdentityError, ParameterFault, Refusal};
use vakt_wire::entra::EntraError;

use crate::app::App;
use crate::chance;
use crate::edge::CLIENT_REQUEST_ID;
use crate::problem::{Problem, Reason, json};

/// Our id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
/// `true` asks for the client's own id back.
const WANTS_IT_BACK: HeaderName = HeaderName::from_static("return-client-request-id");
/// What a library says of itself; either waits for [`TELEMETRY_ANSWER`].
const TELEMETRY: [HeaderName; 2] = [
    HeaderName::from_static("x-client-current-telemetry"),
    HeaderName::from_static("x-client-last-telemetry"),
];
const TELEMETRY_ANSWER: HeaderName = HeaderName::from_static("x-ms-clitelem");
/// The number of a fault of our own.
const UNAVAILABLE: u32 = 90_033;
/// The number of a request that was one too many.
const TOO_MANY: u32 = 90_055;

/// Which request an answer is to, in the caller's words and in ours.
#[derive(Debug, Clone)]
pub(crate) struct Correlation {
    /// Our id of the request: `x-ms-request-id` and `trace_id`.
    pub request_id: String,
    /// An id in place of the caller's, where there is none.
    made_up: String,
    /// `client-request-id`, wherever it was sent.
    pub client_request_id: Option<String>,
    /// The caller wants it back as a header.
    pub wants_it_back: bool,
    /// The caller's library sent its telemetry, and waits for an answer to it.
    pub telemetry: bool,
}

impl Correlation {
    /// From headers and query; a body may add to it.
    pub(crate) fn of(headers: &HeaderMap, query: Option<&str>) -> Self {
        let header = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let in_query = || {
            let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(key, _)| *key == "client-request-id").map(|(_, id)| id)
        };
        let wants_it_back =
            header(&WANTS_IT_BACK).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let telemetry = TELEMETRY.iter().any(|name| headers.contains_key(name));
        let mut correlation = Self {
            request_id: chance::guid(),
            made_up: chance::guid(),
            client_request_id: None,
            wants_it_back,
            telemetry,
        };
        correlation.note(header(&CLIENT_REQUEST_ID).or_else(in_query));
        correlation
    }

    /// Takes an id over, if it is one and none is known yet.
    pub(crate) fn note(&mut self, id: Option<&str>) {
        let guid = id.and_then(|id| id.parse::<vakt_ids::ObjectId>().ok());
        if let (None, Some(guid)) = (&self.client_request_id, guid) {
            self.client_request_id = Some(guid.to_string());
        }
    }

    /// The caller's id of the request, or one that was made for it.
    pub(crate) fn id(&self) -> &str {
        self.client_request_id.as_ref().unwrap_or(&self.made_up)
    }

    /// Marks an answer with its ids.
    pub(crate) fn mark(&self, response: &mut Response) {
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::try_from(self.request_id.as_str()) {
            headers.insert(REQUEST_ID, value);
        }
        if self.telemetry {
            headers.insert(TELEMETRY_ANSWER, HeaderValue::from_static("1,0,0,,"));
        }
        let echoed = self.client_request_id.as_deref().filter(|_| self.wants_it_back);
        if let Some(Ok(value)) = echoed.map(HeaderValue::try_from) {
            headers.insert(CLIENT_REQUEST_ID, value);
        }
    }
}

/// Headers that every answer of a token endpoint carries (recorded traffic).
static SEAL: [(HeaderName, HeaderValue); 7] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store, no-cache")),
    (PRAGMA, HeaderValue::from_static("no-cache")),
    (EXPIRES, HeaderValue::from_static("-1")),
    (STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains")),
    (X_XSS_PROTECTION, HeaderValue::from_static("0")),
    (
        HeaderName::from_static("x-ms-ests-server"),
        HeaderValue::from_static(concat!("Vakt ", env!("CARGO_PKG_VERSION"))),
    ),
    (
        HeaderName::from_static("p3p"),
        HeaderValue::from_static("CP=\"DSP CUR OTPi IND OTRi ONL FIN\""),
    ),
];

/// Adds them.
pub(crate) fn seal_answer(response: &mut Response) {
    let headers = response.headers_mut();
    headers.reserve(SEAL.len());
    for (name, value) in &SEAL {
        headers.insert(name, value.clone());
    }
}

/// The answer to a refused or failed request.
pub(crate) fn answer(
    error: &IdentityError,
    app: &App,
    base: &str,
    correlation: &Correlation,
) -> Response {
    let mut response = match error {
        IdentityError::Refused(refusal) => {
            let body = body(refusal, refusal.error(), app, base, correlation);
            let mut response = json(status(refusal), &body);
            match refusal {
                Refusal::WrongMethod { .. } => {
                    response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST, OPTIONS"));
                }
                // Nowhere else: clients hold back for so long whatever the status says.
                Refusal::TooManyFailures { retry_after_seconds } => {
                    response.headers_mut().insert(RETRY_AFTER, (*retry_after_seconds).into());
                }
                _ => {}
            }
            let mut reason =
                format!("AADSTS{}: {}; {}", refusal.code(), refusal.text(), refusal.hint());
            if let Some(more) = refusal.reason() {
                reason = format!("{reason} ({more})");
            }
            response.extensions_mut().insert(Reason(reason));
            response
        }
        other => {
            tracing::error!(error = %other, "a token request failed");
            let body = unavailable(app, base, correlation);
            let mut response = json(StatusCode::SERVICE_UNAVAILABLE, &body);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
    };
    seal_answer(&mut response);
    correlation.mark(&mut response);
    response
}

/// The number that an error is answered with.
pub(crate) fn number(error: &IdentityError) -> u32 {
    match error {
        IdentityError::Refused(refusal) => refusal.code(),
        _ => UNAVAILABLE,
    }
}

/// Adds the challenge that RFC 6749 wants when HTTP Basic was used and failed.
pub(crate) fn challenge_basic(response: &mut Response) {
    if response.status() == StatusCode::UNAUTHORIZED {
        let value = HeaderValue::from_static("Basic realm=\"token\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
}

/// The answer to a document that cannot be given; the error word is `invalid_tenant` here.
pub(crate) fn answer_document(
    error: &IdentityError,
    app: &App,
    base: &str,
    correlation: &Correlation,
) -> Response {
    let IdentityError::Refused(refusal) = error else {
        return answer(error, app, base, correlation);
    };
    let word = match refusal {
        Refusal::UnknownTenant { .. } => "invalid_tenant",
        other => other.error(),
    };
    let body = body(refusal, word, app, base, correlation);
    let mut response = json(status(refusal), &body);
    response.extensions_mut().insert(Reason(refusal.text()));
    let any = HeaderValue::from_static("*");
    response.headers_mut().insert(http::header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    correlation.mark(&mut response);
    response
}

/// One exhaustive table of HTTP statuses.
fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NoServicePrincipal { .. }
        | Refusal::NoCredential
        | Refusal::WrongSecret { .. }
        | Refusal::SecretExpired { .. } => StatusCode::UNAUTHORIZED,
        Refusal::Assertion(refusal) => status_of_assertion(refusal),
        Refusal::TooManyFailures { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::BadForm(ParameterFault::TooLong) => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::MissingParameter(_)
        | Refusal::Malformed
        | Refusal::BadForm(_)
        | Refusal::ResourceNotSupported
        | Refusal::UnsupportedGrantType { .. }
        | Refusal::GrantNeedsTenant
        | Refusal::UnknownTenant { .. }
        | Refusal::InvalidTenant { .. }
        | Refusal::UnknownApplication { .. }
        | Refusal::NotAnApplicationId { .. }
        | Refusal::Disabled { .. }
        | Refusal::InvalidScope { .. }
        | Refusal::ScopeWithoutDefault { .. }
        | Refusal::SeveralResources { .. }
        | Refusal::UnknownResource { .. }
        | Refusal::NotAssigned { .. }
        | Refusal::UnknownInstance => StatusCode::BAD_REQUEST,
    }
}

/// The same for assertions.
fn status_of_assertion(refusal: &AssertionRefusal) -> StatusCode {
    match refusal {
        AssertionRefusal::Algorithm { .. }
        | AssertionRefusal::KeyNotFound { .. }
        | AssertionRefusal::WrongSignature { .. }
        | AssertionRefusal::KeyNotLive { .. }
        | AssertionRefusal::WrongIssuerSignature
        | AssertionRefusal::OtherClient
        | AssertionRefusal::Audience { .. }
        | AssertionRefusal::Times { .. }
        | AssertionRefusal::UntrustedIssuer { .. }
        | AssertionRefusal::UntrustedAudience { .. }
        | AssertionRefusal::UntrustedSubject { .. }
        | AssertionRefusal::IssuerKeyNotFound { .. }
        | AssertionRefusal::OwnToken => StatusCode::UNAUTHORIZED,
        AssertionRefusal::Malformed { .. }
        | AssertionRefusal::MissingClaim(_)
        | AssertionRefusal::IssuerUnreachable
        | AssertionRefusal::IssuerNotAllowed { .. } => StatusCode::BAD_REQUEST,
    }
}

fn body(
    refusal: &Refusal,
    error: &str,
    app: &App,
    base: &str,
    correlation: &Correlation,
) -> EntraError {
    let code = refusal.code();
    let uri = format!("{base}/error?code={code}");
    let head = format!("AADSTS{code}: {}", refusal.text());
    let mut body = described(error, &head, app, correlation);
    body.error_codes = vec![code];
    body.error_uri = refusal.has_error_page().then_some(uri);
    body
}

fn described(error: &str, head: &str, app: &App, correlation: &Correlation) -> EntraError {
    let timestamp = timestamp(app.clock.now());
    let (request_id, correlation_id) = (&correlation.request_id, correlation.id());
    EntraError {
        error: error.to_owned(),
        error_description: format!(
            "{head} Trace ID: {request_id} Correlation ID: {correlation_id} Timestamp: {timestamp}"
        ),
        error_codes: Vec::new(),
        timestamp,
        trace_id: request_id.clone(),
        correlation_id: correlation_id.to_owned(),
        error_uri: None,
    }
}

/// A passing fault, in the word that clients retry on.
fn unavailable(app: &App, base: &str, correlation: &Correlation) -> EntraError {
    let head = format!("AADSTS{UNAVAILABLE}: A transient error has occurred. Please try again.");
    let mut body = described("temporarily_unavailable", &head, app, correlation);
    body.error_codes = vec![UNAVAILABLE];
    body.error_uri = Some(format!("{base}/error?code={UNAVAILABLE}"));
    body
}

/// Problems of the edge in this dialect: 404, 405, 413, 431, panics.
pub(crate) fn of_problem(problem: &Problem, app: &App, headers: &HeaderMap) -> Response {
    let correlation = Correlation::of(headers, None);
    let (error, code) = match problem.status {
        StatusCode::INTERNAL_SERVER_ERROR => ("server_error", 900_000),
        StatusCode::SERVICE_UNAVAILABLE => ("temporarily_unavailable", UNAVAILABLE),
        StatusCode::TOO_MANY_REQUESTS => ("temporarily_unavailable", TOO_MANY),
        _ => ("invalid_request", 900_000),
    };
    let head = format!("AADSTS{code}: {}", problem.message);
    let mut body = described(error, &head, app, &correlation);
    body.error_codes = vec![code];
    let mut response = json(problem.status, &body);
    seal_answer(&mut response);
    correlation.mark(&mut response);
    response
}

/// `YYYY-MM-DD HH:MM:SSZ`.
pub(crate) fn timestamp(now: jiff::Timestamp) -> String {
    let text = now.to_string().replace('T', " ");
    format!("{}Z", text.get(..19).unwrap_or(&text))
}
