//! Making tenants, deleting them, and knowing which there are.

use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};

use super::Identity;
use crate::audit::{Act, Activity, DirectoryEvent, Target};
use crate::catalogue::{self, FirstPartyApi};
use crate::directory::ObjectKey;
use crate::error::{IdentityError, StoreError};
use crate::service_principal::ServicePrincipal;
use crate::tenant::{Domain, Tenant, TenantName};

/// Most domains of one tenant.
const DOMAINS_MAX: usize = 100;
/// Longest name of a tenant, in characters (Entra's own limit).
const NAME_LENGTH_MAX_CHARS: usize = 256;

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

/// What became of tenants that lacked an API, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompletedTenants {
    /// They have it now.
    pub made: Vec<TenantId>,
    /// An application of theirs has the API's name; as long as it does, they cannot have the API.
    pub name_is_taken: Vec<TenantId>,
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
        let tenant = Tenant {
            id: new.id,
            name: check_name(&new.name)?,
            domains: Domain::list(check_domains(&new.domains)?),
            created_at: act.at,
        };
        let principals: Vec<ServicePrincipal> = catalogue::all()
            .iter()
            .map(|api| first_party_principal(tenant.id, api, new_id(), act.at))
            .collect();
        let events = told_to_both(&tenant, Activity::AddTenant, act);
        self.store.insert_tenant(&tenant, &principals, &events).await?;
        Ok(tenant)
    }

    /// The tenant of this name, or [`IdentityError::NotFound`].
    pub async fn tenant(&self, name: &TenantName) -> Result<Tenant, IdentityError> {
        let found = self.store.find_tenant(name).await?;
        found.ok_or_else(|| IdentityError::not_found("tenant", name.text()))
    }

    /// Removes a tenant and everything that is in it, for good. `confirmation` is its name, which
    /// nobody types by mistake. The operator's own tenant stays.
    pub async fn delete_tenant(
        &self,
        tenant: &Tenant,
        confirmation: &str,
        act: &Act,
    ) -> Result<(), IdentityError> {
        if self.is_operator_tenant(tenant.id).await? {
            return Err(IdentityError::Invalid(format!(
                "`{}` is the operator's own tenant: whoever administers the server is in it, and it stays",
                tenant.name
            )));
        }
        if confirmation != tenant.name {
            return Err(IdentityError::Invalid(format!(
                "a tenant and everything in it is deleted for good: repeat its name, `{}`, to confirm",
                tenant.name
            )));
        }
        let event = DirectoryEvent::done(None, act, Activity::DeleteTenant, Target::tenant(tenant));
        if self.store.delete_tenant(tenant.id, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("tenant", tenant.id))
    }

    /// Records that all of a tenant was written out.
    pub async fn record_export(&self, tenant: &Tenant, act: &Act) -> Result<(), StoreError> {
        self.store.append_events(&told_to_both(tenant, Activity::ExportTenant, act)).await
    }

    /// Is this the tenant whose administrators operate the server? It is the oldest one.
    pub async fn is_operator_tenant(&self, tenant: TenantId) -> Result<bool, StoreError> {
        let oldest = self.store.find_tenant(&TenantName::Adfs).await?;
        Ok(oldest.is_some_and(|oldest| oldest.id == tenant))
    }

    /// Is there such a tenant? Tokens outlive theirs. From memory while nothing has changed.
    pub async fn has_tenant(&self, tenant: TenantId) -> Result<bool, StoreError> {
        let generation = self.store.generation().await?;
        if self.tenants_seen.get(&tenant) == Some(generation) {
            return Ok(true);
        }
        let is_there = self.store.find_tenant(&TenantName::Id(tenant)).await?.is_some();
        if is_there {
            self.tenants_seen.insert(tenant, generation);
        }
        Ok(is_there)
    }

    /// Gives an API of the catalogue a presence in each tenant that was made before the API was
    /// known.
    pub async fn complete_tenants(
        &self,
        api: &FirstPartyApi,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<CompletedTenants, IdentityError> {
        let mut completed = CompletedTenants::default();
        for tenant in self.store.tenants().await? {
            let key = ObjectKey::App(api.app_id);
            if self.store.find_service_principal(tenant.id, key).await?.is_some() {
                continue;
            }
            match self.create_service_principal(tenant.id, api.app_id, new_id(), act).await {
                Ok(_) => completed.made.push(tenant.id),
                Err(IdentityError::Store(StoreError::Conflict(_))) => {
                    completed.name_is_taken.push(tenant.id);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(completed)
    }
}

/// What the operator does to a tenant is told to both: to the server's log with the name of who
/// did it, and to the tenant's without, since that is somebody of another tenant.
fn told_to_both(tenant: &Tenant, activity: Activity, act: &Act) -> [DirectoryEvent; 2] {
    let about =
        |scope, act: &Act| DirectoryEvent::done(scope, act, activity, Target::tenant(tenant));
    [about(None, act), about(Some(tenant.id), &act.for_other_tenants())]
}

fn check_name(name: &str) -> Result<String, IdentityError> {
    let name = name.trim();
    let lawful = !name.is_empty()
        && name.chars().count() <= NAME_LENGTH_MAX_CHARS
        && !name.chars().any(char::is_control);
    if lawful {
        return Ok(name.to_owned());
    }
    Err(IdentityError::Invalid(format!(
        "a tenant's name has 1 to {NAME_LENGTH_MAX_CHARS} characters, such as Contoso"
    )))
}

fn check_domains(domains: &[String]) -> Result<&[String], IdentityError> {
    if domains.len() > DOMAINS_MAX {
        let text = format!("a tenant has at most {DOMAINS_MAX} domains; leave some out");
        return Err(IdentityError::Invalid(text));
    }
    let lawful = |domain: &str| {
        domain.len() <= 253
            && domain.contains('.')
            && domain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
    };
    match domains.iter().find(|domain| !lawful(domain)) {
        Some(domain) => Err(IdentityError::Invalid(format!(
            "`{domain}` is not a domain name, such as contoso.onmicrosoft.com"
        ))),
        None => Ok(domains),
    }
}

/// The presence of a first-party API in a tenant.
pub(super) fn first_party_principal(
    tenant: TenantId,
    api: &FirstPartyApi,
    object_id: ObjectId,
    now: Timestamp,
) -> ServicePrincipal {
    let app = (api.app_id, catalogue::OWNER_TENANT);
    let mut principal = ServicePrincipal::new(tenant, object_id, app, api.display_name, now);
    principal.names = api.names();
    principal.app_roles = api.app_roles();
    principal
}
