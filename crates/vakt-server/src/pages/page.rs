//! A page, or the way to another one, with the headers that keep it ours.

use askama::Template;
use axum::body::Body;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use http::{HeaderValue, StatusCode};
use vakt_identity::Cookie;

use super::cookies::{self, Kind};
use super::fault::Stop;
use super::theme::Theme;
use crate::problem::{Problem, Reason};

/// Whether a page may run our script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scripts {
    None,
    Own,
}

/// An answer to a browser.
#[derive(Debug)]
pub(crate) struct Page {
    status: StatusCode,
    html: String,
    theme: Theme,
    scripts: Scripts,
    location: Option<String>,
    cookies: Vec<HeaderValue>,
    form_targets: String,
    retry_after_seconds: Option<u32>,
    reason: Option<String>,
}

impl Page {
    /// A page to read. Its first lines, which depend on the browser's theme, are written with its
    /// headers.
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
        let html = "<title>Error</title><p>Something failed here. Try again.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, html.to_owned(), None)
    }

    fn new(status: StatusCode, html: String, location: Option<String>) -> Self {
        Self {
            status,
            html,
            theme: Theme::System,
            scripts: Scripts::None,
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

    /// The same, remembering a theme.
    pub(crate) fn keep_theme(mut self, theme: Theme) -> Self {
        self.cookies.extend(cookies::theme_header(theme));
        self
    }

    /// The same, in this theme.
    pub(super) fn themed(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// The same; it may run our script, which may ask this server.
    pub(crate) fn with_script(mut self) -> Self {
        self.scripts = Scripts::Own;
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
        let policy = self.policy();
        let text = match self.location {
            Some(_) => String::new(),
            None => format!(
                "<!doctype html>\n<html lang=\"en\" data-theme=\"{}\">\n{}\n</html>\n",
                self.theme.name(),
                self.html
            ),
        };
        let mut response = Response::new(Body::from(text));
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

    /// Everything comes from us, nothing is inline, and nobody shows the page inside another.
    fn policy(&self) -> String {
        let scripts = match self.scripts {
            Scripts::None => "",
            Scripts::Own => "script-src 'self'; connect-src 'self'; ",
        };
        format!(
            "default-src 'none'; style-src 'self'; img-src 'self'; {scripts}form-action 'self'{}; frame-ancestors 'none'; base-uri 'none'",
            self.form_targets
        )
    }
}
