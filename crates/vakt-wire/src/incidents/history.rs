//! What happened to an incident.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `GET /vakt/v1/incidents/{id}/history`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// Changes, oldest first; imports leave none.
    pub value: Vec<HistoryEntry>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Its number within the tenant.
    pub change_number: i64,
    /// When.
    #[schemars(with = "crate::schema::Instant")]
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What.
    pub steps: Vec<HistoryStep>,
}

/// One property's way from one value to another, or an event such as `alert_added`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryStep {
    /// The property or event.
    pub what: String,
    /// The alert it concerns, if not the incident itself.
    pub alert_id: Option<String>,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}
