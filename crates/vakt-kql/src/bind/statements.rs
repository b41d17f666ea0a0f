//! Statements: `let`, `set`, `declare`, and the expressions that are answered.

use std::sync::Arc;

use super::Binder;
use crate::bound::{Expr, Rel};
use crate::syntax::tree::Node;

impl<'a> Binder<'a> {
    /// All statements: what is answered, and the options that are set.
    pub(crate) fn query(&mut self, _root: Node<'a>) -> (Vec<Rel>, Vec<(Arc<str>, Option<Expr>)>) {
        (Vec::new(), Vec::new())
    }
}
