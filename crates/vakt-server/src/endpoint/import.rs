//! `POST /vakt/v1/machines/import`: machines as Microsoft's API returns them. What is newer replaces
//! what is known, what is older fills gaps, and nothing that is known is forgotten.

use std::collections::BTreeSet;

use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use vakt_endpoint::{Outcome, Sighting};
use vakt_wire::endpoint as wire;
use vakt_wire::import::{IMPORT_BODY_MAX_BYTES, ImportAnswer, ImportProblem, ImportRequest};

use super::call::Call;
use super::errors::invalid_body;
use super::from_wire;
use crate::problem::{Problem, json};

/// Most member names that an answer lists as unknown.
const IGNORED_MEMBERS_MAX: usize = 100;

/// The route.
pub(crate) async fn import_machines(mut call: Call) -> Result<Response, Problem> {
    let app = call.app.clone();
    let _place = app.imports.acquire().await.map_err(|_| Problem::internal())?;
    let bytes = call.bytes(IMPORT_BODY_MAX_BYTES).await?;
    let now = call.now();
    // Decoding megabytes is no work for the threads that answer everybody else.
    let decoded = tokio::task::spawn_blocking(move || {
        let request: ImportRequest =
            serde_json::from_slice(&bytes).map_err(|error| invalid_body(&error))?;
        Ok::<_, Problem>(read_machines(request.value, now))
    });
    let (sightings, mut answer) = decoded.await.map_err(|_| Problem::internal())??;
    for outcome in call.endpoint().note(call.tenant, &sightings).await? {
        match outcome {
            Outcome::Created => answer.created += 1,
            Outcome::Updated => answer.updated += 1,
            Outcome::Unchanged => answer.unchanged += 1,
        }
    }
    Ok(json(StatusCode::OK, &answer))
}

/// Reads what can be read, and says what could not. Counts are left for the caller to fill.
pub(crate) fn read_machines(values: Vec<Value>, now: Timestamp) -> (Vec<Sighting>, ImportAnswer) {
    let mut sightings = Vec::with_capacity(values.len());
    let mut answer = ImportAnswer::default();
    let mut ignored = BTreeSet::new();
    for (index, value) in (0..).zip(values) {
        match read_machine(value, now, &mut ignored) {
            Ok(sighting) => sightings.push(sighting),
            Err(reason) => answer.refused.push(ImportProblem { index, reason }),
        }
    }
    answer.ignored_members = ignored.into_iter().take(IGNORED_MEMBERS_MAX).collect();
    (sightings, answer)
}

fn read_machine(
    value: Value,
    now: Timestamp,
    ignored: &mut BTreeSet<String>,
) -> Result<Sighting, String> {
    let note = |path: serde_ignored::Path<'_>| {
        if ignored.len() < IGNORED_MEMBERS_MAX {
            ignored.insert(path.to_string());
        }
    };
    let machine: wire::Machine =
        serde_ignored::deserialize(value, note).map_err(|error| error.to_string())?;
    from_wire::sighting(machine, now)
}
