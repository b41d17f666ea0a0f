//! `/directory/deletedItems`: what was deleted, for as long as it can be restored.

use axum::response::Response;
use serde::Serialize;
use vakt_identity::{DeletedKind, DeletedObject, FormerObject, Predicate, RESTORABLE_MAX_HOURS};
use vakt_ids::ObjectId;
use vakt_wire::graph::{self as wire, Page};

use super::answers::{no_content, plain_number};
use super::call::Call;
use super::entity::{Entity, Shown};
use super::errors::not_found;
use super::query::{Directory, to_query};
use super::to_wire::{self, KeyBytes};
use crate::problem::Problem;

/// `GET /directory/deletedItems/microsoft.graph.application`
pub(crate) async fn list_deleted_applications(call: Call) -> Result<Response, Problem> {
    list(&call, DeletedKind::Application, |one| match one.object {
        FormerObject::Application(it) => Some(wire::Application {
            deleted_date_time: Some(one.deleted_at),
            ..to_wire::application(&it, None, KeyBytes::Hidden)
        }),
        FormerObject::ServicePrincipal(_) => None,
    })
    .await
}

/// `GET /directory/deletedItems/microsoft.graph.servicePrincipal`
pub(crate) async fn list_deleted_principals(call: Call) -> Result<Response, Problem> {
    list(&call, DeletedKind::ServicePrincipal, |one| match one.object {
        FormerObject::ServicePrincipal(it) => Some(wire::ServicePrincipal {
            deleted_date_time: Some(one.deleted_at),
            ..to_wire::service_principal(&it, KeyBytes::Hidden)
        }),
        FormerObject::Application(_) => None,
    })
    .await
}

async fn list<T: Entity>(
    call: &Call,
    kind: DeletedKind,
    wire: impl Fn(DeletedObject) -> Option<T>,
) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = Shown::of::<T>(&options.select, &[])?;
    let mut query = to_query(&options, Directory::Deleted, &call.question())?;
    query.predicate = Some(restorable(call, query.predicate));
    let page = call.store().list_deleted(call.tenant, kind, &query).await?;
    let value = page.items.into_iter().filter_map(wire).collect();
    let next_link = call.next_link(page.next);
    call.place.page(Page { context: None, count: page.count, next_link, value }, &shown)
}

/// `GET /directory/deletedItems/microsoft.graph.application/$count`
pub(crate) async fn count_deleted_applications(call: Call) -> Result<Response, Problem> {
    count(&call, DeletedKind::Application).await
}

/// `GET /directory/deletedItems/microsoft.graph.servicePrincipal/$count`
pub(crate) async fn count_deleted_principals(call: Call) -> Result<Response, Problem> {
    count(&call, DeletedKind::ServicePrincipal).await
}

async fn count(call: &Call, kind: DeletedKind) -> Result<Response, Problem> {
    let options = call.options()?;
    call.require_eventual("Request with $count segment")?;
    let mut query = to_query(&options, Directory::Deleted, &call.question())?;
    query.predicate = Some(restorable(call, query.predicate));
    (query.count, query.top) = (true, 1);
    let page = call.store().list_deleted(call.tenant, kind, &query).await?;
    Ok(plain_number(page.count.unwrap_or_default()))
}

/// What is older waits to be removed for good, and is not there for anybody.
fn restorable(call: &Call, asked: Option<Predicate>) -> Predicate {
    let longest = jiff::SignedDuration::from_hours(RESTORABLE_MAX_HOURS);
    let oldest = call.act().at.saturating_sub(longest).ok();
    let recent = Predicate::When { from: oldest, until: None };
    Predicate::All(asked.into_iter().chain([recent]).collect())
}

/// `GET /directory/deletedItems/{id}`
pub(crate) async fn get_deleted(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let deleted = call.app.identity.deleted(call.tenant, id(&call)?, call.act().at).await?;
    let at = Some(deleted.deleted_at);
    match deleted.object {
        FormerObject::Application(it) => {
            let mut object = to_wire::application(&it, None, KeyBytes::Hidden);
            object.deleted_date_time = at;
            let shown = Shown::of::<wire::Application>(&options.select, &[])?;
            call.place.value(DIRECTORY_OBJECTS, &typed(&object, &shown)?)
        }
        FormerObject::ServicePrincipal(it) => {
            let mut object = to_wire::service_principal(&it, KeyBytes::Hidden);
            object.deleted_date_time = at;
            let shown = Shown::of::<wire::ServicePrincipal>(&options.select, &[])?;
            call.place.value(DIRECTORY_OBJECTS, &typed(&object, &shown)?)
        }
    }
}

const DIRECTORY_OBJECTS: &str = "directoryObjects/$entity";

/// `POST /directory/deletedItems/{id}/restore`
pub(crate) async fn restore_deleted(call: Call) -> Result<Response, Problem> {
    match call.app.identity.restore(call.tenant, id(&call)?, &call.act()).await? {
        FormerObject::Application(it) => {
            let tenant = call.own_tenant().await?;
            let object = to_wire::application(&it, Some(&tenant), KeyBytes::Hidden);
            call.place.value(DIRECTORY_OBJECTS, &typed(&object, &Shown::default())?)
        }
        FormerObject::ServicePrincipal(it) => {
            let object = to_wire::service_principal(&it, KeyBytes::Hidden);
            call.place.value(DIRECTORY_OBJECTS, &typed(&object, &Shown::default())?)
        }
    }
}

/// `DELETE /directory/deletedItems/{id}`: for good.
pub(crate) async fn purge_deleted(call: Call) -> Result<Response, Problem> {
    call.app.identity.purge(call.tenant, id(&call)?, &call.act()).await?;
    Ok(no_content())
}

fn id(call: &Call) -> Result<ObjectId, Problem> {
    let text = call.key_text(0);
    text.parse().map_err(|_| not_found(text))
}

/// An object that says what it is, since its place does not.
fn typed<T: Entity>(
    object: &T,
    shown: &Shown,
) -> Result<serde_json::Map<String, serde_json::Value>, Problem> {
    #[derive(Serialize)]
    struct Typed<'a, T> {
        #[serde(rename = "@odata.type")]
        kind: String,
        #[serde(flatten)]
        object: &'a T,
    }
    shown.apply(&Typed { kind: format!("#{}", T::TYPE), object })
}
