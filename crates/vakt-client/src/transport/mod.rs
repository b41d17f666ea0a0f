//! Requests and answers, and who carries them. Tests bring their own carrier.

mod https;
mod tls;

use std::collections::BTreeMap;
use std::fmt;

use async_trait::async_trait;
use secrecy::SecretString;
use url::Url;

use crate::error::ClientError;

pub use https::HttpsTransport;

/// Longest answer that is read, in bytes: a page of incidents with all its evidence has a few MiB.
pub const RESPONSE_BODY_MAX_BYTES: usize = 64 * 1024 * 1024;

/// Carries a request to the server and the answer back. Redirects are answers like any other.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends once, without retries. Fails with [`crate::ErrorKind::Connection`] if no whole
    /// answer came.
    async fn send(&self, request: &Request) -> Result<Response, ClientError>;

    /// Sends once, and hands the body of a 2xx answer on in pieces as they arrive, whatever its
    /// length; the answer is given without it. Other answers are given whole.
    async fn download(
        &self,
        request: &Request,
        sink: &mut Sink<'_>,
    ) -> Result<Response, ClientError>;
}

/// Takes the pieces of a long answer.
pub type Sink<'a> = dyn FnMut(&[u8]) -> std::io::Result<()> + Send + 'a;

/// HTTP methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

/// May the request be sent again when nobody knows whether it arrived?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Twice has the same effect as once.
    Safe,
    /// Twice would make two.
    Unsafe,
}

/// A body and its type.
#[derive(Clone)]
pub struct Body {
    /// `application/json` or `application/x-www-form-urlencoded`.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A request. Its `Debug` shows neither token nor body.
#[derive(Clone)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Whole address.
    pub url: Url,
    /// Token to send.
    pub bearer: Option<SecretString>,
    /// Body.
    pub body: Option<Body>,
    /// May it be sent again?
    pub repeat: Repeat,
}

impl Request {
    /// A GET.
    pub fn get(url: Url) -> Self {
        Self { method: Method::Get, url, bearer: None, body: None, repeat: Repeat::Safe }
    }

    /// A request with a JSON body.
    pub fn json(method: Method, url: Url, bytes: Vec<u8>) -> Self {
        let body = Some(Body { content_type: "application/json", bytes });
        let repeat = if method == Method::Post { Repeat::Unsafe } else { Repeat::Safe };
        Self { method, url, bearer: None, body, repeat }
    }

    /// A DELETE.
    pub fn delete(url: Url) -> Self {
        Self { method: Method::Delete, url, bearer: None, body: None, repeat: Repeat::Safe }
    }

    /// The same request with a token.
    #[must_use]
    pub fn with_bearer(mut self, token: SecretString) -> Self {
        self.bearer = Some(token);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.method, self.url)
    }
}

/// An answer. Its `Debug` does not show the body: it may be a token.
#[derive(Clone)]
pub struct Response {
    /// Where it came from, for messages; without the query.
    pub url: Url,
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Body.
    pub body: Vec<u8>,
}

impl Response {
    /// `Retry-After`, if it is there and a number of seconds. Dates are not read: whoever sends
    /// one gets the pause of an answer without it.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.headers.get("retry-after")?.trim().parse().ok()
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}, {} bytes", self.status, self.url, self.body.len())
    }
}
