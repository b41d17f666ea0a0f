//! Why a call was refused, in the codes that the endpoint API has for it.

use http::StatusCode;
use vakt_endpoint::{
    ActionFault, EndpointStoreError, IndicatorFault, MachineFault, Unchanged, ValueFault,
};

use crate::problem::Problem;

/// A member or a name that cannot be so.
pub(super) fn invalid(message: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "InvalidInput", message)
}

/// A member that is needed.
pub(super) fn missing(member: &str) -> Problem {
    let message = format!("`{member}` is missing; give it in the body");
    Problem::new(StatusCode::BAD_REQUEST, "MissingRequiredParameter", message)
}

/// A body that cannot be read.
pub(super) fn invalid_body(error: &impl std::fmt::Display) -> Problem {
    let message = format!("the body is not the expected JSON object: {error}");
    Problem::new(StatusCode::BAD_REQUEST, "InvalidRequestBody", message)
}

/// More things than one request may name.
pub(super) fn batch_too_large(most: usize) -> Problem {
    let message = format!("a request names at most {most} of them; send several requests");
    Problem::new(StatusCode::BAD_REQUEST, "MaximumBatchSizeExceeded", message)
}

/// A query that cannot be answered.
pub(super) fn odata_error(message: &str) -> Problem {
    let message = format!("Invalid OData URI query. {message}");
    Problem::new(StatusCode::BAD_REQUEST, "ODataError", message)
}

impl From<EndpointStoreError> for Problem {
    fn from(error: EndpointStoreError) -> Self {
        tracing::error!(%error, "an endpoint request failed");
        Self::internal()
    }
}

impl From<Unchanged> for Problem {
    fn from(error: Unchanged) -> Self {
        match error {
            Unchanged::Store(error) => error.into(),
            Unchanged::Machine(fault) => fault.into(),
            Unchanged::Action(fault) => fault.into(),
            Unchanged::Indicator(fault) => fault.into(),
        }
    }
}

impl From<MachineFault> for Problem {
    fn from(fault: MachineFault) -> Self {
        invalid(fault.to_string())
    }
}

impl From<ActionFault> for Problem {
    fn from(fault: ActionFault) -> Self {
        let (status, code) = match fault {
            ActionFault::Comment => (StatusCode::BAD_REQUEST, "MissingRequiredParameter"),
            ActionFault::Scope(_) => (StatusCode::BAD_REQUEST, "InvalidInput"),
            ActionFault::Hash => (StatusCode::BAD_REQUEST, "InvalidHashValue"),
            ActionFault::AlreadyActive => (StatusCode::BAD_REQUEST, "ActiveRequestAlreadyExists"),
            ActionFault::Unlawful { .. } => (StatusCode::CONFLICT, "Conflict"),
        };
        Self::new(status, code, fault.to_string())
    }
}

impl From<IndicatorFault> for Problem {
    fn from(fault: IndicatorFault) -> Self {
        let (status, code) = match &fault {
            IndicatorFault::Value(ValueFault::Hash { .. }) => {
                (StatusCode::BAD_REQUEST, "InvalidHashValue")
            }
            IndicatorFault::Value(ValueFault::Address(_)) => {
                (StatusCode::BAD_REQUEST, "InvalidIpAddress")
            }
            IndicatorFault::Value(ValueFault::Domain(_)) => {
                (StatusCode::BAD_REQUEST, "InvalidDomainName")
            }
            IndicatorFault::Value(ValueFault::Url(_)) => (StatusCode::BAD_REQUEST, "InvalidUrl"),
            IndicatorFault::TooLong(_)
            | IndicatorFault::TooManyGroups
            | IndicatorFault::Expired(_)
            | IndicatorFault::SilentAudit
            | IndicatorFault::TooMany => (StatusCode::BAD_REQUEST, "InvalidInput"),
            IndicatorFault::Foreign(_) => (StatusCode::FORBIDDEN, "Forbidden"),
        };
        Self::new(status, code, fault.to_string())
    }
}
