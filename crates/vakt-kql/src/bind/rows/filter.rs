//! Fewer rows, or in another order: `where`, `take`, `sample`, `sort`, `top`, `distinct`.

use super::super::{Binder, Projection, RowScope, Style};
use super::parts::{clause, expressions, ordered, same, underlying, unordered, with};
use crate::bound::{Expr, Rel, RelOp, SortKey};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;

impl<'a> Binder<'a> {
    pub(super) fn where_rows(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let predicate = self.condition(expressions(node).next(), &RowScope::of(&input));
        same(input, |input| RelOp::Where { input, predicate })
    }

    pub(super) fn take(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let count = self.row_count(expressions(node).next(), &RowScope::of(&input));
        same(input, |input| RelOp::Take { input, count })
    }

    pub(super) fn sample(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let count = self.row_count(expressions(node).next(), &RowScope::of(&input));
        unordered(same(input, |input| RelOp::Sample { input, count }))
    }

    pub(super) fn sort(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let keys: Vec<_> = expressions(node).map(|key| self.sort_key(key, &scope)).collect();
        for key in &keys {
            self.demand_comparable(&key.value, "a sort key");
        }
        ordered(same(input, |input| RelOp::Sort { input, keys }))
    }

    /// A key with its direction: downwards unless told, nulls last downwards and first upwards.
    pub(super) fn sort_key(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> SortKey {
        let said = |word| node.kind() == NodeKind::Ordered && node.has_word(word);
        let descending = !said("asc");
        let nulls_first = said("first") || (!descending && !said("last"));
        let value = self.value(Some(underlying(node)), scope);
        SortKey { value, descending, nulls_first }
    }

    pub(super) fn top(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut parts = expressions(node);
        let count = self.row_count(parts.next(), &scope);
        let keys: Vec<_> = parts.chain(clause(node, NodeKind::ByClause)).collect();
        let keys = keys.into_iter().map(|key| self.sort_key(key, &scope)).collect();
        ordered(same(input, |input| RelOp::Top { input, count, keys }))
    }

    pub(super) fn distinct(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let mut to = Projection::default();
        self.project_all(expressions(node), &RowScope::of(&input), &mut to, Style::Plain);
        for column in &to.out {
            self.demand_comparable(&column.value, "what is distinct");
        }
        let (schema, columns) = to.finish();
        unordered(with(input, schema, |input| RelOp::Distinct { input, columns }))
    }

    pub(super) fn sample_distinct(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut parts = expressions(node);
        let count = self.row_count(parts.next(), &scope);
        let of = parts.next();
        let (value, schema) = self.single_column(of, &scope);
        if self.demand_column(&value) {
            self.demand_comparable(&value, "what is distinct");
        }
        let op = |input| RelOp::SampleDistinct { input, count, of: Box::new(value) };
        unordered(with(input, schema, op))
    }

    /// One value as the one column of what comes out.
    fn single_column(
        &mut self,
        node: Option<Node<'a>>,
        scope: &RowScope<'_>,
    ) -> (Expr, crate::catalog::Schema) {
        let mut to = Projection::default();
        if let Some(node) = node {
            self.project_all(std::iter::once(node), scope, &mut to, Style::Plain);
        }
        let (schema, values) = to.finish();
        let span = node.map_or_else(Default::default, |node| node.span());
        let value = values.into_iter().next();
        (value.unwrap_or_else(|| super::super::broken_value(span)), schema)
    }
}
