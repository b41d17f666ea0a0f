//! Vakt's own routes around incidents: why an alert is where it is, what happened to an incident,
//! merging and splitting, and the ways in for alerts.

mod arrival;
mod history;
mod request;
mod view;

pub use arrival::{
    ALERTS_AT_ONCE_MAX, AlertsAnswer, AlertsRequest, NotStored, RECORDS_AT_ONCE_MAX, RecordsAnswer,
};
pub use history::{History, HistoryEntry, HistoryStep};
pub use request::{IncidentBatch, MergeRequest, SplitRequest};
pub use view::{
    EntityIncidents, EntityName, IncidentSummary, IncidentView, PlaceReason, Placement,
};
