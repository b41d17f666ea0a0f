//! The JOSE header, and the allow-list it must pass.

use serde::{Deserialize, Serialize};

use crate::error::TokenError;

/// Longest token that is read, in bytes: real ones have under 2,000, and a header buffer has 32 KiB.
pub const TOKEN_LENGTH_MAX_BYTES: usize = 16 * 1024;

/// The header members that matter. Members that point at keys (`jku`, `x5u`, `jwk`) are never
/// followed, so they are not even read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Signature algorithm.
    pub alg: String,
    /// Token type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    /// Key id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// Certificate thumbprint; in v1.0 tokens the same as `kid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x5t: Option<String>,
    /// Critical extensions; any value refuses the token.
    #[serde(default, skip_serializing)]
    pub crit: Option<serde_json::Value>,
}

impl Header {
    /// The `kid` of a header that passes RFC 8725's checks: one algorithm, explicit type, no `crit`.
    pub(crate) fn accepted_kid(&self) -> Result<&str, TokenError> {
        if self.alg != "RS256" {
            return Err(TokenError::Algorithm(self.alg.chars().take(32).collect()));
        }
        match self.typ.as_deref() {
            None => {}
            Some(typ) if typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("at+jwt") => {}
            Some(typ) => return Err(TokenError::Type(typ.chars().take(32).collect())),
        }
        if self.crit.is_some() {
            return Err(TokenError::Critical);
        }
        self.kid.as_deref().ok_or_else(|| TokenError::UnknownKey(String::new()))
    }
}
