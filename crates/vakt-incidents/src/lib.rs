//! Incidents, alerts and what they are about, and the question "which incidents?". No wire
//! shapes, no SQL. Start with [`Incidents`] (the service) and [`IncidentQuery`].
//!
//! ```
//! use vakt_incidents::{Order, OrderBy};
//! assert_eq!(Order::default(), Order { by: OrderBy::Created, descending: true });
//! ```

mod alert;
mod evidence;
mod incident;
mod query;
mod service;
mod store;
mod words;

pub use alert::Alert;
pub use evidence::{
    AccountFacts, Device, Entity, EntityKind, FileFacts, GroupFacts, MailFacts, MailboxFacts,
    ProcessFacts, RegistryFacts,
};
pub use incident::{Comment, Incident};
pub use query::{
    Comparison, Condition, Cursor, Field, IncidentPage, IncidentQuery, Order, OrderBy,
    PAGE_SIZE_MAX, Predicate, Value,
};
pub use service::Incidents;
pub use store::{IncidentStore, IncidentStoreError, Outcome};
pub use words::{AlertStatus, Classification, Determination, Severity, Status};
