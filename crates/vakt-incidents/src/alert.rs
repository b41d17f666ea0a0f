//! Alerts. Vocabularies that Microsoft keeps adding to (services, detectors, categories) stay
//! texts, so that no export is ever refused for a new word.

use jiff::Timestamp;
use vakt_ids::AlertId;

use crate::evidence::{Device, Entity};
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
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Tactic or kind.
    pub category: Option<String>,
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
    /// Techniques, as MITRE numbers them.
    pub techniques: Vec<String>,
    /// Devices.
    pub devices: Vec<Device>,
    /// Entities.
    pub entities: Vec<Entity>,
}
