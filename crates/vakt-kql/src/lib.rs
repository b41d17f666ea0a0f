//! vakt-kql: text in, bound query out, no engine and no IO.
//!
//! Parsing never fails: it gives a lossless [`syntax::tree::Tree`] and a list of
//! [`diagnostic::Problem`]s.

#[expect(dead_code, unused_imports, reason = "the grammar and the operators are on their way")]
mod bind;
pub mod bound;
pub mod catalog;
pub mod diagnostic;
mod hunting;
pub mod registry;
pub mod syntax;
pub mod types;
