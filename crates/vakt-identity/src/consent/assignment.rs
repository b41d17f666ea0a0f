//! Consent to application permissions: app roles assigned to a client's service principal.

use jiff::Timestamp;
use vakt_ids::{AssignmentId, ObjectId, RoleId, TenantId};

/// A granted app role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAssignment {
    /// Tenant in which it was granted.
    pub tenant: TenantId,
    /// Id.
    pub id: AssignmentId,
    /// The client's service principal.
    pub principal: ObjectId,
    /// Its name.
    pub principal_name: String,
    /// The resource's service principal.
    pub resource: ObjectId,
    /// Its name.
    pub resource_name: String,
    /// The role.
    pub role: RoleId,
    /// When it was granted.
    pub created_at: Timestamp,
}

/// A page of grants to read, oldest first. Without a client and without a resource: all of them.
#[derive(Debug, Clone, Default)]
pub struct GrantQuery {
    /// Only those of this client's service principal.
    pub client: Option<ObjectId>,
    /// Only those on this resource's service principal.
    pub resource: Option<ObjectId>,
    /// At most so many.
    pub top: u32,
    /// After the grant this cursor came with.
    pub after: Option<String>,
    /// Also count them all.
    pub count: bool,
}
