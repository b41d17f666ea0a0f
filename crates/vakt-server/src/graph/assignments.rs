//! `appRoleAssignments` of a client and `appRoleAssignedTo` of a resource: the same grants seen
//! from both ends.

use axum::response::Response;
use vakt_identity::RoleAssignment;
use vakt_ids::{AssignmentId, ObjectId, RoleId};
use vakt_wire::graph::{self as wire, NewAppRoleAssignment, Page};

use super::answers::no_content;
use super::call::Call;
use super::entity::Shown;
use super::errors::{bad_request, not_found};
use super::keys::body_id;
use super::query::{Grants, to_grant_query};
use super::to_wire;
use crate::chance;
use crate::problem::Problem;

/// `GET /servicePrincipals/{key}/appRoleAssignments`
pub(crate) async fn list_assignments(call: Call) -> Result<Response, Problem> {
    list(call, End::Client).await
}

/// `GET /servicePrincipals/{key}/appRoleAssignedTo`
pub(crate) async fn list_assigned_to(call: Call) -> Result<Response, Problem> {
    list(call, End::Resource).await
}

/// From which end a grant is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Client,
    Resource,
}

async fn list(call: Call, end: End) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = Shown::of::<wire::AppRoleAssignment>(&options.select, &[])?;
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let mut query = to_grant_query(&options, Grants::Roles, &call.question())?;
    match end {
        End::Client => query.client = Some(principal.object_id),
        End::Resource => query.resource = Some(principal.object_id),
    }
    let page = call.store().list_assignments(call.tenant, &query).await?;
    let value = page.items.iter().map(to_wire::assignment).collect();
    let next_link = call.next_link(page.next);
    call.place.page(Page { context: None, count: page.count, next_link, value }, &shown)
}

/// `POST` to either collection: consent, one role at a time.
pub(crate) async fn grant_role(mut call: Call) -> Result<Response, Problem> {
    let new: NewAppRoleAssignment = call.body().await?;
    let client: ObjectId = body_id("principalId", &new.principal_id)?;
    let resource: ObjectId = body_id("resourceId", &new.resource_id)?;
    let role: RoleId = body_id("appRoleId", &new.app_role_id)?;
    let named = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    if named.object_id != client && named.object_id != resource {
        return Err(bad_request(
            "the service principal in the path is neither principalId nor resourceId",
        ));
    }
    let act = call.act();
    let fresh = (chance::assignment_id(), &act);
    let granted = call.app.identity.grant(call.tenant, client, resource, role, fresh).await?;
    let wire = to_wire::assignment(&granted);
    let below = call.place.path_below_root();
    call.place.created_at(&format!("{below}/{}", wire.id), &wire)
}

/// `GET` of one grant, in either collection.
pub(crate) async fn get_assignment(call: Call) -> Result<Response, Problem> {
    let shown = Shown::of::<wire::AppRoleAssignment>(&call.options()?.select, &[])?;
    call.place.entity(&to_wire::assignment(&find(&call).await?), &shown)
}

/// `DELETE` in either collection.
pub(crate) async fn delete_assignment(call: Call) -> Result<Response, Problem> {
    let granted = find(&call).await?;
    call.app.identity.revoke(call.tenant, &granted, &call.act()).await?;
    Ok(no_content())
}

/// The grant named in the path, that the service principal named before it is an end of.
async fn find(call: &Call) -> Result<RoleAssignment, Problem> {
    let text = call.key_text(1);
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let id: AssignmentId = text.parse().map_err(|_| not_found(text))?;
    let granted = call.store().find_assignment(call.tenant, id).await?;
    let is_end =
        |one: &RoleAssignment| [one.principal, one.resource].contains(&principal.object_id);
    granted.filter(is_end).ok_or_else(|| not_found(text))
}
