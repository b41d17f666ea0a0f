//! What every request passes: limits on its head, a limit on its time, one line in the log. A
//! panic below becomes an answer here.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::app::App;
use crate::leftover::Leftover;
use crate::problem::{Problem, Reason};

/// Largest head of a request, all header fields together: the longest token accepted twice over.
pub(crate) const HEADERS_MAX_BYTES: usize = 32 * 1024;
/// Longest path and query.
pub(crate) const TARGET_MAX_BYTES: usize = 32 * 1024;
/// A client's own id of a request, which errors repeat.
pub(crate) const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
/// How long a request may take, its body's arrival included.
pub(crate) const REQUEST_MAX_SECONDS: u64 = 30;

/// Hands a request to whatever is behind the edge, and has an answer in any case.
pub(crate) async fn guard<F: Future<Output = Response>>(
    app: &App,
    route: &str,
    request: Request,
    lead: impl FnOnce(Parts, Body) -> F,
) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let caller = CallerWords::of(&request);
    let response = match check_head(&request) {
        Err(problem) => caller.answer(app, problem),
        Ok(()) => match run(request, lead).await {
            Ok(response) => response,
            Err(problem) => caller.answer(app, problem),
        },
    };
    log(&method, route, &response, started.elapsed());
    response
}

/// Runs a handler to its end, and reads what it left of the body.
async fn run<F: Future<Output = Response>>(
    request: Request,
    lead: impl FnOnce(Parts, Body) -> F,
) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let (body, leftover) = Leftover::watch(body);
    let limit = Duration::from_secs(REQUEST_MAX_SECONDS);
    let handled = AssertUnwindSafe(async move { lead(head, body).await });
    let response = tokio::time::timeout(limit, handled.catch_unwind()).await;
    let response = response.map_err(|_| too_slow())?.map_err(panicked)?;
    if let Some(leftover) = leftover {
        leftover.discard().await;
    }
    Ok(response)
}

/// A panic becomes an error in the log; the caller learns that it is not their fault.
fn panicked(payload: Box<dyn Any + Send>) -> Problem {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(text, "a handler panicked; this is a bug");
    Problem::internal()
}

/// What an error's body needs of a request.
struct CallerWords {
    uri: Uri,
    id: Option<HeaderValue>,
}

impl CallerWords {
    fn of(request: &Request) -> Self {
        let id = request.headers().get(CLIENT_REQUEST_ID).cloned();
        Self { uri: request.uri().clone(), id }
    }

    fn answer(self, app: &App, problem: Problem) -> Response {
        let mut headers = HeaderMap::new();
        if let Some(id) = self.id {
            headers.insert(CLIENT_REQUEST_ID, id);
        }
        problem.answer(app, self.uri.path(), &headers)
    }
}

/// Refuses a head that is too large, or an address that is too long.
pub(crate) fn check_head<B>(request: &http::Request<B>) -> Result<(), Problem> {
    let field = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        name.as_str().len() + value.len() + 4
    };
    let size_bytes: usize = request.headers().iter().map(field).sum();
    if size_bytes > HEADERS_MAX_BYTES {
        return Err(Problem::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "RequestHeaderFieldsTooLarge",
            format!(
                "the header fields have {size_bytes} bytes; at most {HEADERS_MAX_BYTES} are accepted"
            ),
        ));
    }
    let target_bytes = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target_bytes > TARGET_MAX_BYTES {
        return Err(Problem::new(
            StatusCode::URI_TOO_LONG,
            "UriTooLong",
            format!(
                "the address has {target_bytes} bytes; at most {TARGET_MAX_BYTES} are accepted"
            ),
        ));
    }
    Ok(())
}

fn too_slow() -> Problem {
    Problem::new(
        StatusCode::REQUEST_TIMEOUT,
        "RequestTimeout",
        format!(
            "the request took longer than {REQUEST_MAX_SECONDS} seconds; send it faster, or less of it, and look whether a change was made"
        ),
    )
}

/// Refusals are what operators look for; successes are for those who ask.
fn log(method: &http::Method, route: &str, response: &Response, took: Duration) {
    let status = response.status().as_u16();
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let reason = || response.extensions().get::<Reason>().map_or("", |reason| reason.0.as_str());
    match status {
        500.. => tracing::error!(%method, route, status, duration_ms, reason = reason(), "request"),
        400.. => tracing::info!(%method, route, status, duration_ms, reason = reason(), "request"),
        _ => tracing::debug!(%method, route, status, duration_ms, "request"),
    }
}

/// A request without its body, for handlers that answer from the address alone.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub uri: Uri,
    pub headers: HeaderMap,
}

impl<S: Sync> axum::extract::FromRequest<S> for Head {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Self::Rejection> {
        let (parts, _body) = request.into_parts();
        Ok(Self { uri: parts.uri, headers: parts.headers })
    }
}

/// Reads a body up to a limit.
pub(crate) async fn read_body(
    body: Body,
    headers: &HeaderMap,
    max_bytes: usize,
) -> Result<bytes::Bytes, BodyFault> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > max_bytes) {
        return Err(BodyFault::TooLong { max_bytes });
    }
    match Limited::new(body, max_bytes).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(BodyFault::TooLong { max_bytes }),
        Err(_) => Err(BodyFault::Broken),
    }
}

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFault {
    /// Longer than the route accepts.
    TooLong { max_bytes: usize },
    /// The connection ended before the body did.
    Broken,
}

impl From<BodyFault> for Problem {
    fn from(fault: BodyFault) -> Self {
        match fault {
            BodyFault::TooLong { max_bytes } => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLarge",
                format!(
                    "the body is longer than the {max_bytes} bytes this route accepts; send it in parts"
                ),
            ),
            BodyFault::Broken => Self::new(
                StatusCode::BAD_REQUEST,
                "BadRequest",
                "the body ended before its announced length; send it whole",
            ),
        }
    }
}
