//! The endpoint API's part of the table of routes. Microsoft's are there with and without the
//! version in the path.

use std::future::Future;

use axum::response::Response;
use vakt_endpoint::ActionKind;

use super::call::{Call, answered};
use super::{actions, import, indicators, machines};
use crate::access::{
    Access, CANCEL_ACTIONS, COLLECT_FORENSICS, ISOLATE, OFFBOARD, READ_INDICATORS, READ_MACHINES,
    RESTRICT_EXECUTION, SCAN, STOP_AND_QUARANTINE, WRITE_INDICATORS, WRITE_MACHINES,
};
use crate::problem::Problem;
use crate::route::{Route, filter_of, route};

fn one<F, Answer>(method: &'static str, path: &'static str, access: Access, handler: F) -> Route
where
    F: Fn(Call) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Response, Problem>> + Send + 'static,
{
    route(method, path, access, answered(filter_of(method), handler))
}

/// A route of Microsoft's, under both of its paths.
macro_rules! both {
    ($method:literal, $rest:literal, $access:expr, $handler:expr) => {
        [
            one($method, concat!("/api", $rest), $access, $handler),
            one($method, concat!("/api/v1.0", $rest), $access, $handler),
        ]
    };
}

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = machine_routes();
    routes.extend(action_routes());
    routes.extend(indicator_routes());
    routes.extend(own_routes());
    routes
}

fn machine_routes() -> Vec<Route> {
    const READ: Access = Access::Roles(&READ_MACHINES);
    const WRITE: Access = Access::Roles(&WRITE_MACHINES);
    let routes = [
        both!("GET", "/machines", READ, machines::list_machines),
        both!("GET", "/machines/findbytag", READ, machines::find_by_tag),
        both!("GET", "/machines/{id}", READ, machines::get_machine),
        both!("PATCH", "/machines/{id}", WRITE, machines::change_machine),
        both!("POST", "/machines/{id}/tags", WRITE, machines::tag_machine),
        both!("POST", "/machines/{id}/setDeviceValue", WRITE, machines::set_device_value),
    ];
    routes.into_iter().flatten().collect()
}

fn action_routes() -> Vec<Route> {
    const READ: Access = Access::Roles(&READ_MACHINES);
    const CANCEL: Access = Access::Roles(&CANCEL_ACTIONS);
    const ISOLATES: Access = Access::Roles(&ISOLATE);
    const SCANS: Access = Access::Roles(&SCAN);
    const RESTRICTS: Access = Access::Roles(&RESTRICT_EXECUTION);
    const COLLECTS: Access = Access::Roles(&COLLECT_FORENSICS);
    const OFFBOARDS: Access = Access::Roles(&OFFBOARD);
    const STOPS: Access = Access::Roles(&STOP_AND_QUARANTINE);
    let asks = |kind| move |call| actions::request_action(kind, call);
    let routes = [
        both!("POST", "/machines/{id}/isolate", ISOLATES, asks(ActionKind::Isolate)),
        both!("POST", "/machines/{id}/unisolate", ISOLATES, asks(ActionKind::Unisolate)),
        both!("POST", "/machines/{id}/runAntiVirusScan", SCANS, asks(ActionKind::Scan)),
        both!(
            "POST",
            "/machines/{id}/restrictCodeExecution",
            RESTRICTS,
            asks(ActionKind::RestrictExecution)
        ),
        both!(
            "POST",
            "/machines/{id}/unrestrictCodeExecution",
            RESTRICTS,
            asks(ActionKind::UnrestrictExecution)
        ),
        both!(
            "POST",
            "/machines/{id}/collectInvestigationPackage",
            COLLECTS,
            asks(ActionKind::CollectPackage)
        ),
        both!("POST", "/machines/{id}/offboard", OFFBOARDS, asks(ActionKind::Offboard)),
        both!(
            "POST",
            "/machines/{id}/StopAndQuarantineFile",
            STOPS,
            asks(ActionKind::StopAndQuarantine)
        ),
        both!("GET", "/machineactions", READ, actions::list_actions),
        both!("GET", "/machineactions/{id}", READ, actions::get_action),
        both!("POST", "/machineactions/{id}/cancel", CANCEL, actions::cancel_action),
    ];
    routes.into_iter().flatten().collect()
}

fn indicator_routes() -> Vec<Route> {
    const READ: Access = Access::Roles(&READ_INDICATORS);
    const WRITE: Access = Access::Roles(&WRITE_INDICATORS);
    let routes = [
        both!("GET", "/indicators", READ, indicators::list_indicators),
        both!("POST", "/indicators", WRITE, indicators::submit_indicator),
        both!("POST", "/indicators/import", WRITE, indicators::import_indicators),
        both!("POST", "/indicators/BatchDelete", WRITE, indicators::remove_indicators),
        both!("GET", "/indicators/{id}", READ, indicators::get_indicator),
        both!("PATCH", "/indicators/{id}", WRITE, indicators::change_indicator),
        both!("DELETE", "/indicators/{id}", WRITE, indicators::remove_indicator),
    ];
    routes.into_iter().flatten().collect()
}

/// Vakt's own.
fn own_routes() -> Vec<Route> {
    const ACTIONS: &str = "/vakt/v1/machineactions";
    const READ: Access = Access::Roles(&READ_MACHINES);
    const WRITE: Access = Access::Roles(&WRITE_MACHINES);
    vec![
        one("POST", "/vakt/v1/machines/import", WRITE, import::import_machines),
        one("GET", ACTIONS, READ, actions::list_actions_by_status),
        one("PATCH", "/vakt/v1/machineactions/{id}", WRITE, actions::report_action),
    ]
}
