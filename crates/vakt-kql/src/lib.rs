//! vakt-kql: text in, bound query out, no engine and no IO.
//!
//! Parsing never fails: it gives a lossless [`syntax::tree::Tree`] and a list of
//! [`diagnostic::Problem`]s.

pub mod bound;
pub mod catalog;
pub mod diagnostic;
mod hunting;
pub mod registry;
pub mod syntax;
pub mod types;
