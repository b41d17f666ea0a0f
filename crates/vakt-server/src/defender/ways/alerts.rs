//! `POST /vakt/v1/alerts`: whole alerts, as the classic API or Graph has them.

use std::collections::BTreeSet;

use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use vakt_incidents::AlertPart;
use vakt_wire::defender as classic;
use vakt_wire::graph::GraphAlert;
use vakt_wire::import::{IMPORT_BODY_MAX_BYTES, ImportProblem};
use vakt_wire::incidents::{ALERTS_AT_ONCE_MAX, AlertsAnswer, AlertsRequest};

use super::placed::store;
use crate::defender::author::stamp;
use crate::defender::changes::bad;
use crate::defender::import::{IGNORED_MEMBERS_MAX, INCIDENT_PARTS_MAX, decode, parts_of_alert};
use crate::defender::{from_graph, from_wire};
use crate::operator::{Call, Refused};
use crate::problem::{Problem, json};

/// Members that say when an alert was, in either dialect.
const TIMES: &[&str] = &[
    "creationTime",
    "firstActivity",
    "lastUpdatedTime",
    "createdDateTime",
    "firstActivityDateTime",
    "lastUpdateDateTime",
];

/// The route.
pub(crate) async fn add_alerts(mut call: Call) -> Result<Response, Refused> {
    let app = call.app.clone();
    let _place = app.imports.acquire().await.map_err(|_| Problem::internal())?;
    let body = call.bytes(IMPORT_BODY_MAX_BYTES).await?;
    let now = app.clock.now();
    // Decoding megabytes is no work for the threads that answer everybody else.
    let decoded = tokio::task::spawn_blocking(move || read(&body, now)).await;
    let (parts, mut answer) = decoded.map_err(|_| Problem::internal())??;
    let stamp = stamp(&app, call.caller()).await;
    answer.stored = store(&app, call.tenant, &parts, &stamp).await?;
    Ok(json(StatusCode::OK, &answer))
}

fn read(body: &[u8], now: Timestamp) -> Result<(Vec<AlertPart>, AlertsAnswer), Problem> {
    let request: AlertsRequest = serde_json::from_slice(body)
        .map_err(|error| bad(format!("the body is not {{\"value\":[alert, …]}}: {error}")))?;
    if request.value.len() > ALERTS_AT_ONCE_MAX {
        let message = format!(
            "there are {} alerts; send at most {ALERTS_AT_ONCE_MAX} at once",
            request.value.len()
        );
        return Err(bad(message));
    }
    let mut parts = Vec::with_capacity(request.value.len());
    let mut answer = AlertsAnswer::default();
    let mut ignored = BTreeSet::new();
    for (index, value) in (0..).zip(request.value) {
        match read_alert(value, now, &mut ignored) {
            Ok(part) => parts.push(part),
            Err(reason) => answer.refused.push(ImportProblem { index, reason }),
        }
    }
    answer.ignored_members = ignored.into_iter().take(IGNORED_MEMBERS_MAX).collect();
    Ok((parts, answer))
}

/// `alertId` is the mark of the classic dialect, `id` of Graph's.
fn read_alert(
    value: Value,
    now: Timestamp,
    ignored: &mut BTreeSet<String>,
) -> Result<AlertPart, String> {
    let parts = parts_of_alert(&value);
    if parts > INCIDENT_PARTS_MAX {
        return Err(format!(
            "it has {parts} devices and entities; at most {INCIDENT_PARTS_MAX} are taken"
        ));
    }
    // Without a time, sending it again would look like a newer state and undo what was done here.
    if !TIMES.iter().any(|name| value.get(name).is_some_and(|time| !time.is_null())) {
        return Err("it has no time; give `creationTime` (classic API) or `createdDateTime` \
                    (Graph)"
            .into());
    }
    let alert = if value.get("alertId").is_some() {
        from_wire::alert(decode::<classic::Alert>(value, ignored)?, now)?
    } else if value.get("id").is_some() {
        from_graph::alert(decode::<GraphAlert>(value, ignored)?, now)?
    } else {
        return Err("it has neither `alertId` (classic API) nor `id` (Graph)".into());
    };
    Ok(AlertPart { alert, whole: true })
}
