//! Microsoft Graph: the directory objects that registering an app needs, and incidents and
//! alerts.

mod application;
mod audit;
mod credentials;
mod directory;
mod error;
mod permissions;
mod platforms;
mod security;
mod service_principal;

pub use application::{ApiChanges, Application, ApplicationChanges, WebChanges};
pub use audit::{
    AuditApp, AuditInitiator, AuditTarget, AuditUser, DirectoryAudit, KeyValue, ModifiedProperty,
    SignIn, SignInStatus,
};
pub use credentials::{
    AddKey, AddPassword, FederatedIdentityCredential, KeyCredential, PasswordCredential, RemoveKey,
    RemovePassword,
};
pub use directory::{DirectoryObject, Domain, Organization, Page, VerifiedDomain};
pub use error::{GraphError, GraphErrorBody, GraphInnerError};
pub use permissions::{
    AppRole, AppRoleAssignment, NewAppRoleAssignment, OAuth2PermissionGrant, OAuth2PermissionScope,
    PreAuthorizedApplication, RequiredResourceAccess, ResourceAccess,
};
pub use platforms::{
    ApplicationApi, ApplicationWeb, ImplicitGrantSettings, InformationalUrl, OptionalClaim,
    OptionalClaims, ParentalControlSettings, RedirectUriSettings, RedirectUris, VerifiedPublisher,
};
pub use security::{
    AddComment, GraphAlert, GraphComment, GraphEvidence, GraphFile, GraphIncident, GraphSender,
    GraphUserAccount, Object, SecurityPage,
};
pub use service_principal::{
    NewServicePrincipal, SamlSingleSignOnSettings, ServicePrincipal, ServicePrincipalChanges,
};
