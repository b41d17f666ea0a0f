//! Reading the logs: sign-ins and changes, of one tenant or, for the operator, of the whole server.
//! Graph's dialect is in `graph/audit_logs.rs`; here are our own routes, and what both have in common.

mod question;
mod to_wire;

use axum::response::Response;
use http::{StatusCode, Uri};
use vakt_identity::audit::{AuditPage, AuditScope, DirectoryEvent, SignIn};
use vakt_wire::graph::Page;
use vakt_wire::odata::QueryOptions;

use crate::app::App;
use crate::operator::{Call, Refused};
use crate::problem::{Problem, json};
pub(crate) use question::{Question, next_link};
pub(crate) use to_wire::{directory_audit, sign_in};

/// `GET /vakt/v1/audit/signIns`
pub(crate) async fn list_sign_ins(call: Call) -> Result<Response, Refused> {
    sign_ins(&call, AuditScope::Tenant(call.tenant)).await
}

/// `GET /vakt/v1/server/audit/signIns`
pub(crate) async fn list_sign_ins_of_all(call: Call) -> Result<Response, Refused> {
    sign_ins(&call, AuditScope::Server).await
}

/// `GET /vakt/v1/audit/directory`
pub(crate) async fn list_changes(call: Call) -> Result<Response, Refused> {
    changes(&call, AuditScope::Tenant(call.tenant)).await
}

/// `GET /vakt/v1/server/audit/directory`
pub(crate) async fn list_changes_of_all(call: Call) -> Result<Response, Refused> {
    changes(&call, AuditScope::Server).await
}

async fn sign_ins(call: &Call, scope: AuditScope) -> Result<Response, Refused> {
    let page = read_sign_ins(&call.app, scope, &question(call.uri())?).await?;
    Ok(answer(call, page, to_wire::spn_sign_in))
}

async fn changes(call: &Call, scope: AuditScope) -> Result<Response, Refused> {
    let page = read_changes(&call.app, scope, &question(call.uri())?).await?;
    Ok(answer(call, page, to_wire::directory_change))
}

fn question(uri: &Uri) -> Result<Question, Refused> {
    let options = QueryOptions::parse(uri.query().unwrap_or_default());
    let options = options.map_err(|problem| Refused::bad_request(problem.to_string()))?;
    if !options.select.is_empty() {
        return Err(Refused::bad_request("$select is not supported here; leave it out"));
    }
    Question::of(&options).map_err(Refused::bad_request)
}

fn answer<T, W: serde::Serialize>(
    call: &Call,
    page: AuditPage<T>,
    to_wire: fn(vakt_identity::audit::Recorded<T>) -> W,
) -> Response {
    let base = call.base();
    let next_link = page.next.map(|number| next_link(&base, call.uri(), number));
    let value = page.items.into_iter().map(to_wire).collect();
    json(StatusCode::OK, &Page { context: None, count: None, next_link, value })
}

/// A page of sign-ins, everything included that was answered before.
pub(crate) async fn read_sign_ins(
    app: &App,
    scope: AuditScope,
    question: &Question,
) -> Result<AuditPage<SignIn>, Problem> {
    // A log that is stuck can be read all the same, without its last lines.
    if app.sign_ins.settle().await.is_err() {
        tracing::warn!("sign-ins are read while the last ones cannot be recorded");
    }
    match question.query() {
        Some(query) => Ok(app.identity.audit_store().sign_ins(scope, query).await?),
        None => Ok(AuditPage { items: Vec::new(), next: None }),
    }
}

/// A page of changes.
pub(crate) async fn read_changes(
    app: &App,
    scope: AuditScope,
    question: &Question,
) -> Result<AuditPage<DirectoryEvent>, Problem> {
    match question.query() {
        Some(query) => Ok(app.identity.audit_store().directory_events(scope, query).await?),
        None => Ok(AuditPage { items: Vec::new(), next: None }),
    }
}
