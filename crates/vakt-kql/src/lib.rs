//! vakt-kql: text in, bound query out, no engine and no IO. Start with [`parse`].
//!
//! Parsing never fails: it gives a lossless [`syntax::tree::Tree`] and a list of
//! [`diagnostic::Problem`]s.
//!
//! ```
//! let parse = vakt_kql::parse("DeviceEvents | where ActionType == 'x' | take 5");
//! assert!(parse.problems.is_empty());
//! assert_eq!(parse.tree.root().text().len(), 47);
//!
//! let wrong = vakt_kql::parse("DeviceEvents | wher ActionType == 'x'");
//! assert_eq!(wrong.problems[0].help, "Did you mean `where`?");
//! ```

pub mod ast;
#[expect(dead_code, unused_imports, reason = "the operators are on their way")]
mod bind;
pub mod bound;
pub mod catalog;
pub mod complete;
mod cures;
pub mod diagnostic;
pub mod dump;
pub mod explain;
pub mod format;
mod grammar;
mod hunting;
mod lex;
pub mod link;
mod named;
pub mod registry;
pub mod syntax;
pub mod types;

pub use grammar::{QUERY_LENGTH_BYTES_MAX, QUERY_NESTING_DEPTH_MAX, QUERY_TOKENS_COUNT_MAX};

use bound::Bound;
use catalog::Catalog;
use diagnostic::Problem;
use syntax::tree::Tree;

/// What a text was read as.
#[derive(Clone, Debug)]
pub struct Parse {
    /// All of the text.
    pub tree: Tree,
    /// What is wrong with it, in the order of the text. Empty: it is a query, as far as grammar goes.
    pub problems: Vec<Problem>,
}

/// Reads a query. It always gives a tree, which prints back the text; what is wrong is in the
/// problems. Work and memory are linear in the text, and recursion is bounded.
pub fn parse(text: &str) -> Parse {
    let (tree, problems) = grammar::parse(text);
    Parse { tree, problems }
}

/// Binds what was read: names resolved, types known, the columns of the answers named. What is wrong
/// is in the problems of the answer, with those of reading.
pub fn bind(parse: &Parse, catalog: &Catalog) -> Bound {
    bind::bind_tree(&parse.tree, &parse.problems, catalog)
}
