//! Several queries over the same rows: `partition`, `fork`, `facet`.

use super::super::scope::Symbol;
use super::super::{Binder, ImplicitRows, RowScope};
use super::options::hints;
use super::parts::{clause, expressions, keyword_span, unordered, with};
use crate::bound::{ExprKind, Rel, RelOp};
use crate::catalog::Column;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;

/// What cannot stand in a `fork` or behind the `with` of a `facet`.
const NOT_IN_FORK: &[NodeKind] = &[
    NodeKind::Consume,
    NodeKind::Evaluate,
    NodeKind::Facet,
    NodeKind::Find,
    NodeKind::Fork,
    NodeKind::GetSchema,
    NodeKind::GraphMatch,
    NodeKind::GraphToTable,
    NodeKind::Join,
    NodeKind::Lookup,
    NodeKind::MakeGraph,
    NodeKind::MakeSeries,
    NodeKind::MvApply,
    NodeKind::Partition,
    NodeKind::Print,
    NodeKind::Range,
    NodeKind::Render,
    NodeKind::Scan,
    NodeKind::Search,
    NodeKind::Serialize,
    NodeKind::Union,
];

impl<'a> Binder<'a> {
    fn implicit(&self, input: &Rel) -> ImplicitRows {
        let Rel { columns, serialized, open, .. } = input;
        ImplicitRows { columns: columns.clone(), serialized: *serialized, open: *open, graph: None }
    }

    pub(super) fn partition(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let by = expressions(node)
            .find(|part| part.kind() != NodeKind::SubQuery)
            .or_else(|| clause(node, NodeKind::ByClause).next());
        let value = self.value(by, &scope);
        if self.demand_column(&value) {
            self.demand_comparable(&value, "what is partitioned by");
        }
        let column = match value.kind {
            ExprKind::Column(place) => input.columns.get(place).cloned(),
            _ => None,
        };
        let before = self.scopes.open_here();
        if let Some(column) = column {
            self.scopes.declare(column.name.clone(), Symbol::Column(column));
        }
        let rows = self.implicit(&input);
        let subquery = match node.find(NodeKind::SubQuery) {
            Some(inner) if inner.has_word("{") => self.block_rows(inner),
            Some(inner) => self.subquery(inner, rows),
            None => super::super::broken_rows(None, node.span()),
        };
        self.scopes.close(before);
        let (columns, open) = (subquery.columns.clone(), input.open || subquery.open);
        let hints = hints(node);
        let (by, subquery) = (Box::new(value), Box::new(subquery));
        let op = |input| RelOp::Partition { input, by, subquery, hints };
        unordered(Rel { open, ..with(input, columns, op) })
    }

    pub(super) fn fork(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let mut branches = Vec::new();
        for (at, branch) in node.all(NodeKind::ForkBranch).enumerate() {
            let Some(inner) = branch.find(NodeKind::SubQuery) else { continue };
            self.check_inside(inner, "fork");
            let rows = self.subquery(inner, self.implicit(&input));
            let name = branch.find(NodeKind::Name).map(super::super::literals::name_of);
            let name = name.unwrap_or_else(|| match at {
                0 => "Results".into(),
                _ => format!("Results_{}", at + 1).into(),
            });
            branches.push((name, rows));
        }
        let first = branches.first().map(|(_, rows)| rows.columns.clone());
        let columns = first.unwrap_or_else(|| input.columns.clone());
        with(input, columns, |input| RelOp::Fork { input, branches })
    }

    /// Some operators cannot stand in the branches of `fork` and `facet`.
    fn check_inside(&mut self, node: Node<'a>, around: &str) {
        let mut at = node.nodes().next();
        while let Some(part) = at {
            let operator = if part.kind() == NodeKind::Pipe { part.nth(1) } else { Some(part) };
            if let Some(operator) = operator
                && NOT_IN_FORK.contains(&operator.kind())
            {
                let span = keyword_span(operator);
                let word = node.tree().slice(span).to_owned();
                let message = format!("`{word}` cannot stand in `{around}`");
                let help = format!("Put it before the `{around}`, or write a query of its own.");
                self.error("KS177", span, message, help);
            }
            at = if part.kind() == NodeKind::Pipe { part.nth(0) } else { None };
        }
    }

    pub(super) fn facet(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let (mut by, mut columns) = (Vec::new(), None);
        let names = expressions(node).chain(clause(node, NodeKind::ByClause));
        let is_name = |part: &Node<'_>| part.kind() == NodeKind::NameRef;
        for part in names.filter(is_name) {
            let value = self.value(Some(part), &scope);
            if !self.demand_column(&value) {
                continue;
            }
            self.demand_comparable(&value, "what is faceted by");
            if let ExprKind::Column(place) = value.kind {
                by.push(place);
                let column = input.columns.get(place).cloned();
                let count = column.as_ref().map(|column| {
                    let name = format!("count_{}", column.name);
                    Column::new(name, crate::types::ScalarType::Long)
                });
                columns = columns.or_else(|| Some(column.into_iter().chain(count).collect()));
            }
        }
        let rest = node.nodes().find(|part| !is_name(part) && part.kind() != NodeKind::ByClause);
        let with_rows = rest.map(|inner| self.facet_with(inner, &input));
        let first = with_rows.as_ref().map(|rows| rows.columns.clone());
        let columns = first.or(columns).unwrap_or_else(|| input.columns.clone());
        let op = |input| RelOp::Facet { input, by, with: with_rows.map(Box::new) };
        with(input, columns, op)
    }

    /// What stands behind `with`: an operator, or several in parentheses.
    fn facet_with(&mut self, node: Node<'a>, input: &Rel) -> Rel {
        let rows = self.implicit(input);
        if node.kind() == NodeKind::SubQuery {
            self.check_inside(node, "facet");
            return self.subquery(node, rows);
        }
        let op = RelOp::Input;
        let ImplicitRows { columns, serialized, open, .. } = rows;
        let rows = Rel { op, columns, span: node.span(), serialized, open };
        self.operator(node, Some(rows), &RowScope::NONE)
    }
}
