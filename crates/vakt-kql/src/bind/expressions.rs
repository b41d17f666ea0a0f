//! Values: one function for each kind of expression.

use super::{Binder, RowScope, broken_value};
use crate::bound::Expr;
use crate::syntax::tree::Node;

impl<'a> Binder<'a> {
    /// A value. Problems are reported; the value is then of unknown type.
    pub(crate) fn expr(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        if !self.enter(node.span()) {
            return broken_value(node.span());
        }
        let value = self.expr_inside(node, scope);
        self.leave();
        value
    }

    fn expr_inside(&mut self, node: Node<'a>, _scope: &RowScope<'_>) -> Expr {
        broken_value(node.span())
    }

    /// Refuses what is no value (a table, a function).
    pub(crate) fn scalar_only(&mut self, value: Expr) -> Expr {
        value
    }
}
