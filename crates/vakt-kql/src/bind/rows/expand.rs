//! Rows from what is inside a dynamic: `mv-expand`, `mv-apply`.

use std::sync::Arc;

use super::super::{Binder, Given, ImplicitRows, Projection, RowScope, Style, broken_value};
use super::options::word;
use super::parts::{after, bare, expressions, underlying, with};
use crate::bound::{Expr, ExprKind, MvApply, MvExpand, Rel, RelOp, Side, Value};
use crate::catalog::{Column, Schema};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// Where values seem to be written that nobody wrote.
const NOWHERE: Span = Span::new(0, 0);

/// The old spelling `mvexpand` stops at so many rows for each row.
const OLD_EXPANSION_ROWS_MAX: i64 = 128;

impl<'a> Binder<'a> {
    pub(super) fn mv_expand(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let (schema, expand) = self.expansion(node, &input);
        let (serialized, open) = (input.serialized, input.open);
        let op = RelOp::MvExpand(Box::new(expand(input)));
        Rel { op, columns: schema, span: node.span(), serialized, open }
    }

    /// The columns with the expanded ones, and how they become so.
    fn expansion(
        &mut self,
        node: Node<'a>,
        input: &Rel,
    ) -> (Schema, impl FnOnce(Rel) -> MvExpand + use<'a>) {
        let scope = RowScope::of(input);
        let as_array = ["kind", "bagexpansion"]
            .iter()
            .any(|option| word(node, option).as_deref() == Some("array"));
        let mut to = Projection::over(&input.columns);
        for part in node.all(NodeKind::MvColumn) {
            let Some(column) = part.nodes().find(|inner| inner.kind() != NodeKind::ToTypeOf) else {
                continue;
            };
            let value = self.value(Some(underlying(column)), &scope);
            self.demand_type(&value, ScalarType::Dynamic);
            let ty = match part.find(NodeKind::ToTypeOf) {
                Some(to) => self.expanded_to(to),
                None => expanded_type(&value.ty, as_array),
            };
            let given = Given { ty: Some(ty), name: None };
            self.project(column, &scope, (&mut to, Style::Replace), given);
        }
        let index = word(node, "with_itemindex").map(|name| {
            to.add(Column::new(name, ScalarType::Long), broken_value(NOWHERE), None);
            to.len().saturating_sub(1)
        });
        let limit = node
            .find(NodeKind::RowLimit)
            .map(|limit| self.row_count(expressions(limit).next(), &scope));
        let limit =
            limit.or_else(|| node.has_word("mvexpand").then(|| constant(OLD_EXPANSION_ROWS_MAX)));
        let (schema, values) = to.finish_all();
        let types = schema.clone();
        let expand = move |input| {
            let columns = values.into_iter().filter(|(_, value)| value.span != NOWHERE);
            let ty = |place: usize| {
                types.get(place).map_or(ScalarType::Unknown, |column: &Column| column.ty.scalar())
            };
            let columns = columns.map(|(place, value)| (place, value, ty(place))).collect();
            MvExpand { input, columns, bag_as_array: as_array, item_index: index, limit }
        };
        (schema, expand)
    }

    /// `to typeof(long)`.
    fn expanded_to(&mut self, node: Node<'a>) -> Type {
        let name = node.find(NodeKind::TypeOf).and_then(|of| of.find(NodeKind::TypeName));
        name.map_or(Type::UNKNOWN, |name| self.type_name(name))
    }

    pub(super) fn mv_apply(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut applied: Vec<usize> = Vec::new();
        for part in node.all(NodeKind::MvColumn) {
            let column = part.nodes().find(|inner| inner.kind() != NodeKind::ToTypeOf);
            if let Some(column) = column.map(bare)
                && column.kind() != NodeKind::Named
                && let ExprKind::Column(place) = self.expr(column, &scope).kind
            {
                applied.push(place);
            }
        }
        let (schema, expand) = self.expansion(node, &input);
        let rows = ImplicitRows {
            columns: schema,
            serialized: input.serialized,
            open: input.open,
            graph: None,
        };
        let subquery = node.find(NodeKind::SubQuery);
        let subquery = match subquery {
            Some(subquery) => self.subquery(subquery, rows),
            None => super::super::broken_rows(None, node.span()),
        };
        let (columns, output) = applied_columns(&input, &applied, &subquery);
        let context_id = after(node, "id").map(|id| Arc::from(id.text()));
        let open = input.open || subquery.open;
        let rows = with(input, columns, |input| {
            let apply = MvApply { expand: expand(*input), subquery, context_id, output };
            RelOp::MvApply(Box::new(apply))
        });
        Rel { open, ..rows }
    }

    /// The rows of a query over the rows of the operator it is in.
    pub(super) fn subquery(&mut self, node: Node<'a>, input: ImplicitRows) -> Rel {
        self.inputs.push(input);
        let inner = node.nodes().find(|inner| inner.kind() != NodeKind::Error);
        let rows = match inner {
            Some(inner) => self.tabular(inner),
            None => super::super::broken_rows(None, node.span()),
        };
        self.inputs.pop();
        rows
    }
}

/// The type of an element, as far as what is inside the dynamic is known.
fn expanded_type(ty: &Type, as_array: bool) -> Type {
    match ty {
        Type::Array(element) => super::super::conversions::dynamic_of(element),
        Type::Bag(_) if as_array => super::super::conversions::any_array(),
        Type::Bag(_) => super::super::conversions::any_bag(),
        Type::Scalar(ScalarType::Dynamic) | Type::Holding(_) => Type::DYNAMIC,
        other => other.clone(),
    }
}

/// The columns of the input that are not applied, then those of the subquery; one of the same name
/// takes the place of the input's.
fn applied_columns(input: &Rel, applied: &[usize], subquery: &Rel) -> (Schema, Vec<Side>) {
    let mut columns: Vec<Column> = Vec::new();
    let mut output: Vec<Side> = Vec::new();
    for (place, column) in input.columns.iter().enumerate() {
        if !applied.contains(&place) {
            columns.push(column.clone());
            output.push(Side::Left(place));
        }
    }
    for (place, column) in subquery.columns.iter().enumerate() {
        let same = columns.iter().position(|other| other.name == column.name);
        let slot = same.and_then(|at| Some((columns.get_mut(at)?, output.get_mut(at)?)));
        if let Some((there, side)) = slot {
            (*there, *side) = (column.clone(), Side::Right(place));
        } else {
            columns.push(column.clone());
            output.push(Side::Right(place));
        }
    }
    (columns.into(), output)
}

fn constant(number: i64) -> Expr {
    let kind = ExprKind::Literal(Value::Long(number));
    let ty = Type::Scalar(ScalarType::Long);
    Expr { kind, ty, several: None, span: NOWHERE, constant: true }
}
