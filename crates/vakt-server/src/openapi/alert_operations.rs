//! What is said of the routes around alerts, and of Vakt's own around incidents.

use vakt_wire::defender::{
    AlertBatch, AlertPatch, Incident, IncidentList, IncidentPatch, MdeAccount, MdeAlert, MdeDomain,
    MdeFile, MdeIp, MdeList, NewMdeAlert,
};
use vakt_wire::incidents::{
    AlertsAnswer, AlertsRequest, EntityIncidents, History, IncidentBatch, IncidentView,
    MergeRequest, RecordsAnswer, SplitRequest,
};

use super::operations::{Operation, Shape, any_object, shape};
use super::parameters::{
    COUNT, EXPAND, FILTER, ORDER_BY, Parameter, SELECT, SKIP, SKIP_TOKEN, TOP,
};

const fn reads(route: &'static str, summary: &'static str, gives: Shape) -> Operation {
    Operation { route, summary, query: &[], takes: None, status: 200, gives: Some(gives) }
}

const fn changes(
    route: &'static str,
    summary: &'static str,
    takes: Shape,
    gives: Option<Shape>,
) -> Operation {
    Operation { route, summary, query: &[], takes: Some(takes), status: 200, gives }
}

const LIST: &[&Parameter] =
    &[&FILTER, &TOP, &SKIP, &ORDER_BY, &COUNT, &SELECT, &EXPAND, &SKIP_TOKEN];

/// The table, by path.
pub(super) static ALERT_OPERATIONS: &[Operation] = &[
    changes(
        "PATCH /api/incidents/{id}",
        "Changes an incident",
        shape::<IncidentPatch>,
        Some(shape::<Incident>),
    ),
    Operation {
        query: LIST,
        ..reads("GET /api/alerts", "Lists alerts", shape::<MdeList<MdeAlert>>)
    },
    reads("GET /api/alerts/{id}", "Reads one alert with its evidence", shape::<MdeAlert>),
    changes(
        "PATCH /api/alerts/{id}",
        "Changes an alert",
        shape::<AlertPatch>,
        Some(shape::<MdeAlert>),
    ),
    changes("POST /api/alerts/batchUpdate", "Changes alerts", shape::<AlertBatch>, None),
    changes(
        "POST /api/alerts/createAlertByReference",
        "Makes an alert about an event",
        shape::<NewMdeAlert>,
        Some(shape::<MdeAlert>),
    ),
    reads("GET /api/alerts/{id}/files", "Lists the files of an alert", shape::<MdeList<MdeFile>>),
    reads("GET /api/alerts/{id}/ips", "Lists the addresses of an alert", shape::<MdeList<MdeIp>>),
    reads(
        "GET /api/alerts/{id}/domains",
        "Lists the domains of an alert",
        shape::<MdeList<MdeDomain>>,
    ),
    reads("GET /api/alerts/{id}/user", "Reads the account of an alert", shape::<MdeAccount>),
    changes(
        "POST /vakt/v1/alerts",
        "Takes alerts, and says where each one was placed and why",
        shape::<AlertsRequest>,
        Some(shape::<AlertsAnswer>),
    ),
    changes(
        "POST /vakt/v1/records",
        "Takes records of the streaming API, and keeps those about alerts",
        any_object,
        Some(shape::<RecordsAnswer>),
    ),
    reads(
        "GET /vakt/v1/incidents/{id}",
        "Reads one incident, and why each of its alerts is there",
        shape::<IncidentView>,
    ),
    reads(
        "GET /vakt/v1/incidents/{id}/history",
        "Tells what happened to an incident",
        shape::<History>,
    ),
    changes(
        "POST /vakt/v1/incidents/{id}/merge",
        "Merges incidents into this one",
        shape::<MergeRequest>,
        Some(shape::<IncidentView>),
    ),
    changes(
        "POST /vakt/v1/incidents/split",
        "Puts alerts into another incident, or into a new one",
        shape::<SplitRequest>,
        Some(shape::<IncidentView>),
    ),
    changes(
        "POST /vakt/v1/incidents/batchUpdate",
        "Changes incidents",
        shape::<IncidentBatch>,
        Some(shape::<IncidentList>),
    ),
    reads(
        "GET /vakt/v1/entities/{kind}/{key}/incidents",
        "Lists the incidents whose alerts name an entity",
        shape::<EntityIncidents>,
    ),
];
