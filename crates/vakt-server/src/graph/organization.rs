//! `/organization` and `/domains`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use vakt_identity::{Tenant, TenantName};
use vakt_ids::TenantId;
use vakt_wire::graph::Page;

use super::answers::Place;
use super::errors::not_found;
use super::query::options;
use super::to_wire;
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::edge::Head;
use crate::problem::Problem;

async fn tenant(app: &App, id: TenantId) -> Result<Tenant, Problem> {
    let found = app.identity.store().find_tenant(&TenantName::Id(id)).await?;
    found.ok_or_else(|| not_found(&id.to_string()))
}

/// `GET /organization`
pub(crate) async fn list_organization(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        let value = vec![to_wire::organization(&tenant(&app, caller.tenant).await?)];
        let count = options.count.then_some(1);
        let page = Page { context: None, count, next_link: None, value };
        place.page("organization", page, &options.select)
    }
    .await;
    place.finish(&app, result)
}

/// `GET /organization/{id}`: the caller's own tenant, or nothing.
pub(crate) async fn get_organization(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        if id.parse() != Ok(caller.tenant) {
            return Err(not_found(&id));
        }
        let wire = to_wire::organization(&tenant(&app, caller.tenant).await?);
        place.entity(StatusCode::OK, "organization", &wire, &options.select)
    }
    .await;
    place.finish(&app, result)
}

/// `GET /domains`
pub(crate) async fn list_domains(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        let value = to_wire::domains(&tenant(&app, caller.tenant).await?);
        let count = options.count.then_some(value.len() as u64);
        let page = Page { context: None, count, next_link: None, value };
        place.page("domains", page, &options.select)
    }
    .await;
    place.finish(&app, result)
}
