//! Microsoft Graph: the directory objects that registering an app needs, and incidents as Graph
//! exports them.

mod application;
mod directory;
mod error;
mod security;
mod service_principal;

pub use application::{
    AddPassword, AppRole, Application, ApplicationApi, ApplicationChanges, ApplicationWeb,
    OAuth2PermissionScope, PasswordCredential, RemovePassword, RequiredResourceAccess,
    ResourceAccess,
};
pub use directory::{Domain, Organization, Page, VerifiedDomain};
pub use error::{GraphError, GraphErrorBody, GraphInnerError};
pub use security::{
    GraphAlert, GraphComment, GraphEvidence, GraphFile, GraphIncident, GraphUserAccount,
};
pub use service_principal::{
    AppRoleAssignment, NewAppRoleAssignment, NewServicePrincipal, ServicePrincipal,
    ServicePrincipalChanges,
};
