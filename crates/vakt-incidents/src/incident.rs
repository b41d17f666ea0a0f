//! Incidents.

use jiff::Timestamp;
use vakt_ids::IncidentId;

use crate::alert::PlacedAlert;
use crate::change::ChangeNumber;
use crate::words::{Classification, Determination, Severity, Status};

/// An incident with its alerts.
///
/// `updated_at` is what clients see as its last change. Of changes made here it grows strictly
/// within a tenant; of imported incidents it is what the source said. `change` is this server's own
/// count and grows with both.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Number within the tenant.
    pub id: IncidentId,
    /// The incident this one was merged into.
    pub redirect: Option<IncidentId>,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Summary of the analysts.
    pub summary: Option<String>,
    /// Creation.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
    /// Who made it, as clients see it.
    pub updated_by: Option<String>,
    /// Number of the last change within the tenant.
    pub change: ChangeNumber,
    /// Owner.
    pub assigned_to: Option<String>,
    /// Whether it was real.
    pub classification: Classification,
    /// What it was.
    pub determination: Determination,
    /// Where the work stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// How urgent it is, from 0 to 100.
    pub priority: Option<i64>,
    /// What was said when it was resolved.
    pub resolving_comment: Option<String>,
    /// Tags of people.
    pub tags: Vec<String>,
    /// Tags of the service.
    pub system_tags: Vec<String>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Alerts, oldest first.
    pub alerts: Vec<PlacedAlert>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Text.
    pub text: String,
    /// Author.
    pub author: Option<String>,
    /// Time.
    pub created_at: Option<Timestamp>,
}
