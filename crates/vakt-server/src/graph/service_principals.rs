//! `/servicePrincipals`.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::StatusCode;
use vakt_identity::{ObjectKey, ServicePrincipal};
use vakt_ids::{AppId, TenantId};
use vakt_wire::graph::{NewServicePrincipal, Page, ServicePrincipalChanges};
use vakt_wire::odata::QueryOptions;

use super::answers::{Place, no_content};
use super::applications::body;
use super::errors::unsupported;
use super::keys::{body_id, object_key};
use super::query::{next_link, options, to_query};
use super::to_wire;
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::chance;
use crate::edge::Head;
use crate::problem::Problem;

/// `GET /servicePrincipals`
pub(crate) async fn list_service_principals(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        let query = to_query(&options)?;
        let page = app.identity.store().list_service_principals(caller.tenant, &query).await?;
        let mut value = Vec::with_capacity(page.items.len());
        for principal in &page.items {
            value.push(expanded(&app, caller.tenant, principal, &options).await?);
        }
        let next_link = page.next.map(|cursor| next_link(&place, &head.uri, &cursor));
        let page = Page { context: None, count: page.count, next_link, value };
        place.page("servicePrincipals", page, &with_expanded(&options))
    }
    .await;
    place.finish(&app, result)
}

/// `GET /servicePrincipals/{key}`
pub(crate) async fn get_service_principal(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        let principal = app.identity.service_principal(caller.tenant, object_key(&key)?).await?;
        let wire = expanded(&app, caller.tenant, &principal, &options).await?;
        let select = with_expanded(&options);
        place.entity(StatusCode::OK, "servicePrincipals", &wire, &select)
    }
    .await;
    place.finish(&app, result)
}

async fn expanded(
    app: &App,
    tenant: TenantId,
    principal: &ServicePrincipal,
    options: &QueryOptions,
) -> Result<vakt_wire::graph::ServicePrincipal, Problem> {
    let mut wire = to_wire::service_principal(principal);
    for name in &options.expand {
        if !name.eq_ignore_ascii_case("appRoleAssignedTo") {
            return Err(unsupported(format!("$expand: `{name}` is not appRoleAssignedTo")));
        }
        let granted = app.identity.store().assignments_on(tenant, principal.object_id).await?;
        wire.app_role_assigned_to = Some(granted.iter().map(to_wire::assignment).collect());
    }
    Ok(wire)
}

/// What is expanded is shown, selected or not.
fn with_expanded(options: &QueryOptions) -> Vec<String> {
    if options.select.is_empty() {
        return Vec::new();
    }
    options.select.iter().chain(&options.expand).cloned().collect()
}

/// `POST /servicePrincipals`
pub(crate) async fn create_service_principal(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let new: NewServicePrincipal = body(&head.headers, content).await?;
        let app_id: AppId = body_id("appId", &new.app_id)?;
        let (tenant, now) = (caller.tenant, app.clock.now());
        let id = chance::object_id();
        let created = app.identity.create_service_principal(tenant, app_id, id, now).await;
        let mut principal = created.map_err(|error| unknown_app_is_a_bad_request(error, app_id))?;
        if new.account_enabled == Some(false) {
            principal.is_enabled = false;
            let key = ObjectKey::Object(id);
            app.identity
                .change_service_principal(tenant, key, |one| one.is_enabled = false)
                .await?;
        }
        let wire = to_wire::service_principal(&principal);
        place.created("servicePrincipals", &wire.id, &wire)
    }
    .await;
    place.finish(&app, result)
}

fn unknown_app_is_a_bad_request(error: vakt_identity::IdentityError, app: AppId) -> Problem {
    match error {
        vakt_identity::IdentityError::NotFound { .. } => super::errors::bad_request(format!(
            "The appId '{app}' of the service principal does not reference a valid application object."
        )),
        other => other.into(),
    }
}

/// `PATCH /servicePrincipals/{key}`
pub(crate) async fn update_service_principal(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let changes: ServicePrincipalChanges = body(&head.headers, content).await?;
        let change = |principal: &mut ServicePrincipal| apply(changes, principal);
        let key = object_key(&key)?;
        app.identity.change_service_principal(caller.tenant, key, change).await?;
        Ok(no_content())
    }
    .await;
    place.finish(&app, result)
}

fn apply(changes: ServicePrincipalChanges, principal: &mut ServicePrincipal) {
    if let Some(enabled) = changes.account_enabled {
        principal.is_enabled = enabled;
    }
    if let Some(required) = changes.app_role_assignment_required {
        principal.assignment_required = required;
    }
    if let Some(name) = changes.display_name {
        principal.display_name = name;
    }
    if let Some(tags) = changes.tags {
        principal.tags = tags;
    }
}

/// `DELETE /servicePrincipals/{key}`
pub(crate) async fn delete_service_principal(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        app.identity.delete_service_principal(caller.tenant, object_key(&key)?).await?;
        Ok(no_content())
    }
    .await;
    place.finish(&app, result)
}
