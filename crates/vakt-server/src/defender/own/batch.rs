//! `POST /vakt/v1/incidents/batchUpdate`.

use axum::response::Response;
use http::StatusCode;
use vakt_wire::defender::{IncidentList, IncidentPatch};
use vakt_wire::incidents::IncidentBatch;

use super::place::numbers;
use crate::defender::author::stamp;
use crate::defender::changes::{bad, incident_change, read_members};
use crate::defender::errors::not_found;
use crate::defender::to_wire;
use crate::operator::{BODY_MAX_BYTES, Call, Refused};
use crate::problem::json;

/// The route: the same change for many incidents, all of them or, if one is not there or the change
/// is not lawful, none. Answers with the incidents as they are now.
pub(crate) async fn update_incidents(mut call: Call) -> Result<Response, Refused> {
    let body = call.bytes(BODY_MAX_BYTES).await?;
    let batch: IncidentBatch = read_members(&body, &[&["incidentIds"], IncidentPatch::MEMBERS])?;
    if batch.incident_ids.is_empty() {
        return Err(bad("`incidentIds` is missing; name the incidents to change").into());
    }
    let ids = numbers(&batch.incident_ids)?;
    let change = incident_change(batch.patch)?;
    for id in &ids {
        if call.app.incidents.find(call.tenant, *id).await?.is_none() {
            return Err(not_found(&format!("incident {id}")).into());
        }
    }
    let stamp = stamp(&call.app, call.caller()).await;
    let changed = call.app.incidents.change_all(call.tenant, &ids, &change, &stamp).await?;
    let value = changed.iter().flatten().map(to_wire::incident).collect();
    let list = IncidentList { context: None, count: None, value, next_link: None };
    Ok(json(StatusCode::OK, &list))
}
