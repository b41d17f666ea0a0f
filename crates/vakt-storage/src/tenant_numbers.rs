//! Numbers that stand for tenants in tables of many rows.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use vakt_ids::TenantId;

/// A tenant, and the number that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumberedTenant {
    pub id: TenantId,
    /// Positive; [`NOBODY`] has no rows.
    pub number: i64,
}

/// The number of a tenant that was given none: no row has it.
pub(crate) const NOBODY: i64 = 0;

/// Numbers that were read from committed rows. A number is never given out again, not even when
/// its tenant is gone, so what is remembered stays true.
#[derive(Debug, Default)]
pub(crate) struct TenantNumbers(RwLock<HashMap<TenantId, i64>>);

impl TenantNumbers {
    /// The tenant with its number, if that was read before.
    pub(crate) fn find(&self, tenant: TenantId) -> Option<NumberedTenant> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&tenant).map(|number| NumberedTenant { id: tenant, number: *number })
    }

    /// Remembers a number that is committed.
    pub(crate) fn remember(&self, tenant: NumberedTenant) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(tenant.id, tenant.number);
    }
}
