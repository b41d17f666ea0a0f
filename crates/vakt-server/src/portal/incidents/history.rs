//! What happened to an incident: who changed what, and when.

use vakt_incidents::{HistoryEntry, Step};

use super::super::moment::moment;
use super::pick::label;

/// Most entries on one page; the latest are shown.
const ENTRIES_SHOWN_MAX: usize = 100;
/// Longest value that is repeated in an entry.
const VALUE_SHOWN_MAX_CHARS: usize = 200;

/// A change.
pub(super) struct Entry {
    pub at: String,
    pub by: String,
    pub steps: Vec<Way>,
}

/// A property's way from one value to another.
pub(super) struct Way {
    pub what: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub alert: Option<String>,
}

/// The latest changes first.
pub(super) fn entries(history: &[HistoryEntry]) -> Vec<Entry> {
    let latest = history.iter().rev().take(ENTRIES_SHOWN_MAX);
    let entry = |entry: &HistoryEntry| Entry {
        at: moment(entry.at),
        by: entry.by.clone(),
        steps: entry.steps.iter().map(way).collect(),
    };
    latest.map(entry).collect()
}

fn way(step: &Step) -> Way {
    let is_word =
        ["status", "severity", "classification", "determination"].contains(&step.what.as_str());
    let value = |text: &String| {
        let text: String = text.chars().take(VALUE_SHOWN_MAX_CHARS).collect();
        if is_word { label(&text) } else { text }
    };
    Way {
        what: label(&step.what),
        from: step.from.as_ref().map(value),
        to: step.to.as_ref().map(value),
        alert: step.alert.clone(),
    }
}
