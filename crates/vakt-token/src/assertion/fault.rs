//! Why an assertion is not accepted.

use jiff::Timestamp;

use super::dates::Validity;

/// One reason per refusal. Texts are for logs; callers meet the contract's own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssertionFault {
    /// Not a JWT of the form wanted.
    #[error("the assertion is not an acceptable JWT: {0}")]
    Malformed(String),
    /// Another signature algorithm than this kind of token may have.
    #[error("the assertion's algorithm is `{found}`; accepted are {accepted}")]
    Algorithm {
        /// What the header says.
        found: String,
        /// What it may say, separated by commas.
        accepted: &'static str,
    },
    /// A claim that must be there is not.
    #[error("the assertion's claim `{0}` is missing")]
    Missing(&'static str),
    /// The key did not sign this.
    #[error("the assertion's signature does not match its content")]
    Signature,
    /// No key of this name.
    #[error("the assertion's key `{0}` is not known")]
    UnknownKey(String),
    /// `iss` or `sub` is somebody else.
    #[error("the assertion speaks for `{0}`, who is not the one asking")]
    Speaker(String),
    /// Made for another reader.
    #[error("the assertion's audience `{0}` is not this server's")]
    Audience(String),
    /// Too early, too late, or good for too long.
    #[error("the assertion is not within its time range at {now}")]
    Times {
        /// The present.
        now: Timestamp,
        /// What it says.
        validity: Validity,
    },
}
