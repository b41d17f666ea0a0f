//! Defender for Endpoint: alerts, machines, machine actions and indicators, as Vakt and Microsoft's cloud
//! have them.

mod alerts;
mod indicators;
mod machines;

use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::client::{Client, to_json};
use crate::error::ClientError;
use crate::pager::Pager;
use crate::transport::{Method, Request};
use crate::web_address::{append_query, with_path};

pub use machines::ActionVerb;

/// The endpoint API, spoken to as one application.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    client: &'a Client,
}

/// Which things are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointQuery {
    /// OData filter, such as `healthStatus eq 'Active'`.
    pub filter: Option<String>,
    /// Most things on a page, 1 to 10,000.
    pub top: Option<u32>,
}

impl<'a> Endpoint<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    fn resource(&self) -> &'static str {
        self.client.cloud().endpoint_resource()
    }

    fn url(&self, path: &[&str]) -> Url {
        let segments: Vec<&str> = ["api"].into_iter().chain(path.iter().copied()).collect();
        with_path(&self.client.cloud().api, &segments)
    }

    /// A list, page by page.
    fn list<T: DeserializeOwned>(&self, set: &str, query: &EndpointQuery) -> Pager<'a, T> {
        let mut url = self.url(&[set]);
        if let Some(filter) = &query.filter {
            append_query(&mut url, "$filter", filter);
        }
        if let Some(top) = query.top {
            append_query(&mut url, "$top", &top.to_string());
        }
        Pager::new(self.client, &self.client.cloud().api, self.resource(), url)
    }

    async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ClientError> {
        self.client.read(self.resource(), Request::get(self.url(path))).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        let request = Request::json(Method::Post, self.url(path), to_json(body)?);
        self.client.read(self.resource(), request).await
    }
}
