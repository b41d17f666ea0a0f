//! `appRoleAssignments` of a client and `appRoleAssignedTo` of a resource: the same grants seen
//! from both ends.

use axum::response::Response;
use http::StatusCode;
use vakt_identity::RoleAssignment;
use vakt_ids::{AssignmentId, ObjectId, RoleId};
use vakt_wire::graph::{NewAppRoleAssignment, Page};

use super::answers::no_content;
use super::call::Call;
use super::errors::{bad_request, not_found, unsupported};
use super::keys::body_id;
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
    if options.filter.is_some() {
        return Err(unsupported("$filter is not supported on app role assignments"));
    }
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let store = call.store();
    let granted = match end {
        End::Client => store.assignments_of(call.tenant, principal.object_id).await?,
        End::Resource => store.assignments_on(call.tenant, principal.object_id).await?,
    };
    let count = options.count.then_some(granted.len() as u64);
    let value = granted.iter().map(to_wire::assignment).collect();
    let page = Page { context: None, count, next_link: None, value };
    call.place.page("appRoleAssignments", page, &options.select)
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
    call.place.created_at(&format!("{below}/{}", wire.id), "appRoleAssignments", &wire)
}

/// `GET` of one grant, in either collection.
pub(crate) async fn get_assignment(call: Call) -> Result<Response, Problem> {
    let granted = find(&call).await?;
    let wire = to_wire::assignment(&granted);
    call.place.entity(StatusCode::OK, "appRoleAssignments", &wire, &call.options()?.select)
}

/// `DELETE` in either collection.
pub(crate) async fn delete_assignment(call: Call) -> Result<Response, Problem> {
    let granted = find(&call).await?;
    call.app.identity.revoke(call.tenant, &granted, &call.act()).await?;
    Ok(no_content())
}

/// The grant named in the path, that the service principal named before it is an end of.
async fn find(call: &Call) -> Result<RoleAssignment, Problem> {
    let id = call.key_text(1);
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let assignment: AssignmentId = id.parse().map_err(|_| not_found(id))?;
    let store = call.store();
    let mut granted = store.assignments_of(call.tenant, principal.object_id).await?;
    granted.extend(store.assignments_on(call.tenant, principal.object_id).await?);
    granted.into_iter().find(|one| one.id == assignment).ok_or_else(|| not_found(id))
}
