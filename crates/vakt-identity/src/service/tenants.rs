//! Making tenants, and the first signing key.

use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};

use super::Identity;
use crate::catalogue;
use crate::error::IdentityError;
use crate::service_principal::ServicePrincipal;
use crate::signing_key::{SigningKeys, StoredSigningKey};
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
        now: Timestamp,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<Tenant, IdentityError> {
        check_domains(&new.domains)?;
        let tenant = Tenant {
            id: new.id,
            name: new.name.clone(),
            domains: Domain::list(&new.domains),
            created_at: now,
        };
        let principals: Vec<ServicePrincipal> = catalogue::all()
            .iter()
            .map(|api| first_party_principal(tenant.id, api, new_id(), now))
            .collect();
        self.store.insert_tenant(&tenant, &principals).await?;
        Ok(tenant)
    }

    /// Adds a signing key; from the next request on it signs.
    pub async fn add_signing_key(&self, key: StoredSigningKey) -> Result<(), IdentityError> {
        self.store.insert_signing_key(&key).await?;
        let keys = SigningKeys::load(self.store.signing_keys().await?)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        Ok(())
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
    ServicePrincipal {
        tenant,
        object_id,
        app_id: api.app_id,
        owner: catalogue::OWNER_TENANT,
        display_name: api.display_name.to_owned(),
        is_enabled: true,
        assignment_required: false,
        names: api.names(),
        app_roles: api.app_roles(),
        tags: Vec::new(),
        created_at: now,
    }
}
