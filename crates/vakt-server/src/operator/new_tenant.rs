//! Making a tenant together with those who administer it.

use secrecy::ExposeSecret;
use vakt_identity::audit::Act;
use vakt_identity::{NewTenant, Tenant};
use vakt_ids::TenantId;
use vakt_wire::operator::{self as wire, MadeAdministrator, MadeTenant, NewAdministrator};

use super::call::Call;
use super::errors::Refused;
use super::people::{self, ReadyPerson};
use super::to_wire::{self, Standing};
use crate::administration::{self, Authority};
use crate::chance;

/// Makes what is wished for: all of it, or on a refusal nothing.
pub(super) async fn make(call: &Call, wish: wire::NewTenant) -> Result<MadeTenant, Refused> {
    if wish.domains.is_empty() {
        return Err(Refused::bad_request(
            "a tenant needs a domain, after which its people are named, such as contoso.onmicrosoft.com",
        ));
    }
    let id = match &wish.id {
        None => TenantId::from_random_bytes(chance::bytes()),
        Some(id) => id.parse().map_err(|error| Refused::bad_request(format!("id: {error}")))?,
    };
    let person = match wish.person {
        None => None,
        Some(person) => Some(ReadyPerson::new(&call.app, person).await?),
    };
    let new = NewTenant { id, name: wish.display_name, domains: wish.domains };
    let tenant = call.identity().create_tenant(&new, &call.act(), &chance::object_id).await?;
    match people_it(call, &tenant, wish.administrator, person).await {
        Ok(made) => Ok(made),
        Err(refused) => {
            call.identity().delete_tenant(&tenant, &tenant.name, &call.act()).await?;
            Err(refused)
        }
    }
}

/// Adds its administrators. By the tenant's own log it was the server: the operator's names are
/// not for the tenant to know.
async fn people_it(
    call: &Call,
    tenant: &Tenant,
    administrator: Option<NewAdministrator>,
    person: Option<ReadyPerson>,
) -> Result<MadeTenant, Refused> {
    let act = call.act().for_other_tenants();
    let mut made = MadeTenant {
        tenant: to_wire::tenant(tenant, Standing::Customer),
        administrator: None,
        person: None,
    };
    if let Some(wish) = administrator {
        made.administrator = Some(add_administrator(call, tenant, wish, &act).await?);
    }
    if let Some(ready) = person {
        let person = call.identity().add_person(tenant.id, &ready.new, &act).await?;
        made.person = Some(people::made(call, &person, ready.made));
    }
    Ok(made)
}

async fn add_administrator(
    call: &Call,
    tenant: &Tenant,
    wish: NewAdministrator,
    act: &Act,
) -> Result<MadeAdministrator, Refused> {
    let name = wish.display_name.as_deref().unwrap_or(administration::NAME);
    let application =
        administration::ensure(&call.app, tenant, name, Authority::Tenant, act).await?;
    let (secret, value) =
        administration::add_secret(&call.app, &application, "vakt tenant create", act).await?;
    Ok(MadeAdministrator {
        app_id: application.app_id.to_string(),
        display_name: application.display_name,
        secret_text: value.expose_secret().to_owned(),
        end_date_time: secret.expires_at,
    })
}
