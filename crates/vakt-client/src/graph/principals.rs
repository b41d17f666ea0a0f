//! Service principals: applications as a tenant knows them.

use vakt_wire::graph::{NewServicePrincipal, ServicePrincipal, ServicePrincipalChanges};

use super::{Graph, quoted};
use crate::error::ClientError;
use crate::pager::Pager;
use crate::transport::Method;

impl<'a> Graph<'a> {
    /// The service principal of the application with this client id, if there is one.
    pub async fn principal_of(
        &self,
        app_id: &str,
    ) -> Result<Option<ServicePrincipal>, ClientError> {
        let filter = format!("appId eq {}", quoted(app_id));
        let pages = self.pages(&["servicePrincipals"], &[("$filter", &filter)]);
        Ok(pages.collect(1).await?.pop())
    }

    /// Service principals of exactly this name.
    pub fn principals_named(&self, name: &str) -> Pager<'a, ServicePrincipal> {
        let filter = format!("displayName eq {}", quoted(name));
        self.pages(&["servicePrincipals"], &[("$filter", &filter)])
    }

    /// Service principals whose name starts like this.
    pub fn principals_starting(&self, prefix: &str) -> Pager<'a, ServicePrincipal> {
        let filter = format!("startswith(displayName,{})", quoted(prefix));
        self.pages(&["servicePrincipals"], &[("$filter", &filter)])
    }

    /// All service principals.
    pub fn principals(&self) -> Pager<'a, ServicePrincipal> {
        self.pages(&["servicePrincipals"], &[])
    }

    /// The service principal with this object id.
    pub async fn principal(&self, object_id: &str) -> Result<ServicePrincipal, ClientError> {
        self.get(&["servicePrincipals", object_id]).await
    }

    /// Creates the service principal of an application.
    pub async fn create_principal(&self, app_id: &str) -> Result<ServicePrincipal, ClientError> {
        let body = NewServicePrincipal { app_id: app_id.to_owned(), account_enabled: None };
        self.post(&["servicePrincipals"], &body).await
    }

    /// Changes a service principal.
    pub async fn update_principal(
        &self,
        object_id: &str,
        changes: &ServicePrincipalChanges,
    ) -> Result<(), ClientError> {
        self.change(Method::Patch, &["servicePrincipals", object_id], changes).await
    }
}
