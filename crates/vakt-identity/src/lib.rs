//! Who may have a token, and for what: tenants, applications, service principals, permissions,
//! consent, credentials and signing keys. Start with [`Identity`] (the service) and
//! [`decide()`] (the pure decision).
//!
//! ```
//! use vakt_identity::catalogue;
//! let api = catalogue::find_by_name("https://api.security.microsoft.com/").unwrap();
//! assert_eq!(api.display_name, "Microsoft Threat Protection");
//! assert!(api.roles.iter().any(|role| role.value == "Incident.Read.All"));
//! ```

mod application;
pub mod audit;
pub mod catalogue;
mod consent;
mod credential;
mod delegation;
mod deleted;
mod directory;
mod error;
mod issue;
mod key_schedule;
pub mod people;
mod permission;
mod refusal;
mod registration;
mod resource_name;
mod service;
mod service_principal;
mod signing_key;
mod store;
mod surroundings;
mod target;
mod tenant;

pub use application::{
    Application, ApplicationFault, Audience, NAME_LENGTH_MAX_CHARS, RequiredAccess, RequiredRole,
    SECRETS_MAX,
};
pub use consent::{
    ConsentOffer, ConsentRefusal, GrantQuery, OfferedResource, OfferedRole, OfferedScope,
    Publisher, RoleAssignment,
};
pub use credential::{
    CERTIFICATES_MAX, CertificateCredential, CertificateTermsFault, FEDERATED_CREDENTIALS_MAX,
    FederatedCredential, FederatedFault, NeededIssuer, NewCertificate, NewSecret, Proven,
    SECRET_LENGTH_CHARS, SecretCredential,
};
pub use delegation::{DelegationStore, PermissionGrant, SCOPE_LENGTH_MAX_BYTES};
pub use deleted::{DeletedKind, DeletedObject, FormerObject, RESTORABLE_MAX_HOURS};
pub use directory::{
    Condition, DirectoryPage, DirectoryQuery, Holder, Match, ObjectKey, Order, Predicate, Property,
};
pub use error::{IdentityError, StoreError};
pub use issue::{Grant, decide, foreign_issuer};
pub use key_schedule::{
    KEY_OVERLAP_HOURS, KEY_PUBLISHED_FIRST_HOURS, KeyState, KeyStatus, PUBLISHED_KEYS_MAX,
    Retirement, key_schedule,
};
pub use permission::AppRole;
pub use refusal::{AssertionRefusal, FoundKey, ParameterFault, Refusal};
pub use registration::{Registration, Resource};
pub use resource_name::fold_resource_name;
pub use service::{
    Attempt, CompletedTenants, Cookie, Identity, Issuers, NewTenant, Offered, PasswordOwner,
    Stepped, TokenIssued,
};
pub use service_principal::ServicePrincipal;
pub use signing_key::{SigningKeys, StoredSigningKey};
pub use store::{Change, IdentityStore, Stores};
pub use surroundings::{IssuerFault, Outside, Surroundings};
pub use target::{Assertion, Credential, Endpoint, TokenRequest, requested_resource};
pub use tenant::{Domain, Tenant, TenantName};
