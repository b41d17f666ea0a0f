//! Constants of the text, and the texts of names.

use std::sync::Arc;

use super::{Binder, broken_value};
use crate::ast::{LiteralValue, literal_value, name_text};
use crate::bound::{Expr, ExprKind, Value};
use crate::syntax::tree::Node;

/// The text of a node that gives or uses a name: `x`, `['x y']`, `{x}`.
pub(crate) fn name_of(node: Node<'_>) -> Arc<str> {
    Arc::from(&*name_text(node))
}

impl Binder<'_> {
    /// A literal, perhaps with a sign, or strings side by side.
    pub(crate) fn literal(&mut self, node: Node<'_>) -> Expr {
        let span = node.span();
        let Some(literal) = literal_value(node) else { return broken_value(span) };
        if let LiteralValue::Malformed(ty) = literal {
            self.doubt_literal(node, ty);
        }
        let ty = literal.scalar_type().into();
        let kind = ExprKind::Literal(value_of(literal));
        Expr { kind, ty, several: None, span, constant: true }
    }
}

fn value_of(literal: LiteralValue<'_>) -> Value {
    match literal {
        LiteralValue::Null(_) | LiteralValue::Malformed(_) => Value::Null,
        LiteralValue::Bool(value) => Value::Bool(value),
        LiteralValue::Int(value) => Value::Long(value.into()),
        LiteralValue::Long(value) => Value::Long(value),
        LiteralValue::Real(value) => Value::Real(value),
        LiteralValue::Decimal(text) => Value::Decimal(text.into()),
        LiteralValue::String(text) => Value::String(Arc::from(&*text)),
        LiteralValue::Datetime(ticks) => Value::Datetime(ticks),
        LiteralValue::Timespan(ticks) => Value::Timespan(ticks),
        LiteralValue::Guid(number) => Value::Guid(number),
    }
}
