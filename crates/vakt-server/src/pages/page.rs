//! A page, or the way to another one, with the headers that keep it ours.

use std::sync::LazyLock;

use askama::Template;
use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use http::{HeaderValue, StatusCode};
use vakt_identity::Cookie;

use super::STYLE;
use super::cookies::{self, Kind};
use super::fault::Stop;
use crate::problem::{Problem, Reason};

/// The style is allowed by its hash, and nothing else is allowed at all.
static STYLE_SOURCE: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(digest(&SHA256, STYLE.as_bytes()))));

/// An answer to a browser.
#[derive(Debug)]
pub(crate) struct Page {
    status: StatusCode,
    html: String,
    location: Option<String>,
    cookies: Vec<HeaderValue>,
    form_targets: String,
    retry_after_seconds: Option<u32>,
    reason: Option<String>,
}

impl Page {
    /// A page to read.
    pub(crate) fn of(template: &impl Template) -> Result<Self, Stop> {
        let html = template.render().map_err(|error| {
            tracing::error!(%error, "a page could not be written");
            Problem::internal()
        })?;
        Ok(Self::new(StatusCode::OK, html, None))
    }

    /// The way to another page, which the browser gets with GET.
    pub(crate) fn go_to(address: impl Into<String>) -> Self {
        Self::new(StatusCode::SEE_OTHER, String::new(), Some(address.into()))
    }

    /// For when not even a page that says so can be written.
    pub(super) fn failed() -> Self {
        let html = "<!doctype html><title>Error</title><p>Something failed here. Try again.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, html.to_owned(), None)
    }

    fn new(status: StatusCode, html: String, location: Option<String>) -> Self {
        Self {
            status,
            html,
            location,
            cookies: Vec::new(),
            form_targets: String::new(),
            retry_after_seconds: None,
            reason: None,
        }
    }

    /// The same, with another status.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same, setting a cookie.
    pub(crate) fn set(mut self, kind: Kind, value: &Cookie) -> Self {
        self.cookies.extend(cookies::header(kind, Some(value)));
        self
    }

    /// The same, taking a cookie away.
    pub(crate) fn unset(mut self, kind: Kind) -> Self {
        self.cookies.extend(cookies::header(kind, None));
        self
    }

    /// The same; its forms may be sent, or lead, to these places too (in CSP's words).
    pub(crate) fn forms_lead_to(mut self, sources: &str) -> Self {
        self.form_targets = format!(" {sources}");
        self
    }

    /// The same, with a wait before the next attempt.
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// The same, with what the log says.
    pub(crate) fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The answer.
    pub(super) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.html));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in [
            (CONTENT_TYPE.as_str(), "text/html; charset=utf-8"),
            (CACHE_CONTROL.as_str(), "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            // Not `no-referrer`: with that, browsers hide the origin of our own forms from us.
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let policy = format!(
            "default-src 'none'; style-src {}; form-action 'self'{}; frame-ancestors 'none'; base-uri 'none'",
            *STYLE_SOURCE, self.form_targets
        );
        let fallback = HeaderValue::from_static("default-src 'none'");
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy).unwrap_or(fallback));
        if let Some(Ok(location)) = self.location.map(HeaderValue::try_from) {
            headers.insert(LOCATION, location);
        }
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        for cookie in self.cookies {
            headers.append(SET_COOKIE, cookie);
        }
        if let Some(reason) = self.reason {
            response.extensions_mut().insert(Reason(reason));
        }
        response
    }
}
