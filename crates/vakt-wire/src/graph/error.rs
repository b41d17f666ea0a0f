//! Graph's error body.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `{"error":{…}}`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct GraphError {
    /// The only member.
    pub error: GraphErrorBody,
}

/// Code, text and ids.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GraphErrorBody {
    /// `Request_ResourceNotFound`, `Authorization_RequestDenied`, …
    pub code: String,
    /// For people.
    #[serde(default)]
    pub message: String,
    /// Ids to find the request again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inner_error: Option<GraphInnerError>,
}

/// Ids to find the request again.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GraphInnerError {
    /// The status once more, where there were too many calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `YYYY-MM-DDTHH:MM:SS`.
    #[serde(default)]
    pub date: String,
    /// Ours.
    #[serde(default)]
    pub request_id: String,
    /// The caller's, or ours again.
    #[serde(default)]
    pub client_request_id: String,
}
