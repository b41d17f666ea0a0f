//! What operators ask of the values in them. Codes are those of Kusto's analyzer; a value of unknown
//! type is silent.

use super::super::{Binder, RowScope, broken_value};
use crate::bound::{Expr, ExprKind};
use crate::syntax::tree::{Node, Span};
use crate::types::ScalarType;

impl<'a> Binder<'a> {
    /// The value of a node that may be missing.
    pub(super) fn value(&mut self, node: Option<Node<'a>>, scope: &RowScope<'_>) -> Expr {
        match node {
            Some(node) => self.expr(node, scope),
            None => broken_value(Span::default()),
        }
    }

    /// A condition.
    pub(super) fn condition(&mut self, node: Option<Node<'a>>, scope: &RowScope<'_>) -> Expr {
        let value = self.value(node, scope);
        self.demand_condition(&value);
        value
    }

    /// A bool.
    pub(super) fn demand_condition(&mut self, value: &Expr) {
        let ty = value.ty.scalar();
        if matches!(ty, ScalarType::Bool | ScalarType::Unknown) {
            return;
        }
        let help = match ty {
            ScalarType::Dynamic => "Write `tobool(…)` around it, or compare it.",
            ScalarType::String => "Compare it: `column == \"text\"`.",
            _ => "Compare it with something: `>`, `==`, `has`, …",
        };
        self.error("KS141", value.span, format!("a condition must be bool, this is {ty}"), help);
    }

    /// A number of rows.
    pub(super) fn row_count(&mut self, node: Option<Node<'a>>, scope: &RowScope<'_>) -> Expr {
        let value = self.value(node, scope);
        let ty = value.ty.scalar();
        if !ty.is_integer() && ty != ScalarType::Unknown {
            let message = format!("the number of rows must be an integer, this is {ty}");
            self.error("KS134", value.span, message, "Write a whole number, such as `10`.");
        }
        value
    }

    /// A dynamic cannot be grouped, sorted or joined by.
    pub(super) fn demand_comparable(&mut self, value: &Expr, what: &str) {
        // of several values together nobody asks for the types
        let several = match &value.kind {
            ExprKind::Part(whole, _) => whole.several.as_ref().is_some_and(|all| all.len() > 1),
            _ => value.several.as_ref().is_some_and(|all| all.len() > 1),
        };
        if value.ty.is_dynamic() && !several {
            self.error(
                "KS116",
                value.span,
                format!("{what} cannot be dynamic"),
                "Write `tostring(…)` around it, or name the part that is meant.",
            );
        }
    }

    /// The name of a column, nothing computed.
    pub(super) fn demand_column(&mut self, value: &Expr) -> bool {
        let is_column = matches!(value.kind, ExprKind::Column(_));
        if !is_column && !matches!(value.kind, ExprKind::Broken) {
            self.no_column(value.span);
        }
        is_column
    }

    /// Something else stands where a column must be named.
    pub(super) fn no_column(&mut self, span: Span) {
        let help = "Write the name of a column; compute it before, with `extend`.";
        self.error("KS109", span, "only the name of a column can be here", help);
    }

    /// A value of one type and no other.
    pub(super) fn demand_type(&mut self, value: &Expr, wanted: ScalarType) {
        let ty = value.ty.scalar();
        if ty != wanted && ty != ScalarType::Unknown {
            let help = match wanted {
                ScalarType::Dynamic => "Make it dynamic: `todynamic(…)`.".to_owned(),
                _ => format!("Convert it: `to{wanted}(…)`."),
            };
            self.error("KS141", value.span, format!("this must be {wanted}, it is {ty}"), help);
        }
    }

    /// A number.
    pub(super) fn demand_number(&mut self, value: &Expr) {
        let ty = value.ty.scalar();
        if !ty.is_numeric() && ty != ScalarType::Unknown {
            let help = "Convert it: `tolong(…)` or `todouble(…)`.";
            self.error("KS137", value.span, format!("this must be a number, it is {ty}"), help);
        }
    }

    /// A number, timespan or datetime.
    pub(super) fn demand_summable(&mut self, value: &Expr) {
        let ty = value.ty.scalar();
        let summable = matches!(ty, ScalarType::Datetime | ScalarType::Timespan);
        if !summable && !ty.is_numeric() && ty != ScalarType::Unknown {
            let message = format!("this must be a number, datetime or timespan, it is {ty}");
            self.error("KS138", value.span, message, "Write a value that steps can be added to.");
        }
    }
}
