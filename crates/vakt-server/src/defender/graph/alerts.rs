//! One alert: reading, changing, commenting on it.

use axum::response::Response;
use vakt_ids::AlertId;
use vakt_incidents::{AlertChange, AlertTest, PlacedAlert};
use vakt_wire::graph::Object;

use super::ask::Ask;
use super::errors::{in_graphs_words, not_found, of_change};
use super::{comments, patch};
use crate::defender::author::stamp;
use crate::graph::Call;
use crate::problem::Problem;

/// `GET /security/alerts_v2/{id}`
pub(super) async fn get_alert(call: Call) -> Result<Response, Problem> {
    let ask = Ask::of::<AlertTest>(&call)?;
    let found = call.app.incidents.find_alert(call.tenant, &id(&call)?).await?;
    ask.entity::<AlertTest>(&call, &there(&call, found)?)
}

/// `PATCH /security/alerts_v2/{id}`: 200 with what it is now.
pub(super) async fn change_alert(mut call: Call) -> Result<Response, Problem> {
    let ask = Ask::of::<AlertTest>(&call)?;
    let body: Object = call.body().await.map_err(in_graphs_words)?;
    let changed = change(&call, &patch::alert_change(&body)?).await?;
    ask.entity::<AlertTest>(&call, &changed)
}

/// `POST /security/alerts_v2/{id}/comments`: 200 with all comments.
pub(super) async fn comment_on_alert(mut call: Call) -> Result<Response, Problem> {
    let (comment, form) = comments::read(&mut call).await?;
    let added = AlertChange { comment: Some(comment), ..AlertChange::default() };
    let changed = change(&call, &added).await?;
    let owner = format!("security/alerts_v2('{}')", changed.alert.id);
    Ok(comments::answer(&call, form, &owner, &changed.alert.comments))
}

async fn change(call: &Call, change: &AlertChange) -> Result<PlacedAlert, Problem> {
    let (id, stamp) = (id(call)?, stamp(&call.app, call.caller()).await);
    let changed = call.app.incidents.change_alert(call.tenant, &id, change, &stamp).await;
    there(call, changed.map_err(of_change)?)
}

fn id(call: &Call) -> Result<AlertId, Problem> {
    call.key_text(0).parse().map_err(|_| not_found(call.key_text(0)))
}

fn there(call: &Call, found: Option<PlacedAlert>) -> Result<PlacedAlert, Problem> {
    found.ok_or_else(|| not_found(call.key_text(0)))
}
