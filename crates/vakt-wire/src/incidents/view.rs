//! An incident with what Microsoft's API does not say of it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::defender::Incident;

/// `GET /vakt/v1/incidents/{id}`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IncidentView {
    /// What the classic API says of it.
    #[serde(flatten)]
    pub incident: Incident,
    /// Description.
    #[serde(default)]
    pub description: Option<String>,
    /// Summary of the analysts.
    #[serde(default)]
    pub summary: Option<String>,
    /// Who changed it last.
    #[serde(default)]
    pub last_modified_by: Option<String>,
    /// What was said when it was resolved.
    #[serde(default)]
    pub resolving_comment: Option<String>,
    /// Tags of the service.
    #[serde(default)]
    pub system_tags: Vec<String>,
    /// Number of the last change within the tenant.
    pub change_number: i64,
    /// Why each of its alerts is there.
    pub placements: Vec<Placement>,
}

/// Why an alert is in its incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Placement {
    /// The alert.
    pub alert_id: String,
    /// Its incident.
    pub incident_id: i64,
    /// Why.
    pub reason: PlaceReason,
}

/// Why an alert is in its incident, in words and as data. Which members there are depends on the
/// kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PlaceReason {
    /// `imported`, `unrelated`, `shared`, `merged`, `moved`.
    pub kind: String,
    /// The same for people.
    pub text: String,
    /// `shared`: what the alerts share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityName>,
    /// `shared`: the alert that was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// `merged`, `moved`: the incident it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// `merged`, `moved`: who put it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// `merged`, `moved`: when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub at: Option<Timestamp>,
}

/// An entity that ties alerts together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntityName {
    /// `device`, `account`, `mailbox`, `file`, `url`.
    pub kind: String,
    /// Which one, in lower case.
    pub key: String,
}

/// `GET /vakt/v1/entities/{kind}/{key}/incidents`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct EntityIncidents {
    /// The entity.
    pub entity: EntityName,
    /// The incidents whose alerts name it, newest first, the latest hundred.
    pub value: Vec<IncidentSummary>,
}

/// An incident without its alerts.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IncidentSummary {
    /// Number.
    pub incident_id: i64,
    /// The incident this one was merged into.
    pub redirect_incident_id: Option<i64>,
    /// Name.
    pub incident_name: String,
    /// As in the classic API.
    pub status: String,
    /// As in the classic API.
    pub severity: String,
    /// Owner.
    pub assigned_to: Option<String>,
    /// Creation.
    #[schemars(with = "crate::schema::Instant")]
    pub created_time: Timestamp,
    /// Last change.
    #[schemars(with = "crate::schema::Instant")]
    pub last_update_time: Timestamp,
}
