//! Values: one function for each kind of expression.

use std::sync::Arc;

use super::literals::name_of;
use super::overloads::{Any, literal_of};
use super::scope::{Entity, ScopeKind, Symbol};
use super::{Binder, RowScope, broken_rows, broken_value};
use crate::ast::name_text;
use crate::bound::{Expr, ExprKind, Rel, RelOp, Value};
use crate::catalog::{Column, Schema};
use crate::registry;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// What a name should stand for, where nothing has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Value,
    Rows,
}

impl<'a> Binder<'a> {
    /// A value. Problems are reported; the value is then of unknown type.
    pub(crate) fn expr(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        match self.any(node, scope, Wanted::Value) {
            Any::Value(value) => value,
            Any::Star => Expr {
                kind: ExprKind::AnyColumn,
                ty: Type::DYNAMIC,
                several: None,
                span: node.span(),
                constant: false,
            },
            Any::Rows(_) | Any::Entity(_) => {
                self.not_scalar(node.span());
                broken_value(node.span())
            }
        }
    }

    /// Whatever an expression is: a value, rows, a database.
    pub(crate) fn any(&mut self, node: Node<'a>, scope: &RowScope<'_>, wanted: Wanted) -> Any {
        if !self.enter(node.span()) {
            return Any::Value(broken_value(node.span()));
        }
        let found = self.any_inside(node, scope, wanted);
        self.leave();
        found
    }

    fn any_inside(&mut self, node: Node<'a>, scope: &RowScope<'_>, wanted: Wanted) -> Any {
        let value = match node.kind() {
            NodeKind::NameRef => return self.name(node, scope, wanted),
            NodeKind::Call => return self.call(node, scope, wanted),
            NodeKind::Path | NodeKind::Element => return self.members(node, scope, wanted),
            NodeKind::Literal | NodeKind::CompoundString => self.literal(node),
            NodeKind::Binary => self.binary(node, scope),
            NodeKind::Unary => self.unary(node, scope),
            NodeKind::In => self.membership(node, scope),
            NodeKind::Between => self.between(node, scope),
            NodeKind::ColumnIs => self.column_is(node, scope),
            NodeKind::Paren | NodeKind::Ordered => {
                return match node.nodes().next() {
                    Some(inner) => self.any(inner, scope, wanted),
                    None => Any::Value(broken_value(node.span())),
                };
            }
            NodeKind::Named | NodeKind::CompoundNamed => {
                return match node.nth(1) {
                    Some(inner) => self.any(inner, scope, wanted),
                    None => Any::Value(broken_value(node.span())),
                };
            }
            NodeKind::DynamicLiteral => self.dynamic_literal(node),
            NodeKind::TypeOf => self.type_of(node, scope),
            NodeKind::ToScalar => self.first_value(node, scope),
            NodeKind::Star => return Any::Star,
            NodeKind::ToTable | NodeKind::Materialize => {
                return match node.nodes().last() {
                    Some(inner) => Any::rows(self.rows(inner, scope)),
                    None => Any::rows(broken_rows(None, node.span())),
                };
            }
            NodeKind::EntityGroup => return self.entity_group(node, scope),
            NodeKind::Bracketed => {
                if let Some(inner) = node.nodes().next() {
                    self.expr(inner, scope);
                }
                let help = "Write the name in quotes: `['a name']`.";
                self.error("KS131", node.span(), "brackets here hold a name in quotes", help);
                broken_value(node.span())
            }
            NodeKind::WildcardName => {
                let help = "Name the column; stars are for `project-away`, `union` and their like.";
                self.error("KS268", node.span(), "a name with `*` is not allowed here", help);
                broken_value(node.span())
            }
            NodeKind::Missing | NodeKind::Error | NodeKind::AtSign => broken_value(node.span()),
            _ => return Any::rows(self.rows(node, scope)),
        };
        Any::Value(value)
    }

    /// A name: columns before lets before tables.
    fn name(&mut self, node: Node<'a>, scope: &RowScope<'_>, wanted: Wanted) -> Any {
        let name = name_text(node);
        let span = node.span();
        if name.is_empty() {
            return Any::Value(broken_value(span));
        }
        if node.first_token().is_some_and(|(_, token)| token.kind == TokenKind::OpenBrace) {
            let help =
                format!("Put the value in its place, or `let {name} = …;` before the query.");
            self.error("KS213", span, "names in braces are filled in by tools, not here", help);
            return Any::Value(broken_value(span));
        }
        if scope.kind != ScopeKind::Aggregate
            && let Some(column) = column_of(scope, &name, span)
        {
            return Any::Value(column);
        }
        if let Some(row) = step_row(scope, &name, span) {
            return Any::Value(row);
        }
        if let Some((name, symbol)) = self.scopes.find_declared(&name).cloned() {
            return self.symbol(name, symbol, (span, wanted));
        }
        if let Some(table) = self.catalog.table(&name) {
            return Any::rows(Rel {
                op: RelOp::Table(table.name.clone()),
                columns: table.columns.clone(),
                span,
                serialized: false,
                open: false,
            });
        }
        let aggregate = scope.kind == ScopeKind::Aggregate;
        let function = self.catalog.function(&name).is_some()
            || registry::scalar(&name).is_some()
            || (aggregate && registry::aggregate(&name).is_some());
        if function {
            let message = format!("`{name}` is a function and wants its arguments");
            self.error("KS117", span, message, format!("Write `{name}(…)`."));
            return Any::Value(broken_value(span));
        }
        if scope.open && scope.columns.is_some() && !aggregate {
            return Any::Value(self.infer(scope, Arc::from(&*name), span));
        }
        self.unknown_name(&name, span, scope, wanted)
    }

    /// What a `let` or parameter stands for.
    fn symbol(
        &mut self,
        name: Arc<str>,
        symbol: Symbol<'a>,
        (span, wanted): (Span, Wanted),
    ) -> Any {
        match symbol {
            Symbol::Value(value) => Any::Value(Expr {
                ty: value.ty.clone(),
                several: None,
                span,
                constant: value.constant,
                kind: ExprKind::Shared { name, value },
            }),
            Symbol::Rows { rows, materialized } => Any::rows(Rel {
                columns: rows.columns.clone(),
                span,
                serialized: rows.serialized,
                open: rows.open,
                op: RelOp::Shared { name, rows, materialized },
            }),
            Symbol::Function(function) => {
                if function.parameters.iter().all(|own| own.default.is_some()) {
                    return self.call_function(&function, Vec::new(), span);
                }
                let message = format!("`{name}` is a function and wants its arguments");
                self.error("KS117", span, message, format!("Write `{name}(…)`."));
                match wanted {
                    Wanted::Rows => Any::rows(broken_rows(None, span)),
                    Wanted::Value => Any::Value(broken_value(span)),
                }
            }
            Symbol::Column(column) => Any::Value(Expr { ty: column.ty, ..broken_value(span) }),
            Symbol::Pattern(_) => Any::Value(broken_value(span)),
            Symbol::Entity(entity) => Any::Entity(entity),
        }
    }

    fn unknown_name(
        &mut self,
        name: &str,
        span: Span,
        scope: &RowScope<'_>,
        wanted: Wanted,
    ) -> Any {
        if scope.kind == ScopeKind::Aggregate && column_of(scope, name, span).is_some() {
            let message = format!("`{name}` is a column, not an aggregate");
            let help = format!(
                "Aggregate it, as `max({name})` or `take_any({name})`, or put it behind `by`."
            );
            self.error("KS236", span, message, help);
            return Any::Value(broken_value(span));
        }
        if wanted == Wanted::Rows {
            let code = if self.fuzzy { "KS205" } else { "KS204" };
            if self.is_heard(code, span) {
                let message = format!("there is no table `{name}`");
                let help = self.table_help(name);
                if self.fuzzy {
                    self.warning(code, span, message, help);
                } else {
                    self.error(code, span, message, help);
                }
            }
            return Any::rows(broken_rows(None, span));
        }
        if !self.is_heard("KS142", span) {
            return Any::Value(broken_value(span));
        }
        let help = self.name_help(name, scope);
        let what = if scope.columns.is_some() { "column or `let`" } else { "`let` or table" };
        self.error("KS142", span, format!("there is no {what} `{name}`"), help);
        Any::Value(broken_value(span))
    }

    fn name_help(&self, name: &str, scope: &RowScope<'_>) -> String {
        let columns = scope.columns.into_iter().chain(scope.right).flat_map(|all| all.iter());
        let columns = columns.map(|column| &*column.name);
        let seen = self.scopes.seen();
        let lets = seen.iter().map(|(name, _)| &***name);
        if let Some(near) = registry::nearest(name, columns.chain(lets)) {
            return format!("Did you mean `{near}`?");
        }
        if scope.columns.is_some() {
            return format!(
                "Write a column of the input, or \"{name}\" in quotes if it is a text."
            );
        }
        if let Some(near) = self.catalog.closest_table(name) {
            return format!("Did you mean the table `{near}`?");
        }
        format!("Define it before: `let {name} = …;`, or put it in quotes if it is a text.")
    }

    fn table_help(&self, name: &str) -> String {
        let seen = self.scopes.seen();
        let lets = seen.iter().map(|(name, _)| &***name);
        let near = registry::nearest(name, lets).or_else(|| self.catalog.closest_table(name));
        near.map_or_else(
            || format!("Write the name of a table, or define it before: `let {name} = …;`."),
            |near| format!("Did you mean `{near}`?"),
        )
    }

    /// A name, path or call that stands for rows.
    pub(crate) fn named_rows(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Rel {
        match self.any(node, scope, Wanted::Rows) {
            Any::Rows(rows) => *rows,
            Any::Value(value) if value.ty.is_unknown() => broken_rows(None, node.span()),
            Any::Entity(_) | Any::Star | Any::Value(_) => {
                self.not_rows(node.span());
                broken_rows(None, node.span())
            }
        }
    }

    fn first_value(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let span = node.span();
        let Some(inner) = node.nodes().last() else { return broken_value(span) };
        let constant = true;
        match self.any(inner, scope, Wanted::Rows) {
            Any::Rows(rows) => {
                let Some(first) = rows.columns.first() else {
                    if !rows.open {
                        let help = "Choose a column in it: `| project …`.";
                        self.error("KS190", inner.span(), "these rows have no columns", help);
                    }
                    return Expr { constant, ..broken_value(span) };
                };
                let ty = first.ty.clone();
                let kind = ExprKind::ToScalar(rows);
                Expr { kind, ty, several: None, span, constant }
            }
            Any::Value(value) => Expr { constant, ..value },
            Any::Star | Any::Entity(_) => {
                let help = "Write a query in the parentheses.";
                self.error("KS112", inner.span(), "`toscalar` takes rows or a value", help);
                broken_value(span)
            }
        }
    }

    /// `typeof(long)`, `typeof(a: string, *)`.
    fn type_of(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let span = node.span();
        let kinds: Vec<Node<'a>> = node.nodes().collect();
        let columns: Schema = match kinds.as_slice() {
            [only] if only.kind() == NodeKind::TypeName => {
                Arc::from([Column::new("", self.type_name(*only))])
            }
            parts => self.columns_of_type(parts, scope).into(),
        };
        let kind = ExprKind::Type(columns.to_vec());
        Expr { kind, ty: ScalarType::Type.into(), several: None, span, constant: true }
    }

    fn columns_of_type(&mut self, parts: &[Node<'a>], scope: &RowScope<'_>) -> Vec<Column> {
        let mut columns = Vec::new();
        for part in parts {
            match (part.kind(), scope.columns) {
                (NodeKind::Star, Some(all)) => columns.extend(all.iter().cloned()),
                (NodeKind::Star, None) => {
                    let help = "Name the columns: `typeof(a: string, b: long)`.";
                    self.error(
                        "KS199",
                        part.span(),
                        "there is no input whose columns `*` could be",
                        help,
                    );
                }
                (NodeKind::NameAndType, _) => {
                    let ty = part.find(NodeKind::TypeName).map(|ty| self.type_name(ty));
                    let name = part.nth(0).map(name_of).unwrap_or_default();
                    columns.push(Column::new(name, ty.unwrap_or(Type::UNKNOWN)));
                }
                _ => {
                    let help = "Write `name: type`.";
                    self.error("KS170", part.span(), "a column needs its type here", help);
                }
            }
        }
        columns
    }

    fn entity_group(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Any {
        let mut members = Vec::new();
        for inner in node.nodes() {
            match self.any(inner, scope, Wanted::Value) {
                Any::Entity(entity) => members.push(entity),
                Any::Rows(_) => {}
                Any::Value(value) if value.ty.is_unknown() => {}
                Any::Value(_) | Any::Star => {
                    let help = "Write `cluster(…)`, `database(…)` or a table.";
                    self.error(
                        "KS216",
                        inner.span(),
                        "a cluster, database or table is wanted",
                        help,
                    );
                }
            }
        }
        Any::Entity(Entity::Group(members))
    }

    /// The constant text that an expression is, also through a `let`.
    pub(crate) fn text_of(value: &Expr) -> Option<&str> {
        match literal_of(value) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }
}

/// All of the state of a step of `scan`, or of an element of a graph pattern, as several values.
fn step_row(scope: &RowScope<'_>, name: &str, span: Span) -> Option<Expr> {
    let step = scope.steps.iter().position(|(own, _)| **own == *name)?;
    let (_, columns) = scope.steps.get(step)?;
    let (kind, several) = (ExprKind::StepRow(step), Some(columns.clone()));
    Some(Expr { kind, ty: Type::DYNAMIC, several, span, constant: false })
}

/// The column that a bare name means.
pub(crate) fn column_of(scope: &RowScope<'_>, name: &str, span: Span) -> Option<Expr> {
    let find = |columns: Option<&Schema>| {
        let columns = columns?;
        let place = super::scope::place_of(columns, name)?;
        Some(super::names::column_value(columns, place, span))
    };
    find(scope.columns).or_else(|| find(scope.right))
}
