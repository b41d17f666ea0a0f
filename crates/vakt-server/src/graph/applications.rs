//! `/applications`.

use axum::response::Response;
use http::StatusCode;
use vakt_identity::{Application, IdentityError, TenantName};
use vakt_ids::{AppId, ObjectId};
use vakt_wire::graph::{self as wire, ApplicationChanges, Page};

use super::answers::no_content;
use super::call::Call;
use super::query::{next_link, to_query};
use super::{from_wire, to_wire};
use crate::chance;
use crate::problem::Problem;

/// `GET /applications`
pub(crate) async fn list_applications(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let query = to_query(&options)?;
    let page = call.store().list_applications(call.tenant, &query).await?;
    let tenant = call.store().find_tenant(&TenantName::Id(call.tenant)).await?;
    let wire = |one: &Application| to_wire::application(one, tenant.as_ref());
    let value = page.items.iter().map(wire).collect();
    let next_link = page.next.map(|cursor| next_link(&call.place, &call.uri, &cursor));
    let page = Page { context: None, count: page.count, next_link, value };
    call.place.page("applications", page, &options.select)
}

/// `GET /applications/{key}`
pub(crate) async fn get_application(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let application = call.app.identity.application(call.tenant, call.key()?).await?;
    let wire = published(&call, &application).await?;
    call.place.entity(StatusCode::OK, "applications", &wire, &options.select)
}

/// An application names its tenant's domain as its publisher.
async fn published(call: &Call, application: &Application) -> Result<wire::Application, Problem> {
    let tenant = call.store().find_tenant(&TenantName::Id(call.tenant)).await?;
    Ok(to_wire::application(application, tenant.as_ref()))
}

/// `POST /applications`
pub(crate) async fn create_application(mut call: Call) -> Result<Response, Problem> {
    let changes: ApplicationChanges = call.body().await?;
    let object_id = ObjectId::from_random_bytes(chance::bytes());
    let app_id = AppId::from_random_bytes(chance::bytes());
    let now = call.app.clock.now();
    let mut application = Application::new(call.tenant, object_id, app_id, "", now);
    from_wire::apply(changes, &mut application)?;
    call.app.identity.register(&application, &call.act()).await?;
    let wire = published(&call, &application).await?;
    call.place.created("applications", &wire.id, &wire)
}

/// `PATCH /applications/{key}`
pub(crate) async fn update_application(mut call: Call) -> Result<Response, Problem> {
    let key = call.key()?;
    let changes: ApplicationChanges = call.body().await?;
    let change = |application: &mut Application| {
        from_wire::apply(changes, application).map_err(|bad| IdentityError::Invalid(bad.message))
    };
    call.app.identity.change_application(call.tenant, key, &call.act(), change).await?;
    Ok(no_content())
}

/// `DELETE /applications/{key}`
pub(crate) async fn delete_application(call: Call) -> Result<Response, Problem> {
    call.app.identity.delete_application(call.tenant, call.key()?, &call.act()).await?;
    Ok(no_content())
}
