//! Rows by name: tables, tabular lets, functions that give rows.

use super::{Binder, RowScope, broken_rows};
use crate::bound::Rel;
use crate::syntax::tree::Node;

impl<'a> Binder<'a> {
    /// A name, path or call that stands for rows.
    pub(crate) fn named_rows(&mut self, node: Node<'a>, _scope: &RowScope<'_>) -> Rel {
        broken_rows(None, node.span())
    }
}
