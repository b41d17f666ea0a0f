//! vakt-kql: text in, bound query out, no engine and no IO.
//!
//! Parsing never fails: it gives a lossless [`syntax::tree::Tree`] and a list of
//! [`diagnostic::Problem`]s.

pub mod diagnostic;
pub mod syntax;
pub mod types;
