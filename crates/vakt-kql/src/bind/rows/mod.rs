//! Rows: sources, and the operators on them.

mod open;

use super::{Binder, RowScope, broken_rows};
use crate::bound::{Rel, RelOp};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;

impl<'a> Binder<'a> {
    /// Rows of a source, a name, a call, or operators behind one another. `scope` is the row around
    /// (of `x in (T | …)`), which names of tables are looked up in too.
    pub(crate) fn rows(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        if !self.enter(node.span()) {
            return broken_rows(None, node.span());
        }
        let rows = self.rows_inside(node, scope);
        self.leave();
        rows
    }

    fn rows_inside(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        // a long chain of pipes is a loop, not a recursion
        let mut operators = Vec::new();
        let mut source = node;
        while source.kind() == NodeKind::Pipe {
            let (Some(left), Some(operator)) = (source.nth(0), source.nth(1)) else { break };
            operators.push((operator, source.span()));
            source = left;
        }
        let mut rows = self.source(source, scope);
        for (operator, span) in operators.into_iter().rev() {
            rows = self.operator(operator, Some(rows), scope);
            rows.span = span;
        }
        rows
    }

    /// What begins a chain.
    fn source(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        match node.kind() {
            NodeKind::ImplicitInput => match self.inputs.last() {
                Some(input) => Rel {
                    op: RelOp::Input,
                    columns: input.columns.clone(),
                    span: node.span(),
                    serialized: input.serialized,
                    open: input.open,
                },
                None => broken_rows(None, node.span()),
            },
            NodeKind::NameRef
            | NodeKind::Path
            | NodeKind::Call
            | NodeKind::Paren
            | NodeKind::Element
            | NodeKind::Materialize
            | NodeKind::ToTable
            | NodeKind::WildcardName
            | NodeKind::EntityGroup => self.named_rows(node, scope),
            _ => self.operator(node, None, scope),
        }
    }

    /// An operator on its input, or one that begins a chain (`print`, `range`, `union`, `search`, …).
    pub(crate) fn operator(
        &mut self,
        node: Node<'a>,
        input: Option<Rel>,
        _scope: &RowScope<'_>,
    ) -> Rel {
        broken_rows(input, node.span())
    }
}
