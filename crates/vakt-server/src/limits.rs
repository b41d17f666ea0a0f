//! `GET /limits` and `GET /vakt/v1/limits`: every limit that holds on this server at this moment,
//! and how much of its quotas the asking application has used. Each number is the constant that is
//! obeyed, and not a copy of it.

use std::sync::LazyLock;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use vakt_incidents::{CHANGED_AT_ONCE_MAX, PAGE_SIZE_MAX};
use vakt_wire::import::{IMPORT_BODY_MAX_BYTES, IMPORT_INCIDENTS_MAX};
use vakt_wire::incidents::{ALERTS_AT_ONCE_MAX, RECORDS_AT_ONCE_MAX};
use vakt_wire::odata::{FILTER_CONDITIONS_MAX, FILTER_LENGTH_MAX_BYTES, FILTER_NESTING_DEPTH_MAX};
use vakt_wire::operator::{
    FAULT_CALLS_MAX, FAULT_DELAY_MAX_MILLISECONDS, FAULT_RETRY_AFTER_MAX_SECONDS, Limit, Limits,
    Quota,
};

use crate::access::{Access, Caller, READ_LIMITS};
use crate::admission::CONNECTIONS_MAX;
use crate::app::{App, AppState, IMPORTS_AT_ONCE_MAX};
use crate::defender::{
    INCIDENT_PARTS_MAX, MDE_PAGE_PARTS_MAX, MDE_PAGE_SIZE_MAX, SECURITY_ALERT_PAGE_SIZE_MAX,
    SECURITY_INCIDENT_PAGE_SIZE_MAX,
};
use crate::edge::{HEADERS_MAX_BYTES, REQUEST_MAX_SECONDS, TARGET_MAX_BYTES};
use crate::entra::TOKEN_BODY_MAX_BYTES;
use crate::faults::{FAULT_WAITS_MAX_HOURS, FAULTS_OF_TENANT_MAX};
use crate::graph::{GRAPH_BODY_MAX_BYTES, GRAPH_PAGE_SIZE_MAX};
use crate::operator::BODY_MAX_BYTES;
use crate::problem::json;
use crate::quota::{COUNTED_APPLICATIONS_MAX, Group, MicrosoftCeiling, TABLE, Used};
use crate::route::{Route, route};
use crate::router::route_ledger;
use crate::strict::LISTS;

/// The routes that are counted, with their groups.
static ROUTES: LazyLock<Vec<(Group, String)>> = LazyLock::new(|| {
    let counted = |(name, _): (String, Access)| {
        let (method, path) = name.split_once(' ')?;
        Group::of(method, path).map(|group| (group, name.clone()))
    };
    route_ledger().into_iter().filter_map(counted).collect()
});

/// Both of them. They need a token, as everything does that is not needed to get one: those that the
/// limits are for can read them.
pub(crate) fn routes() -> Vec<Route> {
    let access = Access::Roles(&READ_LIMITS);
    vec![
        route("GET", "/limits", access, get(show)),
        route("GET", "/vakt/v1/limits", access, get(show)),
    ]
}

async fn show(State(app): State<AppState>, Extension(caller): Extension<Caller>) -> Response {
    let limits = Limits {
        strict: app.strict.is_strict(),
        faults: app.faults.are_on(),
        limits: requests().chain(pages(&app)).chain(filters()).chain(faults(&app)).collect(),
        quotas: TABLE.iter().flat_map(|row| quotas(&app, &caller, row.group)).collect(),
    };
    json(StatusCode::OK, &limits)
}

/// Name, number, unit, and what happens beyond.
type Line = (String, u64, &'static str, &'static str);

fn limit((name, max, unit, beyond): Line) -> Limit {
    Limit { name, max, unit: unit.into(), beyond: beyond.into() }
}

fn requests() -> impl Iterator<Item = Limit> {
    [
        ("header fields", wide(HEADERS_MAX_BYTES), "bytes", "431"),
        ("path and query", wide(TARGET_MAX_BYTES), "bytes", "414"),
        ("time of a request", REQUEST_MAX_SECONDS, "seconds", "408"),
        ("body of a token request", wide(TOKEN_BODY_MAX_BYTES), "bytes", "413"),
        ("body of a request to Graph", wide(GRAPH_BODY_MAX_BYTES), "bytes", "413"),
        ("body of a request to /vakt/v1", wide(BODY_MAX_BYTES), "bytes", "413"),
        ("body of an import", wide(IMPORT_BODY_MAX_BYTES), "bytes", "413"),
        ("incidents of an import", wide(IMPORT_INCIDENTS_MAX), "incidents", "400"),
        (
            "parts of an imported incident",
            wide(INCIDENT_PARTS_MAX),
            "parts",
            "the incident is refused",
        ),
        ("alerts of a request to /vakt/v1/alerts", wide(ALERTS_AT_ONCE_MAX), "alerts", "400"),
        ("records of a request to /vakt/v1/records", wide(RECORDS_AT_ONCE_MAX), "records", "400"),
        ("incidents or alerts changed at once", wide(CHANGED_AT_ONCE_MAX), "objects", "400"),
        ("imports at once", wide(IMPORTS_AT_ONCE_MAX), "imports", "the others wait"),
        ("connections", wide(CONNECTIONS_MAX), "connections", "closed"),
        (
            "applications whose calls are counted",
            COUNTED_APPLICATIONS_MAX,
            "applications",
            "the idlest is forgotten",
        ),
    ]
    .into_iter()
    .map(|(name, max, unit, beyond)| limit((name.to_owned(), max, unit, beyond)))
}

/// Lenient, a larger page is cut; strict, it is refused where Microsoft refuses it.
fn pages(app: &App) -> impl Iterator<Item = Limit> {
    let strict = app.strict;
    let refused = LISTS.iter().filter(move |_| strict.is_strict()).filter_map(|rule| {
        let max = u64::from(rule.top_max?);
        Some((format!("$top of GET {}", rule.path), max, "rows", "400"))
    });
    let cut = [
        ("page of incidents", u64::from(PAGE_SIZE_MAX), "incidents", "cut"),
        (
            "page of Graph's incidents",
            u64::from(SECURITY_INCIDENT_PAGE_SIZE_MAX),
            "incidents",
            "cut",
        ),
        ("page of Graph's alerts", u64::from(SECURITY_ALERT_PAGE_SIZE_MAX), "alerts", "cut"),
        ("page of GET /api/alerts", u64::from(MDE_PAGE_SIZE_MAX), "alerts", "cut"),
        ("page of GET /api/alerts", wide(MDE_PAGE_PARTS_MAX), "devices and entities", "cut"),
        ("page of Graph's directory", u64::from(GRAPH_PAGE_SIZE_MAX), "objects", "cut"),
    ];
    let cut = cut.into_iter().map(|(name, max, unit, beyond)| (name.to_owned(), max, unit, beyond));
    refused.chain(cut).map(limit)
}

fn filters() -> impl Iterator<Item = Limit> {
    [
        ("$filter", wide(FILTER_LENGTH_MAX_BYTES), "bytes", "400"),
        ("$filter", wide(FILTER_CONDITIONS_MAX), "conditions", "400"),
        ("$filter", wide(FILTER_NESTING_DEPTH_MAX), "levels", "400"),
    ]
    .into_iter()
    .map(|(name, max, unit, beyond)| limit((name.to_owned(), max, unit, beyond)))
}

fn faults(app: &App) -> impl Iterator<Item = Limit> {
    let waits_hours = FAULT_WAITS_MAX_HOURS.unsigned_abs();
    let lines = [
        ("faults of a tenant", wide(FAULTS_OF_TENANT_MAX), "faults", "400"),
        ("calls of a fault", u64::from(FAULT_CALLS_MAX), "calls", "400"),
        ("delay of a fault", u64::from(FAULT_DELAY_MAX_MILLISECONDS), "milliseconds", "400"),
        ("Retry-After of a fault", u64::from(FAULT_RETRY_AFTER_MAX_SECONDS), "seconds", "400"),
        ("age of a fault", waits_hours, "hours", "forgotten"),
    ];
    let on = app.faults.are_on();
    let lines = lines.into_iter().filter(move |_| on);
    lines.map(|(name, max, unit, beyond)| limit((name.to_owned(), max, unit, beyond)))
}

fn quotas(app: &App, caller: &Caller, group: Group) -> Vec<Quota> {
    let row = group.row();
    let routes = ROUTES.iter().filter(|(of_route, _)| *of_route == group);
    let routes: Vec<String> = routes.map(|(_, name)| name.clone()).collect();
    let used = app.quotas.used(group, (caller.tenant, caller.app), app.clock.now());
    let quota = |used: Used| {
        let window_seconds = used.ceiling.window_seconds;
        let same = |one: &&MicrosoftCeiling| one.window_seconds == window_seconds;
        Quota {
            group: row.name.into(),
            routes: routes.clone(),
            window_seconds,
            calls_max: used.ceiling.calls_max,
            microsoft_calls_max: row.microsofts.iter().find(same).and_then(|one| one.calls_max),
            used_calls: used.calls,
            reset_seconds: used.reset_seconds,
        }
    };
    used.into_iter().map(quota).collect()
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
