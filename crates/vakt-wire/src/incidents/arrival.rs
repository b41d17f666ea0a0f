//! Ways in for alerts: whole ones, and the streaming API's records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Placement;
use crate::import::ImportProblem;

/// Most alerts in one request.
pub const ALERTS_AT_ONCE_MAX: usize = 2_000;
/// Most records in one request.
pub const RECORDS_AT_ONCE_MAX: usize = 10_000;

/// `POST /vakt/v1/alerts`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct AlertsRequest {
    /// Alerts as the classic API (`alertId`) or Graph (`id`) has them, each kept as it came;
    /// [`ALERTS_AT_ONCE_MAX`] at most.
    pub value: Vec<serde_json::Value>,
}

/// What became of the alerts of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertsAnswer {
    /// Those that are stored now, in the order of the request.
    pub stored: Vec<Placement>,
    /// Those that were refused; the others are stored all the same.
    pub refused: Vec<ImportProblem>,
    /// Members nobody knew, each once, as paths.
    pub ignored_members: Vec<String>,
}

/// What became of the records of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordsAnswer {
    /// How many records there were.
    pub received: u64,
    /// How many of them are stored now, or were already.
    pub stored: u64,
    /// The alerts they tell of.
    pub alerts: Vec<Placement>,
    /// Records of tables that are not kept.
    pub not_stored: Vec<NotStored>,
    /// Records that could not be read.
    pub refused: Vec<ImportProblem>,
}

/// Records that were not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotStored {
    /// Their table.
    pub table: String,
    /// How many there were.
    pub count: u64,
    /// Why they are not kept.
    pub reason: String,
}
