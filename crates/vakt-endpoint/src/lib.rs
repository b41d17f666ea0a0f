//! Machines, what is to be done to them, and indicators of compromise. No wire shapes, no SQL.
//! Start with [`Endpoint`] (the service); [`Sighting`] is how machines become known,
//! [`MachineAction`] what is asked for, [`Indicator`] what is looked for.
//!
//! ```
//! use vakt_endpoint::{IndicatorKind, check_value};
//! let value = check_value(IndicatorKind::DomainName, "Evil.Example").unwrap();
//! assert_eq!(value, "evil.example");
//! ```

mod indicator;
mod indicator_value;
mod machine;
mod machine_action;
mod query;
mod service;
mod store;
mod words;

pub use indicator::{
    Author, GROUPS_MAX, INDICATOR_TEXT_MAX_CHARS, INDICATORS_MAX, Indicator, IndicatorChanges,
    IndicatorFault, NewIndicator, Reach,
};
pub use indicator_value::{VALUE_MAX_BYTES, ValueFault, check_value};
pub use machine::{
    Interface, MACHINE_TAGS_MAX, MACHINE_TEXT_MAX_CHARS, Machine, MachineFault, MachineName,
    Outcome, Sighting, TAG_MAX_CHARS,
};
pub use machine_action::{
    ActionFault, COMMENT_MAX_CHARS, Cancellation, MachineAction, NewMachineAction,
};
pub use query::{
    ActionField, Comparison, Condition, Cursor, IndicatorField, Key, Kind, MachineField, Order,
    PAGE_SIZE_MAX, Page, Predicate, Property, Query, Value,
};
pub use service::Endpoint;
pub use store::{Change, EndpointStore, EndpointStoreError, Put, Removal, Unchanged};
pub use words::{
    ActionKind, ActionScope, ActionStatus, DeviceValue, Exposure, Health, IndicatorKind,
    IndicatorSeverity, Onboarding, Response, Risk, SourceKind,
};
