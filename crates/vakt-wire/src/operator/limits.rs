//! What this server takes: every limit and quota, as it holds at this moment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `GET /vakt/v1/limits`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Microsoft's ceilings hold, and its refusals.
    pub strict: bool,
    /// Faults can be set.
    pub faults: bool,
    /// Limits of single requests.
    pub limits: Vec<Limit>,
    /// Limits of how often.
    pub quotas: Vec<Quota>,
}

/// A limit.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Limit {
    /// What is limited, such as `page of GET /api/incidents`.
    pub name: String,
    /// How much is taken.
    pub max: u64,
    /// Of what: `bytes`, `seconds`, `incidents`, …
    pub unit: String,
    /// What happens beyond: a status, `cut`, or another word.
    pub beyond: String,
}

/// How many calls of a kind one application may make in one tenant within a window of time.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Quota {
    /// Which routes count together, as `--quota` names them.
    pub group: String,
    /// Those routes.
    pub routes: Vec<String>,
    /// The window; it begins with a call.
    pub window_seconds: u32,
    /// Most calls in it; null: calls are counted and none is refused.
    pub calls_max: Option<u32>,
    /// Most calls that Microsoft takes in such a window; null where it publishes no number.
    pub microsoft_calls_max: Option<u32>,
    /// Calls of the asking application in the present window.
    pub used_calls: u32,
    /// How long the present window lasts.
    pub reset_seconds: u32,
}
