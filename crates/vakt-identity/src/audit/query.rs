//! Questions to the logs.

use jiff::Timestamp;
use vakt_ids::{AppId, TenantId};

/// Whose events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditScope {
    /// One tenant's.
    Tenant(TenantId),
    /// All tenants' and the server's own; for its operator only.
    Server,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AuditOrder {
    /// Newest first.
    #[default]
    NewestFirst,
    /// Oldest first.
    OldestFirst,
}

/// A page of a log. Conditions that a log has no property for match nothing.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// By or about this application.
    pub app: Option<AppId>,
    /// Only what succeeded, or only what did not.
    pub succeeded: Option<bool>,
    /// Only this AADSTS number (sign-ins).
    pub error_code: Option<u32>,
    /// Only this activity's word (changes).
    pub activity: Option<String>,
    /// Only this id of the caller's.
    pub correlation: Option<String>,
    /// Order.
    pub order: AuditOrder,
    /// At most so many.
    pub top: u32,
    /// Beyond the event with this number.
    pub after: Option<i64>,
}

/// An event with its number in the log: unique, growing in the order of recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    /// Number.
    pub number: i64,
    /// The event.
    pub event: T,
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct AuditPage<T> {
    /// The events.
    pub items: Vec<Recorded<T>>,
    /// What `after` of the next page is, if there is one.
    pub next: Option<i64>,
}
