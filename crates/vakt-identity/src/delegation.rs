//! Consent to delegated permissions: what an application may do for people who sign in to it. It is
//! kept and listed for those who administer it. No token carries it, since people sign in here to
//! consent and to nothing else.

use async_trait::async_trait;
use jiff::Timestamp;
use vakt_ids::{GrantId, ObjectId, TenantId};

use crate::audit::DirectoryEvent;
use crate::consent::GrantQuery;
use crate::directory::DirectoryPage;
use crate::error::StoreError;

/// Longest list of permissions in one grant, in bytes (Graph's own limit is in characters).
pub const SCOPE_LENGTH_MAX_BYTES: usize = 3_850;

/// Delegated permissions of one resource, granted to a client on behalf of everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionGrant {
    /// Tenant in which it was granted.
    pub tenant: TenantId,
    /// Id.
    pub id: GrantId,
    /// The client's service principal.
    pub client: ObjectId,
    /// The resource's service principal.
    pub resource: ObjectId,
    /// The permissions, separated by spaces.
    pub scope: String,
    /// When it was granted.
    pub created_at: Timestamp,
}

/// The store of these grants. They go with either of their service principals.
#[async_trait]
pub trait DelegationStore: Send + Sync {
    /// A page of them, oldest first.
    async fn list_permission_grants(
        &self,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<DirectoryPage<PermissionGrant>, StoreError>;
    /// One of them.
    async fn find_permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
    ) -> Result<Option<PermissionGrant>, StoreError>;
    /// Adds one; a conflict when there is one of this client on this resource.
    async fn insert_permission_grant(
        &self,
        grant: &PermissionGrant,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Changes the permissions of one; false when it is not there.
    async fn change_permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
        scope: &str,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;
    /// Removes one; false when it is not there.
    async fn delete_permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;
}
