//! The shapes Microsoft's clients send and expect, as serde types and nothing more. Names follow
//! the wire; nothing here decides anything. Start with [`entra`], [`defender`] or [`graph`].
//!
//! ```
//! let filter = vakt_wire::odata::parse_filter("status eq 'Active' and incidentId gt 3")?;
//! assert_eq!(filter.to_string(), "status eq 'Active' and incidentId gt 3");
//! # Ok::<(), vakt_wire::odata::ODataProblem>(())
//! ```
#![warn(missing_docs)]

pub mod defender;
pub mod endpoint;
pub mod entra;
pub mod graph;
pub mod import;
pub mod incident_file;
pub mod incidents;
mod null;
pub mod odata;
pub mod operator;
pub mod schema;
