//! The scalar functions, by family.

use super::function::Function;

/// All tables.
pub(super) static TABLES: &[&[Function]] = &[text::ROWS];

mod text;
