//! Bodies that change incidents and alerts (documentation pages "Update incidents", "Update alert"
//! and "Batch update alerts"). What is absent stays as it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `PATCH /api/incidents/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IncidentPatch {
    /// `Active`, `InProgress`, `Resolved`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Owner; an empty text or null takes it away.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::null::null_is_said"
    )]
    pub assigned_to: Option<Option<String>>,
    /// `TruePositive`, `InformationalExpectedActivity`, `FalsePositive`, `Unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// `Malware`, `SecurityTesting`, `Clean` …, in every spelling that Microsoft's pages have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub determination: Option<String>,
    /// All tags, in place of those that are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// A comment to add.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Name; not in Microsoft's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident_name: Option<String>,
    /// Severity; not in Microsoft's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
}

impl IncidentPatch {
    /// Names of the members.
    pub const MEMBERS: &'static [&'static str] = &[
        "status",
        "assignedTo",
        "classification",
        "determination",
        "tags",
        "comment",
        "incidentName",
        "severity",
    ];
}

/// `PATCH /api/alerts/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AlertPatch {
    /// `New`, `InProgress`, `Resolved`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Owner; an empty text or null takes it away.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::null::null_is_said"
    )]
    pub assigned_to: Option<Option<String>>,
    /// As for incidents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// As for incidents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub determination: Option<String>,
    /// A comment to add.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl AlertPatch {
    /// Names of the members.
    pub const MEMBERS: &'static [&'static str] =
        &["status", "assignedTo", "classification", "determination", "comment"];
}

/// `POST /api/alerts/batchUpdate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct AlertBatch {
    /// Which alerts.
    pub alert_ids: Vec<String>,
    /// What becomes of them.
    #[serde(flatten)]
    pub patch: AlertPatch,
}
