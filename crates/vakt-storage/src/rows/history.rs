//! Entries of an incident's history, as documents.

use serde::{Deserialize, Serialize};
use vakt_ids::IncidentId;
use vakt_incidents::{ChangeNumber, HistoryEntry, Step};

use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredEntry),
}

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    at: i64,
    by: String,
    steps: Vec<StoredStep>,
}

#[derive(Serialize, Deserialize)]
struct StoredStep {
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alert: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

pub(crate) fn write_entry(entry: &HistoryEntry) -> Result<String, BadDocument> {
    let step = |step: &Step| StoredStep {
        what: step.what.clone(),
        alert: step.alert.clone(),
        from: step.from.clone(),
        to: step.to.clone(),
    };
    Ok(serde_json::to_string(&Document::V1(StoredEntry {
        at: ticks(entry.at),
        by: entry.by.clone(),
        steps: entry.steps.iter().map(step).collect(),
    }))?)
}

pub(crate) fn read_entry(
    incident: IncidentId,
    change: i64,
    text: &str,
) -> Result<HistoryEntry, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(text)?;
    let step = |step: StoredStep| Step {
        what: step.what,
        alert: step.alert,
        from: step.from,
        to: step.to,
    };
    Ok(HistoryEntry {
        change: ChangeNumber(change),
        incident,
        at: from_ticks(stored.at),
        by: stored.by,
        steps: stored.steps.into_iter().map(step).collect(),
    })
}
