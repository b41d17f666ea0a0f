//! Errors of Graph: code, message, and ids to find the request again.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode};
use vakt_identity::{ApplicationFault, IdentityError, StoreError};
use vakt_wire::graph::{GraphError, GraphErrorBody, GraphInnerError};
use vakt_wire::odata::ODataProblem;

use crate::app::App;
use crate::chance;
use crate::problem::{Problem, json};

/// The sentence that scripts and Terraform match on.
const ALREADY_GRANTED: &str = "Permission being assigned already exists on the object";

/// Problems in this dialect. 401 and 403 keep their explanation behind Graph's own words.
pub(crate) fn of_problem(problem: &Problem, app: &App, headers: &HeaderMap) -> Response {
    let request_id = chance::guid();
    let client = headers.get("client-request-id").and_then(|value| value.to_str().ok());
    let client = client.unwrap_or(&request_id).to_owned();
    let (code, message) = match problem.status {
        StatusCode::UNAUTHORIZED => ("InvalidAuthenticationToken", problem.message.clone()),
        StatusCode::FORBIDDEN => (
            "Authorization_RequestDenied",
            format!("Insufficient privileges to complete the operation. {}", problem.message),
        ),
        StatusCode::TOO_MANY_REQUESTS => ("TooManyRequests", problem.message.clone()),
        _ => (problem.code, problem.message.clone()),
    };
    let is_too_many = problem.status == StatusCode::TOO_MANY_REQUESTS;
    let now = app.clock.now().to_string();
    let inner = GraphInnerError {
        code: is_too_many.then(|| "429".into()),
        date: now.get(..19).unwrap_or(&now).to_owned(),
        request_id: request_id.clone(),
        client_request_id: client.clone(),
    };
    let body = GraphError {
        error: GraphErrorBody { code: code.into(), message, inner_error: Some(inner) },
    };
    let mut response = json(problem.status, &body);
    mark(&mut response, &request_id, &client);
    response.headers_mut().insert("odata-version", HeaderValue::from_static("4.0"));
    response
}

/// Marks an answer with its ids.
pub(super) fn mark(response: &mut Response, request_id: &str, client_request_id: &str) {
    for (name, value) in [("request-id", request_id), ("client-request-id", client_request_id)] {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
}

pub(super) fn bad_request(message: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message)
}

pub(super) fn unsupported(message: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
}

/// A name that a type does not have, in the words of Graph's own parser.
pub(super) fn unknown_property(where_: &str, name: &str, kind: &str) -> Problem {
    let name: String = name.chars().take(200).collect();
    let message = format!(
        "{where_}: Could not find a property named '{name}' on type '{kind}'. Check its spelling."
    );
    Problem::new(StatusCode::BAD_REQUEST, "BadRequest", message)
}

/// Something that only people can do.
pub(super) fn only_for_people(path: &str) -> Problem {
    bad_request(format!(
        "{path} request is only valid with delegated authentication flow. Name the object instead."
    ))
}

pub(super) fn not_found(name: &str) -> Problem {
    let message = format!(
        "Resource '{name}' does not exist or one of its queried reference-property objects are not present."
    );
    Problem::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", message)
}

/// OData problems in Graph's words.
pub(super) fn of_odata(problem: &ODataProblem) -> Problem {
    bad_request(format!("Invalid query. {problem}"))
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::NotFound { name, .. } => not_found(&name),
            IdentityError::Invalid(message) => bad_request(message),
            IdentityError::Application(fault @ ApplicationFault::RepeatedFederatedName(_)) => {
                Self::new(
                    StatusCode::CONFLICT,
                    "Request_MultipleObjectsWithSameKeyValue",
                    format!("{fault} Change that one with PATCH."),
                )
            }
            IdentityError::Application(fault) => bad_request(fault.to_string()),
            IdentityError::AlreadyGranted => bad_request(ALREADY_GRANTED),
            IdentityError::Store(StoreError::Conflict("this app role assignment")) => {
                bad_request(ALREADY_GRANTED)
            }
            IdentityError::Store(StoreError::Conflict(what)) => Self::new(
                StatusCode::CONFLICT,
                "Request_MultipleObjectsWithSameKeyValue",
                format!(
                    "{what} exists already; its name is already in use. Use the existing object."
                ),
            ),
            IdentityError::Store(_) | IdentityError::Signing(_) | IdentityError::Refused(_) => {
                tracing::error!(%error, "a directory request failed");
                Self::internal()
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        IdentityError::from(error).into()
    }
}
