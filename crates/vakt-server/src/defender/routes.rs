//! The threat-protection API's part of the table of routes: the classic dialect and our own.

use axum::routing::{get, post};

use super::import::import_incidents;
use super::incidents::{get_incident, list_incidents};
use crate::access::{Access, READ_INCIDENTS, WRITE_INCIDENTS};
use crate::route::{Route, route};

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    classic_routes().into_iter().chain(own_routes()).collect()
}

fn classic_routes() -> Vec<Route> {
    let read = Access::Roles(&READ_INCIDENTS);
    vec![
        route("GET", "/api/incidents", read, get(list_incidents)),
        route("GET", "/api/incidents/{id}", read, get(get_incident)),
        route("GET", "/api/v1.0/incidents", read, get(list_incidents)),
        route("GET", "/api/v1.0/incidents/{id}", read, get(get_incident)),
    ]
}

fn own_routes() -> Vec<Route> {
    let write = Access::Roles(&WRITE_INCIDENTS);
    vec![route("POST", "/vakt/v1/incidents/import", write, post(import_incidents))]
}
