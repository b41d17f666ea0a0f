//! Vakt's own routes around incidents: why alerts are where they are, what happened, merging,
//! splitting, and many changes at once.

mod batch;
mod entity;
mod incident;
mod place;
pub(super) mod to_wire;

pub(super) use batch::update_incidents;
pub(super) use entity::incidents_of_entity;
pub(super) use incident::{history_of_incident, show_incident};
pub(super) use place::{merge_incidents, split_alerts};
