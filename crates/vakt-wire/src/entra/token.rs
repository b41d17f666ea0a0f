//! Answers of the token endpoints (recorded traffic). v2 carries numbers, v1 carries strings;
//! clients break on the wrong one, and on any further member.

use serde::{Deserialize, Serialize};

/// `POST /{tenant}/oauth2/v2.0/token`, 200.
#[derive(Serialize, Deserialize)]
pub struct TokenAnswerV2 {
    /// `Bearer`.
    pub token_type: String,
    /// Seconds until expiry.
    pub expires_in: u32,
    /// The same number; older answers had 0.
    pub ext_expires_in: u32,
    /// The token.
    pub access_token: String,
}

/// `POST /{tenant}/oauth2/token`, 200: every member a string.
#[derive(Serialize, Deserialize)]
pub struct TokenAnswerV1 {
    /// `Bearer`.
    pub token_type: String,
    /// Seconds until expiry.
    pub expires_in: String,
    /// The same number.
    pub ext_expires_in: String,
    /// Expiry, seconds since 1970.
    pub expires_on: String,
    /// Start, seconds since 1970.
    pub not_before: String,
    /// The resource, as requested.
    pub resource: String,
    /// The token.
    pub access_token: String,
}
