//! What the identity room asks of a store. Every method is one atomic, durable unit: when it
//! returns `Ok`, the change survives a power cut; when it does not, nothing of it is there.
//! Not found is `Ok(None)` or `Ok(false)`. The tenant always comes first, and nothing of another
//! tenant is ever returned, except by the methods named `…_anywhere`, which the token endpoint and
//! the sign-in page need. Events are recorded in the transaction of the change they tell of.

use async_trait::async_trait;
use jiff::Timestamp;
use vakt_ids::{AppId, AssignmentId, KeyId, ObjectId, TenantId};

use crate::application::Application;
use crate::audit::{AuditStore, DirectoryEvent};
use crate::consent::{GrantQuery, RoleAssignment};
use crate::credential::SecretCredential;
use crate::delegation::DelegationStore;
use crate::deleted::{DeletedKind, DeletedObject};
use crate::directory::{DirectoryPage, DirectoryQuery, ObjectKey};
use crate::error::{IdentityError, StoreError};
use crate::people::PeopleStore;
use crate::service_principal::ServicePrincipal;
use crate::signing_key::StoredSigningKey;
use crate::tenant::{Tenant, TenantName};

/// A change of one object, given its present state; it may refuse. It gives the events to record.
pub type Change<'a, T> =
    Box<dyn FnOnce(&mut T) -> Result<Vec<DirectoryEvent>, IdentityError> + Send + 'a>;

/// All that the room keeps.
pub trait Stores: IdentityStore + DelegationStore + PeopleStore + AuditStore {}

impl<T: IdentityStore + DelegationStore + PeopleStore + AuditStore> Stores for T {}

/// The identity store.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// Grows with every committed change made through this trait, by whichever server; what was
    /// read before it grew may be stale.
    async fn generation(&self) -> Result<u64, StoreError>;
    /// The same where it takes no question to a database; `None` elsewhere.
    fn generation_at_hand(&self) -> Option<u64>;

    /// All tenants, oldest first.
    async fn tenants(&self) -> Result<Vec<Tenant>, StoreError>;
    /// The tenant with this id or domain; [`TenantName::Adfs`] is the oldest one.
    async fn find_tenant(&self, name: &TenantName) -> Result<Option<Tenant>, StoreError>;
    /// Adds a tenant together with its first service principals.
    async fn insert_tenant(
        &self,
        tenant: &Tenant,
        principals: &[ServicePrincipal],
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Removes a tenant and all that is in it, incidents, people and logs included.
    async fn delete_tenant(
        &self,
        tenant: TenantId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;

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
    async fn insert_application(
        &self,
        application: &Application,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Changes a registration, without touching its secrets, and gives the new state; `None` when
    /// it is not there. Nobody changes it between the reading and the writing, and when `change`
    /// fails nothing is written. What its service principals copy of it follows.
    async fn change_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, Application>,
    ) -> Result<Option<Application>, IdentityError>;
    /// Moves a registration to the deleted objects, and with it its home service principal with
    /// that one's grants. Its names are free at once.
    async fn delete_application(
        &self,
        tenant: TenantId,
        object: ObjectId,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;
    /// Adds a secret, unless there are [`crate::SECRETS_MAX`]; false when the registration is gone.
    async fn add_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        secret: &SecretCredential,
        events: &[DirectoryEvent],
    ) -> Result<bool, IdentityError>;
    /// Removes a secret; false when it is not there.
    async fn remove_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        key: KeyId,
        events: &[DirectoryEvent],
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
    /// Adds a service principal. What it copies of its application (name, names, roles, reply
    /// addresses, audience) is as the application has it at that moment.
    async fn insert_service_principal(
        &self,
        principal: &ServicePrincipal,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Changes a service principal, its secrets and certificates included, as
    /// [`Self::change_application`] does a registration.
    async fn change_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, ServicePrincipal>,
    ) -> Result<Option<ServicePrincipal>, IdentityError>;
    /// Moves a service principal to the deleted objects, with its grants in both directions.
    async fn delete_service_principal(
        &self,
        tenant: TenantId,
        object: ObjectId,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;

    /// A deleted object of this tenant.
    async fn find_deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<Option<DeletedObject>, StoreError>;
    /// A page of this tenant's deleted objects of one kind. Conditions are on id, client id and
    /// name; others match nothing.
    async fn list_deleted(
        &self,
        tenant: TenantId,
        kind: DeletedKind,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<DeletedObject>, StoreError>;
    /// Brings a deleted object back, and with an application the service principal that went with
    /// it. Grants whose other end is gone are left behind. False when it is not there; a conflict
    /// when its names are taken.
    async fn restore_deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;
    /// Removes a deleted object for good, and what was deleted with it; false when it is not there.
    async fn purge_deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;
    /// Removes for good what was deleted before `before`, in every tenant; gives how many.
    async fn purge_deleted_before(&self, before: Timestamp) -> Result<u64, StoreError>;

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
    /// A page of granted roles, oldest first.
    async fn list_assignments(
        &self,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<DirectoryPage<RoleAssignment>, StoreError>;
    /// One granted role.
    async fn find_assignment(
        &self,
        tenant: TenantId,
        id: AssignmentId,
    ) -> Result<Option<RoleAssignment>, StoreError>;
    /// Grants roles; all or none.
    async fn insert_assignments(
        &self,
        assignments: &[RoleAssignment],
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Takes a grant back; false when it is not there.
    async fn delete_assignment(
        &self,
        tenant: TenantId,
        id: AssignmentId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;

    /// All signing keys, retired ones too; private halves in clear.
    async fn signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError>;
    /// Adds a signing key; the store seals it.
    async fn insert_signing_key(
        &self,
        key: &StoredSigningKey,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Retires a signing key and destroys its private half; false when there is no such live key.
    async fn retire_signing_key(
        &self,
        kid: &str,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;
}
