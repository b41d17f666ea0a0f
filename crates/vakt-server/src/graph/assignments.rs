//! `appRoleAssignments` of a client and `appRoleAssignedTo` of a resource: the same grants seen
//! from both ends.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::StatusCode;
use vakt_identity::RoleAssignment;
use vakt_ids::{AssignmentId, ObjectId, RoleId};
use vakt_wire::graph::{NewAppRoleAssignment, Page};

use super::answers::{Place, no_content};
use super::applications::body;
use super::errors::{bad_request, not_found, unsupported};
use super::keys::{body_id, object_key};
use super::query::options;
use super::to_wire;
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::chance;
use crate::edge::Head;
use crate::problem::Problem;

/// `GET /servicePrincipals/{key}/appRoleAssignments`
pub(crate) async fn list_assignments(
    state: State<AppState>,
    caller: Extension<Caller>,
    key: Path<String>,
    head: Head,
) -> Response {
    list(state, caller, key, head, End::Client).await
}

/// `GET /servicePrincipals/{key}/appRoleAssignedTo`
pub(crate) async fn list_assigned_to(
    state: State<AppState>,
    caller: Extension<Caller>,
    key: Path<String>,
    head: Head,
) -> Response {
    list(state, caller, key, head, End::Resource).await
}

/// From which end a grant is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Client,
    Resource,
}

async fn list(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    head: Head,
    end: End,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        if options.filter.is_some() {
            return Err(unsupported("$filter is not supported on app role assignments"));
        }
        let principal = app.identity.service_principal(caller.tenant, object_key(&key)?).await?;
        let store = app.identity.store();
        let granted = match end {
            End::Client => store.assignments_of(caller.tenant, principal.object_id).await?,
            End::Resource => store.assignments_on(caller.tenant, principal.object_id).await?,
        };
        let count = options.count.then_some(granted.len() as u64);
        let value = granted.iter().map(to_wire::assignment).collect();
        let page = Page { context: None, count, next_link: None, value };
        place.page("appRoleAssignments", page, &options.select)
    }
    .await;
    place.finish(&app, result)
}

/// `POST` to either collection: consent, one role at a time.
pub(crate) async fn grant_role(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let new: NewAppRoleAssignment = body(&head.headers, content).await?;
        let client: ObjectId = body_id("principalId", &new.principal_id)?;
        let resource: ObjectId = body_id("resourceId", &new.resource_id)?;
        let role: RoleId = body_id("appRoleId", &new.app_role_id)?;
        let named = app.identity.service_principal(caller.tenant, object_key(&key)?).await?;
        if named.object_id != client && named.object_id != resource {
            return Err(bad_request(
                "the service principal in the path is neither principalId nor resourceId",
            ));
        }
        let fresh = (chance::assignment_id(), app.clock.now());
        let granted = app.identity.grant(caller.tenant, client, resource, role, fresh).await?;
        let wire = to_wire::assignment(&granted);
        let below = place.path_below_root();
        place.created_at(&format!("{below}/{}", wire.id), "appRoleAssignments", &wire)
    }
    .await;
    place.finish(&app, result)
}

/// `GET` of one grant, in either collection.
pub(crate) async fn get_assignment(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path((key, id)): Path<(String, String)>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let granted = find(&app, &caller, &key, &id).await?;
        let wire = to_wire::assignment(&granted);
        place.entity(StatusCode::OK, "appRoleAssignments", &wire, &options(&head.uri)?.select)
    }
    .await;
    place.finish(&app, result)
}

/// `DELETE` in either collection.
pub(crate) async fn delete_assignment(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path((key, id)): Path<(String, String)>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let granted = find(&app, &caller, &key, &id).await?;
        app.identity.revoke(caller.tenant, granted.id).await?;
        Ok(no_content())
    }
    .await;
    place.finish(&app, result)
}

/// The grant with this id that the service principal in the path is an end of.
async fn find(app: &App, caller: &Caller, key: &str, id: &str) -> Result<RoleAssignment, Problem> {
    let principal = app.identity.service_principal(caller.tenant, object_key(key)?).await?;
    let assignment: AssignmentId = id.parse().map_err(|_| not_found(id))?;
    let store = app.identity.store();
    let mut granted = store.assignments_of(caller.tenant, principal.object_id).await?;
    granted.extend(store.assignments_on(caller.tenant, principal.object_id).await?);
    granted.into_iter().find(|one| one.id == assignment).ok_or_else(|| not_found(id))
}
