//! Service principals: an application's presence in one tenant.

use jiff::Timestamp;
use vakt_ids::{AppId, ObjectId, TenantId};

use crate::permission::AppRole;

/// A service principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePrincipal {
    /// The tenant it lives in.
    pub tenant: TenantId,
    /// Object id; becomes `oid` and `sub` of its tokens.
    pub object_id: ObjectId,
    /// Client id of its application.
    pub app_id: AppId,
    /// Home tenant of its application.
    pub owner: TenantId,
    /// Name.
    pub display_name: String,
    /// Disabled principals get no tokens.
    pub is_enabled: bool,
    /// Tokens for it are refused to clients without an assigned role.
    pub assignment_required: bool,
    /// Client id and identifier URIs.
    pub names: Vec<String>,
    /// Roles it offers.
    pub app_roles: Vec<AppRole>,
    /// Tags.
    pub tags: Vec<String>,
    /// Creation.
    pub created_at: Timestamp,
}

impl ServicePrincipal {
    /// The role with this id, if the resource offers it.
    pub fn role(&self, id: vakt_ids::RoleId) -> Option<&AppRole> {
        self.app_roles.iter().find(|role| role.id == id)
    }
}
