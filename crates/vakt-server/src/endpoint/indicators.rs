//! `/api/indicators`: listed, submitted one by one and many at a time, changed and removed. An
//! application that holds `Ti.ReadWrite` only sees and changes its own.

use std::collections::BTreeSet;

use axum::response::Response;
use http::StatusCode;
use serde_json::Value;
use vakt_endpoint::{IndicatorField, NewIndicator, Removal};
use vakt_ids::IndicatorId;
use vakt_wire::endpoint::{
    BatchDelete, IndicatorBody, IndicatorImport, IndicatorImportAnswer, IndicatorImported,
};

use super::call::Call;
use super::errors::{batch_too_large, invalid, invalid_body};
use super::page::Question;
use super::{from_wire, to_wire};
use crate::defender::errors::not_found;
use crate::graph::no_content;
use crate::problem::{Problem, json};

/// The set's name in `@odata.context`.
const SET: &str = "Indicators";
/// Most indicators of one import or removal, as Microsoft's API has it.
const BATCH_MAX: usize = 500;
/// Largest body of an import: 500 indicators with all their texts.
const IMPORT_BODY_MAX_BYTES: usize = 16 * 1024 * 1024;

/// `GET /api/indicators`
pub(crate) async fn list_indicators(call: Call) -> Result<Response, Problem> {
    let question: Question<IndicatorField> = Question::of(&call)?;
    let query = question.query.clone();
    let page = call.endpoint().indicators(call.tenant, query, call.reach()).await?;
    Ok(question.answer(&call, SET, &page, to_wire::indicator))
}

/// `GET /api/indicators/{id}`
pub(crate) async fn get_indicator(call: Call) -> Result<Response, Problem> {
    let id = read_id(&call)?;
    let found = call.endpoint().indicator(call.tenant, id, call.reach()).await?;
    let indicator = found.ok_or_else(|| no_indicator(call.name()))?;
    Ok(call.entity(StatusCode::OK, SET, to_wire::indicator(&indicator)))
}

/// `POST /api/indicators`: makes an indicator, or replaces the one of this type and value.
pub(crate) async fn submit_indicator(mut call: Call) -> Result<Response, Problem> {
    let body: IndicatorBody = call.body().await?;
    let new = from_wire::new_indicator(body)?;
    let answers = submit(&call, vec![new]).await?;
    let answer = answers.into_iter().next().ok_or_else(Problem::internal)?;
    let indicator = answer?;
    Ok(call.entity(StatusCode::OK, SET, to_wire::indicator(&indicator)))
}

/// `POST /api/indicators/import`: each is taken or refused by itself.
pub(crate) async fn import_indicators(mut call: Call) -> Result<Response, Problem> {
    let bytes = call.bytes(IMPORT_BODY_MAX_BYTES).await?;
    let import: IndicatorImport =
        serde_json::from_slice(&bytes).map_err(|error| invalid_body(&error))?;
    if import.indicators.len() > BATCH_MAX {
        return Err(batch_too_large(BATCH_MAX));
    }
    let mut answers = Vec::with_capacity(import.indicators.len());
    let mut good = Vec::new();
    for value in import.indicators {
        let named = value.get("indicatorValue").and_then(Value::as_str).map(str::to_owned);
        let mut answer = IndicatorImported { indicator: named, ..IndicatorImported::default() };
        match read(value) {
            Ok(new) => good.push(new),
            Err(reason) => {
                answer.is_failed = true;
                answer.failure_reason = Some(reason);
            }
        }
        answers.push(answer);
    }
    let mut stored = submit(&call, good).await?.into_iter();
    for answer in answers.iter_mut().filter(|answer| !answer.is_failed) {
        match stored.next().ok_or_else(Problem::internal)? {
            Ok(indicator) => answer.id = Some(indicator.id.to_string()),
            Err(fault) => {
                answer.is_failed = true;
                answer.failure_reason = Some(fault.to_string());
            }
        }
    }
    Ok(json(StatusCode::OK, &IndicatorImportAnswer { value: answers }))
}

fn read(value: Value) -> Result<NewIndicator, String> {
    let body: IndicatorBody = serde_json::from_value(value).map_err(|error| error.to_string())?;
    from_wire::new_indicator(body).map_err(|problem| problem.message)
}

type Answers = Vec<Result<vakt_endpoint::Indicator, vakt_endpoint::IndicatorFault>>;

async fn submit(call: &Call, new: Vec<NewIndicator>) -> Result<Answers, Problem> {
    let author = call.author().await?;
    let (reach, now) = (call.reach_to_change(), call.now());
    Ok(call.endpoint().submit(call.tenant, new, &author, reach, now).await?)
}

/// `PATCH /api/indicators/{id}`
pub(crate) async fn change_indicator(mut call: Call) -> Result<Response, Problem> {
    let body: IndicatorBody = call.body().await?;
    let id = read_id(&call)?;
    let reach = call.reach_to_change();
    if call.endpoint().indicator(call.tenant, id, reach).await?.is_none() {
        return Err(no_indicator(call.name()));
    }
    let changes = from_wire::indicator_changes(body)?;
    let author = call.author().await?;
    let by = (&author, reach);
    let changed =
        call.endpoint().change_indicator(call.tenant, id, changes, by, call.now()).await?;
    let indicator = changed.ok_or_else(|| no_indicator(call.name()))?;
    Ok(call.entity(StatusCode::OK, SET, to_wire::indicator(&indicator)))
}

/// `DELETE /api/indicators/{id}`
pub(crate) async fn remove_indicator(call: Call) -> Result<Response, Problem> {
    let id = read_id(&call)?;
    remove(&call, &[id]).await
}

/// `POST /api/indicators/BatchDelete`: all of them or none.
pub(crate) async fn remove_indicators(mut call: Call) -> Result<Response, Problem> {
    let body: BatchDelete = call.body().await?;
    if body.indicator_ids.is_empty() {
        return Err(invalid("`IndicatorIds` is empty; name what is to be removed"));
    }
    if body.indicator_ids.len() > BATCH_MAX {
        return Err(batch_too_large(BATCH_MAX));
    }
    let mut ids = BTreeSet::new();
    for value in &body.indicator_ids {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let id: IndicatorId =
            text.parse().map_err(|error: vakt_ids::NotAnId| invalid(error.to_string()))?;
        ids.insert(id);
    }
    let ids: Vec<IndicatorId> = ids.into_iter().collect();
    remove(&call, &ids).await
}

async fn remove(call: &Call, ids: &[IndicatorId]) -> Result<Response, Problem> {
    match call.endpoint().remove(call.tenant, ids, call.reach_to_change()).await? {
        Removal::Done => Ok(no_content()),
        Removal::Missing(ids) => {
            let names: Vec<String> = ids.iter().take(20).map(ToString::to_string).collect();
            Err(no_indicator(&names.join(", ")))
        }
    }
}

/// What is no id names nothing.
fn read_id(call: &Call) -> Result<IndicatorId, Problem> {
    call.name().parse().map_err(|_| no_indicator(call.name()))
}

fn no_indicator(name: &str) -> Problem {
    not_found(&format!("indicator {}", name.chars().take(200).collect::<String>()))
}
