//! A token request that is right until a test spoils it.

use crate::cast::{App, Tenant};
use crate::http::Request;

/// A token request in the making.
#[derive(Debug, Clone)]
pub struct TokenAsk {
    method: &'static str,
    path: Option<String>,
    query: &'static str,
    tenant: String,
    endpoint: &'static str,
    fields: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    headers: Vec<(String, String)>,
}

impl TokenAsk {
    /// `POST /{tenant}/oauth2/v2.0/token` with a secret and `<resource>/.default`.
    pub fn v2(app: &App, resource: &str) -> Self {
        Self::new("/oauth2/v2.0/token", app).set("scope", &format!("{resource}/.default"))
    }

    /// `POST /{tenant}/oauth2/token` with a secret and a resource.
    pub fn v1(app: &App, resource: &str) -> Self {
        Self::new("/oauth2/token", app).set("resource", resource)
    }

    fn new(endpoint: &'static str, app: &App) -> Self {
        let bare = Self {
            method: "POST",
            path: None,
            query: "",
            tenant: Tenant::of(app).id.into(),
            endpoint,
            fields: Vec::new(),
            body: None,
            headers: Vec::new(),
        };
        bare.set("grant_type", "client_credentials")
            .set("client_id", app.id)
            .set("client_secret", app.secret)
    }

    /// Another tenant in the path.
    pub fn tenant(mut self, tenant: &str) -> Self {
        self.tenant = tenant.into();
        self
    }

    /// Another path altogether.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// A query on the address, with its question mark.
    pub fn query(mut self, query: &'static str) -> Self {
        self.query = query;
        self
    }

    /// Another method.
    pub fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// A form field in place of the one of this name.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.add(name, value)
    }

    /// One more form field.
    pub fn add(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// A form field less.
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    /// A body in place of the form.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// A header field.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl From<TokenAsk> for Request {
    fn from(ask: TokenAsk) -> Self {
        let path = ask.path.unwrap_or_else(|| format!("/{}{}", ask.tenant, ask.endpoint));
        let mut request = Self::new(ask.method, path + ask.query);
        request = match ask.body {
            Some(body) if body.is_empty() => request,
            Some(body) => request.body("application/x-www-form-urlencoded", body),
            None => request.form(&ask.fields),
        };
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        request
    }
}
