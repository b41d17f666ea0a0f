//! Incidents, alerts and what they are about; which changes are lawful, where an alert belongs, and
//! the question "which of them?". No wire shapes, no SQL. Start with [`Incidents`] (the service),
//! then [`Query`].
//!
//! ```
//! use vakt_incidents::{Order, OrderBy};
//! let keys: Vec<_> = Order::default().keys().iter().map(|key| key.by).collect();
//! assert_eq!(keys, [OrderBy::Created, OrderBy::Id]);
//! ```

mod alert;
mod arrivals;
mod change;
mod complete;
mod evidence;
mod incident;
mod place;
mod query;
#[cfg(test)]
mod sample;
mod service;
mod store;
mod transition;
mod view;
mod words;

pub use alert::{Alert, PlacedAlert};
pub use arrivals::{ARRIVALS_KEPT_MINUTES, Arrivals, HOURS_SHOWN, IngestRate, Minute};
pub use change::{AlertChange, ChangeNumber, HistoryEntry, IncidentChange, Stamp, Step};
pub use complete::{AlertPart, complete};
pub use evidence::{
    AccountFacts, Device, Entity, EntityKind, FileFacts, Finding, GroupFacts, MailFacts,
    MailboxFacts, ProcessFacts, RegistryFacts,
};
pub use incident::{Comment, Incident};
pub use place::{
    CORRELATION_WINDOW_DAYS_DEFAULT, Candidate, PlaceReason, STRONG_ENTITIES_MAX, StrongEntity,
    StrongKind, choose, strong_entities,
};
pub use query::{
    ALERT_PAGE_SIZE_MAX, AlertField, AlertPage, AlertQuery, AlertTest, Comparison, Condition,
    Cursor, CursorValue, EvidenceField, IncidentField, IncidentPage, IncidentQuery, IncidentTest,
    Label, Labelled, ORDER_KEYS_MAX, Order, OrderBy, OrderKey, PAGE_SIZE_MAX, Page, Predicate,
    Query, Value,
};
pub use service::{CHANGED_AT_ONCE_MAX, HISTORY_MAX, Incidents};
pub use store::{
    ChangeError, EditAlert, EditIncident, IncidentStore, IncidentStoreError, Outcome, Recording,
};
pub use transition::{
    COMMENT_LENGTH_MAX_CHARS, COMMENTS_MAX, MERGED_AT_ONCE_MAX, NAME_LENGTH_MAX_CHARS, Rules,
    TAGS_MAX, TEXT_LENGTH_MAX_CHARS, Unlawful, change_alert, change_incident, is_open,
    may_merge_by_itself, redirect,
};
pub use view::{
    QueueView, SEARCH_LENGTH_MAX_CHARS, SaveViewError, Saved, SavedView,
    VIEW_NAME_LENGTH_MAX_CHARS, VIEWS_OF_PERSON_MAX, ViewFault, WantedOwner, WantedStatus,
    begin_of_day,
};
pub use words::{AlertStatus, Classification, Determination, QueueOrder, Severity, Status};
