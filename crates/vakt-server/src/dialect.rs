//! Answers for everything that went wrong, in the contract of the caller's API: the path says
//! which. Always JSON, also for routes that do not exist.

use axum::response::Response;
use http::HeaderMap;

use crate::app::App;
use crate::problem::{Problem, Reason};
use crate::{defender, entra, graph};

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

impl Problem {
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
