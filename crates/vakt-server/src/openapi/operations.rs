//! What is said of each route of the threat-protection API. A route of it without a line here fails
//! a test, and so does a line without a route.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use vakt_wire::defender::{Incident, IncidentList};
use vakt_wire::graph::{AddComment, GraphAlert, GraphComment, GraphIncident, SecurityPage};
use vakt_wire::import::{ImportAnswer, ImportRequest};
use vakt_wire::operator::{Fault, FaultList, Limits, NewFault};

use super::parameters::{
    COUNT, DELTA_TOKEN, EXPAND, FILTER, ORDER_BY, Parameter, SELECT, SKIP, SKIP_TOKEN, TOP,
};

/// One route, or several that differ in their version alone.
#[derive(Debug)]
pub(super) struct Operation {
    /// Method and path as in the table of routes, without a version.
    pub route: &'static str,
    /// What it does, for people.
    pub summary: &'static str,
    /// What its query may hold.
    pub query: &'static [&'static Parameter],
    /// Its body.
    pub takes: Option<Shape>,
    /// The status of its success.
    pub status: u16,
    /// What a success says.
    pub gives: Option<Shape>,
}

/// Makes the schema of a type. `shape::<T>` is one, for every type of `vakt-wire` that derives
/// `JsonSchema`.
pub(super) type Shape = fn(&mut SchemaGenerator) -> Schema;

pub(super) fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// A type of which `$select` may leave any member out.
fn selected<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = T::json_schema(generator);
    schema.remove("required");
    schema
}

/// A page of such a type.
fn page_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = SecurityPage::<()>::json_schema(generator);
    let items = selected::<T>(generator);
    if let Some(serde_json::Value::Object(members)) = schema.get_mut("properties") {
        members.insert("value".into(), serde_json::json!({ "type": "array", "items": items }));
    }
    schema
}

/// An object whose members are not described.
pub(super) fn any_object(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "object" })
}

/// The table, by path.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation {
        route: "GET /api/incidents",
        summary: "Lists incidents with their alerts",
        query: &[&FILTER, &TOP, &SKIP, &ORDER_BY, &COUNT, &SELECT, &SKIP_TOKEN],
        takes: None,
        status: 200,
        gives: Some(shape::<IncidentList>),
    },
    Operation {
        route: "GET /api/incidents/{id}",
        summary: "Reads one incident with its alerts",
        query: &[],
        takes: None,
        status: 200,
        gives: Some(shape::<Incident>),
    },
    Operation {
        route: "GET /security/incidents",
        summary: "Lists incidents in Graph's dialect",
        query: &[&FILTER, &TOP, &SKIP, &ORDER_BY, &COUNT, &SELECT, &EXPAND, &SKIP_TOKEN],
        takes: None,
        status: 200,
        gives: Some(page_of::<GraphIncident>),
    },
    Operation {
        route: "GET /security/incidents/delta",
        summary: "Lists incidents in the order of their changes, and later what has changed since",
        query: &[&FILTER, &TOP, &SELECT, &EXPAND, &SKIP_TOKEN, &DELTA_TOKEN],
        takes: None,
        status: 200,
        gives: Some(page_of::<GraphIncident>),
    },
    Operation {
        route: "GET /security/incidents/{id}",
        summary: "Reads one incident in Graph's dialect",
        query: &[&SELECT, &EXPAND],
        takes: None,
        status: 200,
        gives: Some(selected::<GraphIncident>),
    },
    Operation {
        route: "PATCH /security/incidents/{id}",
        summary: "Changes an incident",
        query: &[&SELECT, &EXPAND],
        takes: Some(any_object),
        status: 200,
        gives: Some(selected::<GraphIncident>),
    },
    Operation {
        route: "POST /security/incidents/{id}/comments",
        summary: "Adds a comment to an incident, and gives all of them",
        query: &[],
        takes: Some(shape::<AddComment>),
        status: 200,
        gives: Some(page_of::<GraphComment>),
    },
    Operation {
        route: "GET /security/incidents/{id}/alerts",
        summary: "Lists the alerts of an incident",
        query: &[&FILTER, &TOP, &SKIP, &ORDER_BY, &COUNT, &SELECT, &SKIP_TOKEN],
        takes: None,
        status: 200,
        gives: Some(page_of::<GraphAlert>),
    },
    Operation {
        route: "GET /security/alerts_v2",
        summary: "Lists alerts with their evidence in Graph's dialect",
        query: &[&FILTER, &TOP, &SKIP, &ORDER_BY, &COUNT, &SELECT, &SKIP_TOKEN],
        takes: None,
        status: 200,
        gives: Some(page_of::<GraphAlert>),
    },
    Operation {
        route: "GET /security/alerts_v2/delta",
        summary: "Lists alerts in the order of their changes, and later what has changed since",
        query: &[&FILTER, &TOP, &SELECT, &SKIP_TOKEN, &DELTA_TOKEN],
        takes: None,
        status: 200,
        gives: Some(page_of::<GraphAlert>),
    },
    Operation {
        route: "GET /security/alerts_v2/{id}",
        summary: "Reads one alert with its evidence in Graph's dialect",
        query: &[&SELECT],
        takes: None,
        status: 200,
        gives: Some(selected::<GraphAlert>),
    },
    Operation {
        route: "PATCH /security/alerts_v2/{id}",
        summary: "Changes an alert",
        query: &[&SELECT],
        takes: Some(any_object),
        status: 200,
        gives: Some(selected::<GraphAlert>),
    },
    Operation {
        route: "POST /security/alerts_v2/{id}/comments",
        summary: "Adds a comment to an alert, and gives all of them",
        query: &[],
        takes: Some(shape::<AddComment>),
        status: 200,
        gives: Some(page_of::<GraphComment>),
    },
    Operation {
        route: "POST /vakt/v1/incidents/import",
        summary: "Takes incidents as Microsoft's APIs return them",
        query: &[],
        takes: Some(shape::<ImportRequest>),
        status: 200,
        gives: Some(shape::<ImportAnswer>),
    },
    Operation {
        route: "GET /vakt/v1/faults",
        summary: "Lists faults that wait for calls",
        query: &[],
        takes: None,
        status: 200,
        gives: Some(shape::<FaultList>),
    },
    Operation {
        route: "POST /vakt/v1/faults",
        summary: "Sets a fault for an application's next calls",
        query: &[],
        takes: Some(shape::<NewFault>),
        status: 201,
        gives: Some(shape::<Fault>),
    },
    Operation {
        route: "DELETE /vakt/v1/faults",
        summary: "Takes all faults back",
        query: &[],
        takes: None,
        status: 204,
        gives: None,
    },
    Operation {
        route: "DELETE /vakt/v1/faults/{id}",
        summary: "Takes one fault back",
        query: &[],
        takes: None,
        status: 204,
        gives: None,
    },
    Operation {
        route: "GET /limits",
        summary: "Tells every limit that holds, and what of the quotas is used",
        query: &[],
        takes: None,
        status: 200,
        gives: Some(shape::<Limits>),
    },
    Operation {
        route: "GET /vakt/v1/limits",
        summary: "Tells every limit that holds, and what of the quotas is used",
        query: &[],
        takes: None,
        status: 200,
        gives: Some(shape::<Limits>),
    },
    Operation {
        route: "GET /vakt/v1/openapi.json",
        summary: "Gives this document",
        query: &[],
        takes: None,
        status: 200,
        gives: Some(any_object),
    },
];
