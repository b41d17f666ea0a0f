//! The threat-protection API's part of the table of routes: the classic dialect, that of Defender
//! for Endpoint, and our own.

use axum::routing::{get, post};

use super::changes::patch_incident;
use super::import::import_incidents;
use super::incidents::{get_incident, list_incidents};
use super::{mde, own, ways};
use crate::access::{
    ADD_ALERTS, Access, READ_ALERTS, READ_INCIDENTS, WRITE_ALERTS, WRITE_INCIDENTS,
};
use crate::operator::operator_route as called;
use crate::route::{Route, route};

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    classic_routes().into_iter().chain(alert_routes()).chain(own_routes()).collect()
}

fn classic_routes() -> Vec<Route> {
    let read = Access::Roles(&READ_INCIDENTS);
    let write = Access::Roles(&WRITE_INCIDENTS);
    vec![
        route("GET", "/api/incidents", read, get(list_incidents)),
        route("GET", "/api/incidents/{id}", read, get(get_incident)),
        called("PATCH", "/api/incidents/{id}", write, patch_incident),
        route("GET", "/api/v1.0/incidents", read, get(list_incidents)),
        route("GET", "/api/v1.0/incidents/{id}", read, get(get_incident)),
        called("PATCH", "/api/v1.0/incidents/{id}", write, patch_incident),
    ]
}

fn alert_routes() -> Vec<Route> {
    let read = Access::Roles(&READ_ALERTS);
    let write = Access::Roles(&WRITE_ALERTS);
    vec![
        called("GET", "/api/alerts", read, mde::list_alerts),
        called("GET", "/api/v1.0/alerts", read, mde::list_alerts),
        called("GET", "/api/alerts/{id}", read, mde::get_alert),
        called("GET", "/api/v1.0/alerts/{id}", read, mde::get_alert),
        called("PATCH", "/api/alerts/{id}", write, mde::patch_alert),
        called("PATCH", "/api/v1.0/alerts/{id}", write, mde::patch_alert),
        called("POST", "/api/alerts/batchUpdate", write, mde::update_alerts),
        called("POST", "/api/v1.0/alerts/batchUpdate", write, mde::update_alerts),
        called("POST", "/api/alerts/createAlertByReference", write, mde::create_alert),
        called("POST", "/api/v1.0/alerts/createAlertByReference", write, mde::create_alert),
        called("GET", "/api/alerts/{id}/files", read, mde::files_of_alert),
        called("GET", "/api/v1.0/alerts/{id}/files", read, mde::files_of_alert),
        called("GET", "/api/alerts/{id}/ips", read, mde::ips_of_alert),
        called("GET", "/api/v1.0/alerts/{id}/ips", read, mde::ips_of_alert),
        called("GET", "/api/alerts/{id}/domains", read, mde::domains_of_alert),
        called("GET", "/api/v1.0/alerts/{id}/domains", read, mde::domains_of_alert),
        called("GET", "/api/alerts/{id}/user", read, mde::user_of_alert),
        called("GET", "/api/v1.0/alerts/{id}/user", read, mde::user_of_alert),
    ]
}

fn own_routes() -> Vec<Route> {
    const INCIDENT: &str = "/vakt/v1/incidents/{id}";
    let read = Access::Roles(&READ_INCIDENTS);
    let write = Access::Roles(&WRITE_INCIDENTS);
    let add = Access::Roles(&ADD_ALERTS);
    let of_entity = "/vakt/v1/entities/{kind}/{key}/incidents";
    vec![
        called("GET", INCIDENT, read, own::show_incident),
        called("GET", "/vakt/v1/incidents/{id}/history", read, own::history_of_incident),
        called("POST", "/vakt/v1/incidents/{id}/merge", write, own::merge_incidents),
        called("POST", "/vakt/v1/incidents/split", write, own::split_alerts),
        called("POST", "/vakt/v1/incidents/batchUpdate", write, own::update_incidents),
        called("GET", of_entity, read, own::incidents_of_entity),
        called("POST", "/vakt/v1/alerts", add, ways::add_alerts),
        called("POST", "/vakt/v1/records", add, ways::add_records),
        route("POST", "/vakt/v1/incidents/import", write, post(import_incidents)),
    ]
}
