//! `evaluate`: what comes out of a plugin, by its row in the registry.

use std::sync::Arc;

use super::super::expressions::Wanted;
use super::super::literals::name_of;
use super::super::overloads::{Any, Arg, literal_of};
use super::super::places::{Places, lay_out};
use super::super::returns::declared;
use super::super::scope::{ScopeKind, place_of};
use super::super::{Binder, RowScope, broken_rows};
use super::columns::make_unique;
use crate::bound::{Argument, Expr, ExprKind, Rel, RelOp, Value};
use crate::catalog::{Column, Schema};
use crate::registry::{self, Overload, Returns, SchemaPart};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::{ScalarType, Type};

/// A plugin with its arguments, ready to tell its columns.
struct PluginCall<'c, 'a> {
    overload: &'static Overload,
    places: Places,
    arguments: &'c [Arg<'a>],
    /// What each argument is called.
    names: Vec<Option<String>>,
    input: &'c [Column],
}

impl<'a> Binder<'a> {
    pub(super) fn evaluate(&mut self, node: Node<'a>, input: Option<Rel>) -> Rel {
        let Some(call) = node.find(NodeKind::Call) else {
            return broken_rows(input, node.span());
        };
        let rows = self.plugin(call, input);
        match node
            .find(NodeKind::EvaluateSchema)
            .and_then(|clause| clause.find(NodeKind::RowSchema))
        {
            Some(schema) => self.with_schema(schema, rows),
            None => rows,
        }
    }

    fn plugin(&mut self, node: Node<'a>, input: Option<Rel>) -> Rel {
        let row = input.as_ref().map_or(RowScope::NONE, RowScope::of);
        let scope = row.kind(ScopeKind::Plugin);
        let called = self.any(node, &scope, Wanted::Rows);
        let Any::Value(Expr { kind: ExprKind::Call { name, overload, arguments }, .. }) = called
        else {
            return broken_rows(input, node.span());
        };
        let chosen = registry::plugin(name).and_then(|plugin| plugin.overloads.get(overload));
        let Some(Overload { returns: Returns::Table(schema), .. }) = chosen else {
            return broken_rows(input, node.span());
        };
        let Some(overload) = chosen else { return broken_rows(input, node.span()) };
        let arguments = again(node, arguments);
        let names = arguments.iter().map(|argument| match (&argument.name, &argument.value) {
            (Some(name), _) => Some(name.to_string()),
            (None, Any::Value(value)) => self.result_name(argument.node, value, &row),
            _ => None,
        });
        let call = PluginCall {
            overload,
            places: lay_out(overload, &arguments),
            arguments: &arguments,
            names: names.collect(),
            input: input.as_ref().map_or(&[], |input| &input.columns),
        };
        let (columns, open) = call.columns(schema);
        let open =
            open || (call.keeps_input(schema) && input.as_ref().is_some_and(|input| input.open));
        let arguments = arguments.into_iter().filter_map(|argument| match argument.value {
            Any::Value(value) => Some(Argument::Value(value)),
            Any::Rows(rows) => Some(Argument::Rows(rows)),
            _ => None,
        });
        let arguments = arguments.collect();
        let op = RelOp::Evaluate { input: input.map(Box::new), plugin: name, arguments };
        Rel { op, columns: columns.into(), span: node.span(), serialized: false, open }
    }

    /// `: (*, a: string)`: what the plugin is said to give; a star stands for what it gives anyway.
    fn with_schema(&mut self, schema: Node<'a>, rows: Rel) -> Rel {
        let own = self.row_schema(Some(schema));
        let star = schema.find(NodeKind::Star).is_some() || schema.has_word("*");
        let kept =
            rows.columns.iter().filter(|column| star && place_of(&own, &column.name).is_none());
        let columns: Schema = kept.chain(own.iter()).cloned().collect();
        Rel { columns, open: false, ..rows }
    }
}

/// The arguments as they stand in the text.
fn again<'a>(node: Node<'a>, arguments: Vec<Argument>) -> Vec<Arg<'a>> {
    let nodes = node.find(NodeKind::Arguments).into_iter().flat_map(Node::nodes);
    let pairs = nodes.zip(arguments);
    let named = |node: Node<'a>| (node.kind() == NodeKind::Named).then(|| node.nth(0)).flatten();
    pairs
        .map(|(node, argument)| {
            let value = match argument {
                Argument::Value(value) => Any::Value(value),
                Argument::Rows(rows) => Any::Rows(rows),
            };
            Arg { node, name: named(node).map(name_of), value }
        })
        .collect()
}

impl PluginCall<'_, '_> {
    /// The columns, and whether there are more that only the data tells.
    fn columns(&self, schema: &registry::Schema) -> (Vec<Column>, bool) {
        use registry::Schema as S;
        match *schema {
            S::Parts { parts, open } => {
                let mut columns = Vec::new();
                for part in parts {
                    self.add_part(part, &mut columns);
                }
                (columns, open)
            }
            S::TypeArgument => (self.type_argument(), false),
            S::Pivot => (self.pivot(), true),
            S::Lookup { without, kept_by } => (self.lookup(without, kept_by), false),
            S::InputAndCount => (self.input.to_vec(), false),
        }
    }

    fn keeps_input(&self, schema: &registry::Schema) -> bool {
        let input =
            |part: &SchemaPart| matches!(part, SchemaPart::Input | SchemaPart::InputWithoutFirst);
        match schema {
            registry::Schema::Parts { parts, .. } => parts.iter().any(input),
            registry::Schema::InputAndCount => true,
            _ => false,
        }
    }

    fn add_part(&self, part: &SchemaPart, to: &mut Vec<Column>) {
        match *part {
            SchemaPart::Input => to.extend_from_slice(self.input),
            SchemaPart::InputWithoutFirst => {
                let first = self.column_place(0);
                let columns = self.input.iter().enumerate();
                to.extend(columns.filter(|(at, _)| Some(*at) != first).map(|(_, own)| own.clone()));
            }
            SchemaPart::Referenced(parameter) => {
                let places = self.all(parameter).filter_map(|at| self.column_place(at));
                to.extend(places.filter_map(|place| self.input.get(place).cloned()));
            }
            SchemaPart::Field(field) => to.push(Column::new(field.name, declared(&field.ty))),
            SchemaPart::TypedAs { name, parameter } => {
                to.extend(self.first(parameter).map(|at| Column::new(name, self.ty(at))));
            }
            SchemaPart::NamedAs { parameter, ty } => {
                to.extend(self.first(parameter).map(|at| Column::new(self.name(at), ty)));
            }
            SchemaPart::Prefixed { prefix, parameter } => {
                let column = |at| Column::new(joined(&[prefix, self.name(at)]), self.ty(at));
                to.extend(self.first(parameter).map(column));
            }
            SchemaPart::Suffixed { parameter, suffix, ty, when } => {
                let wanted = when.is_none_or(|flag| self.is_true(flag));
                let name = self.first(parameter).map_or("", |at| self.name(at));
                to.extend(wanted.then(|| Column::new(joined(&[name, suffix]), ty)));
            }
            SchemaPart::Paired { each, with } => {
                if let Some(other) = self.first(with) {
                    let name = |at| joined(&[self.name(at), self.name(other)]);
                    to.extend(self.all(each).map(|at| Column::new(name(at), self.ty(other))));
                }
            }
            SchemaPart::Numbered { prefix, ty } => {
                let count = self.arguments.len();
                to.extend((0..count).map(|at| Column::new(format!("{prefix}{at}"), ty)));
            }
            SchemaPart::RollingPercentile => to.push(self.rolling_percentile()),
        }
    }

    /// The first argument of a parameter.
    fn first(&self, parameter: &str) -> Option<usize> {
        self.all(parameter).next()
    }

    /// The arguments of a parameter.
    fn all(&self, parameter: &str) -> impl Iterator<Item = usize> {
        (0..self.arguments.len()).filter(move |at| {
            self.places.parameter(self.overload, *at).is_some_and(|own| own.name == parameter)
        })
    }

    fn value(&self, at: usize) -> Option<&Expr> {
        match &self.arguments.get(at)?.value {
            Any::Value(value) => Some(value),
            _ => None,
        }
    }

    fn column_place(&self, at: usize) -> Option<usize> {
        match self.value(at)?.kind {
            ExprKind::Column(place) => Some(place),
            _ => None,
        }
    }

    fn ty(&self, at: usize) -> Type {
        self.value(at).map_or(Type::UNKNOWN, |value| value.ty.clone())
    }

    fn name(&self, at: usize) -> &str {
        self.names.get(at).and_then(|name| name.as_deref()).unwrap_or_default()
    }

    fn is_true(&self, parameter: &str) -> bool {
        let literal = self.first(parameter).and_then(|at| literal_of(self.value(at)?));
        literal == Some(&Value::Bool(true))
    }

    fn type_argument(&self) -> Vec<Column> {
        match self.value(0).map(|value| &value.kind) {
            Some(ExprKind::Type(columns)) => columns.clone(),
            _ => Vec::new(),
        }
    }

    /// The columns named behind the aggregate; without any, all but the pivot column and the one that
    /// is aggregated.
    fn pivot(&self) -> Vec<Column> {
        let named: Vec<usize> =
            (2..self.arguments.len()).filter_map(|at| self.column_place(at)).collect();
        if !named.is_empty() {
            return named.iter().filter_map(|place| self.input.get(*place).cloned()).collect();
        }
        let aggregated = match self.value(1).map(|value| &value.kind) {
            Some(ExprKind::Call { arguments, .. }) => match arguments.first() {
                Some(Argument::Value(Expr { kind: ExprKind::Column(place), .. })) => Some(*place),
                _ => None,
            },
            _ => None,
        };
        let hidden = [self.column_place(0), aggregated];
        let columns = self.input.iter().enumerate();
        columns.filter(|(at, _)| !hidden.contains(&Some(*at))).map(|(_, own)| own.clone()).collect()
    }

    /// The input with the columns of the table in the first argument.
    fn lookup(&self, without: &str, kept_by: &str) -> Vec<Column> {
        let mut columns = self.input.to_vec();
        let Some(Any::Rows(table)) = self.arguments.first().map(|first| &first.value) else {
            return columns;
        };
        let kept = !kept_by.is_empty() && self.is_true(kept_by);
        let names: Vec<&str> = self.all(without).map(|at| self.name(at)).collect();
        let exact = kept_by.is_empty();
        let hidden = |column: &&Column| {
            names.iter().any(|name| match exact {
                true => **name == *column.name,
                false => name.eq_ignore_ascii_case(&column.name),
            })
        };
        columns.extend(table.columns.iter().filter(|column| kept || !hidden(column)).cloned());
        make_unique(&mut columns);
        columns
    }

    fn rolling_percentile(&self) -> Column {
        let number = |parameter| {
            let literal = self.first(parameter).and_then(|at| literal_of(self.value(at)?));
            match literal {
                Some(Value::Long(number)) => number.to_string(),
                Some(Value::Real(number)) => number.to_string(),
                _ => "0".to_owned(),
            }
        };
        let place = self.first("ValueColumn").and_then(|at| self.column_place(at));
        let value = place.and_then(|place| self.input.get(place));
        let name = value.map_or("value", |column| &column.name);
        let ty = value.map_or(ScalarType::Long.into(), |column| column.ty.clone());
        let (bins, percentile) = (number("BinsPerWindow"), number("Percentile"));
        Column::new(format!("rolling_{bins}_percentile_{name}_{percentile}"), ty)
    }
}

/// Parts of a name with `_` between them, also beside an empty one: `_completion`.
fn joined(parts: &[&str]) -> Arc<str> {
    parts.join("_").into()
}
