//! Rows that are written out or come from elsewhere: `print`, `range`, `datatable`, `externaldata`.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::{Binder, Given, Projection, RowScope, Style};
use super::parts::{after, expressions};
use crate::bound::{External, Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::{ScalarType, Type};

/// Rows that have no input.
pub(super) fn source(op: RelOp, columns: Schema, node: Node<'_>) -> Rel {
    Rel { op, columns, span: node.span(), serialized: true, open: false }
}

impl<'a> Binder<'a> {
    pub(super) fn print(&mut self, node: Node<'a>) -> Rel {
        let mut to = Projection::default();
        for (at, part) in expressions(node).enumerate() {
            let given = Given { ty: None, name: Some(format!("print_{at}").into()) };
            self.project(part, &RowScope::NONE, (&mut to, Style::Print), given);
        }
        let (schema, values) = to.finish();
        source(RelOp::Print(values), schema, node)
    }

    pub(super) fn range(&mut self, node: Node<'a>) -> Rel {
        let scope = RowScope::NONE;
        let from = self.value(after(node, "from"), &scope);
        let to = self.value(after(node, "to"), &scope);
        let step = self.value(after(node, "step"), &scope);
        for value in [&from, &to, &step] {
            self.demand_summable(value);
        }
        if is_zero(&step) {
            let help = "Write a step that leads from the first value to the last.";
            self.error("KS140", step.span, "a step of zero leads nowhere", help);
        }
        let ty = range_type(from.ty.scalar(), to.ty.scalar(), step.ty.scalar());
        let name = node.find(NodeKind::Name).map_or_else(|| Arc::from(""), name_of);
        let (from, to, step) = (Box::new(from), Box::new(to), Box::new(step));
        source(RelOp::Range { from, to, step }, Schema::from([Column::new(name, ty)]), node)
    }

    pub(super) fn datatable(&mut self, node: Node<'a>) -> Rel {
        let columns = self.row_schema(node.find(NodeKind::RowSchema));
        let values: Vec<_> = expressions(node)
            .filter(|part| part.kind() != NodeKind::RowSchema)
            .map(|part| self.value(Some(part), &RowScope::NONE))
            .collect();
        let width = columns.len().max(1);
        if values.len() % width != 0
            && !columns.is_empty()
            && let (Some(first), Some(last)) = (values.first(), values.last())
        {
            let message = format!("{} values do not fill rows of {width}", values.len());
            let help = "Write a value for each column of each row.";
            self.error("KS173", first.span.to(last.span), message, help);
        }
        let mut rows = Vec::with_capacity(values.len() / width);
        let mut values = values.into_iter().peekable();
        while values.peek().is_some() {
            rows.push(values.by_ref().take(width).collect());
        }
        source(RelOp::Values(rows), columns, node)
    }

    pub(super) fn externaldata(&mut self, node: Node<'a>) -> Rel {
        let columns = self.row_schema(node.find(NodeKind::RowSchema));
        let addresses: Vec<_> = expressions(node)
            .filter(|part| part.kind() != NodeKind::RowSchema)
            .map(|part| self.value(Some(part), &RowScope::NONE))
            .collect();
        let properties = self.option_values(node, &RowScope::NONE);
        source(RelOp::External(External { addresses, properties }), columns, node)
    }

    /// A table that the caller supplies, or one whose files are told here: its columns are known, its
    /// rows are not ours to read.
    pub(super) fn foreign(&mut self, node: Node<'a>) -> Rel {
        let schema = node.find(NodeKind::RowSchema);
        let columns = self.row_schema(schema);
        if node.kind() == NodeKind::ContextualDataTable {
            for part in expressions(node).filter(|part| part.kind() != NodeKind::RowSchema) {
                let id = self.value(Some(part), &RowScope::NONE);
                self.demand_type(&id, ScalarType::Guid);
            }
        }
        let external = External { addresses: Vec::new(), properties: Vec::new() };
        let rows = source(RelOp::External(external), columns, node);
        Rel { open: schema.is_none(), ..rows }
    }

    /// The columns that a schema declares, each name once.
    pub(super) fn row_schema(&mut self, schema: Option<Node<'a>>) -> Schema {
        let mut columns: Vec<Column> = Vec::new();
        for part in schema.into_iter().flat_map(|schema| schema.all(NodeKind::NameAndType)) {
            if let Some(column) = self.declared_column(part) {
                let (name, span) = (column.name.clone(), part.nth(0).map(|name| name.span()));
                if columns.iter().any(|other| other.name == name) {
                    self.duplicate_column(&name, span.unwrap_or(part.span()));
                } else {
                    columns.push(column);
                }
            }
        }
        columns.into()
    }

    /// `name: type`.
    pub(super) fn declared_column(&mut self, node: Node<'a>) -> Option<Column> {
        let (name, ty) = (node.nth(0)?, node.nth(1)?);
        if ty.kind() == NodeKind::SchemaType {
            self.error("KS170", node.span(), "a column cannot be a table", "Write a scalar type.");
            return None;
        }
        Some(Column::new(name_of(name), self.column_type(ty)))
    }

    /// The type that a word names.
    pub(super) fn column_type(&mut self, node: Node<'a>) -> Type {
        if node.kind() != NodeKind::TypeName {
            return Type::UNKNOWN;
        }
        let word = node.text();
        if let Some(ty) = ScalarType::parse(word) {
            return ty.into();
        }
        let known =
            ["bool", "datetime", "decimal", "dynamic", "guid", "int", "long", "real", "string"];
        let near = super::super::problems::did_you_mean(word, known.into_iter());
        let help =
            near.unwrap_or_else(|| format!("Write one of `{}`, `timespan`.", known.join("`, `")));
        self.error("KS160", node.span(), format!("there is no type `{word}`"), help);
        Type::UNKNOWN
    }
}

fn is_zero(value: &crate::bound::Expr) -> bool {
    use crate::bound::{ExprKind, Value};
    match &value.kind {
        ExprKind::Literal(Value::Long(0) | Value::Timespan(0)) => true,
        ExprKind::Literal(Value::Real(number)) => *number == 0.0,
        _ => false,
    }
}

/// The type of the values of `range`: that of the ends with a step added.
fn range_type(from: ScalarType, to: ScalarType, step: ScalarType) -> ScalarType {
    use ScalarType as S;
    let rank = |ty| match ty {
        S::Int => 1,
        S::Long => 2,
        S::Real => 3,
        S::Decimal => 4,
        _ => 0,
    };
    let ends = match (rank(from), rank(to)) {
        (0, 0) if from == to => from,
        (one, other) if one > 0 && other > 0 => {
            if one >= other {
                from
            } else {
                to
            }
        }
        _ => S::Unknown,
    };
    match (ends, step) {
        (S::Int, S::Int) => S::Int,
        (S::Datetime, S::Timespan) => S::Datetime,
        (S::Timespan, S::Timespan) => S::Timespan,
        (S::Timespan | S::Datetime, S::Datetime) => S::Datetime,
        _ if rank(ends) > 0 && rank(step) > 0 => {
            let widest = if rank(ends) >= rank(step) { ends } else { step };
            if widest == S::Int { S::Long } else { widest }
        }
        _ => S::Unknown,
    }
}
