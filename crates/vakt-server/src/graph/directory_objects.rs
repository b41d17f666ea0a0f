//! `/directoryObjects`: objects by id, whatever they are; and `/me`, which nobody is.

use axum::response::Response;
use serde_json::{Map, Value};
use vakt_identity::ObjectKey;
use vakt_ids::ObjectId;
use vakt_wire::graph::{self as wire, Page};

use super::call::Call;
use super::entity::Shown;
use super::errors::{bad_request, not_found, only_for_people};
use super::owners;
use crate::problem::Problem;

/// Most ids in one question (Graph's own limit).
const IDS_MAX: usize = 1_000;

/// `GET /directoryObjects/{id}`
pub(crate) async fn get_directory_object(call: Call) -> Result<Response, Problem> {
    let shown = Shown::of::<wire::DirectoryObject>(&call.options()?.select, &[])?;
    let text = call.key_text(0);
    let id: ObjectId = text.parse().map_err(|_| not_found(text))?;
    let found = find(&call, id).await?.ok_or_else(|| not_found(text))?;
    call.place.entity(&found, &shown)
}

/// `POST /directoryObjects/getByIds`: those of the ids that are there.
pub(crate) async fn get_by_ids(mut call: Call) -> Result<Response, Problem> {
    let body: Map<String, Value> = call.body().await?;
    let wrong = || bad_request(format!("`ids` is not a list of at most {IDS_MAX} object ids"));
    let ids = body.get("ids").and_then(Value::as_array).ok_or_else(wrong)?;
    if ids.len() > IDS_MAX {
        return Err(wrong());
    }
    let kinds: Vec<&str> = body
        .get("types")
        .and_then(Value::as_array)
        .map(|kinds| kinds.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let wanted = |object: &wire::DirectoryObject| {
        let kind = object.kind.as_deref().and_then(|kind| kind.rsplit('.').next());
        kinds.is_empty() || kinds.iter().any(|one| Some(*one) == kind || *one == "directoryObject")
    };
    let mut value = Vec::new();
    for id in ids {
        let id: ObjectId = id.as_str().and_then(|id| id.parse().ok()).ok_or_else(wrong)?;
        value.extend(find(&call, id).await?.filter(wanted));
    }
    let page = Page { context: None, count: None, next_link: None, value };
    call.place.page(page, &Shown::default())
}

async fn find(call: &Call, id: ObjectId) -> Result<Option<wire::DirectoryObject>, Problem> {
    let key = ObjectKey::Object(id);
    if let Some(application) = call.store().find_application(call.tenant, key).await? {
        return Ok(Some(wire::DirectoryObject {
            kind: Some("#microsoft.graph.application".into()),
            id: id.to_string(),
            display_name: Some(application.display_name),
            app_id: Some(application.app_id.to_string()),
            ..wire::DirectoryObject::default()
        }));
    }
    Ok(owners::resolved(call, &[id]).await?.pop())
}

/// `GET /me` and `/me/ownedObjects`: a token of an application is nobody's.
pub(crate) async fn refuse_me(_: Call) -> Result<Response, Problem> {
    Err(only_for_people("/me"))
}
