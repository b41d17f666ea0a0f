//! `GET /vakt/v1/incidents/{id}` and `…/history`.

use std::sync::Arc;

use axum::response::Response;
use http::StatusCode;
use vakt_incidents::Incident;
use vakt_wire::incidents::History;

use super::to_wire;
use crate::defender::errors::{incident_number, not_found};
use crate::operator::{Call, Refused};
use crate::problem::json;

/// The incident that the path names.
pub(super) async fn find(call: &Call) -> Result<Arc<Incident>, Refused> {
    let id = incident_number(call.name())?;
    let found = call.app.incidents.find(call.tenant, id).await?;
    Ok(found.ok_or_else(|| not_found(&format!("incident {id}")))?)
}

/// `GET /vakt/v1/incidents/{id}`
pub(crate) async fn show_incident(call: Call) -> Result<Response, Refused> {
    Ok(json(StatusCode::OK, &to_wire::view(&*find(&call).await?)))
}

/// `GET /vakt/v1/incidents/{id}/history`
pub(crate) async fn history_of_incident(call: Call) -> Result<Response, Refused> {
    let incident = find(&call).await?;
    let entries = call.app.incidents.history(call.tenant, incident.id).await?;
    let value = entries.iter().map(to_wire::history_entry).collect();
    Ok(json(StatusCode::OK, &History { value }))
}
