//! Answers for everything that went wrong, in the contract of the caller's API: the path says
//! which. Always JSON, also for routes that do not exist.

use axum::body::Body;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::app::App;
use crate::{defender, entra, graph};

/// Why a request was refused, for the log: rides on the answer as an extension.
#[derive(Debug, Clone)]
pub(crate) struct Reason(pub String);

/// Which contract an answer must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// AADSTS bodies.
    Entra,
    /// Graph's bodies.
    Graph,
    /// The classic API's bodies.
    Classic,
}

impl Dialect {
    /// By path.
    pub(crate) fn of(path: &str) -> Self {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        match segments.next() {
            Some("v1.0" | "beta") => Self::Graph,
            Some("api" | "vakt") => Self::Classic,
            _ if segments.any(|s| matches!(s, "oauth2" | "discovery" | ".well-known")) => {
                Self::Entra
            }
            _ => Self::Classic,
        }
    }
}

/// Something the HTTP edge itself refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// Our own fault: the caller gets a fixed text, the log gets the reason.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerError",
            "the server failed; try again, and give the operator the id in this answer if it persists",
        )
    }

    /// The answer in the dialect of a path.
    pub(crate) fn answer(self, app: &App, path: &str, headers: &HeaderMap) -> Response {
        let reason = Reason(self.message.clone());
        let mut response = match Dialect::of(path) {
            Dialect::Entra => entra::errors::of_problem(&self, app, headers),
            Dialect::Graph => graph::errors::of_problem(&self, app, headers),
            Dialect::Classic => defender::errors::of_problem(&self),
        };
        response.extensions_mut().insert(reason);
        response
    }
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    let (status, body) = match serde_json::to_vec(body) {
        Ok(body) => (status, body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            let fixed = br#"{"error":{"code":"InternalServerError","message":"","target":""}}"#;
            (StatusCode::INTERNAL_SERVER_ERROR, fixed.to_vec())
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
