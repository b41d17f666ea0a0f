//! The logs in Graph's dialect: `/auditLogs/signIns` and `/auditLogs/directoryAudits`, of the
//! caller's tenant.

use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use vakt_identity::audit::{AuditPage, AuditScope, Recorded};
use vakt_wire::graph::Page;
use vakt_wire::odata::QueryOptions;

use super::call::Call;
use crate::audit::{Question, directory_audit, next_link, read_changes, read_sign_ins, sign_in};
use crate::problem::{Problem, json};

/// `GET /auditLogs/signIns`
pub(crate) async fn list_sign_ins(call: Call) -> Result<Response, Problem> {
    let (options, question) = ask(&call)?;
    let scope = AuditScope::Tenant(call.tenant);
    let page = read_sign_ins(&call.app, scope, &question).await?;
    answer(&call, "auditLogs/signIns", page, sign_in, &options.select)
}

/// `GET /auditLogs/directoryAudits`
pub(crate) async fn list_directory_audits(call: Call) -> Result<Response, Problem> {
    let (options, question) = ask(&call)?;
    let scope = AuditScope::Tenant(call.tenant);
    let page = read_changes(&call.app, scope, &question).await?;
    answer(&call, "auditLogs/directoryAudits", page, directory_audit, &options.select)
}

fn ask(call: &Call) -> Result<(QueryOptions, Question), Problem> {
    let options = call.options()?;
    let question = Question::of(&options).map_err(unsupported)?;
    Ok((options, question))
}

fn unsupported(message: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
}

fn answer<T, W: Serialize>(
    call: &Call,
    set: &str,
    page: AuditPage<T>,
    to_wire: fn(Recorded<T>) -> W,
    select: &[String],
) -> Result<Response, Problem> {
    let base = call.place.root.rsplit_once('/').map_or("", |(base, _)| base);
    let next_link = page.next.map(|number| next_link(base, &call.uri, number));
    let value: Result<Vec<Map<String, Value>>, Problem> =
        page.items.into_iter().map(|line| selected(&to_wire(line), select)).collect();
    let context = format!("{}/$metadata#{set}", call.place.root);
    let page = Page { context: Some(context), count: None, next_link, value: value? };
    Ok(json(StatusCode::OK, &page))
}

/// The members that were asked for, and the id.
fn selected(line: &impl Serialize, select: &[String]) -> Result<Map<String, Value>, Problem> {
    let Ok(Value::Object(mut members)) = serde_json::to_value(line) else {
        return Err(Problem::internal());
    };
    let is_asked = |name: &str| name == "id" || select.iter().any(|one| one == name);
    members.retain(|name, _| select.is_empty() || is_asked(name));
    Ok(members)
}
