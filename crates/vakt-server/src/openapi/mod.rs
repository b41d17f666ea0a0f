//! A description of the threat-protection API in OpenAPI 3.1, made of the table of routes, the
//! access ledger, [`operations`] and the shapes of `vakt-wire`: nothing is written down twice.

mod alert_operations;
mod endpoint_operations;
mod operations;
mod parameters;

use std::sync::LazyLock;

use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use vakt_wire::defender::ApiError;
use vakt_wire::graph::GraphError;

use crate::access::{Access, READ_LIMITS, Row};
use crate::dialect::Dialect;
use crate::quota::unversioned;
use crate::route::{Route, route};
use crate::router::route_ledger;
use alert_operations::ALERT_OPERATIONS;
use endpoint_operations::ENDPOINT_OPERATIONS;
use operations::{OPERATIONS, Operation};

/// The description, as it is served and as `docs/reference/openapi.json` has it.
static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", openapi_document()));

/// What every route may answer when it does not do what was asked.
const REFUSALS: &[(u16, &str)] = &[
    (400, "The request cannot be understood, or asks for what cannot be."),
    (401, "The token is missing, or is not good for this API."),
    (403, "The token lacks a role."),
    (404, "What was named is not there."),
    (405, "The route has no such method."),
    (408, "The request took too long."),
    (409, "The present state does not allow it."),
    (410, "The place up to which changes are known is not known here any more; start again."),
    (413, "The body is too long."),
    (414, "The address is too long."),
    (429, "Too many calls; `Retry-After` says when to come back."),
    (431, "The header fields are too long."),
    (500, "The server failed."),
    (503, "The server cannot answer now; `Retry-After` says when to come back."),
];

/// The route. It needs a token, for the reason that the limits need one.
pub(crate) fn routes() -> Vec<Route> {
    vec![route("GET", "/vakt/v1/openapi.json", Access::Roles(&READ_LIMITS), get(show))]
}

async fn show() -> Response {
    let mut response = Response::new(Body::from(TEXT.as_str()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Is a route with this path part of the description? All of the threat-protection API is, in every
/// dialect, and what concerns its limits and faults.
pub fn is_described(path: &str) -> bool {
    let below = unversioned(path);
    let portals = below.starts_with("/api/RegisteredApplications");
    let starts = ["/api/", "/security/", "/limits"];
    let own = [
        "incidents",
        "alerts",
        "records",
        "entities",
        "faults",
        "limits",
        "openapi.json",
        "machines",
        "machineactions",
    ];
    let is_own = below
        .strip_prefix("/vakt/v1/")
        .is_some_and(|rest| own.contains(&rest.split('/').next().unwrap_or_default()));
    is_own || (!portals && starts.iter().any(|start| below.starts_with(start)))
}

/// The whole description.
pub fn openapi_document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut given = settings.clone().for_serialize().into_generator();
    let mut taken = settings.for_deserialize().into_generator();
    let errors = json!({
        "ClassicError": given.subschema_for::<ApiError>(),
        "GraphError": given.subschema_for::<GraphError>(),
    });
    let mut paths: Map<String, Value> = Map::new();
    for (name, access) in route_ledger() {
        let Some((method, path)) = name.split_once(' ') else { continue };
        let Some(operation) = operation(method, path) else { continue };
        let row = match access {
            Access::Roles(row) | Access::Operator(row) => Some(row),
            Access::Open(_) | Access::Page(_) | Access::Asset(_) => None,
        };
        let described = describe(operation, (method, path), row, (&mut given, &mut taken));
        let of_path = paths.entry(path).or_insert_with(|| json!({}));
        if let Some(of_path) = of_path.as_object_mut() {
            of_path.insert(method.to_ascii_lowercase(), described);
        }
    }
    let mut schemas = taken.take_definitions(true);
    schemas.extend(given.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Vakt: threat-protection API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Incidents and alerts in the classic, the Graph and the Defender for \
                            Endpoint dialect, and Vakt's own routes around them.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": responses(&errors),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
            },
        },
    })
}

/// Every line there is.
fn operations() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().chain(ALERT_OPERATIONS).chain(ENDPOINT_OPERATIONS)
}

/// The line of a route.
fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    let name = format!("{method} {}", unversioned(path));
    operations().find(|operation| operation.route == name)
}

fn describe(
    operation: &Operation,
    (method, path): (&str, &str),
    row: Option<&Row>,
    (given, taken): (&mut SchemaGenerator, &mut SchemaGenerator),
) -> Value {
    let mut parameters = parameters::of_path(path);
    parameters.extend(operation.query.iter().map(|parameter| parameter.to_json()));
    let mut success = json!({ "description": operation.summary });
    if let Some(gives) = operation.gives {
        let content = json!({ "application/json": { "schema": gives(given) } });
        success = with(success, "content", content);
    }
    let dialect = match Dialect::of(path) {
        Dialect::Graph => "Graph",
        Dialect::Entra | Dialect::Classic => "Classic",
    };
    let refusal = |(status, _): &(u16, &str)| {
        let response = json!({ "$ref": format!("#/components/responses/{dialect}{status}") });
        (status.to_string(), response)
    };
    let mut responses: Map<String, Value> = REFUSALS.iter().map(refusal).collect();
    responses.insert(operation.status.to_string(), success);
    let mut described = json!({
        "operationId": operation_id(method, path),
        "summary": operation.summary,
        "parameters": parameters,
        "responses": responses,
        "x-app-roles": row.map(|row| row.any_of).unwrap_or_default(),
    });
    if let Some(takes) = operation.takes {
        let content = json!({ "application/json": { "schema": takes(taken) } });
        let body = json!({ "required": true, "content": content });
        described = with(described, "requestBody", body);
    }
    described
}

/// An object with one more member.
fn with(mut object: Value, name: &str, member: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), member);
    }
    object
}

/// `get_api_incidents_id`
fn operation_id(method: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    format!("{}_{}", method.to_ascii_lowercase(), words.join("_"))
}

/// Every refusal, in both dialects.
fn responses(errors: &Value) -> Map<String, Value> {
    let mut all = Map::new();
    for dialect in ["Classic", "Graph"] {
        let schema = errors.get(format!("{dialect}Error")).cloned().unwrap_or_default();
        for (status, about) in REFUSALS {
            let mut response = json!({
                "description": about,
                "content": { "application/json": { "schema": schema } },
            });
            if matches!(status, 429 | 503) {
                let seconds = json!({ "schema": { "type": "integer", "minimum": 0 } });
                response = with(response, "headers", json!({ "Retry-After": seconds }));
            }
            all.insert(format!("{dialect}{status}"), response);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_described_route_has_a_line_and_every_line_a_route() {
        let names: Vec<String> = route_ledger().into_iter().map(|(name, _)| name).collect();
        let split = |name: &String| {
            let (method, path) = name.split_once(' ').unwrap();
            (method.to_owned(), path.to_owned())
        };
        for (method, path) in names.iter().map(split).filter(|(_, path)| is_described(path)) {
            assert!(
                operation(&method, &path).is_some(),
                "describe `{method} {}` in openapi/operations.rs",
                unversioned(&path)
            );
        }
        for line in operations() {
            let fits = |(method, path): (String, String)| {
                is_described(&path) && line.route == format!("{method} {}", unversioned(&path))
            };
            assert!(names.iter().map(split).any(fits), "no route has `{}`", line.route);
        }
    }
}
