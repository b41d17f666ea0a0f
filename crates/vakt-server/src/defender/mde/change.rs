//! `PATCH /api/alerts/{id}` and `POST /api/alerts/batchUpdate`.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use vakt_ids::AlertId;
use vakt_incidents::CHANGED_AT_ONCE_MAX;
use vakt_wire::defender::{AlertBatch, AlertPatch};

use super::alerts::whole;
use crate::defender::author::stamp;
use crate::defender::changes::{alert_change, read_members};
use crate::defender::errors::{alert_id, not_found};
use crate::operator::{BODY_MAX_BYTES, Call, Refused};
use crate::problem::Problem;

/// `PATCH /api/alerts/{id}`; answers with the whole alert as it is now.
pub(crate) async fn patch_alert(mut call: Call) -> Result<Response, Refused> {
    let id = alert_id(call.name())?;
    let body = call.bytes(BODY_MAX_BYTES).await?;
    let change = alert_change(read_members::<AlertPatch>(&body, &[AlertPatch::MEMBERS])?)?;
    let stamp = stamp(&call.app, call.caller()).await;
    let changed = call.app.incidents.change_alert(call.tenant, &id, &change, &stamp).await?;
    let placed = changed.ok_or_else(|| not_found(&format!("alert {id}")))?;
    Ok(whole(&call, &placed))
}

/// `POST /api/alerts/batchUpdate`; answers with nothing, as Microsoft documents it. If one of the
/// alerts is not there, none is changed.
pub(crate) async fn update_alerts(mut call: Call) -> Result<Response, Refused> {
    let body = call.bytes(BODY_MAX_BYTES).await?;
    let batch: AlertBatch = read_members(&body, &[&["alertIds"], AlertPatch::MEMBERS])?;
    if batch.alert_ids.is_empty() {
        return Err(missing("alertIds").into());
    }
    if batch.alert_ids.len() > CHANGED_AT_ONCE_MAX {
        let message = format!(
            "there are {} alertIds; send at most {CHANGED_AT_ONCE_MAX} at once",
            batch.alert_ids.len()
        );
        let code = "MaximumBatchSizeExceeded";
        return Err(Problem::new(StatusCode::BAD_REQUEST, code, message).into());
    }
    let ids: Vec<AlertId> =
        batch.alert_ids.iter().map(|id| alert_id(id)).collect::<Result<_, _>>()?;
    let change = alert_change(batch.patch)?;
    for id in &ids {
        if call.app.incidents.find_alert(call.tenant, id).await?.is_none() {
            return Err(not_found(&format!("alert {id}")).into());
        }
    }
    let stamp = stamp(&call.app, call.caller()).await;
    call.app.incidents.change_alerts(call.tenant, &ids, &change, &stamp).await?;
    Ok(Response::new(Body::empty()))
}

/// A member that a body must have.
pub(super) fn missing(member: &str) -> Problem {
    let message = format!("`{member}` is missing; give it");
    Problem::new(StatusCode::BAD_REQUEST, "MissingRequiredParameter", message)
}
