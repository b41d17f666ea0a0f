//! Incidents (documentation page "List incidents"): every key always present, null and not absent.
//! Reading is lenient, because exports of many years must be read: only the id is needed.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Alert;

/// `GET /api/incidents`, 200.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct IncidentList {
    /// `<base>/api/$metadata#Incidents`.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// How many fit in all, with `$count=true`.
    #[serde(rename = "@odata.count", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The incidents.
    pub value: Vec<Incident>,
    /// Absolute address of the next page, if there is one.
    #[serde(rename = "@odata.nextLink", default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
}

/// One incident.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    /// `<base>/api/$metadata#Incidents/$entity`, when the incident is an answer of its own.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Number.
    pub incident_id: i64,
    /// The incident this one was merged into.
    #[serde(default)]
    pub redirect_incident_id: Option<i64>,
    /// Name.
    #[serde(default)]
    pub incident_name: Option<String>,
    /// Creation.
    #[serde(default)]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub created_time: Option<Timestamp>,
    /// Last change.
    #[serde(default)]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_time: Option<Timestamp>,
    /// Owner.
    #[serde(default)]
    pub assigned_to: Option<String>,
    /// `Unknown`, `FalsePositive`, `TruePositive`, `InformationalExpectedActivity`.
    #[serde(default)]
    pub classification: Option<String>,
    /// `NotAvailable`, `Malware`, …
    #[serde(default)]
    pub determination: Option<String>,
    /// `Active`, `InProgress`, `Resolved`, `Redirected`.
    #[serde(default)]
    pub status: Option<String>,
    /// `UnSpecified`, `Informational`, `Low`, `Medium`, `High`.
    #[serde(default)]
    pub severity: Option<String>,
    /// Tags.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub tags: Vec<String>,
    /// Comments, oldest first.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub comments: Vec<Comment>,
    /// Alerts.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub alerts: Vec<Alert>,
}

/// A comment.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// Text.
    #[serde(default)]
    pub comment: String,
    /// Author.
    #[serde(default)]
    pub created_by: Option<String>,
    /// Time.
    #[serde(default)]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub created_time: Option<Timestamp>,
}
