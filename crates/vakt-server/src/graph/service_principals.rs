//! `/servicePrincipals`.

use axum::response::Response;
use serde_json::{Map, Value};
use vakt_identity::{GrantQuery, IdentityError, ServicePrincipal};
use vakt_ids::AppId;
use vakt_wire::graph::{self as wire, Page};
use vakt_wire::odata::QueryOptions;

use super::answers::{no_content, plain_number};
use super::call::Call;
use super::entity::{Entity, Shown};
use super::errors::{bad_request, unsupported};
use super::keys::body_id;
use super::query::{Directory, to_query};
use super::to_wire::KeyBytes;
use super::{from_wire, owners, to_wire};
use crate::chance;
use crate::problem::Problem;

/// Most grants that `$expand` shows; the rest is in the grants' own list.
const EXPANDED_GRANTS_MAX: u32 = 999;

/// `GET /servicePrincipals`
pub(crate) async fn list_service_principals(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = shown(&options)?;
    let query = to_query(&options, Directory::ServicePrincipals, &call.question())?;
    let page = call.store().list_service_principals(call.tenant, &query).await?;
    let mut value = Vec::with_capacity(page.items.len());
    for principal in &page.items {
        let mut wire = to_wire::service_principal(principal, KeyBytes::Hidden);
        expand(&call, principal, &options, &mut wire).await?;
        value.push(wire);
    }
    let next_link = call.next_link(page.next);
    call.place.page(Page { context: None, count: page.count, next_link, value }, &shown)
}

/// `GET /servicePrincipals/$count`
pub(crate) async fn count_service_principals(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    call.require_eventual("Request with $count segment")?;
    let mut query = to_query(&options, Directory::ServicePrincipals, &call.question())?;
    (query.count, query.top) = (true, 1);
    let page = call.store().list_service_principals(call.tenant, &query).await?;
    Ok(plain_number(page.count.unwrap_or_default()))
}

/// `GET /servicePrincipals/{key}`
pub(crate) async fn get_service_principal(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = shown(&options)?;
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let keys = if shown.names("keyCredentials") { KeyBytes::Shown } else { KeyBytes::Hidden };
    let mut wire = to_wire::service_principal(&principal, keys);
    expand(&call, &principal, &options, &mut wire).await?;
    call.place.entity(&wire, &shown)
}

/// The navigations of a service principal that are expanded, in the type's spelling.
fn expanded(options: &QueryOptions) -> Result<Vec<&'static str>, Problem> {
    let known = wire::ServicePrincipal::NAVIGATIONS;
    let spelt = |name: &str| {
        known.iter().find(|known| known.eq_ignore_ascii_case(name)).copied().ok_or_else(|| {
            unsupported(format!("$expand: `{name}` is not supported; use {}", known.join(", ")))
        })
    };
    options.expand.iter().map(|one| spelt(&one.name)).collect()
}

fn shown(options: &QueryOptions) -> Result<Shown, Problem> {
    Shown::of::<wire::ServicePrincipal>(&options.select, &expanded(options)?)
}

async fn expand(
    call: &Call,
    principal: &ServicePrincipal,
    options: &QueryOptions,
    wire: &mut wire::ServicePrincipal,
) -> Result<(), Problem> {
    let id = principal.object_id;
    for name in expanded(options)? {
        let all = GrantQuery { top: EXPANDED_GRANTS_MAX, ..GrantQuery::default() };
        match name {
            "owners" => wire.owners = Some(owners::resolved(call, &principal.owners).await?),
            "appRoleAssignedTo" => {
                let on = GrantQuery { resource: Some(id), ..all };
                wire.app_role_assigned_to = Some(granted(call, &on).await?);
            }
            _ => {
                let of = GrantQuery { client: Some(id), ..all };
                wire.app_role_assignments = Some(granted(call, &of).await?);
            }
        }
    }
    Ok(())
}

async fn granted(call: &Call, query: &GrantQuery) -> Result<Vec<wire::AppRoleAssignment>, Problem> {
    let page = call.store().list_assignments(call.tenant, query).await?;
    Ok(page.items.iter().map(to_wire::assignment).collect())
}

/// `POST /servicePrincipals`
pub(crate) async fn create_service_principal(mut call: Call) -> Result<Response, Problem> {
    let mut body: Map<String, Value> = call.body().await?;
    let app_id = body.get("appId").and_then(Value::as_str).unwrap_or_default();
    let app_id: AppId = body_id("appId", app_id)?;
    let owners = owners::of_new(&call, &mut body).await?;
    let shape = move |principal: &mut ServicePrincipal| {
        principal.owners = owners;
        from_wire::apply_to_principal(&body, principal)
            .map_err(|bad| IdentityError::Invalid(bad.message))
    };
    let (identity, id, act) = (&call.app.identity, chance::object_id(), call.act());
    let created =
        identity.create_service_principal_with(call.tenant, app_id, id, &act, shape).await;
    let principal = created.map_err(|error| unknown_app_is_a_bad_request(error, app_id))?;
    let wire = to_wire::service_principal(&principal, KeyBytes::Hidden);
    call.place.created(&wire.id, &wire)
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
    let key = call.key()?;
    let body: Map<String, Value> = call.body().await?;
    let change = move |principal: &mut ServicePrincipal| {
        from_wire::apply_to_principal(&body, principal)
            .map_err(|bad| IdentityError::Invalid(bad.message))
    };
    call.app.identity.change_service_principal(call.tenant, key, &call.act(), change).await?;
    Ok(no_content())
}

/// `DELETE /servicePrincipals/{key}`
pub(crate) async fn delete_service_principal(call: Call) -> Result<Response, Problem> {
    call.app.identity.delete_service_principal(call.tenant, call.key()?, &call.act()).await?;
    Ok(no_content())
}
