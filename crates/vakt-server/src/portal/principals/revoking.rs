//! A granted role taken back.

use vakt_identity::{IdentityError, ObjectKey, RoleAssignment, ServicePrincipal};
use vakt_ids::AssignmentId;

use super::super::confirmation::Confirmation;
use super::super::desk::Desk;
use super::super::problems::Problems;
use super::{below_frame, named, place};
use crate::pages::{Fault, Page, Stop, Visit};

/// `GET /portal/enterprise/{id}/roles/{key}/revoke`
pub(in crate::portal) async fn ask(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let principal = named(&visit, &desk).await?;
    let (grant, api) = granted(&visit, &desk, &principal).await?;
    let value = api.role(grant.role).map_or(grant.role.to_string(), |role| role.value.clone());
    Confirmation {
        frame: below_frame(&desk, &principal, "Revoke a role"),
        question: format!("Revoke {value} of {}?", api.display_name),
        effects: vec![format!(
            "{} may no longer use it. Tokens that it has already keep the role until they expire, \
             within the hour. Consent grants it again if the application still asks for it.",
            principal.display_name
        )],
        button: "Revoke",
        class: "danger",
        back: place(&principal),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/enterprise/{id}/roles/{key}/revoke`
pub(in crate::portal) async fn revoke(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let principal = named(&visit, &desk).await?;
    let (grant, _) = granted(&visit, &desk, &principal).await?;
    match visit.app.identity.revoke(desk.tenant.id, &grant, &desk.act(&visit)).await {
        Ok(()) => Ok(Page::go_to(format!("{}?done=revoked", place(&principal)))),
        Err(IdentityError::NotFound { .. }) => Err(missing()),
        Err(error) => Err(error.into()),
    }
}

/// The grant that the address names, if it is this application's and the person's to take back.
async fn granted(
    visit: &Visit,
    desk: &Desk,
    principal: &ServicePrincipal,
) -> Result<(RoleAssignment, ServicePrincipal), Stop> {
    let id: AssignmentId = visit.segment(1).parse().map_err(|_| missing())?;
    let (store, tenant) = (visit.app.identity.store(), desk.tenant.id);
    let grant = store.find_assignment(tenant, id).await.map_err(IdentityError::from)?;
    let own = grant.filter(|grant| grant.principal == principal.object_id);
    let grant = own.ok_or_else(missing)?;
    let key = ObjectKey::Object(grant.resource);
    let api = store.find_service_principal(tenant, key).await.map_err(IdentityError::from)?;
    let api = api.ok_or_else(missing)?;
    if desk.person().role.may_grant_roles_of(api.app_id) {
        return Ok((grant, api));
    }
    let text = "Roles of Microsoft Graph and of Vakt are for Global Administrators to revoke.";
    Err(Fault::forbidden(text, "Ask a Global Administrator.").into())
}

fn missing() -> Stop {
    let text = "There is no such grant; it may have been revoked.";
    Fault::missing(text, "Go back to the application.").into()
}
