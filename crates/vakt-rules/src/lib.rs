//! vakt-rules: files of detection rules, whatever their form. Which queries are in them, what is
//! wrong with each, and how that is told to people, programs and code review.
//!
//! Start with [`check`], or with [`find::queries`] for the queries alone. Nothing here runs a query.
//!
//! ```
//! use vakt_kql::catalog::Catalog;
//! use vakt_rules::{FileKind, check};
//!
//! let rule = "name: broken\nquery: |\n  DeviceEvents\n  | wher ActionType == 'x'\n";
//! let checked = check("rule.yaml", FileKind::Yaml, rule, Catalog::hunting());
//! assert_eq!(checked.queries, 1);
//! assert_eq!(checked.findings[0].start.line, 4);
//! ```

mod check;
mod codes;
pub mod find;
mod folder;
mod format;
mod kind;
mod lines;
mod query;
mod read;
pub mod render;
mod schema;

pub use check::{Checked, Finding, check};
pub use codes::about;
pub use folder::{FILES_COUNT_MAX, FOLDER_DEPTH_MAX, FolderProblem, Selected, select};
pub use format::{Formatted, format};
pub use kind::FileKind;
pub use lines::{LineColumn, Lines, Units};
pub use query::Query;
pub use read::{FILE_BYTES_MAX, ReadProblem, decode, read};
pub use schema::{SchemaProblem, read_schema};
