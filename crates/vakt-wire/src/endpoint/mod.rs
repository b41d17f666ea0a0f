//! The API of Defender for Endpoint: machines, machine actions and indicators (documentation pages
//! of the resource types of these names). Reading is lenient, since clients of many years write
//! members in any of the spellings that the pages use.

mod indicator;
mod machine;
mod machine_action;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use indicator::{
    BatchDelete, Indicator, IndicatorBody, IndicatorImport, IndicatorImportAnswer,
    IndicatorImported,
};
pub use machine::{IpAddress, Machine, MachineChanges, MachineTag, NewDeviceValue};
pub use machine_action::{
    ActionRequest, Cancel, MachineAction, MachineActionProgress, RelatedFileInfo,
};

/// A page of things.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct List<T> {
    /// `<base>/api/$metadata#Machines` and so on.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// How many fit in all, with `$count=true`.
    #[serde(rename = "@odata.count", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The things.
    pub value: Vec<T>,
    /// Absolute address of the next page, if there is one.
    #[serde(rename = "@odata.nextLink", default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
}

/// One thing as an answer of its own.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Entity<T> {
    /// `<base>/api/$metadata#Machines/$entity` and so on.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// The thing.
    #[serde(flatten)]
    pub value: T,
}
