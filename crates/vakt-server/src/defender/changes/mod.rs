//! Changes of incidents and alerts from outside: what a body says, and the classic routes.

mod body;
mod incident;
mod words;

pub(super) use body::{bad, read_members};
pub(super) use incident::patch_incident;
pub(super) use words::{alert_change, incident_change};
