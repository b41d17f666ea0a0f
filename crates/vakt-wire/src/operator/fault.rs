//! Faults that an application's next calls meet, for tests of what it makes of them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most calls that one fault is for.
pub const FAULT_CALLS_MAX: u32 = 100_000;
/// Longest delay: a request has 30 seconds in all.
pub const FAULT_DELAY_MAX_MILLISECONDS: u32 = 20_000;
/// Largest `Retry-After` of a fault.
pub const FAULT_RETRY_AFTER_MAX_SECONDS: u32 = 3_600;

/// A fault to set.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewFault {
    /// Client id of the application.
    #[schemars(extend("format" = "uuid"))]
    pub app_id: String,
    /// For how many of its calls; 1 if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = FAULT_CALLS_MAX))]
    pub next: Option<u32>,
    /// 401, 403, 404, 429, 500 or 503; without it calls are only slow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = [401, 403, 404, 429, 500, 503, null]))]
    pub status: Option<u16>,
    /// How long an answer is held back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = FAULT_DELAY_MAX_MILLISECONDS))]
    pub delay_milliseconds: Option<u32>,
    /// `Retry-After` of 429 and 503; 1 if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = FAULT_RETRY_AFTER_MAX_SECONDS))]
    pub retry_after_seconds: Option<u32>,
    /// Only calls whose path starts so, such as `/api/incidents`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_prefix: Option<String>,
    /// `api`, or `token` for its requests for tokens; `api` if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["api", "token", null]))]
    pub target: Option<String>,
}

/// A fault that waits for calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Id, for taking it back.
    pub id: String,
    /// Client id of the application.
    pub app_id: String,
    /// How many calls it still waits for.
    pub next: u32,
    /// Status, unless calls are only slow.
    pub status: Option<u16>,
    /// How long an answer is held back.
    pub delay_milliseconds: Option<u32>,
    /// `Retry-After`.
    pub retry_after_seconds: Option<u32>,
    /// Only calls whose path starts so.
    pub route_prefix: Option<String>,
    /// `api` or `token`.
    pub target: String,
    /// When it was set.
    #[schemars(with = "crate::schema::Instant")]
    pub created_date_time: Timestamp,
}

/// The faults of a tenant's applications, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct FaultList {
    /// The faults.
    pub value: Vec<Fault>,
}
