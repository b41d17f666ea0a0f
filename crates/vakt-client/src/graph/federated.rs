//! Federated identity credentials: subjects of foreign issuers that may act as the application.

use vakt_wire::graph::FederatedIdentityCredential;

use super::Graph;
use crate::error::ClientError;
use crate::pager::Pager;

const COLLECTION: &str = "federatedIdentityCredentials";

impl<'a> Graph<'a> {
    /// The subjects an application trusts.
    pub fn federated_credentials(&self, object_id: &str) -> Pager<'a, FederatedIdentityCredential> {
        self.pages(&["applications", object_id, COLLECTION], &[])
    }

    /// Trusts one more.
    pub async fn add_federated_credential(
        &self,
        object_id: &str,
        new: &FederatedIdentityCredential,
    ) -> Result<FederatedIdentityCredential, ClientError> {
        self.post(&["applications", object_id, COLLECTION], new).await
    }

    /// Trusts one no longer.
    pub async fn remove_federated_credential(
        &self,
        object_id: &str,
        credential_id: &str,
    ) -> Result<(), ClientError> {
        self.delete(&["applications", object_id, COLLECTION, credential_id]).await
    }
}
