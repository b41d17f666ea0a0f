//! Domain things as this API shows them, field by field.

use jiff::Timestamp;
use vakt_identity::people::Person;
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

pub(super) fn person(person: &Person, now: Timestamp) -> wire::Person {
    wire::Person {
        id: person.object_id.to_string(),
        user_principal_name: person.user_name.clone(),
        display_name: person.display_name.clone(),
        role: person.role.name().into(),
        account_enabled: person.is_enabled,
        must_change_password: person.must_change_password,
        has_second_factor: person.totp.is_some(),
        failed_sign_ins: person.failures,
        locked_until_date_time: person.rests_until(now),
        created_date_time: person.created_at,
        last_password_change_date_time: person.password_set_at,
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
