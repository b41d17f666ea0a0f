//! What to send.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use serde_json::Value;

/// A request; nothing is added that was not asked for, but `Host` and `Content-Length`.
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) host: Option<String>,
    pub(super) claimed_host: Option<String>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Bytes,
}

impl Request {
    /// A request of any method.
    pub fn new(method: &str, target: impl Into<String>) -> Self {
        Self {
            method: method.parse().unwrap(),
            target: target.into(),
            host: None,
            claimed_host: None,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// GET.
    pub fn get(target: impl Into<String>) -> Self {
        Self::new("GET", target)
    }

    /// POST.
    pub fn post(target: impl Into<String>) -> Self {
        Self::new("POST", target)
    }

    /// Sends it to the server under this name: in SNI and in `Host`.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Says another name in `Host` than the connection was made to.
    pub fn claimed_host(mut self, host: impl Into<String>) -> Self {
        self.claimed_host = Some(host.into());
        self
    }

    /// Adds a header field.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.parse().unwrap(), HeaderValue::from_str(value).unwrap()));
        self
    }

    /// Adds a bearer token.
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Sets the body.
    pub fn body(mut self, kind: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header("content-type", kind)
    }

    /// Sets a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sets a form body.
    pub fn form<K: AsRef<str>, V: AsRef<str>>(self, fields: &[(K, V)]) -> Self {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.body("application/x-www-form-urlencoded", form.finish())
    }
}
