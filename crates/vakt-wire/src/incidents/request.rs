//! Bodies of Vakt's own routes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::defender::IncidentPatch;

/// `POST /vakt/v1/incidents/{id}/merge`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MergeRequest {
    /// The incidents whose alerts go into the one of the path.
    pub sources: Vec<i64>,
}

/// `POST /vakt/v1/incidents/split`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SplitRequest {
    /// The alerts to put elsewhere.
    pub alerts: Vec<String>,
    /// Into which incident; null or absent: into a new one.
    pub into: Option<i64>,
}

/// `POST /vakt/v1/incidents/batchUpdate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IncidentBatch {
    /// Which incidents.
    pub incident_ids: Vec<i64>,
    /// What becomes of them.
    #[serde(flatten)]
    pub patch: IncidentPatch,
}
