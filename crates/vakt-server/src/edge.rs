//! What every request passes: limits on its head, a limit on its time, one line in the log. A
//! panic below becomes an answer here.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::app::AppState;
use crate::leftover::Leftover;
use crate::problem::{Problem, Reason};

/// Largest head of a request, all header fields together: the longest token accepted twice over.
pub(crate) const HEADERS_MAX_BYTES: usize = 32 * 1024;
/// Longest path and query.
pub(crate) const TARGET_MAX_BYTES: usize = 32 * 1024;
/// How long a request may take, its body's arrival included.
pub(crate) const REQUEST_MAX_SECONDS: u64 = 30;

/// Marks the answer of a handler that panicked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Panicked;

/// The outermost layer.
pub(crate) async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let caller = CallerHeaders::of(request.headers());
    let response = match check_head(&request) {
        Err(problem) => problem.answer(&app, &path, &caller.0),
        Ok(()) => match run(request, next).await {
            Some(response) if response.extensions().get::<Panicked>().is_some() => {
                Problem::internal().answer(&app, &path, &caller.0)
            }
            Some(response) => response,
            None => too_slow().answer(&app, &path, &caller.0),
        },
    };
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    log(&method, route, &response, started.elapsed());
    response
}

/// Runs a handler to its end, and reads what it left of the body; `None` when time is up.
async fn run(request: Request, next: Next) -> Option<Response> {
    let (head, body) = request.into_parts();
    let (body, leftover) = Leftover::watch(body);
    let limit = Duration::from_secs(REQUEST_MAX_SECONDS);
    let handled = next.run(Request::from_parts(head, body));
    let response = tokio::time::timeout(limit, handled).await.ok()?;
    if let Some(leftover) = leftover {
        leftover.discard().await;
    }
    Some(response)
}

/// The few headers that error bodies repeat.
struct CallerHeaders(HeaderMap);

impl CallerHeaders {
    fn of(headers: &HeaderMap) -> Self {
        let mut kept = HeaderMap::new();
        if let Some(id) = headers.get("client-request-id") {
            kept.insert("client-request-id", id.clone());
        }
        Self(kept)
    }
}

fn check_head(request: &Request) -> Result<(), Problem> {
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
    pub uri: http::Uri,
    pub headers: HeaderMap,
}

impl<S: Sync> axum::extract::FromRequestParts<S> for Head {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut http::request::Parts,
        _state: &S,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self { uri: parts.uri.clone(), headers: parts.headers.clone() })
    }
}

/// Reads a body up to a limit.
pub(crate) async fn read_body(
    body: axum::body::Body,
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
