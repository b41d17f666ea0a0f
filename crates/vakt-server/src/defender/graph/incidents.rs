//! One incident: reading, changing, commenting on it, and its alerts.

use axum::response::Response;
use vakt_ids::IncidentId;
use vakt_incidents::{
    AlertField, AlertTest, Comparison, Condition, Incident, IncidentChange, IncidentField,
    IncidentTest, Order, Predicate, Query, Value,
};
use vakt_wire::graph::Object;

use super::ask::Ask;
use super::errors::{in_graphs_words, not_found, of_change};
use super::{comments, list, patch};
use crate::defender::author::stamp;
use crate::graph::Call;
use crate::problem::Problem;

/// `GET /security/incidents/{id}`
pub(super) async fn get_incident(call: Call) -> Result<Response, Problem> {
    let ask = Ask::of::<IncidentTest>(&call)?;
    let found = call.app.incidents.find(call.tenant, id(&call)?).await?;
    ask.entity::<IncidentTest>(&call, &*there(&call, found)?)
}

/// `PATCH /security/incidents/{id}`: 200 with what it is now.
pub(super) async fn change_incident(mut call: Call) -> Result<Response, Problem> {
    let ask = Ask::of::<IncidentTest>(&call)?;
    let body: Object = call.body().await.map_err(in_graphs_words)?;
    let changed = change(&call, &patch::incident_change(&body)?).await?;
    ask.entity::<IncidentTest>(&call, &changed)
}

/// `POST /security/incidents/{id}/comments`: 200 with all comments.
pub(super) async fn comment_on_incident(mut call: Call) -> Result<Response, Problem> {
    let (comment, form) = comments::read(&mut call).await?;
    let added = IncidentChange { comment: Some(comment), ..IncidentChange::default() };
    let changed = change(&call, &added).await?;
    let owner = format!("security/incidents('{}')", changed.id);
    Ok(comments::answer(&call, form, &owner, &changed.comments))
}

/// `GET /security/incidents/{id}/alerts`
pub(super) async fn list_alerts_of_incident(call: Call) -> Result<Response, Problem> {
    let ask = Ask::of::<AlertTest>(&call)?;
    let id = id(&call)?;
    there(&call, find_without_alerts(&call, id).await?)?;
    let question = call.question();
    let query = ask.query::<AlertTest>(&question)?;
    let of_incident = Predicate::Holds(AlertTest::Is(Condition {
        field: AlertField::Incident,
        comparison: Comparison::Is,
        value: Value::Number(id.number()),
    }));
    let predicate = match query.predicate {
        Some(asked) => Predicate::All(vec![of_incident, asked]),
        None => of_incident,
    };
    let set = format!("security/incidents('{id}')/alerts");
    list::page(&call, &ask, &question, Query { predicate: Some(predicate), ..query }, &set).await
}

async fn change(call: &Call, change: &IncidentChange) -> Result<Incident, Problem> {
    let (id, stamp) = (id(call)?, stamp(&call.app, call.caller()).await);
    let changed = call.app.incidents.change(call.tenant, id, change, &stamp).await;
    there(call, changed.map_err(of_change)?)
}

/// An incident's number. What is no number names nothing that is there.
fn id(call: &Call) -> Result<IncidentId, Problem> {
    call.key_text(0).parse().map_err(|_| not_found(call.key_text(0)))
}

fn there<T>(call: &Call, found: Option<T>) -> Result<T, Problem> {
    found.ok_or_else(|| not_found(call.key_text(0)))
}

async fn find_without_alerts(call: &Call, id: IncidentId) -> Result<Option<Incident>, Problem> {
    let is = Condition {
        field: IncidentField::Id,
        comparison: Comparison::Is,
        value: Value::Number(id.number()),
    };
    let query = Query {
        predicate: Some(Predicate::Holds(IncidentTest::Is(is))),
        order: Order::default(),
        top: 1,
        skip: 0,
        after: None,
        count: false,
        without_alerts: true,
    };
    Ok(call.app.incidents.list(call.tenant, query).await?.items.pop())
}
