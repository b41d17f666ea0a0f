//! `/oauth2PermissionGrants`: delegated permissions, kept and listed. No token carries them.

use axum::response::Response;
use serde_json::{Map, Value};
use vakt_identity::{GrantQuery, IdentityError, StoreError};
use vakt_ids::GrantId;
use vakt_wire::graph::{OAuth2PermissionGrant, Page};
use vakt_wire::odata::QueryOptions;

use super::answers::no_content;
use super::call::Call;
use super::entity::Shown;
use super::errors::{bad_request, not_found};
use super::keys::body_id;
use super::merge::{Writable, wanted};
use super::query::{Grants, to_grant_query};
use super::to_wire;
use crate::chance;
use crate::problem::Problem;

impl Writable for OAuth2PermissionGrant {
    const READ_ONLY: &'static [&'static str] = &["id"];
    const FIXED: &'static [&'static str] = &[];
}

/// `GET /oauth2PermissionGrants`
pub(crate) async fn list_permission_grants(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let query = to_grant_query(&options, Grants::Delegated, &call.question())?;
    answer(&call, &options, query).await
}

/// `GET /servicePrincipals/{key}/oauth2PermissionGrants`
pub(crate) async fn list_permission_grants_of(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    let mut query = to_grant_query(&options, Grants::Delegated, &call.question())?;
    query.client = Some(principal.object_id);
    answer(&call, &options, query).await
}

async fn answer(
    call: &Call,
    options: &QueryOptions,
    query: GrantQuery,
) -> Result<Response, Problem> {
    let shown = Shown::of::<OAuth2PermissionGrant>(&options.select, &[])?;
    let store = call.app.identity.delegation_store();
    let page = store.list_permission_grants(call.tenant, &query).await?;
    let value = page.items.iter().map(to_wire::permission_grant).collect();
    let next_link = call.next_link(page.next);
    call.place.page(Page { context: None, count: page.count, next_link, value }, &shown)
}

/// `GET /oauth2PermissionGrants/{id}`
pub(crate) async fn get_permission_grant(call: Call) -> Result<Response, Problem> {
    let shown = Shown::of::<OAuth2PermissionGrant>(&call.options()?.select, &[])?;
    let grant = call.app.identity.permission_grant(call.tenant, id(&call)?).await?;
    call.place.entity(&to_wire::permission_grant(&grant), &shown)
}

/// `POST /oauth2PermissionGrants`
pub(crate) async fn create_permission_grant(mut call: Call) -> Result<Response, Problem> {
    let body: Map<String, Value> = call.body().await?;
    let new = wanted(&OAuth2PermissionGrant::default(), &body)?;
    if new.consent_type != "AllPrincipals" || new.principal_id.is_some() {
        return Err(bad_request(
            "consentType must be AllPrincipals, without principalId: there are no people here who \
             use applications",
        ));
    }
    let ends = (body_id("clientId", &new.client_id)?, body_id("resourceId", &new.resource_id)?);
    let scope = new.scope.unwrap_or_default();
    let fresh = (GrantId::from_random_bytes(chance::bytes()), &call.act());
    let granted = call.app.identity.grant_delegated(call.tenant, ends, &scope, fresh).await;
    let granted = granted.map_err(|error| match error {
        IdentityError::Store(StoreError::Conflict(_)) => Problem::new(
            http::StatusCode::CONFLICT,
            "Request_MultipleObjectsWithSameKeyValue",
            "Permission entry already exists. Change its scope with PATCH.",
        ),
        other => other.into(),
    })?;
    let wire = to_wire::permission_grant(&granted);
    call.place.created(&wire.id, &wire)
}

/// `PATCH /oauth2PermissionGrants/{id}`
pub(crate) async fn update_permission_grant(mut call: Call) -> Result<Response, Problem> {
    let id = id(&call)?;
    let body: Map<String, Value> = call.body().await?;
    let present =
        to_wire::permission_grant(&call.app.identity.permission_grant(call.tenant, id).await?);
    let wanted = wanted(&present, &body)?;
    let scope = wanted.scope.clone().unwrap_or_default();
    if (OAuth2PermissionGrant { scope: present.scope.clone(), ..wanted }) != present {
        return Err(bad_request("only scope can be changed; make another grant"));
    }
    call.app.identity.change_delegated(call.tenant, id, &scope, &call.act()).await?;
    Ok(no_content())
}

/// `DELETE /oauth2PermissionGrants/{id}`
pub(crate) async fn delete_permission_grant(call: Call) -> Result<Response, Problem> {
    call.app.identity.revoke_delegated(call.tenant, id(&call)?, &call.act()).await?;
    Ok(no_content())
}

fn id(call: &Call) -> Result<GrantId, Problem> {
    let text = call.key_text(0);
    text.parse().map_err(|_| not_found(text))
}
