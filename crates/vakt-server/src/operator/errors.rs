//! Why a call was refused, in the classic dialect's words.

use http::StatusCode;
use vakt_identity::{IdentityError, StoreError};
use vakt_incidents::{ChangeError, IncidentStoreError};

use crate::edge::BodyFault;
use crate::problem::Problem;

/// A problem; errors become one by `?`, each with the code that this dialect has for it.
#[derive(Debug)]
pub(crate) struct Refused(pub Problem);

impl Refused {
    /// The caller asks for something that cannot be.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", message))
    }
}

impl From<IdentityError> for Refused {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::NotFound { what, name } => Self(Problem::new(
                StatusCode::NOT_FOUND,
                "ResourceNotFound",
                format!("There is no {what} `{name}`. Check the id or the name."),
            )),
            IdentityError::Invalid(message) => Self::bad_request(message),
            IdentityError::Application(fault) => Self::bad_request(fault.to_string()),
            IdentityError::Store(StoreError::Conflict(what)) => Self(Problem::new(
                StatusCode::CONFLICT,
                "Conflict",
                format!("{what} exists already; choose another name, or use what is there."),
            )),
            IdentityError::Store(_)
            | IdentityError::Signing(_)
            | IdentityError::AlreadyGranted
            | IdentityError::Refused(_) => {
                tracing::error!(%error, "an operator's request failed");
                Self(Problem::internal())
            }
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        IdentityError::from(error).into()
    }
}

impl From<IncidentStoreError> for Refused {
    fn from(error: IncidentStoreError) -> Self {
        Self(error.into())
    }
}

impl From<ChangeError> for Refused {
    fn from(error: ChangeError) -> Self {
        Self(error.into())
    }
}

impl From<BodyFault> for Refused {
    fn from(fault: BodyFault) -> Self {
        Self(fault.into())
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}
