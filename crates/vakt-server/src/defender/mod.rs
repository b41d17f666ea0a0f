//! Routes of the threat-protection API, classic and Graph's dialect, and the
//! import.

pub(crate) mod errors;
mod from_graph;
mod from_wire;
mod graph;
mod import;
mod incidents;
mod names;
mod query;
mod routes;
pub(crate) mod to_wire;
mod words;

pub(crate) use graph::{
    SECURITY_ALERT_PAGE_SIZE_MAX, SECURITY_INCIDENT_PAGE_SIZE_MAX, graph_routes,
};
pub(crate) use import::{INCIDENT_PARTS_MAX, read_incidents};
pub(crate) use routes::routes;
