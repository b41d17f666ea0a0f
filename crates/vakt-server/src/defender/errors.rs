//! Errors of the classic dialect: always JSON with code, message and target.

use axum::response::Response;
use http::{HeaderValue, StatusCode};
use vakt_ids::{AlertId, IncidentId, NotAnId};
use vakt_incidents::{ChangeError, IncidentStoreError};
use vakt_wire::defender::{ApiError, ApiErrorBody};
use vakt_wire::odata::ODataProblem;

use crate::chance;
use crate::problem::{Problem, json};

/// Problems in this dialect.
pub(crate) fn of_problem(problem: &Problem) -> Response {
    let target = chance::guid();
    let body = ApiError {
        error: ApiErrorBody {
            code: problem.code.into(),
            message: problem.message.clone(),
            target: target.clone(),
        },
    };
    let mut response = json(problem.status, &body);
    if let Ok(value) = HeaderValue::try_from(target) {
        response.headers_mut().insert("x-ms-request-id", value);
    }
    response
}

impl From<ODataProblem> for Problem {
    fn from(problem: ODataProblem) -> Self {
        let message = format!("Invalid OData URI query. {problem}");
        Self::new(StatusCode::BAD_REQUEST, "ODataError", message)
    }
}

impl From<IncidentStoreError> for Problem {
    fn from(error: IncidentStoreError) -> Self {
        tracing::error!(%error, "an incident request failed");
        Self::internal()
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Unlawful(unlawful) => {
                Self::new(StatusCode::BAD_REQUEST, "BadRequest", unlawful.to_string())
            }
            ChangeError::Store(error) => error.into(),
        }
    }
}

/// The classic 404.
pub(crate) fn not_found(what: &str) -> Problem {
    let message = format!("Resource {what} was not found");
    Problem::new(StatusCode::NOT_FOUND, "ResourceNotFound", message)
}

/// The number of an incident in a path.
pub(crate) fn incident_number(text: &str) -> Result<IncidentId, Problem> {
    text.parse().map_err(not_an_id)
}

/// The id of an alert in a path or a body.
pub(crate) fn alert_id(text: &str) -> Result<AlertId, Problem> {
    text.parse().map_err(not_an_id)
}

fn not_an_id(error: NotAnId) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "InvalidInput", error.to_string())
}
