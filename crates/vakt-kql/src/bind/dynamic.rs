//! Dynamic values: literals, members, elements; and what is behind a dot in general.

use std::sync::Arc;

use super::conversions::{Conversion, array_of, common_of, dynamic_of};
use super::expressions::Wanted;
use super::literals::name_of;
use super::overloads::Any;
use super::scope::Entity;
use super::{Binder, RowScope, broken_rows, broken_value};
use crate::ast::{name_text, string_value};
use crate::bound::{Expr, ExprKind, Value};
use crate::catalog::{Column, Schema};
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

use super::binary::CHAIN_LENGTH_MAX;

impl<'a> Binder<'a> {
    /// `a.b`, `a[0].c["d"]`: a chain, from the left.
    pub(crate) fn members(&mut self, node: Node<'a>, scope: &RowScope<'_>, wanted: Wanted) -> Any {
        let mut chain = Vec::new();
        let mut left = node;
        while matches!(left.kind(), NodeKind::Path | NodeKind::Element) {
            chain.push(left);
            let Some(next) = left.nth(0) else { break };
            left = next;
        }
        if chain.len() > CHAIN_LENGTH_MAX {
            self.too_much(node.span());
            return Any::Value(broken_value(node.span()));
        }
        let last = chain.len() - 1;
        let mut found = None;
        for (index, node) in chain.into_iter().rev().enumerate() {
            let Some(selector) = node.nth(1) else { return Any::Value(broken_value(node.span())) };
            let base = match found.take() {
                Some(base) => base,
                None => match self.row_member(left, selector, (node, scope)) {
                    Some(value) => {
                        found = Some(Any::Value(value));
                        continue;
                    }
                    None => self.any(left, scope, Wanted::Value),
                },
            };
            let wanted = if index == last { wanted } else { Wanted::Value };
            found = Some(self.member(base, (node, selector), scope, wanted));
        }
        found.unwrap_or_else(|| Any::Value(broken_value(node.span())))
    }

    /// `$left.a`, `$right.a`, `step.a`.
    fn row_member(
        &mut self,
        left: Node<'a>,
        selector: Node<'a>,
        (node, scope): (Node<'a>, &RowScope<'_>),
    ) -> Option<Expr> {
        if left.kind() != NodeKind::NameRef {
            return None;
        }
        let name = name_text(left);
        let columns = match &*name {
            "$left" if scope.right.is_some() => scope.columns?,
            "$right" => scope.right?,
            _ => return self.step_member(&name, selector, (node, scope)),
        };
        let open = scope.open;
        Some(self.tuple_member(columns, selector, node.span(), open))
    }

    fn step_member(
        &mut self,
        name: &str,
        selector: Node<'a>,
        (node, scope): (Node<'a>, &RowScope<'_>),
    ) -> Option<Expr> {
        let step = scope.steps.iter().position(|(own, _)| **own == *name)?;
        if scope.place(name).is_some() {
            return None;
        }
        let (_, columns) = scope.steps.get(step)?;
        let value = self.tuple_member(columns, selector, node.span(), scope.open);
        let ExprKind::Column(place) = value.kind else { return Some(value) };
        Some(Expr { kind: ExprKind::ScanState(step, place), ..value })
    }

    /// A column of one side.
    fn tuple_member(
        &mut self,
        columns: &Schema,
        selector: Node<'a>,
        span: Span,
        open: bool,
    ) -> Expr {
        let name = name_text(selector);
        match super::scope::place_of(columns, &name) {
            Some(place) => super::names::column_value(columns, place, span),
            None if name.is_empty() || open => broken_value(span),
            None => {
                self.unknown_column(&name, selector.span(), columns);
                broken_value(span)
            }
        }
    }

    fn member(
        &mut self,
        base: Any,
        (node, selector): (Node<'a>, Node<'a>),
        scope: &RowScope<'_>,
        wanted: Wanted,
    ) -> Any {
        match base {
            Any::Entity(entity) => self.entity_member(entity, (node, selector), scope),
            Any::Value(base) => Any::Value(match (node.kind(), selector.kind()) {
                (NodeKind::Path, NodeKind::Bracketed) => match selector.nodes().next() {
                    Some(inner) => self.element(base, (node, inner), scope),
                    None => broken_value(node.span()),
                },
                (NodeKind::Path, _) => self.property(base, (node, selector), scope),
                _ => self.element(base, (node, selector), scope),
            }),
            Any::Rows(_) | Any::Star => {
                let name = name_of(selector);
                let help = "Write `| project …` for columns of a table.";
                self.error("KS142", selector.span(), format!("rows have no member `{name}`"), help);
                match wanted {
                    Wanted::Rows => Any::rows(broken_rows(None, node.span())),
                    Wanted::Value => Any::Value(broken_value(node.span())),
                }
            }
        }
    }

    /// `base.name`.
    fn property(
        &mut self,
        base: Expr,
        (node, selector): (Node<'a>, Node<'a>),
        scope: &RowScope<'_>,
    ) -> Expr {
        let span = node.span();
        if let Some(columns) = base.several.clone().filter(|all| all.len() != 1) {
            return self.tuple_member(&columns, selector, span, false);
        }
        if selector.kind() == NodeKind::Call {
            self.arguments(selector, scope, None);
        }
        let name = match selector.kind() {
            NodeKind::Call => selector.nth(0).map(name_of).unwrap_or_default(),
            _ => name_of(selector),
        };
        let ty = match &base.ty {
            Type::Bag(known) => {
                let own = known.iter().rev().find(|(own, _)| *own == name);
                own.map_or(Type::DYNAMIC, |(_, ty)| dynamic_of(ty))
            }
            ty if ty.is_dynamic() => Type::DYNAMIC,
            ty if ty.is_unknown() => Type::UNKNOWN,
            ty => {
                let message = format!("a {ty} has no member `{name}`");
                let help = if ty.scalar() == ScalarType::String {
                    format!("Read the text first: `parse_json({}).{name}`.", base_text(node))
                } else {
                    "Only a dynamic value has members.".to_owned()
                };
                self.error("KS142", selector.span(), message, help);
                return broken_value(span);
            }
        };
        if name.is_empty() {
            return broken_value(span);
        }
        let kind = ExprKind::Member { base: Box::new(base), name };
        Expr { kind, ty, several: None, span, constant: false }
    }

    /// `base[index]`.
    fn element(
        &mut self,
        base: Expr,
        (node, selector): (Node<'a>, Node<'a>),
        scope: &RowScope<'_>,
    ) -> Expr {
        let span = node.span();
        let index = self.expr(selector, scope);
        if base.ty.is_unknown() && base.several.is_none() {
            let kind = ExprKind::Element { base: Box::new(base), index: Box::new(index) };
            return Expr { kind, ..broken_value(span) };
        }
        if let Some(columns) = base.several.clone().filter(|all| all.len() != 1) {
            return tuple_element(base, &columns, &index, span);
        }
        let Some((ty, takes)) = self.element_type(&base.ty, &index) else {
            let help = if base.ty.scalar() == ScalarType::String {
                format!(
                    "Read the text first: `parse_json({})`, or take a part with `substring(…)`.",
                    base_text(node)
                )
            } else {
                "Only a dynamic value has elements.".to_owned()
            };
            let message = format!("a {} has no elements", base.ty);
            let bracket = node.tokens().find(|(_, token)| token.kind == TokenKind::OpenBracket);
            let start = bracket.map_or(selector.span(), |(_, token)| token.span);
            self.error("KS147", Span::new(start.start, span.end), message, help);
            return broken_value(span);
        };
        let fits = |ty: &Type| match takes {
            Takes::Number => is_number(ty),
            Takes::Text => is_text(ty),
            Takes::Both => is_number(ty) || is_text(ty),
        };
        if !fits(&index.ty) && !index.ty.is_unknown() {
            let message = format!("an index cannot be {}", index.ty);
            let help = "Write a whole number for an array, a text for a bag.";
            self.error("KS141", selector.span(), message, help);
        }
        let base = Box::new(base);
        let kind = match Self::text_of(&index) {
            Some(name) => ExprKind::Member { name: Arc::from(name), base },
            None => ExprKind::Element { base, index: Box::new(index) },
        };
        Expr { kind, ty, several: None, span, constant: false }
    }

    fn element_type(&self, base: &Type, index: &Expr) -> Option<(Type, Takes)> {
        Some(match base {
            Type::Array(element) => (dynamic_of(element), Takes::Number),
            Type::Bag(known) => {
                let name = Self::text_of(index);
                let own = known.iter().rev().find(|(own, _)| Some(&**own) == name);
                (own.map_or(Type::DYNAMIC, |(_, ty)| dynamic_of(ty)), Takes::Text)
            }
            Type::Scalar(ScalarType::Dynamic) => (Type::DYNAMIC, Takes::Both),
            Type::Scalar(_) | Type::Holding(_) => return None,
        })
    }

    /// `dynamic({"a": [1, 2]})`.
    pub(crate) fn dynamic_literal(&mut self, node: Node<'a>) -> Expr {
        let span = node.span();
        let mut text = String::new();
        let ty = match node.nodes().next() {
            Some(json) => dynamic_of(&self.json(json, &mut text).unwrap_or(Type::DYNAMIC)),
            None => Type::DYNAMIC,
        };
        let kind = ExprKind::Literal(Value::Dynamic(text.into()));
        Expr { kind, ty, several: None, span, constant: true }
    }

    /// The type of a part of a dynamic literal, and its text. Nothing for null.
    fn json(&mut self, node: Node<'a>, text: &mut String) -> Option<Type> {
        if !self.enter(node.span()) {
            return Some(Type::UNKNOWN);
        }
        let ty = match node.kind() {
            NodeKind::JsonArray => Some(self.json_array(node, text)),
            NodeKind::JsonObject => Some(self.json_object(node, text)),
            NodeKind::JsonNull | NodeKind::Missing => {
                text.push_str("null");
                None
            }
            NodeKind::JsonNegative => {
                text.push('-');
                node.nodes().next().and_then(|inner| self.json(inner, text))
            }
            NodeKind::DynamicLiteral => match node.nodes().next() {
                Some(inner) => self.json(inner, text).map(|ty| dynamic_of(&ty)),
                None => None,
            },
            _ => Some(self.json_literal(node, text)),
        };
        self.leave();
        ty
    }

    fn json_array(&mut self, node: Node<'a>, text: &mut String) -> Type {
        text.push('[');
        let mut types = Vec::new();
        for (index, item) in node.nodes().enumerate() {
            if index > 0 {
                text.push(',');
            }
            types.extend(self.json(item, text));
        }
        text.push(']');
        array_of(common_of(&types, Conversion::None).as_ref())
    }

    fn json_object(&mut self, node: Node<'a>, text: &mut String) -> Type {
        text.push('{');
        let mut properties: Vec<(Arc<str>, Type)> = Vec::new();
        for (index, pair) in node.all(NodeKind::JsonPair).enumerate() {
            if index > 0 {
                text.push(',');
            }
            let tree = node.tree();
            let key = pair.first_token().map(|(id, token)| match token.kind {
                TokenKind::String => string_value(tree, id),
                _ => tree.token_text(id).into(),
            });
            let key = key.unwrap_or_default();
            push_quoted(&key, text);
            text.push(':');
            let ty = pair.nodes().last().and_then(|value| self.json(value, text));
            properties.push((Arc::from(&*key), ty.unwrap_or(Type::DYNAMIC)));
        }
        text.push('}');
        Type::Bag(properties.into())
    }

    fn json_literal(&mut self, node: Node<'a>, text: &mut String) -> Type {
        let value = self.literal(node);
        if value.ty == Type::Scalar(ScalarType::Decimal) {
            let help = "Write it as a real, without `decimal(…)`.";
            self.error("KS215", node.span(), "a decimal cannot be in a dynamic", help);
        }
        match &value.kind {
            ExprKind::Literal(Value::String(own)) => push_quoted(own, text),
            ExprKind::Literal(Value::Null) => text.push_str("null"),
            ExprKind::Literal(Value::Bool(own)) => {
                text.push_str(if *own { "true" } else { "false" })
            }
            ExprKind::Literal(Value::Long(own) | Value::Datetime(own) | Value::Timespan(own)) => {
                text.push_str(&own.to_string());
            }
            ExprKind::Literal(Value::Real(own)) => text.push_str(&format!("{own:?}")),
            _ => push_quoted(node.text(), text),
        }
        value.ty
    }

    /// `database("x").T`, `cluster("y").database("x")`.
    pub(crate) fn entity_member(
        &mut self,
        entity: Entity,
        (node, selector): (Node<'a>, Node<'a>),
        scope: &RowScope<'_>,
    ) -> Any {
        if selector.kind() == NodeKind::Call {
            return self.entity_path_call(entity, (node, selector), scope);
        }
        match entity {
            Entity::Database(name) if name.is_empty() => {
                let name = name_of(selector);
                if let Some(table) = self.catalog.table(&name) {
                    return Any::rows(crate::bound::Rel {
                        op: crate::bound::RelOp::Table(table.name.clone()),
                        columns: table.columns.clone(),
                        open: false,
                        ..broken_rows(None, node.span())
                    });
                }
                if selector.kind() != NodeKind::WildcardName {
                    let help = self.catalog.closest_table(&name).map_or_else(
                        || "Write the name of a table.".to_owned(),
                        |near| format!("Did you mean `{near}`?"),
                    );
                    self.error(
                        "KS204",
                        selector.span(),
                        format!("there is no table `{name}`"),
                        help,
                    );
                }
                Any::rows(broken_rows(None, node.span()))
            }
            _ => Any::rows(broken_rows(None, node.span())),
        }
    }
}

#[derive(Clone, Copy)]
enum Takes {
    Number,
    Text,
    Both,
}

fn is_number(ty: &Type) -> bool {
    super::conversions::is_integer(ty)
        || matches!(ty, Type::Scalar(ScalarType::Dynamic) | Type::Holding(ScalarType::Long))
}

fn is_text(ty: &Type) -> bool {
    ty.is_dynamic() || *ty == Type::Scalar(ScalarType::String)
}

/// What is before the last dot or bracket.
fn base_text(node: Node<'_>) -> &str {
    node.nth(0).map_or("", Node::text)
}

fn tuple_element(base: Expr, columns: &[Column], index: &Expr, span: Span) -> Expr {
    let place = match super::overloads::literal_of(index) {
        Some(Value::Long(place)) => usize::try_from(*place).ok(),
        _ => None,
    };
    match place.and_then(|place| Some((place, columns.get(place)?))) {
        Some((place, column)) => Expr {
            kind: ExprKind::Part(Arc::new(base), place),
            ty: column.ty.clone(),
            ..broken_value(span)
        },
        None => broken_value(span),
    }
}

/// A text as JSON has it.
fn push_quoted(own: &str, text: &mut String) {
    text.push('"');
    for c in own.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            c if c < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
}
