//! `PATCH /api/incidents/{id}`.

use axum::response::Response;
use http::StatusCode;
use vakt_wire::defender::IncidentPatch;

use super::{incident_change, read_members};
use crate::defender::author::stamp;
use crate::defender::errors::{incident_number, not_found};
use crate::defender::to_wire;
use crate::operator::{BODY_MAX_BYTES, Call, Refused};
use crate::problem::json;

/// The route; answers with the whole incident as it is now.
pub(crate) async fn patch_incident(mut call: Call) -> Result<Response, Refused> {
    let id = incident_number(call.name())?;
    let body = call.bytes(BODY_MAX_BYTES).await?;
    let change = incident_change(read_members::<IncidentPatch>(&body, &[IncidentPatch::MEMBERS])?)?;
    let stamp = stamp(&call.app, call.caller()).await;
    let changed = call.app.incidents.change(call.tenant, id, &change, &stamp).await?;
    let incident = changed.ok_or_else(|| not_found(&format!("incident {id}")))?;
    let mut incident = to_wire::incident(&incident);
    incident.context = Some(format!("{}/api/$metadata#Incidents/$entity", call.base()));
    Ok(json(StatusCode::OK, &incident))
}
