//! `/organization` and `/domains`.

use axum::response::Response;
use http::StatusCode;
use vakt_identity::{Tenant, TenantName};
use vakt_wire::graph::Page;

use super::call::Call;
use super::errors::not_found;
use super::to_wire;
use crate::problem::Problem;

async fn tenant(call: &Call) -> Result<Tenant, Problem> {
    let found = call.store().find_tenant(&TenantName::Id(call.tenant)).await?;
    found.ok_or_else(|| not_found(&call.tenant.to_string()))
}

/// `GET /organization`
pub(crate) async fn list_organization(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let value = vec![to_wire::organization(&tenant(&call).await?)];
    let count = options.count.then_some(1);
    let page = Page { context: None, count, next_link: None, value };
    call.place.page("organization", page, &options.select)
}

/// `GET /organization/{id}`: the caller's own tenant, or nothing.
pub(crate) async fn get_organization(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    if call.key_text(0).parse() != Ok(call.tenant) {
        return Err(not_found(call.key_text(0)));
    }
    let wire = to_wire::organization(&tenant(&call).await?);
    call.place.entity(StatusCode::OK, "organization", &wire, &options.select)
}

/// `GET /domains`
pub(crate) async fn list_domains(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let value = to_wire::domains(&tenant(&call).await?);
    let count = options.count.then_some(value.len() as u64);
    let page = Page { context: None, count, next_link: None, value };
    call.place.page("domains", page, &options.select)
}
