//! A Vakt server as the target.

use async_trait::async_trait;
use serde_json::Value;

use super::ports::Target;
use crate::client::Client;
use crate::error::ClientError;
use crate::incidents::ImportSummary;

/// Imports into a tenant of a Vakt server.
#[derive(Debug)]
pub struct VaktTarget<'a> {
    client: &'a Client,
}

impl<'a> VaktTarget<'a> {
    /// Imports as one application; the client should be [`Client::without_retries`].
    pub fn new(client: &'a Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl Target for VaktTarget<'_> {
    async fn import(&self, incidents: &[Value]) -> Result<ImportSummary, ClientError> {
        let incidents = incidents.iter().cloned().map(Ok::<_, ClientError>);
        self.client.incidents().import(incidents).await
    }

    async fn forget_token(&self) {
        self.client.forget_tokens().await;
    }
}
