//! What became of the check of a signature.

use crate::error::TokenError;
use crate::inspect::UntrustedToken;
use crate::jwks::KeySet;
use crate::validate::verify_signature;

/// What became of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The issuer's key signed exactly this token.
    Verified {
        /// The key.
        key_id: String,
    },
    /// The issuer did not sign this token.
    Wrong {
        /// What does not fit.
        reason: String,
    },
    /// Nobody knows.
    Unknown {
        /// Why it could not be checked.
        reason: String,
    },
}

impl Verification {
    /// Checks `token` (taken apart as `seen`) against its issuer's keys.
    pub fn of(token: &str, seen: &UntrustedToken, keys: &KeySet) -> Self {
        match verify_signature(token, keys) {
            Ok(()) => Self::Verified { key_id: seen.header.kid.clone().unwrap_or_default() },
            Err(TokenError::Signature) if seen.header_json.get("nonce").is_some() => {
                let reason = "its header carries a nonce that only the API itself can check".into();
                Self::Unknown { reason }
            }
            Err(error) => Self::Wrong { reason: error.to_string() },
        }
    }
}
