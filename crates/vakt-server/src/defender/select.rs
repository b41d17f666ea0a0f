//! `$select` of lists: only the named members of each row.

use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::problem::{Problem, json};

/// A list with only the selected members of each row; `row` is an empty row, whose members are all
/// that can be selected. Names are read in any case.
pub(super) fn selected(
    list: &impl Serialize,
    row: &impl Serialize,
    select: &[String],
) -> Result<Response, Problem> {
    if select.is_empty() || select.iter().any(|name| name == "*") {
        return Ok(json(StatusCode::OK, list));
    }
    let row = members(row)?;
    if let Some(name) = select.iter().find(|name| !row.keys().any(|known| is(known, name))) {
        let known: Vec<&str> = row.keys().map(String::as_str).collect();
        let message = format!(
            "Invalid OData URI query. $select: `{name}` is not a property; use one of {}",
            known.join(", ")
        );
        return Err(Problem::new(StatusCode::BAD_REQUEST, "ODataError", message));
    }
    let mut list = members(list)?;
    for row in list.get_mut("value").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(members) = row.as_object_mut() {
            members.retain(|known, _| select.iter().any(|name| is(known, name)));
        }
    }
    Ok(json(StatusCode::OK, &list))
}

fn is(known: &str, name: &str) -> bool {
    known.eq_ignore_ascii_case(name)
}

fn members(value: &impl Serialize) -> Result<Map<String, Value>, Problem> {
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => Ok(members),
        other => {
            tracing::error!(?other, "a list could not be written as JSON");
            Err(Problem::internal())
        }
    }
}
