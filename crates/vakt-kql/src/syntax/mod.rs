//! The text as a tree: kinds, tree, and what reads it.

pub mod kinds;
pub mod tree;
pub mod units;
