//! The threat-protection API, classic dialect.

mod alert;
mod error;
mod incident;

pub use alert::{Alert, Device, Entity};
pub use error::{ApiError, ApiErrorBody};
pub use incident::{Comment, Incident, IncidentList};
