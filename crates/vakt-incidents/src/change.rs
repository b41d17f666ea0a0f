//! Changes of incidents and alerts: their numbers, what may be changed, and the history that is
//! left behind.

use jiff::Timestamp;
use vakt_ids::IncidentId;

use crate::words::{AlertStatus, Classification, Determination, Severity, Status};

/// Counts the changes within a tenant. Whoever has read everything up to a number misses nothing
/// by going on from it: a change is never seen before all that have lower numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeNumber(pub i64);

/// Who makes a change, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who, as clients see it.
    pub by: String,
    /// The present. The stamp that is stored is later if an earlier change bears this time already.
    pub at: Timestamp,
}

/// A change of an incident: what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentChange {
    /// Name.
    pub name: Option<String>,
    /// Description; `Some(None)` takes it away, here and below.
    pub description: Option<Option<String>>,
    /// Summary.
    pub summary: Option<Option<String>>,
    /// Status.
    pub status: Option<Status>,
    /// Severity.
    pub severity: Option<Severity>,
    /// Owner.
    pub assigned_to: Option<Option<String>>,
    /// Whether it was real.
    pub classification: Option<Classification>,
    /// What it was.
    pub determination: Option<Determination>,
    /// Tags of people, all of them.
    pub tags: Option<Vec<String>>,
    /// What is said about the resolution.
    pub resolving_comment: Option<Option<String>>,
    /// A comment to add.
    pub comment: Option<String>,
}

/// A change of an alert: what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertChange {
    /// Status.
    pub status: Option<AlertStatus>,
    /// Owner; `Some(None)` takes it away.
    pub assigned_to: Option<Option<String>>,
    /// Whether it was real.
    pub classification: Option<Classification>,
    /// What it was.
    pub determination: Option<Determination>,
    /// Details that people chose: the text of a JSON object.
    pub custom_details: Option<Option<String>>,
    /// A comment to add.
    pub comment: Option<String>,
}

/// What happened to an incident, for its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Number of the change.
    pub change: ChangeNumber,
    /// The incident.
    pub incident: IncidentId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What.
    pub steps: Vec<Step>,
}

/// One property's way from one value to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The property or event, in the house's words.
    pub what: String,
    /// The alert it concerns, if not the incident itself.
    pub alert: Option<String>,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}

impl Step {
    /// A step of the incident itself.
    pub fn new(what: &str, from: Option<String>, to: Option<String>) -> Self {
        Self { what: what.to_owned(), alert: None, from, to }
    }
}
