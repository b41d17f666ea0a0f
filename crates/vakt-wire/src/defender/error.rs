//! The error body of the classic APIs: always JSON, always these three members.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `{"error":{…}}`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ApiError {
    /// The only member.
    pub error: ApiErrorBody,
}

/// Code, text, and the GUID under which the answer is logged.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ApiErrorBody {
    /// `Unauthorized`, `Forbidden`, `NotFound`, `BadRequest`, `ODataError` …
    pub code: String,
    /// For people: what was wrong and what to do.
    #[serde(default)]
    pub message: String,
    /// Correlation GUID.
    #[serde(default)]
    pub target: String,
}
