//! Incidents and their comments.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::GraphAlert;

/// An incident of Graph; enums in camelCase.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphIncident {
    /// A small number, as text.
    pub id: String,
    /// The tenant.
    pub tenant_id: Option<String>,
    /// `active`, `inProgress`, `resolved`, `redirected`, `awaitingAction`.
    pub status: Option<String>,
    /// Where people look at it.
    pub incident_web_url: Option<String>,
    /// The incident this one was merged into.
    pub redirect_incident_id: Option<String>,
    /// Name.
    pub display_name: Option<String>,
    /// Creation.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub created_date_time: Option<Timestamp>,
    /// Last change.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_date_time: Option<Timestamp>,
    /// Owner.
    pub assigned_to: Option<String>,
    /// `truePositive` …
    pub classification: Option<String>,
    /// `malware` …
    pub determination: Option<String>,
    /// `unknown`, `informational`, `low`, `medium`, `high`.
    pub severity: Option<String>,
    /// Tags of people.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub custom_tags: Vec<String>,
    /// Tags of the service.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub system_tags: Vec<String>,
    /// Description.
    pub description: Option<String>,
    /// Who changed it last.
    pub last_modified_by: Option<String>,
    /// What was said when it was resolved.
    pub resolving_comment: Option<String>,
    /// Summary of the analysts.
    pub summary: Option<String>,
    /// From 0 to 100.
    pub priority_score: Option<i64>,
    /// Comments.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub comments: Vec<GraphComment>,
    /// Alerts, where they were asked for.
    #[serde(
        deserialize_with = "crate::null::null_is_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub alerts: Vec<GraphAlert>,
}

/// A comment of Graph.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphComment {
    /// Text.
    pub comment: String,
    /// Author.
    #[serde(alias = "createdBy")]
    pub created_by_display_name: Option<String>,
    /// Time.
    #[serde(alias = "createdTime")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub created_date_time: Option<Timestamp>,
}
