//! `POST /vakt/v1/incidents/import`: incidents in either dialect, as Microsoft's APIs return them.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::value::RawValue;
use vakt_incidents::{Incident, Outcome};
use vakt_wire::defender as classic;
use vakt_wire::graph::GraphIncident;
use vakt_wire::import::{
    IMPORT_BODY_MAX_BYTES, ImportAnswer, ImportProblem, ImportRequest, ImportTexts,
};

use super::glance::Glance;
use super::{from_graph, from_wire};
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::edge::read_body;
use crate::problem::{Problem, json};

/// Most alerts, devices and entities of one incident, all together.
pub(crate) const INCIDENT_PARTS_MAX: usize = 20_000;
/// Most member names that an answer lists as unknown.
pub(super) const IGNORED_MEMBERS_MAX: usize = 100;

/// The route.
pub(crate) async fn import_incidents(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let result = async {
        let _place = app.imports.acquire().await.map_err(|_| Problem::internal())?;
        let body = read_body(body, &head.headers, IMPORT_BODY_MAX_BYTES).await?;
        // Decoding megabytes is no work for the threads that answer everybody else.
        let now = app.clock.now();
        let decoded = tokio::task::spawn_blocking(move || decode_body(&body, now)).await;
        let (incidents, answer) = decoded.map_err(|_| Problem::internal())??;
        import(&app, &caller, &incidents, answer).await
    }
    .await;
    match result {
        Ok(answer) => json(StatusCode::OK, &answer),
        Err(problem) => problem.answer(&app, head.uri.path(), &head.headers),
    }
}

fn decode_body(body: &[u8], now: Timestamp) -> Result<(Vec<Incident>, ImportAnswer), Problem> {
    let texts: Result<ImportTexts<'_>, _> = serde_json::from_slice(body);
    if let Some(read) = texts.ok().and_then(|texts| read_texts(&texts.value, now)) {
        return Ok(read);
    }
    // Something is no JSON: read as a whole, the body says what and where.
    let request: ImportRequest = serde_json::from_slice(body).map_err(|error| {
        let message = format!("the body is not {{\"value\":[incident, …]}}: {error}");
        Problem::new(StatusCode::BAD_REQUEST, "InvalidRequestBody", message)
    })?;
    Ok(read_incidents(request.value, now))
}

async fn import(
    app: &App,
    caller: &Caller,
    incidents: &[Incident],
    mut answer: ImportAnswer,
) -> Result<ImportAnswer, Problem> {
    for outcome in app.incidents.import(caller.tenant, incidents, Some(app.clock.now())).await? {
        match outcome {
            Outcome::Created => answer.created += 1,
            Outcome::Updated => answer.updated += 1,
            Outcome::Unchanged => answer.unchanged += 1,
        }
    }
    Ok(answer)
}

/// Reads incidents straight from their texts, as [`read_incidents`] does; none if a text is no JSON.
fn read_texts(texts: &[&RawValue], now: Timestamp) -> Option<(Vec<Incident>, ImportAnswer)> {
    let mut incidents = Vec::with_capacity(texts.len());
    let mut answer = ImportAnswer::default();
    let mut ignored = BTreeSet::new();
    for (index, text) in (0..).zip(texts) {
        let read = match read_text(text.get(), now, &mut ignored) {
            Some(read) => read,
            // What cannot be read goes the long way, which says where it stands.
            None => read_incident(serde_json::from_str(text.get()).ok()?, now, &mut ignored),
        };
        match read {
            Ok(incident) => incidents.push(incident),
            Err(reason) => answer.refused.push(ImportProblem { index, reason }),
        }
    }
    answer.ignored_members = ignored.into_iter().take(IGNORED_MEMBERS_MAX).collect();
    Some((incidents, answer))
}

/// Reads one incident; none if it is not as it should be.
fn read_text(
    text: &str,
    now: Timestamp,
    ignored: &mut BTreeSet<String>,
) -> Option<Result<Incident, String>> {
    let glance = match is_short_and_classic(text) {
        true => Glance::of_classic(),
        false => serde_json::from_str(text).ok()?,
    };
    if let Err(reason) = check_parts(glance.parts()) {
        return Some(Err(reason));
    }
    let mut text = serde_json::Deserializer::from_str(text);
    if glance.is_classic() {
        let incident = serde_ignored::deserialize(&mut text, |path| note(ignored, &path)).ok()?;
        return Some(from_wire::incident(incident, now));
    }
    if glance.is_graph() {
        let incident = serde_ignored::deserialize(&mut text, |path| note(ignored, &path)).ok()?;
        return Some(from_graph::incident(incident, now));
    }
    None
}

/// Whether an incident begins with the mark of the classic dialect, as Microsoft's API writes it, and
/// is too short to have too many parts: each takes two bytes.
fn is_short_and_classic(text: &str) -> bool {
    let first = text.strip_prefix('{').map(str::trim_start);
    text.len() <= 2 * INCIDENT_PARTS_MAX
        && first.is_some_and(|first| first.starts_with("\"incidentId\""))
}

/// Reads what can be read, and says what could not. Counts are left for the caller to fill.
pub(crate) fn read_incidents(
    values: Vec<serde_json::Value>,
    now: Timestamp,
) -> (Vec<Incident>, ImportAnswer) {
    let mut incidents = Vec::with_capacity(values.len());
    let mut answer = ImportAnswer::default();
    let mut ignored = BTreeSet::new();
    for (index, value) in (0..).zip(values) {
        match read_incident(value, now, &mut ignored) {
            Ok(incident) => incidents.push(incident),
            Err(reason) => answer.refused.push(ImportProblem { index, reason }),
        }
    }
    answer.ignored_members = ignored.into_iter().take(IGNORED_MEMBERS_MAX).collect();
    (incidents, answer)
}

/// `incidentId` is the mark of the classic dialect, `createdDateTime` and a text `id` of Graph's.
fn read_incident(
    value: serde_json::Value,
    now: Timestamp,
    ignored: &mut BTreeSet<String>,
) -> Result<Incident, String> {
    check_size(&value)?;
    if value.get("incidentId").is_some() {
        let incident: classic::Incident = decode(value, ignored)?;
        return from_wire::incident(incident, now);
    }
    if value.get("id").is_some() {
        let incident: GraphIncident = decode(value, ignored)?;
        return from_graph::incident(incident, now);
    }
    Err("it has neither `incidentId` (classic API) nor `id` (Graph)".into())
}

fn check_size(incident: &serde_json::Value) -> Result<(), String> {
    let alerts = incident.get("alerts").and_then(|alerts| alerts.as_array());
    check_parts(alerts.into_iter().flatten().map(parts_of_alert).sum())
}

fn check_parts(parts: usize) -> Result<(), String> {
    if parts > INCIDENT_PARTS_MAX {
        return Err(format!(
            "it has {parts} alerts, devices and entities; at most {INCIDENT_PARTS_MAX} are taken"
        ));
    }
    Ok(())
}

/// How many devices and entities an alert has, and itself. Decoded, an empty entity is three
/// hundred times its three bytes of JSON.
pub(super) fn parts_of_alert(alert: &serde_json::Value) -> usize {
    let length = |list: &str| alert.get(list).and_then(|list| list.as_array()).map_or(0, Vec::len);
    1 + ["devices", "entities", "evidence"].into_iter().map(length).sum::<usize>()
}

/// Reads an object, and notes which of its members nobody knew.
pub(super) fn decode<T: serde::de::DeserializeOwned>(
    value: serde_json::Value,
    ignored: &mut BTreeSet<String>,
) -> Result<T, String> {
    let deserializer = serde_path_to_error::Deserializer::new;
    let mut track = serde_path_to_error::Track::new();
    let tracked = deserializer(value, &mut track);
    match serde_ignored::deserialize(tracked, |path| note(ignored, &path)) {
        Ok(read) => Ok(read),
        Err(error) => Err(format!("{}: {error}", track.path())),
    }
}

/// Notes a member that nobody knew.
fn note(ignored: &mut BTreeSet<String>, path: &serde_ignored::Path<'_>) {
    if ignored.len() < IGNORED_MEMBERS_MAX {
        ignored.insert(without_positions(&path.to_string()));
    }
}

/// `alerts.3.foo` becomes `alerts[].foo`, so that each member is named once.
fn without_positions(path: &str) -> String {
    let mut text = String::new();
    for part in path.split('.').filter(|part| *part != "?") {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            text.push_str("[]");
        } else {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(part);
        }
    }
    text
}
