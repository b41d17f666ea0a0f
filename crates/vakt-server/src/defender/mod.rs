//! Routes of the threat-protection API: incidents and alerts in the classic dialect, in Graph's and
//! in that of Defender for Endpoint, the ways in, and Vakt's own routes around them.

mod author;
mod changes;
pub(crate) mod errors;
mod from_graph;
mod from_wire;
mod glance;
mod graph;
mod import;
mod incidents;
mod mde;
mod names;
mod own;
mod query;
mod routes;
mod select;
pub(crate) mod to_wire;
mod ways;
mod words;

pub(crate) use graph::{
    SECURITY_ALERT_PAGE_SIZE_MAX, SECURITY_INCIDENT_PAGE_SIZE_MAX, graph_routes,
};
pub(crate) use import::{INCIDENT_PARTS_MAX, read_incidents};
pub(crate) use mde::{MDE_PAGE_PARTS_MAX, MDE_PAGE_SIZE_MAX};
pub(crate) use query::{read_cursor, write_cursor};
pub(crate) use routes::routes;
