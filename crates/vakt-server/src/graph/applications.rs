//! `/applications`.

use axum::response::Response;
use serde_json::{Map, Value};
use vakt_identity::{Application, IdentityError, Tenant, TenantName};
use vakt_ids::{AppId, ObjectId};
use vakt_wire::graph::{self as wire, Page};
use vakt_wire::odata::QueryOptions;

use super::answers::{no_content, plain_number};
use super::call::Call;
use super::entity::Shown;
use super::errors::unsupported;
use super::query::{Directory, to_query};
use super::to_wire::KeyBytes;
use super::{from_wire, owners, to_wire};
use crate::chance;
use crate::problem::Problem;

/// `GET /applications`
pub(crate) async fn list_applications(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = shown(&options)?;
    let query = to_query(&options, Directory::Applications, &call.question())?;
    let page = call.store().list_applications(call.tenant, &query).await?;
    let tenant = call.own_tenant().await?;
    let mut value = Vec::with_capacity(page.items.len());
    for application in &page.items {
        let mut wire = to_wire::application(application, Some(&tenant), KeyBytes::Hidden);
        expand(&call, application, &options, &mut wire).await?;
        value.push(wire);
    }
    let next_link = call.next_link(page.next);
    call.place.page(Page { context: None, count: page.count, next_link, value }, &shown)
}

/// `GET /applications/$count`
pub(crate) async fn count_applications(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    call.require_eventual("Request with $count segment")?;
    let mut query = to_query(&options, Directory::Applications, &call.question())?;
    (query.count, query.top) = (true, 1);
    let page = call.store().list_applications(call.tenant, &query).await?;
    Ok(plain_number(page.count.unwrap_or_default()))
}

/// `GET /applications/{key}`
pub(crate) async fn get_application(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = shown(&options)?;
    let application = call.app.identity.application(call.tenant, call.key()?).await?;
    let keys = if shown.names("keyCredentials") { KeyBytes::Shown } else { KeyBytes::Hidden };
    let mut wire = to_wire::application(&application, Some(&call.own_tenant().await?), keys);
    expand(&call, &application, &options, &mut wire).await?;
    call.place.entity(&wire, &shown)
}

fn shown(options: &QueryOptions) -> Result<Shown, Problem> {
    let expand: Vec<&str> = options.expand.iter().map(|one| one.name.as_str()).collect();
    if let Some(name) = expand.iter().find(|name| **name != "owners") {
        return Err(unsupported(format!("$expand: `{name}` is not supported; use owners")));
    }
    Shown::of::<wire::Application>(&options.select, &expand)
}

async fn expand(
    call: &Call,
    application: &Application,
    options: &QueryOptions,
    wire: &mut wire::Application,
) -> Result<(), Problem> {
    if !options.expand.is_empty() {
        wire.owners = Some(owners::resolved(call, &application.owners).await?);
    }
    Ok(())
}

/// `POST /applications`
pub(crate) async fn create_application(mut call: Call) -> Result<Response, Problem> {
    let mut body: Map<String, Value> = call.body().await?;
    let object_id = ObjectId::from_random_bytes(chance::bytes());
    let app_id = AppId::from_random_bytes(chance::bytes());
    let act = call.act();
    let mut application = Application::new(call.tenant, object_id, app_id, "", act.at);
    application.owners = owners::of_new(&call, &mut body).await?;
    from_wire::apply_to_application(&body, &mut application)?;
    call.app.identity.register(&application, &act).await?;
    let tenant = call.own_tenant().await?;
    let wire = to_wire::application(&application, Some(&tenant), KeyBytes::Hidden);
    call.place.created(&wire.id, &wire)
}

/// `PATCH /applications/{key}`
pub(crate) async fn update_application(mut call: Call) -> Result<Response, Problem> {
    let key = call.key()?;
    let body: Map<String, Value> = call.body().await?;
    let change = move |application: &mut Application| {
        from_wire::apply_to_application(&body, application)
            .map_err(|bad| IdentityError::Invalid(bad.message))
    };
    call.app.identity.change_application(call.tenant, key, &call.act(), change).await?;
    Ok(no_content())
}

/// `DELETE /applications/{key}`
pub(crate) async fn delete_application(call: Call) -> Result<Response, Problem> {
    call.app.identity.delete_application(call.tenant, call.key()?, &call.act()).await?;
    Ok(no_content())
}

impl Call {
    /// The caller's tenant itself.
    pub(super) async fn own_tenant(&self) -> Result<Tenant, Problem> {
        let found = self.store().find_tenant(&TenantName::Id(self.tenant)).await?;
        found.ok_or_else(Problem::internal)
    }
}
