//! What went wrong, for programs (kind, code, status) and for people (text, hint).

use std::error::Error;
use std::fmt;

/// Why a call failed.
#[derive(Debug)]
pub struct ClientError(Box<Details>);

/// The sort of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The caller's own settings or arguments are unusable.
    Configuration,
    /// The server was not reached, or the connection broke.
    Connection,
    /// No token was issued.
    TokenRefused,
    /// 401: the token was not accepted.
    Unauthorized,
    /// 403: the token lacks a role.
    Forbidden,
    /// 404, or nothing of that name.
    NotFound,
    /// Several things have the name that was given.
    Ambiguous,
    /// Another 4xx: the request was understood and refused.
    Refused,
    /// 429, after the retries.
    Throttled,
    /// 5xx: the server's own fault.
    Server,
    /// An answer that does not have the agreed shape.
    UnexpectedAnswer,
}

#[derive(Debug)]
struct Details {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    code: Option<String>,
    aadsts: Option<u32>,
    correlation_id: Option<String>,
    retry_after_seconds: Option<u64>,
    hint: Option<String>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl ClientError {
    /// A failure in words.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            status: None,
            code: None,
            aadsts: None,
            correlation_id: None,
            retry_after_seconds: None,
            hint: None,
            source: None,
        }))
    }

    /// Adds the next step.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    pub(crate) fn with_aadsts(mut self, number: Option<u32>) -> Self {
        self.0.aadsts = number;
        self
    }

    pub(crate) fn with_correlation_id(mut self, id: Option<String>) -> Self {
        self.0.correlation_id = id.filter(|id| !id.is_empty());
        self
    }

    pub(crate) fn with_retry_after(mut self, seconds: Option<u64>) -> Self {
        self.0.retry_after_seconds = seconds;
        self
    }

    /// The sort of failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The code of the error body: `invalid_client`, `Request_ResourceNotFound`, …
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The deciding AADSTS number of a refused token request.
    pub fn aadsts(&self) -> Option<u32> {
        self.0.aadsts
    }

    /// The id under which the server logged the answer.
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.correlation_id.as_deref()
    }

    /// How long the server asks to be left alone, in seconds: its `Retry-After`.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.0.retry_after_seconds
    }

    /// The next step, for people.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl Error for ClientError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
