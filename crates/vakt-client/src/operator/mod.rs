//! Vakt's own API: tenants and keys of a server, people and logs of a tenant.

mod audit;
mod faults;
mod keys;
mod people;
mod tenants;

use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::client::{Client, to_json};
use crate::cloud::CloudKind;
use crate::error::{ClientError, ErrorKind};
use crate::transport::{Method, Request};
use crate::web_address::{append_query, with_path};

pub use audit::{AuditQuery, AuditReach, LogOrder, Outcome};

/// Under which name tokens for it are asked.
const RESOURCE: &str = "api://vakt";

/// A Vakt server's own API, spoken to as one application.
#[derive(Debug, Clone, Copy)]
pub struct Operator<'a> {
    client: &'a Client,
}

impl<'a> Operator<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Microsoft's clouds have no such API.
    fn check_cloud(&self) -> Result<(), ClientError> {
        if self.client.cloud().kind == CloudKind::Vakt {
            return Ok(());
        }
        let text = "Microsoft's cloud has no such API: it is a Vakt server's own";
        Err(ClientError::new(ErrorKind::Configuration, text)
            .with_hint("choose the profile of a Vakt server with --profile"))
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut segments = vec!["vakt", "v1"];
        segments.extend(path);
        let mut url = with_path(&self.client.cloud().api, &segments);
        for (name, value) in query {
            append_query(&mut url, name, value);
        }
        url
    }

    async fn read<T: DeserializeOwned>(&self, request: Request) -> Result<T, ClientError> {
        self.check_cloud()?;
        self.client.read(RESOURCE, request).await
    }

    async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, ClientError> {
        self.read(Request::get(self.url(path, query))).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        self.read(Request::json(Method::Post, self.url(path, &[]), to_json(body)?)).await
    }

    async fn delete(&self, path: &[&str], query: &[(&str, &str)]) -> Result<(), ClientError> {
        self.check_cloud()?;
        self.client.execute(RESOURCE, Request::delete(self.url(path, query))).await
    }
}
