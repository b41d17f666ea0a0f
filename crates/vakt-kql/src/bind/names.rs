//! The columns that a list of expressions makes: their names, types, and the values in them.
//!
//! An explicit name must be given once; names that nobody chose get the next free suffix. Source: the
//! KQL reference, and what Microsoft's analyzer answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::literals::name_of;
use super::taken::Names;
use super::{Binder, RowScope, ScopeKind};
use crate::ast::name_text;
use crate::bound::{Argument, Expr, ExprKind, Value};
use crate::catalog::{Column, Schema};
use crate::registry::{self, Function, ResultName};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::Type;

/// How the columns meet those that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `project`, `distinct`, `by`, …
    Plain,
    /// `extend`: a name of the input is replaced where it stands.
    Extend,
    /// `print`: only the first of several values.
    Print,
    /// `serialize` and others: as extend, also for columns that are named alone.
    Replace,
    /// The aggregates of `summarize`.
    Summarize,
}

/// A column that comes out, and its value.
#[derive(Clone, Debug)]
pub(crate) struct Projected {
    pub(crate) column: Column,
    pub(crate) value: Expr,
}

/// Columns as they gather.
#[derive(Debug, Default)]
pub(crate) struct Projection {
    /// Columns that come out first, as they are; none of them is added again.
    input: Schema,
    /// What stands instead of columns of the input, by their places.
    replaced: BTreeMap<usize, Projected>,
    /// What comes behind them.
    pub(crate) out: Vec<Projected>,
    names: Names,
}

/// Type and name that a column gets whatever its expression is called.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// Instead of the expression's type.
    pub(crate) ty: Option<Type>,
    /// Where the expression has no name of its own (for `print` always).
    pub(crate) name: Option<Arc<str>>,
}

impl Projection {
    /// Begins with all columns of the input.
    pub(crate) fn over(input: &Schema) -> Self {
        Self { input: input.clone(), names: Names::of(input), ..Self::default() }
    }

    /// A column nobody chose the name of: the next free suffix is put behind `base`, or the name.
    pub(crate) fn add(&mut self, column: Column, value: Expr, base: Option<&str>) {
        if !self.is_idle(&column, &value) {
            self.add_new(column, value, base);
        }
    }

    /// The same, also where the value is a column that is not added any more.
    fn add_new(&mut self, column: Column, value: Expr, base: Option<&str>) {
        if !column.name.is_empty() {
            let name = self.names.unique(&column.name, base);
            self.names.last_at(self.len());
            self.out.push(Projected { column: Column { name, ..column }, value });
        }
    }

    /// The same, but a column of the name is replaced where it stands.
    pub(crate) fn add_or_replace(&mut self, column: Column, value: Expr) {
        if self.is_idle(&column, &value) {
            return;
        }
        if let Some(place) = self.names.place(&column.name) {
            self.set(place, Projected { column, value });
        } else {
            self.add(column, value, None);
        }
    }

    fn is_idle(&self, column: &Column, value: &Expr) -> bool {
        let barred = |place| self.is_barred(place);
        column.name.is_empty() || matches!(value.kind, ExprKind::Column(place) if barred(place))
    }

    fn is_barred(&self, place: usize) -> bool {
        place < self.input.len()
    }

    fn set(&mut self, place: usize, projected: Projected) {
        match place.checked_sub(self.input.len()) {
            None => {
                self.replaced.insert(place, projected);
            }
            Some(behind) => {
                if let Some(there) = self.out.get_mut(behind) {
                    *there = projected;
                }
            }
        }
    }

    /// How many columns come out.
    pub(crate) fn len(&self) -> usize {
        self.input.len() + self.out.len()
    }

    /// The columns that come out behind the input's, and the values in them.
    pub(crate) fn finish(self) -> (Schema, Vec<Expr>) {
        let mut values = Vec::with_capacity(self.out.len());
        let columns = self.out.into_iter().map(|projected| {
            values.push(projected.value);
            projected.column
        });
        (columns.collect(), values)
    }

    /// All columns that come out, and the values in those that are not simply the input's.
    pub(crate) fn finish_all(mut self) -> (Schema, Vec<(usize, Expr)>) {
        if self.replaced.is_empty() && self.out.is_empty() {
            return (self.input, Vec::new());
        }
        let mut values = Vec::with_capacity(self.replaced.len() + self.out.len());
        let mut columns = Vec::with_capacity(self.len());
        for (place, column) in self.input.iter().enumerate() {
            let Some(other) = self.replaced.remove(&place) else {
                columns.push(column.clone());
                continue;
            };
            columns.push(other.column);
            values.push((place, other.value));
        }
        for added in self.out {
            values.push((columns.len(), added.value));
            columns.push(added.column);
        }
        (columns.into(), values)
    }
}

/// A reference to a column of the input.
pub(crate) fn column_value(columns: &Schema, place: usize, span: Span) -> Expr {
    let ty = columns.get(place).map_or(Type::UNKNOWN, |column| column.ty.clone());
    Expr { kind: ExprKind::Column(place), ty, several: None, span, constant: false }
}

impl<'a> Binder<'a> {
    /// The columns of a list of expressions.
    pub(crate) fn project_all(
        &mut self,
        nodes: impl Iterator<Item = Node<'a>>,
        scope: &RowScope<'_>,
        to: &mut Projection,
        style: Style,
    ) {
        for node in nodes {
            self.project(node, scope, (to, style), Given::default());
        }
    }

    /// The columns of one expression, named or not.
    pub(crate) fn project(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        (to, style): (&mut Projection, Style),
        given: Given,
    ) {
        match node.kind() {
            NodeKind::Missing | NodeKind::Error => {}
            NodeKind::Ordered => {
                if let Some(inner) = node.nodes().next() {
                    self.project(inner, scope, (to, style), given);
                }
            }
            NodeKind::Named => self.project_named(node, scope, (to, style), given),
            NodeKind::CompoundNamed => self.project_compound(node, scope, (to, style), given),
            NodeKind::Star => {
                for (place, column) in
                    scope.columns.into_iter().flat_map(|all| all.iter()).enumerate()
                {
                    let value = Expr {
                        kind: ExprKind::Column(place),
                        ty: column.ty.clone(),
                        several: None,
                        span: node.span(),
                        constant: false,
                    };
                    to.add_or_replace(column.clone(), value);
                }
            }
            _ => {
                let value = self.expr(node, scope);
                self.project_unnamed((node, value), scope, (to, style), given);
            }
        }
    }

    fn project_named(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        (to, style): (&mut Projection, Style),
        given: Given,
    ) {
        let (Some(name), Some(inner)) = (node.nth(0), node.nth(1)) else { return };
        let value = self.expr(inner, scope);
        let text = name_of(name);
        let Some(parts) = value.several.clone() else {
            self.declare_named((text, name.span()), value, (to, style), given);
            return;
        };
        let prefix = prefix_of(&value, scope);
        // the engine gives one name to the first value of `series_stats` and drops the others, where
        // the analyzer keeps them
        let only_first = matches!(&value.kind, ExprKind::Call { name, .. } if registry::aggregate(name).is_none());
        let shared = Arc::new(value);
        for (place, part) in parts.iter().enumerate() {
            let value = part_value(&shared, part, place);
            if place == 0 {
                let ty = given.ty.clone().unwrap_or_else(|| part.ty.clone());
                let column = Column::new(text.clone(), ty);
                self.declare(to, (column, value), name.span(), true);
            } else if style != Style::Print && !only_first {
                to.add(prefixed(prefix, part), value, None);
            }
        }
    }

    /// `name = value` of one value.
    fn declare_named(
        &mut self,
        (name, span): (Arc<str>, Span),
        value: Expr,
        (to, style): (&mut Projection, Style),
        given: Given,
    ) {
        let is_column = matches!(value.kind, ExprKind::Column(_));
        let ty = given.ty.unwrap_or_else(|| value.ty.clone());
        let replace = is_column || matches!(style, Style::Replace | Style::Extend);
        self.declare(to, (Column::new(name, ty), value), span, replace);
    }

    fn project_compound(
        &mut self,
        node: Node<'a>,
        scope: &RowScope<'_>,
        (to, style): (&mut Projection, Style),
        given: Given,
    ) {
        let (Some(list), Some(inner)) = (node.nth(0), node.nth(1)) else { return };
        let value = self.expr(inner, scope);
        let names: Vec<Node<'a>> = list.nodes().collect();
        let Some(parts) = value.several.clone() else {
            if let [name] = names.as_slice() {
                self.declare_named((name_of(*name), name.span()), value, (to, style), given);
            } else if !value.ty.is_unknown() {
                let help = "Give one name, or use a function with several values.";
                self.error("KS149", list.span(), "the expression has only one value", help);
            }
            return;
        };
        let prefix = prefix_of(&value, scope);
        let shared = Arc::new(value);
        let replace = matches!(style, Style::Replace | Style::Extend);
        for (place, part) in parts.iter().enumerate() {
            let value = part_value(&shared, part, place);
            if let Some(name) = names.get(place) {
                let ty = given.ty.clone().unwrap_or_else(|| part.ty.clone());
                let column = Column::new(name_of(*name), ty);
                self.declare(to, (column, value), name.span(), replace);
            } else if style != Style::Print {
                to.add(prefixed(prefix, part), value, None);
            }
        }
        for name in names.get(parts.len()..).unwrap_or_default() {
            let message = format!("there is no value for the name `{}`", name_of(*name));
            let help = format!("Leave it out: the function has {} values.", parts.len());
            self.error("KS150", name.span(), message, help);
        }
    }

    /// What has no name given.
    fn project_unnamed(
        &mut self,
        (node, value): (Node<'a>, Expr),
        scope: &RowScope<'_>,
        (to, style): (&mut Projection, Style),
        given: Given,
    ) {
        if let Some((place, column)) = same_column(&value, scope) {
            let there = to.names.place(&column.name).is_some() && style == Style::Replace;
            if to.is_barred(place) && !there {
                self.declare_again(to, &column.name, node.span());
                return;
            }
            let ty = given.ty.unwrap_or_else(|| column.ty.clone());
            let column = Column { ty, ..column.clone() };
            self.declare(to, (column, value), node.span(), style == Style::Replace);
            return;
        }
        if let Some(parts) = value.several.clone()
            && !(style == Style::Print && parts.len() == 1)
        {
            let prefix = prefix_of(&value, scope);
            let shared = Arc::new(value);
            for (place, part) in parts.iter().enumerate() {
                to.add(prefixed(prefix, part), part_value(&shared, part, place), None);
            }
            return;
        }
        let ty = given.ty.unwrap_or_else(|| value.ty.clone());
        if let (Style::Print, Some(name)) = (style, &given.name) {
            let base = name.clone();
            to.add(Column::new(base.clone(), ty), value, Some(&base));
            return;
        }
        let name = match self.result_name(node, &value, scope).map(Arc::from).or(given.name) {
            Some(name) => name,
            None => self.default_column_name(scope, style),
        };
        if matches!(style, Style::Replace | Style::Extend) {
            to.add_or_replace(Column::new(name, ty), value);
        } else {
            to.add(Column::new(name, ty), value, None);
        }
    }

    /// A name that was chosen.
    pub(crate) fn declare(
        &mut self,
        to: &mut Projection,
        (column, value): (Column, Expr),
        span: Span,
        replace: bool,
    ) {
        if to.names.is_declared(&column.name) {
            self.duplicate_column(&column.name, span);
            return;
        }
        let name = column.name.clone();
        match to.names.place(&name) {
            Some(place) if replace => {
                to.set(place, Projected { column, value });
                to.names.declare(&name);
            }
            _ if name.is_empty() => to.names.declare(&name),
            _ => {
                to.add_new(column, value, None);
                to.names.declare_last();
            }
        }
    }

    /// A name that was chosen for a column that is there already.
    fn declare_again(&mut self, to: &mut Projection, name: &Arc<str>, span: Span) {
        if to.names.is_declared(name) {
            self.duplicate_column(name, span);
        } else {
            to.names.declare(name);
        }
    }

    /// `ColumnN` with the next number that names nothing.
    pub(crate) fn default_column_name(&mut self, scope: &RowScope<'_>, style: Style) -> Arc<str> {
        loop {
            let name = format!("Column{}", self.next_column);
            self.next_column += 1;
            let is_column = style == Style::Extend && scope.place(&name).is_some();
            let is_right =
                scope.right.is_some_and(|right| right.iter().any(|column| *column.name == *name));
            if !is_column && !is_right && !self.is_name(&name) {
                return name.into();
            }
        }
    }

    /// Whether a let, table or function has this name.
    fn is_name(&self, name: &str) -> bool {
        self.scopes.find(name).is_some()
            || self.catalog.table(name).is_some()
            || self.catalog.function(name).is_some()
    }

    /// The name an expression has by itself.
    pub(crate) fn result_name(
        &self,
        node: Node<'_>,
        value: &Expr,
        scope: &RowScope<'_>,
    ) -> Option<String> {
        match node.kind() {
            NodeKind::Paren | NodeKind::Ordered => {
                self.result_name(node.nodes().next()?, value, scope)
            }
            NodeKind::NameRef => Some(name_text(node).into_owned()),
            NodeKind::Named => node.nodes().next().map(|name| name_text(name).into_owned()),
            NodeKind::Path | NodeKind::Element => self.member_name(node, value, scope),
            NodeKind::Call => self.call_name(node, value, scope),
            _ => None,
        }
    }

    /// `a.b`, `a["b"]`, `a[0]`: both names where `a` is dynamic, else that of the member.
    fn member_name(&self, node: Node<'_>, value: &Expr, scope: &RowScope<'_>) -> Option<String> {
        let (left, right) = (node.nth(0)?, node.nth(1)?);
        let selector = match right.kind() {
            NodeKind::NameRef if node.kind() == NodeKind::Path => {
                Some(name_text(right).into_owned())
            }
            NodeKind::Call => None,
            _ => match &value.kind {
                ExprKind::Member { name, .. } if right.kind() != NodeKind::NameRef => {
                    let literal =
                        matches!(right.kind(), NodeKind::Literal | NodeKind::CompoundString);
                    literal.then(|| name.to_string())
                }
                ExprKind::Element { index, .. } => match &index.kind {
                    ExprKind::Literal(Value::Long(number)) if right.kind() == NodeKind::Literal => {
                        Some(number.to_string())
                    }
                    _ => None,
                },
                _ => None,
            },
        };
        let base = match &value.kind {
            ExprKind::Member { base, .. } | ExprKind::Element { base, .. } => base,
            _ => return selector,
        };
        if matches!(base.ty, Type::Holding(_)) || !(base.ty.is_dynamic() || base.ty.is_unknown()) {
            return selector;
        }
        match self.result_name(left, base, scope) {
            Some(left) if !left.trim().is_empty() => {
                Some(format!("{left}_{}", selector.unwrap_or_default()))
            }
            _ => selector,
        }
    }

    /// The name of a call, by the rule of its function.
    fn call_name(&self, node: Node<'_>, value: &Expr, scope: &RowScope<'_>) -> Option<String> {
        let ExprKind::Call { name, arguments, .. } = &value.kind else { return None };
        let function = row_of(name, scope)?;
        let nodes = node.nth(1)?;
        let (count, first) = (nodes.nodes().count(), nodes.nodes().next());
        let first_value = arguments.iter().find_map(|argument| match argument {
            Argument::Value(value) => Some(unconverted(value)),
            Argument::Rows(_) => None,
        });
        let argument_name = || self.result_name(first?, first_value?, scope);
        let prefix = function.prefix.unwrap_or_default();
        match function.result_name {
            ResultName::None => None,
            ResultName::NameAndFirstArgument => {
                Some(format!("{}_{}", function.name, argument_name().unwrap_or_default()))
            }
            ResultName::PrefixAndFirstArgument if function.prefix.is_none() => argument_name(),
            ResultName::PrefixAndFirstArgument => {
                Some(format!("{prefix}_{}", argument_name().unwrap_or_default()))
            }
            ResultName::PrefixOnly => function.prefix.map(str::to_owned),
            ResultName::FirstArgument => argument_name(),
            ResultName::OnlyArgument if count == 1 => argument_name(),
            ResultName::OnlyArgument => None,
            ResultName::FirstArgumentValueIfColumn => match &first_value?.kind {
                ExprKind::Literal(Value::String(text)) if scope.place(text).is_some() => {
                    Some(text.to_string())
                }
                _ => None,
            },
        }
    }
}

/// The column that an expression is, also through a conversion that changes nothing.
pub(crate) fn same_column<'s>(value: &Expr, scope: &RowScope<'s>) -> Option<(usize, &'s Column)> {
    let column = |value: &Expr| match value.kind {
        ExprKind::Column(place) => {
            scope.columns.and_then(|all| all.get(place)).map(|column| (place, column))
        }
        _ => None,
    };
    if let ExprKind::Call { name, arguments, .. } = &value.kind
        && let [Argument::Value(inner)] = arguments.as_slice()
        && is_conversion(name)
        && value.ty == inner.ty
    {
        return column(inner);
    }
    column(value)
}

fn is_conversion(name: &str) -> bool {
    matches!(
        name,
        "tobool"
            | "todatetime"
            | "todecimal"
            | "todouble"
            | "todynamic"
            | "toguid"
            | "toint"
            | "tolong"
            | "toreal"
            | "tostring"
            | "totime"
            | "totimespan"
    )
}

/// The prefix of the columns of a function with several values.
fn prefix_of(value: &Expr, scope: &RowScope<'_>) -> Option<&'static str> {
    let ExprKind::Call { name, .. } = &value.kind else { return None };
    row_of(name, scope)?.prefix
}

/// The row of a called function. Some names are of two (`hll_merge`, `any`): the aggregate is meant
/// where aggregates may stand.
fn row_of(name: &str, scope: &RowScope<'_>) -> Option<&'static registry::Function> {
    let (scalar, aggregate) = (registry::scalar(name), registry::aggregate(name));
    if scope.kind == ScopeKind::Aggregate { aggregate.or(scalar) } else { scalar.or(aggregate) }
}

/// Without the conversion that was not written.
fn unconverted(value: &Expr) -> &Expr {
    match &value.kind {
        ExprKind::Convert(inner) => inner,
        _ => value,
    }
}

fn prefixed(prefix: Option<&str>, part: &Column) -> Column {
    match prefix {
        Some(prefix) => Column::new(format!("{prefix}_{}", part.name), part.ty.clone()),
        None => part.clone(),
    }
}

fn part_value(whole: &Arc<Expr>, part: &Column, place: usize) -> Expr {
    Expr {
        kind: ExprKind::Part(whole.clone(), place),
        ty: part.ty.clone(),
        several: None,
        span: whole.span,
        constant: whole.constant,
    }
}
