//! What a fault does to a call: another status, a delay, or both.

use std::time::Duration;

use axum::response::Response;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use vakt_wire::operator::{FAULT_DELAY_MAX_MILLISECONDS, FAULT_RETRY_AFTER_MAX_SECONDS};

use super::header::NAME;
use crate::app::App;
use crate::problem::Problem;
use crate::quota;

/// Statuses a fault can have.
const STATUSES: &[u16] = &[401, 403, 404, 429, 500, 503];
/// `Retry-After` where none was asked for: 429 and 503 are never without it.
const RETRY_AFTER_SECONDS: u32 = 1;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effect {
    /// `None`: the call is only slow.
    status: Option<StatusCode>,
    delay_milliseconds: u32,
    retry_after_seconds: Option<u32>,
}

impl Effect {
    /// Checks what was asked for; an error says what is wrong with it.
    pub(crate) fn new(
        status: Option<u16>,
        delay_milliseconds: Option<u32>,
        retry_after_seconds: Option<u32>,
    ) -> Result<Self, String> {
        if status.is_none() && delay_milliseconds.is_none() {
            return Err("a fault has a status, a delay, or both".into());
        }
        if status.is_some_and(|status| !STATUSES.contains(&status)) {
            let known: Vec<String> = STATUSES.iter().map(u16::to_string).collect();
            return Err(format!("the status of a fault is one of {}", known.join(", ")));
        }
        if delay_milliseconds.is_some_and(|delay| delay > FAULT_DELAY_MAX_MILLISECONDS) {
            return Err(format!("a delay has at most {FAULT_DELAY_MAX_MILLISECONDS} milliseconds"));
        }
        if retry_after_seconds.is_some_and(|seconds| seconds > FAULT_RETRY_AFTER_MAX_SECONDS) {
            return Err(format!(
                "`Retry-After` has at most {FAULT_RETRY_AFTER_MAX_SECONDS} seconds"
            ));
        }
        let asks_to_wait = matches!(status, Some(429 | 503));
        if retry_after_seconds.is_some() && !asks_to_wait {
            return Err("only 429 and 503 have a `Retry-After`".into());
        }
        let retry_after_seconds =
            asks_to_wait.then(|| retry_after_seconds.unwrap_or(RETRY_AFTER_SECONDS));
        Ok(Self {
            status: status.and_then(|status| StatusCode::from_u16(status).ok()),
            delay_milliseconds: delay_milliseconds.unwrap_or_default(),
            retry_after_seconds,
        })
    }

    /// The status, unless the call is only slow.
    pub(crate) fn status(self) -> Option<u16> {
        self.status.map(|status| status.as_u16())
    }

    /// The delay, if there is one.
    pub(crate) fn delay_milliseconds(self) -> Option<u32> {
        (self.delay_milliseconds > 0).then_some(self.delay_milliseconds)
    }

    /// What 429 and 503 tell the caller.
    pub(crate) fn retry_after_seconds(self) -> Option<u32> {
        self.retry_after_seconds
    }

    /// Lets it happen; `None` when the call goes on afterwards.
    pub(crate) async fn happen(
        self,
        app: &App,
        path: &str,
        headers: &HeaderMap,
    ) -> Option<Response> {
        tokio::time::sleep(Duration::from_millis(u64::from(self.delay_milliseconds))).await;
        let mut answer = problem(self.status?).answer(app, path, headers);
        let fields = answer.headers_mut();
        // So that nobody takes it for a real one.
        fields.insert(NAME, HeaderValue::from_static("injected"));
        if let Some(seconds) = self.retry_after_seconds {
            fields.insert(RETRY_AFTER, seconds.into());
        }
        Some(answer)
    }
}

/// The code and text that the real cause would have, as far as there is one.
fn problem(status: StatusCode) -> Problem {
    let (code, text) = match status {
        StatusCode::UNAUTHORIZED => ("Unauthorized", "The token is refused"),
        StatusCode::FORBIDDEN => ("Forbidden", "Missing application roles"),
        StatusCode::NOT_FOUND => ("ResourceNotFound", "The resource was not found"),
        StatusCode::TOO_MANY_REQUESTS => {
            return Problem::new(status, quota::CODE, quota::text(45, 60));
        }
        StatusCode::SERVICE_UNAVAILABLE => ("ServiceUnavailable", "The service is unavailable"),
        _ => ("InternalServerError", "The server failed"),
    };
    Problem::new(status, code, format!("{text}: this fault was asked for, and nothing is wrong."))
}
