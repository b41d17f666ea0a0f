//! Incidents.

use jiff::Timestamp;
use vakt_ids::IncidentId;

use crate::alert::Alert;
use crate::words::{Classification, Determination, Severity, Status};

/// An incident with its alerts.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Number within the tenant.
    pub id: IncidentId,
    /// The incident this one was merged into.
    pub redirect: Option<IncidentId>,
    /// Name.
    pub name: String,
    /// Creation.
    pub created_at: Timestamp,
    /// Last change.
    pub updated_at: Timestamp,
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
    /// Tags.
    pub tags: Vec<String>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Alerts, oldest first.
    pub alerts: Vec<Alert>,
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
