//! Tenants.

use vakt_identity::{Domain, Tenant};
use vakt_wire::graph as wire;

/// The tenant itself.
pub(crate) fn organization(tenant: &Tenant) -> wire::Organization {
    let domain = |(index, domain): (usize, &Domain)| wire::VerifiedDomain {
        name: domain.name.clone(),
        kind: "Managed".into(),
        is_default: domain.is_default,
        is_initial: index == 0,
        capabilities: "Email, OfficeCommunicationsOnline".into(),
    };
    wire::Organization {
        id: tenant.id.to_string(),
        display_name: tenant.name.clone(),
        created_date_time: Some(tenant.created_at),
        tenant_type: "AAD".into(),
        verified_domains: tenant.domains.iter().enumerate().map(domain).collect(),
    }
}

/// Its domains.
pub(crate) fn domains(tenant: &Tenant) -> Vec<wire::Domain> {
    let domain = |(index, domain): (usize, &Domain)| wire::Domain {
        id: domain.name.clone(),
        authentication_type: "Managed".into(),
        is_default: domain.is_default,
        is_initial: index == 0,
        is_verified: true,
        supported_services: vec!["Email".into(), "OfficeCommunicationsOnline".into()],
    };
    tenant.domains.iter().enumerate().map(domain).collect()
}
