//! Domain things as this API shows them, field by field.

use vakt_identity::{KeyStatus, Tenant};
use vakt_wire::operator as wire;

/// Whose administrators operate the server?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// This tenant's.
    Operator,
    /// Another's.
    Customer,
}

pub(super) fn tenant(tenant: &Tenant, standing: Standing) -> wire::Tenant {
    let mut domains: Vec<_> = tenant.domains.iter().collect();
    domains.sort_by_key(|domain| !domain.is_default);
    wire::Tenant {
        id: tenant.id.to_string(),
        display_name: tenant.name.clone(),
        domains: domains.into_iter().map(|domain| domain.name.clone()).collect(),
        created_date_time: tenant.created_at,
        is_operator: standing == Standing::Operator,
    }
}

pub(super) fn key(key: KeyStatus) -> wire::Key {
    wire::Key {
        kid: key.kid,
        state: key.state.as_str().into(),
        created_date_time: key.created_at,
        signs_from_date_time: key.signs_from,
        signs_until_date_time: key.signs_until,
        needed_until_date_time: key.needed_until,
        retired_date_time: key.retired_at,
    }
}
