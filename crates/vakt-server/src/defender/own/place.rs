//! `POST /vakt/v1/incidents/{id}/merge` and `POST /vakt/v1/incidents/split`.

use axum::response::Response;
use http::StatusCode;
use vakt_ids::{AlertId, IncidentId};
use vakt_wire::incidents::{MergeRequest, SplitRequest};

use super::incident::find;
use super::to_wire;
use crate::defender::author::stamp;
use crate::defender::changes::bad;
use crate::defender::errors::{alert_id, not_found};
use crate::operator::{Call, Refused};
use crate::problem::{Problem, json};

/// `POST /vakt/v1/incidents/{id}/merge`: the alerts of other incidents come into this one.
pub(crate) async fn merge_incidents(mut call: Call) -> Result<Response, Refused> {
    let request: MergeRequest = call.body().await?;
    let target = find(&call).await?.id;
    if request.sources.is_empty() {
        return Err(bad("`sources` is missing; name the incidents to merge into this one").into());
    }
    let sources = numbers(&request.sources)?;
    let stamp = stamp(&call.app, call.caller()).await;
    let merged = call.app.incidents.merge(call.tenant, &sources, target, &stamp).await?;
    let merged = merged.ok_or_else(|| not_found("one of the incidents in `sources`"))?;
    Ok(json(StatusCode::OK, &to_wire::view(&merged)))
}

/// `POST /vakt/v1/incidents/split`: alerts go into another incident, or into a new one.
pub(crate) async fn split_alerts(mut call: Call) -> Result<Response, Refused> {
    let request: SplitRequest = call.body().await?;
    if request.alerts.is_empty() {
        return Err(bad("`alerts` is missing; name the alerts to put elsewhere").into());
    }
    let alerts: Vec<AlertId> =
        request.alerts.iter().map(|id| alert_id(id)).collect::<Result<_, _>>()?;
    let into = request.into.map(number).transpose()?;
    let stamp = stamp(&call.app, call.caller()).await;
    let moved = call.app.incidents.move_alerts(call.tenant, &alerts, into, &stamp).await?;
    let moved = moved.ok_or_else(|| not_found("one of the alerts, or the incident `into`,"))?;
    Ok(json(StatusCode::OK, &to_wire::view(&moved)))
}

/// Numbers of incidents.
pub(super) fn numbers(given: &[i64]) -> Result<Vec<IncidentId>, Problem> {
    given.iter().copied().map(number).collect()
}

fn number(given: i64) -> Result<IncidentId, Problem> {
    IncidentId::new(given)
        .ok_or_else(|| bad(format!("{given} is no number of an incident; they are counted from 1")))
}
