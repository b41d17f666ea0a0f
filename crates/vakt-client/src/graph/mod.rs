//! Microsoft Graph, as far as app-only access needs it.

mod applications;
mod assignments;
mod certificates;
mod deleted;
mod federated;
mod organization;
mod passwords;
mod principals;

use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::client::{Client, to_json};
use crate::error::ClientError;
use crate::pager::Pager;
use crate::transport::{Method, Request};
use crate::web_address::{append_query, with_path};

pub use applications::ApplicationQuery;
pub use assignments::RoleGrant;
pub use passwords::NewPassword;

/// Graph, spoken to as one application.
#[derive(Debug, Clone, Copy)]
pub struct Graph<'a> {
    client: &'a Client,
}

impl<'a> Graph<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// The client it belongs to.
    pub fn client(&self) -> &'a Client {
        self.client
    }

    fn resource(&self) -> &'static str {
        self.client.cloud().graph_resource()
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut segments = vec!["v1.0"];
        segments.extend(path);
        with_path(&self.client.cloud().graph, &segments)
    }

    async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ClientError> {
        self.client.read(self.resource(), Request::get(self.url(path))).await
    }

    fn pages<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Pager<'a, T> {
        let mut url = self.url(path);
        for (name, value) in query {
            append_query(&mut url, name, value);
        }
        Pager::new(self.client, &self.client.cloud().graph, self.resource(), url)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        let request = Request::json(Method::Post, self.url(path), to_json(body)?);
        self.client.read(self.resource(), request).await
    }

    async fn change(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<(), ClientError> {
        let request = Request::json(method, self.url(path), to_json(body)?);
        self.client.execute(self.resource(), request).await
    }

    async fn delete(&self, path: &[&str]) -> Result<(), ClientError> {
        self.client.execute(self.resource(), Request::delete(self.url(path))).await
    }
}

/// A text literal of OData.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The value, or `None` if there is no such object.
fn found<T>(outcome: Result<T, ClientError>) -> Result<Option<T>, ClientError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == crate::error::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
