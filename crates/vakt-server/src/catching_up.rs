//! What a program that knew less left undone in its database, done at the next start.

use vakt_identity::audit::Act;
use vakt_identity::{IdentityError, ObjectKey, Tenant, TenantName, catalogue};

use crate::administration::{self, Authority};
use crate::app::App;
use crate::chance;

/// The permission with which an application can grant itself every other.
const MAY_GRANT_ALL: &str = "Microsoft Graph/AppRoleAssignment.ReadWrite.All";

/// Tenants that were made before there was an API of our own get it; and when the operator's gets
/// it, so does the administrator's application, as a new data folder's does from the beginning.
pub(crate) async fn catch_up(app: &App) -> Result<(), IdentityError> {
    let Some(api) = catalogue::find(catalogue::VAKT) else { return Ok(()) };
    let act = Act::of_server(app.clock.now());
    let completed = app.identity.complete_tenants(api, &act, &chance::object_id).await?;
    for tenant in &completed.name_is_taken {
        tracing::warn!(
            %tenant,
            "an application of the tenant has the name of the API `Vakt`; rename it, or people and logs of the tenant cannot be reached"
        );
    }
    let oldest = app.identity.store().find_tenant(&TenantName::Adfs).await?;
    match oldest.filter(|oldest| completed.made.contains(&oldest.id)) {
        Some(operator) => complete_administrator(app, &operator, &act).await,
        None => Ok(()),
    }
}

/// A name proves nothing, so the application must hold the permission by which it could grant
/// itself the new ones: nobody gets what was out of reach.
async fn complete_administrator(
    app: &App,
    tenant: &Tenant,
    act: &Act,
) -> Result<(), IdentityError> {
    let name = administration::NAME;
    let Some(application) = app.identity.application_named(tenant.id, name).await? else {
        return Ok(());
    };
    let store = app.identity.store();
    let key = ObjectKey::App(application.app_id);
    let Some(principal) = store.find_service_principal(tenant.id, key).await? else {
        return Ok(());
    };
    let (_, role) = crate::seed::resolve(MAY_GRANT_ALL).map_err(IdentityError::Invalid)?;
    let held = store.assignments_of(tenant.id, principal.object_id).await?;
    if held.iter().any(|grant| grant.role == role) {
        administration::ensure(app, tenant, name, Authority::Server, act).await?;
    }
    Ok(())
}
