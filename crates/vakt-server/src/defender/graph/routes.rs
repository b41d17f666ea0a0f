//! The table of routes. Paths are those below the version.

use axum::response::Response;
use vakt_incidents::{AlertTest, IncidentTest};

use super::delta::list_changes;
use super::list::list_all;
use super::{alerts, incidents};
use crate::access::{
    Access, READ_ALERTS_OF_INCIDENTS, READ_SECURITY_ALERTS, READ_SECURITY_INCIDENTS,
    WRITE_SECURITY_ALERTS, WRITE_SECURITY_INCIDENTS,
};
use crate::graph::{Call, answered};
use crate::problem::Problem;
use crate::route::{Route, filter_of, route};

/// All of them.
pub(crate) fn graph_routes() -> Vec<Route> {
    incident_routes().into_iter().chain(alert_routes()).collect()
}

fn line<F, Answer>(method: &'static str, path: &'static str, access: Access, handler: F) -> Route
where
    F: Fn(Call) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Response, Problem>> + Send + 'static,
{
    route(method, path, access, answered(filter_of(method), handler))
}

fn incident_routes() -> Vec<Route> {
    const ONE: &str = "/security/incidents/{id}";
    const COMMENTS: &str = "/security/incidents/{id}/comments";
    const ALERTS: &str = "/security/incidents/{id}/alerts";
    let read = Access::Roles(&READ_SECURITY_INCIDENTS);
    let write = Access::Roles(&WRITE_SECURITY_INCIDENTS);
    let read_alerts = Access::Roles(&READ_ALERTS_OF_INCIDENTS);
    vec![
        line("GET", "/security/incidents", read, list_all::<IncidentTest>),
        line("GET", "/security/incidents/delta", read, list_changes::<IncidentTest>),
        line("GET", ONE, read, incidents::get_incident),
        line("PATCH", ONE, write, incidents::change_incident),
        line("POST", COMMENTS, write, incidents::comment_on_incident),
        line("GET", ALERTS, read_alerts, incidents::list_alerts_of_incident),
    ]
}

fn alert_routes() -> Vec<Route> {
    const ONE: &str = "/security/alerts_v2/{id}";
    const COMMENTS: &str = "/security/alerts_v2/{id}/comments";
    let read = Access::Roles(&READ_SECURITY_ALERTS);
    let write = Access::Roles(&WRITE_SECURITY_ALERTS);
    vec![
        line("GET", "/security/alerts_v2", read, list_all::<AlertTest>),
        line("GET", "/security/alerts_v2/delta", read, list_changes::<AlertTest>),
        line("GET", ONE, read, alerts::get_alert),
        line("PATCH", ONE, write, alerts::change_alert),
        line("POST", COMMENTS, write, alerts::comment_on_alert),
    ]
}
