//! What the identity room asks of a store. Every method is one atomic, durable unit: when it
//! returns `Ok`, the change survives a power cut; when it does not, nothing of it is there.
//! Not found is `Ok(None)`. The tenant always comes first, and nothing of another tenant is
//! ever returned, except by `find_application_anywhere`, which the token endpoint needs.

use async_trait::async_trait;
use vakt_ids::{AppId, AssignmentId, KeyId, ObjectId, TenantId};

use crate::application::Application;
use crate::consent::RoleAssignment;
use crate::credential::SecretCredential;
use crate::directory::{DirectoryPage, DirectoryQuery, ObjectKey};
use crate::error::{IdentityError, StoreError};
use crate::service_principal::ServicePrincipal;
use crate::signing_key::StoredSigningKey;
use crate::tenant::{Tenant, TenantName};

/// A change of one object, given its present state; it may refuse.
pub type Change<'a, T> = Box<dyn FnOnce(&mut T) -> Result<(), IdentityError> + Send + 'a>;

/// The identity store.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// Grows with every committed change; what was read before it grew may be stale.
    fn generation(&self) -> u64;

    /// All tenants, oldest first.
    async fn tenants(&self) -> Result<Vec<Tenant>, StoreError>;
    /// The tenant with this id or domain; [`TenantName::Adfs`] is the oldest one.
    async fn find_tenant(&self, name: &TenantName) -> Result<Option<Tenant>, StoreError>;
    /// Adds a tenant together with its first service principals.
    async fn insert_tenant(
        &self,
        tenant: &Tenant,
        principals: &[ServicePrincipal],
    ) -> Result<(), StoreError>;

    /// The registration of a client, whichever its home.
    async fn find_application_anywhere(
        &self,
        app: AppId,
    ) -> Result<Option<Application>, StoreError>;
    /// A registration of this tenant.
    async fn find_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Option<Application>, StoreError>;
    /// A page of this tenant's registrations.
    async fn list_applications(
        &self,
        tenant: TenantId,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<Application>, StoreError>;
    /// Adds a registration with its secrets.
    async fn insert_application(&self, application: &Application) -> Result<(), StoreError>;
    /// Changes a registration, without touching its secrets, and gives the new state; `None` when
    /// it is not there. Nobody changes it between the reading and the writing, and when `change`
    /// fails nothing is written. Names and roles of its service principals follow.
    async fn change_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, Application>,
    ) -> Result<Option<Application>, IdentityError>;
    /// Removes a registration, its secrets, its home service principal and that one's grants.
    async fn delete_application(
        &self,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<bool, StoreError>;
    /// Adds a secret, unless there are [`crate::SECRETS_MAX`]; false when the registration is gone.
    async fn add_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        secret: &SecretCredential,
    ) -> Result<bool, IdentityError>;
    /// Removes a secret; false when it is not there.
    async fn remove_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        key: KeyId,
    ) -> Result<bool, StoreError>;

    /// A service principal of this tenant.
    async fn find_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Option<ServicePrincipal>, StoreError>;
    /// The service principal of this tenant that answers to this (folded) resource name.
    async fn find_resource(
        &self,
        tenant: TenantId,
        folded_name: &str,
    ) -> Result<Option<ServicePrincipal>, StoreError>;
    /// A page of this tenant's service principals.
    async fn list_service_principals(
        &self,
        tenant: TenantId,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<ServicePrincipal>, StoreError>;
    /// Adds a service principal. Names and roles are those that its application has at that moment.
    async fn insert_service_principal(
        &self,
        principal: &ServicePrincipal,
    ) -> Result<(), StoreError>;
    /// Changes a service principal, as [`Self::change_application`] does a registration.
    async fn change_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, ServicePrincipal>,
    ) -> Result<Option<ServicePrincipal>, IdentityError>;
    /// Removes a service principal and its grants, in both directions.
    async fn delete_service_principal(
        &self,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<bool, StoreError>;

    /// Roles granted to this client.
    async fn assignments_of(
        &self,
        tenant: TenantId,
        principal: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError>;
    /// Roles granted on this resource.
    async fn assignments_on(
        &self,
        tenant: TenantId,
        resource: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError>;
    /// Grants roles; all or none.
    async fn insert_assignments(&self, assignments: &[RoleAssignment]) -> Result<(), StoreError>;
    /// Takes a grant back; false when it is not there.
    async fn delete_assignment(
        &self,
        tenant: TenantId,
        id: AssignmentId,
    ) -> Result<bool, StoreError>;

    /// All signing keys, private halves in clear.
    async fn signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError>;
    /// Adds a signing key; the store seals it.
    async fn insert_signing_key(&self, key: &StoredSigningKey) -> Result<(), StoreError>;
}
