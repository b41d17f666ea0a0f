//! Graph's dialect of incidents and alerts: `/security/incidents` and `/security/alerts_v2`, below
//! both roots. The routes are in [`routes`]; what incidents and alerts have in common is in
//! [`kind`].

mod alerts;
mod ask;
mod comments;
mod delta;
mod errors;
mod incidents;
mod kind;
mod list;
mod patch;
mod routes;
mod select;
mod to_wire;
mod words;

pub(crate) use kind::{SECURITY_ALERT_PAGE_SIZE_MAX, SECURITY_INCIDENT_PAGE_SIZE_MAX};
pub(crate) use routes::graph_routes;
