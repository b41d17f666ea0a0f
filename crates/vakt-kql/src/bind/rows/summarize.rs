//! Groups: `summarize`, `make-series`, and the tops of values.

use std::sync::Arc;

use super::super::names::same_column;
use super::super::{Binder, Given, Projection, RowScope, Style};
use super::parts::{after, clause, expressions, ordered, underlying, unordered, with};
use crate::bound::{Aggregate, Expr, MakeSeries, NestedLevel, Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::{ScalarType, Type};

impl<'a> Binder<'a> {
    pub(super) fn summarize(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut to = Projection::default();
        let keys = self.group_keys(node, &scope, &mut to);
        for column in &to.out {
            self.demand_comparable(&column.value, "a group key");
        }
        let keys_count = to.out.len();
        let inside = RowScope { keys: &keys, ..scope.aggregates() };
        self.project_all(expressions(node), &inside, &mut to, Style::Summarize);
        let (schema, mut keys) = to.finish();
        let aggregates = keys.split_off(keys_count.min(keys.len()));
        let aggregates = aggregates.into_iter().enumerate();
        let aggregates =
            aggregates.map(|(at, value)| Aggregate { value, place: keys_count + at }).collect();
        unordered(with(input, schema, |input| RelOp::Summarize { input, keys, aggregates }))
    }

    /// The columns of the `by` clause. Gives the places of those that are columns of the input, which
    /// a `*` among the aggregates leaves out.
    fn group_keys(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        to: &mut Projection,
    ) -> Vec<usize> {
        self.project_all(clause(node, NodeKind::ByClause), scope, to, Style::Plain);
        if let Some(bin) = node.find(NodeKind::ByClause).and_then(|by| by.find(NodeKind::BinClause))
        {
            self.value(bin.nodes().next(), scope);
        }
        let places = to.out.iter().filter_map(|column| same_column(&column.value, scope));
        places.map(|(place, _)| place).collect()
    }

    pub(super) fn make_series(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut to = Projection::default();
        let keys = self.group_keys(node, &scope, &mut to);
        let keys_count = to.out.len();
        let inside = RowScope { keys: &keys, ..scope.aggregates() };
        let mut defaults: Vec<Option<Expr>> = Vec::new();
        for series in node.all(NodeKind::SeriesColumn) {
            let Some(aggregate) = expressions(series).next() else { continue };
            self.project(aggregate, &inside, (&mut to, Style::Summarize), dynamic());
            let default = after(series, "=").map(|default| self.value(Some(default), &scope));
            if let (Some(default), Some(made)) = (&default, to.out.last()) {
                let ty = made.value.ty.clone();
                self.demand_promotable(default, &ty, "the default");
            }
            defaults.resize(to.out.len() - keys_count, None);
            if let Some(last) = defaults.last_mut() {
                *last = default;
            }
        }
        let axis_place = to.out.len();
        if let Some(axis) = clause(node, NodeKind::OnClause).next() {
            self.project(axis, &scope, (&mut to, Style::Plain), dynamic());
        }
        let (schema, values) = to.finish();
        let range = self.series_range(node, &scope, values.get(axis_place));
        let series = series_of(values, (keys_count, axis_place), defaults, range);
        unordered(with(input, schema, |input| RelOp::MakeSeries(Box::new(series(*input)))))
    }

    /// `from … to … step …`, or `in range(…)`.
    fn series_range(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        axis: Option<&Expr>,
    ) -> SeriesRange {
        let range = node.find(NodeKind::SeriesRange);
        let included = range.is_some_and(|range| range.has_word("range"));
        let (from, to, step) = match range {
            Some(range) if included => {
                let mut parts = expressions(range);
                (parts.next(), parts.next(), parts.next())
            }
            Some(range) => (after(range, "from"), after(range, "to"), after(range, "step")),
            None => (None, None, None),
        };
        let from = from.map(|from| self.value(Some(from), scope));
        let to = to.map(|to| self.value(Some(to), scope));
        let step = self.value(step, scope);
        let ty = axis.map_or(Type::UNKNOWN, |axis| axis.ty.clone());
        for end in [&from, &to].into_iter().flatten() {
            self.demand_promotable(end, &ty, "the range");
        }
        self.demand_step(&step, &ty);
        SeriesRange { from, to, step, included }
    }

    /// A value that becomes the type by widening. A text that is written out is read as the type.
    fn demand_promotable(&mut self, value: &Expr, wanted: &Type, what: &str) {
        let (ty, wanted) = (value.ty.scalar(), wanted.scalar());
        let rank = |ty| match ty {
            ScalarType::Int => 1,
            ScalarType::Long => 2,
            ScalarType::Real => 3,
            ScalarType::Decimal => 4,
            _ => 0,
        };
        let widens = rank(ty) > 0 && rank(ty) <= rank(wanted);
        let unknown = ty == ScalarType::Unknown || wanted == ScalarType::Unknown;
        let written = ty == ScalarType::String && value.constant;
        if ty != wanted && !widens && !unknown && !written {
            let help = format!("Write a value of type {wanted}.");
            self.error("KS141", value.span, format!("{what} must be {wanted}, it is {ty}"), help);
        }
    }

    /// What can be added to the axis again and again.
    fn demand_step(&mut self, step: &Expr, axis: &Type) {
        let (ty, axis) = (step.ty.scalar(), axis.scalar());
        let fits = match axis {
            ScalarType::Datetime | ScalarType::Timespan => ty == ScalarType::Timespan,
            ScalarType::Dynamic | ScalarType::Unknown => true,
            _ => axis.is_numeric() && ty.is_numeric(),
        };
        let unknown = matches!(ty, ScalarType::Unknown | ScalarType::Dynamic);
        let written = ty == ScalarType::String && step.constant;
        if !fits && !unknown && !written {
            let help = match axis {
                ScalarType::Datetime => "Write a timespan, such as `1h`.",
                _ => "Write a step of the type of the axis.",
            };
            self.error("KS178", step.span, format!("{ty} is no step for an axis of {axis}"), help);
        }
    }

    pub(super) fn top_hitters(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut parts = expressions(node).chain(clause(node, NodeKind::ByClause));
        let count = self.row_count(parts.next(), &scope);
        let (of_node, by_node) = (parts.next(), parts.next());
        let mut to = Projection::default();
        self.project_all(of_node.into_iter(), &scope, &mut to, Style::Plain);
        let of_name = to.out.first().map(|column| column.column.name.clone());
        let by = by_node.map(|by| self.value(Some(by), &scope));
        let (column, value) = match (&by, by_node) {
            (Some(by), Some(node)) => {
                self.demand_number(by);
                let name = self.result_name(node, by, &scope).unwrap_or_default();
                (Column::new(format!("approximate_sum_{name}"), by.ty.clone()), by.clone())
            }
            _ => {
                let name = of_name.unwrap_or_else(|| Arc::from(""));
                let name = format!("approximate_count_{name}");
                let value = super::super::broken_value(node.span());
                (Column::new(name, ScalarType::Long), value)
            }
        };
        to.add(column, value, None);
        let (schema, mut values) = to.finish();
        values.truncate(1);
        let of = values.pop().unwrap_or_else(|| super::super::broken_value(node.span()));
        self.demand_column(&of);
        let (of, by) = (Box::new(of), by.map(Box::new));
        let op = |input| RelOp::TopHitters { input, count, of, by };
        ordered(with(input, schema, op))
    }

    pub(super) fn top_nested(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut names = super::super::taken::Names::default();
        let (mut columns, mut levels) = (Vec::new(), Vec::new());
        for level in node.all(NodeKind::NestedLevel) {
            let first = level.children().first();
            let counted = matches!(first, Some(crate::syntax::tree::Element::Node(_)));
            let count = counted.then(|| self.row_count(level.nth(0), &scope));
            let (of_node, by_node) = (after(level, "of"), after(level, "by"));
            let of = self.value(of_node.map(underlying), &scope);
            let others = after(level, "=").map(|others| self.value(Some(others), &scope));
            let by = self.value(by_node.map(underlying), &scope.aggregates());
            let of_name = of_node.and_then(|node| self.result_name(node, &of, &scope));
            let of_name = names.unique(&of_name.unwrap_or_default().into(), None);
            let by_name = by_node.and_then(declared_name);
            let by_name = by_name.unwrap_or_else(|| format!("aggregated_{of_name}").into());
            columns.push(Column::new(of_name, of.ty.clone()));
            columns.push(Column::new(names.unique(&by_name, None), by.ty.clone()));
            let ascending = by_node.is_some_and(|node| node.has_word("asc"));
            levels.push(NestedLevel { count, of, others, by, ascending });
        }
        let schema = Schema::from(columns);
        ordered(with(input, schema, |input| RelOp::TopNested { input, levels }))
    }
}

struct SeriesRange {
    from: Option<Expr>,
    to: Option<Expr>,
    step: Expr,
    included: bool,
}

/// Whatever the aggregate gives, a series is an array.
fn dynamic() -> Given {
    Given { ty: Some(Type::DYNAMIC), name: None }
}

fn series_of(
    values: Vec<Expr>,
    (keys_count, axis_place): (usize, usize),
    defaults: Vec<Option<Expr>>,
    range: SeriesRange,
) -> impl FnOnce(Rel) -> MakeSeries {
    move |input| {
        let (mut keys, mut series, mut axis) = (Vec::new(), Vec::new(), None);
        let mut defaults = defaults.into_iter();
        for (place, value) in values.into_iter().enumerate() {
            if place < keys_count {
                keys.push((value, place));
            } else if place < axis_place {
                series.push((value, defaults.next().flatten(), place));
            } else {
                axis = Some((value, place));
            }
        }
        let axis = axis.unwrap_or_else(|| (super::super::broken_value(input.span), axis_place));
        let SeriesRange { from, to, step, included } = range;
        MakeSeries { input, values: series, axis, from, to, step, to_included: included, keys }
    }
}

/// The name in `name = expression`, through an order.
fn declared_name(node: Node<'_>) -> Option<Arc<str>> {
    match node.kind() {
        NodeKind::Named => node.nth(0).map(super::super::literals::name_of),
        NodeKind::Ordered => declared_name(node.nth(0)?),
        _ => None,
    }
}
