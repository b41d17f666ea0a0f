//! Pages of incidents and alerts, and what is sent to add a comment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A page of incidents, alerts or comments.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SecurityPage<T> {
    /// `<base>/v1.0/$metadata#security/incidents`.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// How many there are in all, when `$count=true` asked.
    #[serde(rename = "@odata.count", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Absolute address of the next page.
    #[serde(rename = "@odata.nextLink", default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
    /// Absolute address to ask later, for what has changed by then.
    #[serde(rename = "@odata.deltaLink", default, skip_serializing_if = "Option::is_none")]
    pub delta_link: Option<String>,
    /// The items.
    pub value: Vec<T>,
}

/// `POST …/comments`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AddComment {
    /// The text.
    pub comment: String,
}
