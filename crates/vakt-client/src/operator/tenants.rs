//! Tenants.

use vakt_wire::operator::{MadeTenant, NewTenant, Tenant, TenantList};

use super::{Operator, RESOURCE};
use crate::error::ClientError;
use crate::transport::{Request, Sink};

impl Operator<'_> {
    /// All tenants, the oldest first.
    pub async fn tenants(&self) -> Result<Vec<Tenant>, ClientError> {
        Ok(self.get::<TenantList>(&["tenants"], &[]).await?.value)
    }

    /// The tenant with this id or domain.
    pub async fn tenant(&self, name: &str) -> Result<Tenant, ClientError> {
        self.get(&["tenants", name], &[]).await
    }

    /// Makes a tenant. What is secret in the answer is shown this once.
    pub async fn create_tenant(&self, new: &NewTenant) -> Result<MadeTenant, ClientError> {
        self.post(&["tenants"], new).await
    }

    /// Deletes a tenant and all that is in it; `confirmation` is its name.
    pub async fn delete_tenant(&self, name: &str, confirmation: &str) -> Result<(), ClientError> {
        self.delete(&["tenants", name], &[("confirm", confirmation)]).await
    }

    /// Writes a tenant out, piece by piece as it arrives: JSON lines, the last one of kind `end`.
    pub async fn export_tenant(&self, name: &str, sink: &mut Sink<'_>) -> Result<(), ClientError> {
        self.check_cloud()?;
        let request = Request::get(self.url(&["tenants", name, "export"], &[]));
        self.client.download(RESOURCE, request, sink).await
    }
}
