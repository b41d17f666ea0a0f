//! `/applications`.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::StatusCode;
use vakt_identity::{Application, IdentityError, TenantName};
use vakt_ids::{AppId, ObjectId, TenantId};
use vakt_wire::graph::{ApplicationChanges, Page};

use super::answers::{Place, no_content};
use super::errors::bad_request;
use super::keys::object_key;
use super::query::{next_link, options, to_query};
use super::{from_wire, to_wire};
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::chance;
use crate::edge::{Head, read_body};
use crate::problem::Problem;

/// Largest body of a directory request.
const GRAPH_BODY_MAX_BYTES: usize = 1024 * 1024;

/// Reads a JSON body; an empty one is an empty object.
pub(super) async fn body<T: serde::de::DeserializeOwned>(
    headers: &http::HeaderMap,
    body: axum::body::Body,
) -> Result<T, Problem> {
    let bytes = read_body(body, headers, GRAPH_BODY_MAX_BYTES).await?;
    let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
    serde_json::from_slice(text)
        .map_err(|error| bad_request(format!("the body is not the expected JSON object: {error}")))
}

/// `GET /applications`
pub(crate) async fn list_applications(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        let query = to_query(&options)?;
        let page = app.identity.store().list_applications(caller.tenant, &query).await?;
        let tenant = app.identity.store().find_tenant(&TenantName::Id(caller.tenant)).await?;
        let wire = |one: &Application| to_wire::application(one, tenant.as_ref());
        let value = page.items.iter().map(wire).collect();
        let next_link = page.next.map(|cursor| next_link(&place, &head.uri, &cursor));
        let page = Page { context: None, count: page.count, next_link, value };
        place.page("applications", page, &options.select)
    }
    .await;
    place.finish(&app, result)
}

/// `GET /applications/{key}`
pub(crate) async fn get_application(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let options = options(&head.uri)?;
        let application = app.identity.application(caller.tenant, object_key(&key)?).await?;
        let wire = with_tenant(&app, caller.tenant, &application).await?;
        place.entity(StatusCode::OK, "applications", &wire, &options.select)
    }
    .await;
    place.finish(&app, result)
}

async fn with_tenant(
    app: &App,
    tenant: TenantId,
    application: &Application,
) -> Result<vakt_wire::graph::Application, Problem> {
    let tenant = app.identity.store().find_tenant(&TenantName::Id(tenant)).await?;
    Ok(to_wire::application(application, tenant.as_ref()))
}

/// `POST /applications`
pub(crate) async fn create_application(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let changes: ApplicationChanges = body(&head.headers, content).await?;
        let object_id = ObjectId::from_random_bytes(chance::bytes());
        let app_id = AppId::from_random_bytes(chance::bytes());
        let now = app.clock.now();
        let mut application = Application::new(caller.tenant, object_id, app_id, "", now);
        from_wire::apply(changes, &mut application)?;
        app.identity.register(&application).await?;
        let wire = with_tenant(&app, caller.tenant, &application).await?;
        place.created("applications", &wire.id, &wire)
    }
    .await;
    place.finish(&app, result)
}

/// `PATCH /applications/{key}`
pub(crate) async fn update_application(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let key = object_key(&key)?;
        let changes: ApplicationChanges = body(&head.headers, content).await?;
        let change = |application: &mut Application| {
            from_wire::apply(changes, application)
                .map_err(|bad| IdentityError::Invalid(bad.message))
        };
        app.identity.change_application(caller.tenant, key, change).await?;
        Ok(no_content())
    }
    .await;
    place.finish(&app, result)
}

/// `DELETE /applications/{key}`
pub(crate) async fn delete_application(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    head: Head,
) -> Response {
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        app.identity.delete_application(caller.tenant, object_key(&key)?).await?;
        Ok(no_content())
    }
    .await;
    place.finish(&app, result)
}
