//! Alerts.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{GraphComment, GraphEvidence, Object};

/// An alert of Graph (`alerts_v2`).
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphAlert {
    /// Prefixed id.
    pub id: String,
    /// The id without its prefix.
    pub provider_alert_id: Option<String>,
    /// Its incident's number, as text.
    pub incident_id: Option<String>,
    /// The tenant.
    pub tenant_id: Option<String>,
    /// Where people look at it.
    pub alert_web_url: Option<String>,
    /// Where people look at its incident.
    pub incident_web_url: Option<String>,
    /// `microsoftDefenderForEndpoint` …
    pub service_source: Option<String>,
    /// `antivirus` …
    pub detection_source: Option<String>,
    /// The detector's rule.
    pub detector_id: Option<String>,
    /// Product, in words.
    pub product_name: Option<String>,
    /// The policy that raised it.
    pub alert_policy_id: Option<String>,
    /// What to do about it.
    pub recommended_actions: Option<String>,
    /// Further tactics.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub categories: Vec<String>,
    /// Name of the threat.
    pub threat_display_name: Option<String>,
    /// Tags of the service.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub system_tags: Vec<String>,
    /// Comments.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub comments: Vec<GraphComment>,
    /// Details that a rule's author chose.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub custom_details: Object,
    /// Details of the service.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub additional_data: Object,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// `new`, `inProgress`, `resolved`.
    pub status: Option<String>,
    /// As for incidents.
    pub severity: Option<String>,
    /// As for incidents.
    pub classification: Option<String>,
    /// As for incidents.
    pub determination: Option<String>,
    /// Owner.
    pub assigned_to: Option<String>,
    /// Activity group.
    pub actor_display_name: Option<String>,
    /// Malware family.
    pub threat_family_name: Option<String>,
    /// Techniques.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub mitre_techniques: Vec<String>,
    /// State of the automated investigation.
    pub investigation_state: Option<String>,
    /// Creation.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub created_date_time: Option<Timestamp>,
    /// Last change.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_date_time: Option<Timestamp>,
    /// Resolution.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub resolved_date_time: Option<Timestamp>,
    /// First activity.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub first_activity_date_time: Option<Timestamp>,
    /// Last activity.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_activity_date_time: Option<Timestamp>,
    /// Evidence.
    #[serde(
        deserialize_with = "crate::null::null_is_default",
        serialize_with = "super::evidence::write_whole"
    )]
    pub evidence: Vec<GraphEvidence>,
}
