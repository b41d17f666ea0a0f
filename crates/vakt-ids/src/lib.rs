//! The ids of the Vakt house: every id has a type of its own, so that a tenant can never be
//! passed where an application is meant. Nothing but ids and their text forms may move in.
//!
//! ```
//! use vakt_ids::AppId;
//! let id: AppId = "8EE8FDAD-f234-4243-8f3b-15c294843740".parse()?;
//! assert_eq!(id.to_string(), "8ee8fdad-f234-4243-8f3b-15c294843740");
//! # Ok::<(), vakt_ids::NotAnId>(())
//! ```

mod number_ids;
mod text;
mod text_ids;
mod uuid_ids;

pub use number_ids::{IncidentId, IndicatorId};
pub use text::NotAnId;
pub use text_ids::{AlertId, MachineId};
pub use uuid_ids::{
    AppId, AssignmentId, GrantId, KeyId, MachineActionId, ObjectId, RoleId, TenantId, ViewId,
};
