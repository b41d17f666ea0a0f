//! Machines of the seed: taken in as an import takes them in, so that a second time changes nothing.

use std::path::Path;

use serde_json::Value;
use vakt_identity::Tenant;

use super::SeedError;
use crate::app::App;
use crate::endpoint;

/// Machines stored in one transaction.
const MACHINES_PER_STEP_MAX: usize = 500;

/// Takes in a file: a page with `value`, or an array.
pub(super) async fn import(app: &App, tenant: &Tenant, path: &Path) -> Result<(), SeedError> {
    let content = |message: String| SeedError::Content {
        place: format!("machines file `{}`", path.display()),
        message,
    };
    let text = std::fs::read(path)
        .map_err(|source| SeedError::ReadMachines { path: path.to_owned(), source })?;
    let document: Value = serde_json::from_slice(&text).map_err(|e| content(e.to_string()))?;
    let values = machines_of(document)
        .ok_or_else(|| content("expected {\"value\":[machine, …]}, or an array".into()))?;
    let (sightings, answer) = endpoint::read_machines(values, app.clock.now());
    if let Some(refused) = answer.refused.first() {
        return Err(content(format!("machine {}: {}", refused.index, refused.reason)));
    }
    for step in sightings.chunks(MACHINES_PER_STEP_MAX) {
        app.endpoint.note(tenant.id, step).await?;
    }
    Ok(())
}

fn machines_of(document: Value) -> Option<Vec<Value>> {
    match document {
        Value::Array(machines) => Some(machines),
        Value::Object(mut members) => match members.remove("value") {
            Some(Value::Array(machines)) => Some(machines),
            _ => None,
        },
        _ => None,
    }
}
