//! Alerts. Vocabularies that Microsoft keeps adding to (services, detectors, categories) stay
//! texts, so that no export is ever refused for a new word.

use jiff::Timestamp;
use vakt_ids::{AlertId, IncidentId};

use crate::change::ChangeNumber;
use crate::evidence::{Device, Entity};
use crate::incident::Comment;
use crate::place::PlaceReason;
use crate::words::{AlertStatus, Classification, Determination, Severity};

/// An alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Id, prefix included.
    pub id: AlertId,
    /// Which product raised it.
    pub service: Option<String>,
    /// Which detector of that product.
    pub detector: Option<String>,
    /// The rule of that detector.
    pub detector_id: Option<String>,
    /// Product, in words.
    pub product: Option<String>,
    /// The policy that raised it.
    pub policy_id: Option<String>,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// What to do about it.
    pub recommended_actions: Option<String>,
    /// Tactic or kind.
    pub category: Option<String>,
    /// Further tactics.
    pub categories: Vec<String>,
    /// Where the work stands.
    pub status: AlertStatus,
    /// How bad it is.
    pub severity: Severity,
    /// Whether it was real, if said.
    pub classification: Option<Classification>,
    /// What it was, if said.
    pub determination: Option<Determination>,
    /// Creation.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Resolution.
    pub resolved_at: Option<Timestamp>,
    /// First activity.
    pub first_activity_at: Timestamp,
    /// Last activity.
    pub last_activity_at: Timestamp,
    /// Automated investigation.
    pub investigation_id: Option<i64>,
    /// Its state.
    pub investigation_state: Option<String>,
    /// Owner.
    pub assigned_to: Option<String>,
    /// Activity group.
    pub actor_name: Option<String>,
    /// Malware family.
    pub threat_family: Option<String>,
    /// Name of the threat.
    pub threat_name: Option<String>,
    /// Techniques, as MITRE numbers them.
    pub techniques: Vec<String>,
    /// Tags of the service.
    pub system_tags: Vec<String>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Details that a rule's author chose: the text of a JSON object.
    pub custom_details: Option<String>,
    /// Details of the service: the text of a JSON object.
    pub additional_data: Option<String>,
    /// Devices.
    pub devices: Vec<Device>,
    /// Entities.
    pub entities: Vec<Entity>,
}

/// An alert in its incident.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedAlert {
    /// The alert.
    pub alert: Alert,
    /// Where it is.
    pub incident: IncidentId,
    /// Why it is there.
    pub reason: PlaceReason,
    /// Number of the last change within the tenant.
    pub change: ChangeNumber,
}
