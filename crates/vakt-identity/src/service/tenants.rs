//! Making tenants.

use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};

use super::Identity;
use crate::audit::{Act, Activity, DirectoryEvent, Target, TargetKind};
use crate::catalogue;
use crate::error::IdentityError;
use crate::service_principal::ServicePrincipal;
use crate::tenant::{Domain, Tenant};

/// What a new tenant is made of.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// Id.
    pub id: TenantId,
    /// Name.
    pub name: String,
    /// Domains, the initial one first.
    pub domains: Vec<String>,
}

impl Identity {
    /// Adds a tenant in which every API of the catalogue has a service principal; `new_id` makes
    /// the object ids.
    pub async fn create_tenant(
        &self,
        new: &NewTenant,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<Tenant, IdentityError> {
        check_domains(&new.domains)?;
        let tenant = Tenant {
            id: new.id,
            name: new.name.clone(),
            domains: Domain::list(&new.domains),
            created_at: act.at,
        };
        let principals: Vec<ServicePrincipal> = catalogue::all()
            .iter()
            .map(|api| first_party_principal(tenant.id, api, new_id(), act.at))
            .collect();
        let target = Target {
            kind: TargetKind::Tenant,
            id: tenant.id.to_string(),
            name: tenant.name.clone(),
        };
        let event = DirectoryEvent::done(Some(tenant.id), act, Activity::AddTenant, target);
        self.store.insert_tenant(&tenant, &principals, &[event]).await?;
        Ok(tenant)
    }
}

fn check_domains(domains: &[String]) -> Result<(), IdentityError> {
    let lawful = |domain: &str| {
        domain.len() <= 253
            && domain.contains('.')
            && domain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
    };
    match domains.iter().find(|domain| !lawful(domain)) {
        Some(domain) => Err(IdentityError::Invalid(format!(
            "`{domain}` is not a domain name, such as contoso.onmicrosoft.com"
        ))),
        None => Ok(()),
    }
}

/// The presence of one of Microsoft's APIs in a tenant.
pub(super) fn first_party_principal(
    tenant: TenantId,
    api: &catalogue::FirstPartyApi,
    object_id: ObjectId,
    now: Timestamp,
) -> ServicePrincipal {
    let app = (api.app_id, catalogue::OWNER_TENANT);
    let mut principal = ServicePrincipal::new(tenant, object_id, app, api.display_name, now);
    principal.names = api.names();
    principal.app_roles = api.app_roles();
    principal
}
