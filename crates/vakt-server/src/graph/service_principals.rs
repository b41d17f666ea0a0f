//! `/servicePrincipals`.

use axum::response::Response;
use http::StatusCode;
use vakt_identity::{IdentityError, ServicePrincipal};
use vakt_ids::AppId;
use vakt_wire::graph::{self as wire, NewServicePrincipal, Page, ServicePrincipalChanges};
use vakt_wire::odata::QueryOptions;

use super::answers::no_content;
use super::call::Call;
use super::errors::{bad_request, unsupported};
use super::keys::body_id;
use super::query::{next_link, to_query};
use super::to_wire;
use crate::chance;
use crate::problem::Problem;

/// `GET /servicePrincipals`
pub(crate) async fn list_service_principals(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let query = to_query(&options)?;
    let page = call.store().list_service_principals(call.tenant, &query).await?;
    let mut value = Vec::with_capacity(page.items.len());
    for principal in &page.items {
        value.push(expanded(&call, principal, &options).await?);
    }
    let next_link = page.next.map(|cursor| next_link(&call.place, &call.uri, &cursor));
    let page = Page { context: None, count: page.count, next_link, value };
    call.place.page("servicePrincipals", page, &with_expanded(&options))
}

/// `GET /servicePrincipals/{key}`
pub(crate) async fn get_service_principal(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let wire = expanded(&call, &principal, &options).await?;
    let select = with_expanded(&options);
    call.place.entity(StatusCode::OK, "servicePrincipals", &wire, &select)
}

async fn expanded(
    call: &Call,
    principal: &ServicePrincipal,
    options: &QueryOptions,
) -> Result<wire::ServicePrincipal, Problem> {
    let mut wire = to_wire::service_principal(principal);
    for name in options.expand.iter().map(|one| &one.name) {
        if !name.eq_ignore_ascii_case("appRoleAssignedTo") {
            return Err(unsupported(format!("$expand: `{name}` is not appRoleAssignedTo")));
        }
        let granted = call.store().assignments_on(call.tenant, principal.object_id).await?;
        wire.app_role_assigned_to = Some(granted.iter().map(to_wire::assignment).collect());
    }
    Ok(wire)
}

/// What is expanded is shown, selected or not.
fn with_expanded(options: &QueryOptions) -> Vec<String> {
    if options.select.is_empty() {
        return Vec::new();
    }
    options.select.iter().chain(options.expand.iter().map(|one| &one.name)).cloned().collect()
}

/// `POST /servicePrincipals`
pub(crate) async fn create_service_principal(mut call: Call) -> Result<Response, Problem> {
    let new: NewServicePrincipal = call.body().await?;
    let app_id: AppId = body_id("appId", &new.app_id)?;
    let (tenant, act) = (call.tenant, call.act());
    let id = chance::object_id();
    let identity = &call.app.identity;
    let created = if new.account_enabled == Some(false) {
        identity.create_disabled_service_principal(tenant, app_id, id, &act).await
    } else {
        identity.create_service_principal(tenant, app_id, id, &act).await
    };
    let principal = created.map_err(|error| unknown_app_is_a_bad_request(error, app_id))?;
    let wire = to_wire::service_principal(&principal);
    call.place.created("servicePrincipals", &wire.id, &wire)
}

fn unknown_app_is_a_bad_request(error: IdentityError, app: AppId) -> Problem {
    match error {
        IdentityError::NotFound { .. } => bad_request(format!(
            "The appId '{app}' of the service principal does not reference a valid application object."
        )),
        other => other.into(),
    }
}

/// `PATCH /servicePrincipals/{key}`
pub(crate) async fn update_service_principal(mut call: Call) -> Result<Response, Problem> {
    let changes: ServicePrincipalChanges = call.body().await?;
    let change = |principal: &mut ServicePrincipal| {
        apply(changes, principal);
        Ok(())
    };
    let key = call.key()?;
    call.app.identity.change_service_principal(call.tenant, key, &call.act(), change).await?;
    Ok(no_content())
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
pub(crate) async fn delete_service_principal(call: Call) -> Result<Response, Problem> {
    call.app.identity.delete_service_principal(call.tenant, call.key()?, &call.act()).await?;
    Ok(no_content())
}
