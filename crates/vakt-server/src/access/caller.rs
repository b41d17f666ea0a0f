//! The caller a valid token makes.

use vakt_ids::TenantId;

/// Who calls. Handlers take the tenant from here and from nowhere else.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub tenant: TenantId,
}
