//! Answers for everything that went wrong, in the contract of the caller's API: the path says
//! which. Always JSON, also for routes that do not exist.

use axum::response::Response;
use http::HeaderMap;
use vakt_identity::TenantName;

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
        match segments.clone().next() {
            Some("v1.0" | "beta") => Self::Graph,
            Some("api" | "vakt") => Self::Classic,
            Some(first) if is_tenant(first) || segments.any(is_sign_in_word) => Self::Entra,
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

/// A tenant by its id, a domain, or one of the words that stand for tenants.
fn is_tenant(segment: &str) -> bool {
    match TenantName::read(segment) {
        TenantName::Domain(name) => name.contains('.'),
        _ => true,
    }
}

/// Words that only the identity platform's paths have.
fn is_sign_in_word(segment: &str) -> bool {
    matches!(segment, "oauth2" | "discovery" | ".well-known" | "adminconsent" | "userrealm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_whose_words_to_use() {
        for (path, dialect) in [
            ("/common/adminconsent", Dialect::Entra),
            ("/oauth2/v2.0/token", Dialect::Entra),
            ("/5e1f0c0e-0000-4000-8000-000000000001", Dialect::Entra),
            ("/contoso.onmicrosoft.com/nope", Dialect::Entra),
            ("/v1.0/nope", Dialect::Graph),
            ("/api/nope", Dialect::Classic),
            ("/nope", Dialect::Classic),
            ("/", Dialect::Classic),
        ] {
            assert_eq!(Dialect::of(path), dialect, "for {path}");
        }
    }
}
