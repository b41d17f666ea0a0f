//! The aggregates.

use super::function::Function;

/// All tables.
pub(super) static TABLES: &[&[Function]] = &[];
