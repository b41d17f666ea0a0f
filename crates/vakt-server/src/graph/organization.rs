//! `/organization` and `/domains`.

use axum::response::Response;
use vakt_wire::graph as wire;

use super::call::Call;
use super::entity::Shown;
use super::errors::not_found;
use super::{small_list, to_wire};
use crate::problem::Problem;

/// `GET /organization`
pub(crate) async fn list_organization(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = Shown::of::<wire::Organization>(&options.select, &[])?;
    let all = vec![to_wire::organization(&call.own_tenant().await?)];
    call.place.page(small_list::page(&call, &options, all)?, &shown)
}

/// `GET /organization/{id}`: the caller's own tenant, or nothing.
pub(crate) async fn get_organization(call: Call) -> Result<Response, Problem> {
    let shown = Shown::of::<wire::Organization>(&call.options()?.select, &[])?;
    if call.key_text(0).parse() != Ok(call.tenant) {
        return Err(not_found(call.key_text(0)));
    }
    call.place.entity(&to_wire::organization(&call.own_tenant().await?), &shown)
}

/// `GET /domains`
pub(crate) async fn list_domains(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = Shown::of::<wire::Domain>(&options.select, &[])?;
    let all = to_wire::domains(&call.own_tenant().await?);
    call.place.page(small_list::page(&call, &options, all)?, &shown)
}

/// `GET /domains/{name}`
pub(crate) async fn get_domain(call: Call) -> Result<Response, Problem> {
    let shown = Shown::of::<wire::Domain>(&call.options()?.select, &[])?;
    let name = call.key_text(0);
    let all = to_wire::domains(&call.own_tenant().await?);
    let found = all.iter().find(|domain| domain.id.eq_ignore_ascii_case(name));
    call.place.entity(found.ok_or_else(|| not_found(name))?, &shown)
}
