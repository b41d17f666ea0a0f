//! The error body of the identity platform (recorded traffic).

use serde::{Deserialize, Serialize};

/// An AADSTS error. Descriptions hold no character that JSON must escape: one Rust client reads
/// the text as a borrowed slice and loses it otherwise.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntraError {
    /// The OAuth error word.
    pub error: String,
    /// `AADSTS<n>: <text> Trace ID: … Correlation ID: … Timestamp: …`.
    pub error_description: String,
    /// The numbers, the deciding one first.
    #[serde(default)]
    pub error_codes: Vec<u32>,
    /// `YYYY-MM-DD HH:MM:SSZ`.
    #[serde(default)]
    pub timestamp: String,
    /// Equals the answer's `x-ms-request-id`.
    #[serde(default)]
    pub trace_id: String,
    /// The caller's `client-request-id`, or a new one.
    #[serde(default)]
    pub correlation_id: String,
    /// Where the error is explained; absent for codes the page does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_uri: Option<String>,
}
