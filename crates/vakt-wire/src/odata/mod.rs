//! OData query options as a small AST of our own: `$filter` and `$search` expressions and the
//! `$` options of a query string. Parsing is strict about meaning and lenient about spelling (any case of option
//! names, `+` for a space, 0 to 9 fraction digits).

mod filter;
mod lex;
mod options;
mod parse;
mod problem;
mod search;

pub use filter::{Comparison, ELEMENT, Filter, Function, Literal};
pub use options::{Expand, OrderBy, QueryOptions};
pub use parse::parse_filter;
pub use problem::ODataProblem;
pub use search::Search;

/// Deepest nesting of parentheses and `not` in a filter: deeper text is a mistake or an attack.
pub const FILTER_NESTING_DEPTH_MAX: usize = 32;
/// Most conditions in one filter.
pub const FILTER_CONDITIONS_MAX: usize = 200;
/// Longest filter, in bytes.
pub const FILTER_LENGTH_MAX_BYTES: usize = 16 * 1024;
