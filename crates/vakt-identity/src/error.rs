//! What the room's services and stores can fail with.

use vakt_token::TokenError;

use crate::application::ApplicationFault;
use crate::refusal::Refusal;

/// Why the service could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A token was refused.
    #[error("AADSTS{}: {}", .0.code(), .0.text())]
    Refused(Refusal),
    /// Something named in the request is not there.
    #[error("{what} `{name}` does not exist")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// As named.
        name: String,
    },
    /// The request contradicts itself or the state.
    #[error("{0}")]
    Invalid(String),
    /// The role is granted already.
    #[error("the permission is granted already")]
    AlreadyGranted,
    /// A registration is not acceptable.
    #[error(transparent)]
    Application(#[from] ApplicationFault),
    /// The store failed or found a conflict.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key failed; the text is for the log.
    #[error("signing failed: {0}")]
    Signing(#[from] TokenError),
}

impl IdentityError {
    pub(crate) fn not_found(what: &'static str, name: impl ToString) -> Self {
        Self::NotFound { what, name: name.to_string() }
    }
}

/// Why a store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something with this name or id is there already.
    #[error("{0} exists already")]
    Conflict(&'static str),
    /// The store itself failed; the text is for the log only.
    #[error("the store failed: {0}")]
    Failed(String),
    /// A stored row cannot be read; the text is for the log only.
    #[error("a stored {what} cannot be read: {why}")]
    Corrupt {
        /// Kind of row.
        what: &'static str,
        /// Reason.
        why: String,
    },
}
