//! Operators: overloads as of functions, with both sides as arguments.

use super::calls::{all_constant, called_value, into_argument, type_list};
use super::checks::Callee;
use super::expressions::Wanted;
use super::overloads::{Any, Arg};
use super::returns::Answer;
use super::{Binder, RowScope, broken_value};
use crate::bound::{Expr, ExprKind};
use crate::registry::{Operator, OperatorKind, operator_by_text};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// Longest chain of operators of which each is the left side of the next, but for `and` and `or`.
pub const CHAIN_LENGTH_MAX: usize = 1_000;

impl<'a> Binder<'a> {
    /// `a + b`, `a and b and c`. Long chains are a loop.
    pub(crate) fn binary(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let mut chain = Vec::new();
        let mut left = node;
        while left.kind() == NodeKind::Binary {
            chain.push(left);
            let Some(next) = left.nth(0) else { break };
            left = next;
        }
        let mut value = self.operand(left, scope);
        let (mut before, mut length) = (left, 0);
        for node in chain.into_iter().rev() {
            let Some(right) = node.nth(1) else { return broken_value(node.span()) };
            let (operator, span) = operator_of(node);
            let right_value = self.operand(right, scope);
            let arguments = vec![Arg::of(before, value), Arg::of(right, right_value)];
            let Some(operator) = operator else { return broken_value(node.span()) };
            length += usize::from(!is_logic(operator.kind));
            if length > CHAIN_LENGTH_MAX {
                self.too_much(node.span());
                return broken_value(node.span());
            }
            value = Any::Value(self.operate(operator, arguments, (node, span), scope));
            before = node;
        }
        match value {
            Any::Value(value) => value,
            _ => broken_value(node.span()),
        }
    }

    /// A side of an operator; `*` is any column.
    fn operand(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Any {
        match self.any(node, scope, Wanted::Value) {
            Any::Star => Any::Value(Expr {
                kind: ExprKind::AnyColumn,
                ty: Type::DYNAMIC,
                several: None,
                span: node.span(),
                constant: false,
            }),
            other => other,
        }
    }

    /// `-a`, `+a`.
    pub(crate) fn unary(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let Some(inner) = node.nth(0) else { return broken_value(node.span()) };
        let value = self.operand(inner, scope);
        let kind = if node.has_word("-") { OperatorKind::Negate } else { OperatorKind::Plus };
        let span = node.first_token().map_or(node.span(), |(_, token)| token.span);
        self.operate(kind.row(), vec![Arg::of(inner, value)], (node, span), scope)
    }

    /// `a in (…)`, `a has_any (…)`.
    pub(crate) fn membership(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let (Some(left), Some(list)) = (node.nth(0), node.nth(1)) else {
            return broken_value(node.span());
        };
        let (operator, span) = operator_of(node);
        let Some(operator) = operator else { return broken_value(node.span()) };
        let value = self.operand(left, scope);
        let mut arguments = vec![Arg::of(left, value)];
        for item in list.nodes() {
            let value = self.any(item, scope, Wanted::Value);
            arguments.push(Arg::of(item, value));
        }
        self.doubt_members(operator, &arguments);
        self.operate(operator, arguments, (node, span), scope)
    }

    /// `a between (b .. c)`.
    pub(crate) fn between(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let (operator, span) = operator_of(node);
        let Some(operator) = operator else { return broken_value(node.span()) };
        let mut arguments = Vec::with_capacity(3);
        for side in node.nodes() {
            let value = self.operand(side, scope);
            arguments.push(Arg::of(side, value));
        }
        self.operate(operator, arguments, (node, span), scope)
    }

    /// `Column:"x"`, `*:"x"`.
    pub(crate) fn column_is(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> Expr {
        let (Some(left), Some(right)) = (node.nth(0), node.nth(1)) else {
            return broken_value(node.span());
        };
        let span = node.first_token().map_or(node.span(), |(_, token)| token.span);
        self.doubt_colon(span, scope);
        let values = [left, right].map(|side| Arg::of(side, self.operand(side, scope)));
        self.operate(OperatorKind::Search.row(), values.into(), (node, span), scope)
    }

    /// An operator on its operands.
    pub(crate) fn operate(
        &mut self,
        operator: &'static Operator,
        arguments: Vec<Arg<'a>>,
        (node, span): (Node<'a>, Span),
        scope: &RowScope<'_>,
    ) -> Expr {
        let all = !matches!(node.kind(), NodeKind::In | NodeKind::Between);
        let (chosen, ty) = self.resolve(operator, &arguments, all, scope);
        let Some(place) = chosen else {
            if !arguments.iter().any(Arg::is_unknown) {
                self.undefined_operator(operator, &arguments, span);
            }
            return Expr { ty, ..broken_value(node.span()) };
        };
        if let Some(overload) = operator.overloads.get(place) {
            let callee = Callee { name: operator.text, span, operator: true };
            self.check_arguments(callee, overload, &arguments);
            self.doubt_operation(operator, &arguments, span);
            self.doubt_pattern(operator, &arguments);
        }
        let ty = self.held_type(ty, &arguments, |binder, plain| {
            binder.resolve(operator, plain, all, scope).1
        });
        let constant = all_constant(&arguments);
        let answer = Answer { ty, several: None };
        operator_value((operator, place), arguments, (answer, constant), node)
    }

    fn undefined_operator(&mut self, operator: &Operator, arguments: &[Arg<'a>], span: Span) {
        let text = operator.text;
        let message =
            format!("`{text}` is not defined for {}", type_list(arguments).replace(", ", " and "));
        let kind = |wanted: ScalarType| {
            move |argument: &Arg<'_>| argument.ty() == Some(&Type::Scalar(wanted))
        };
        let string = arguments.iter().any(kind(ScalarType::String));
        let compares = matches!(
            operator.kind,
            OperatorKind::Less
                | OperatorKind::LessOrEqual
                | OperatorKind::Greater
                | OperatorKind::GreaterOrEqual
        );
        let moment = arguments.iter().any(kind(ScalarType::Datetime));
        let textual = text.contains(char::is_alphabetic) && !is_logic(operator.kind);
        let left_string = arguments.first().is_some_and(kind(ScalarType::String));
        let help = if is_logic(operator.kind) {
            "Put a condition on each side, as `a == 1 and b == 2`."
        } else if arguments.len() == 1 {
            "Convert it with `tolong(…)` or `toreal(…)`."
        } else if textual && !left_string {
            "It compares texts: write `tostring(…)` around the left side, or compare with `==`."
        } else if textual {
            "Put the text in quotes, or write `tostring(…)` around it."
        } else if compares && moment {
            "Compare with a `datetime(…)`, or with `ago(…)`."
        } else if operator.kind == OperatorKind::Add && string {
            "Join texts with `strcat(…)`."
        } else if compares && string {
            "Texts have no order here: compare with `strcmp(…)`, or convert them with `tolong(…)` or `todatetime(…)`."
        } else if string {
            "Convert the other side with `tostring(…)`, or the text with `tolong(…)` or `todatetime(…)`."
        } else {
            "Convert one side, so that both have one type."
        };
        self.error("KS106", span, message, help);
    }
}

/// The operator of a node and where it is written.
fn operator_of(node: Node<'_>) -> (Option<&'static Operator>, Span) {
    let operators = node.tokens().map(|(id, token)| (node.tree().token_text(id), token.span));
    for (text, span) in operators {
        if let Some(operator) = operator_by_text(text) {
            return (Some(operator), span);
        }
        if text.split_ascii_whitespace().eq(["matches", "regex"]) {
            return (Some(OperatorKind::MatchesRegex.row()), span);
        }
    }
    (None, node.span())
}

fn is_logic(kind: OperatorKind) -> bool {
    matches!(kind, OperatorKind::And | OperatorKind::Or)
}

/// The value of an operator. Chains of one of `and`, `or` are one call; membership in rows is its own.
fn operator_value(
    (operator, overload): (&'static Operator, usize),
    mut arguments: Vec<Arg<'_>>,
    (answer, constant): (Answer, bool),
    node: Node<'_>,
) -> Expr {
    let rows = arguments.iter().skip(1).any(|argument| matches!(argument.value, Any::Rows(_)));
    if rows && arguments.len() == 2 && node.kind() == NodeKind::In {
        let (right, left) = (arguments.pop(), arguments.pop());
        if let (Some(Any::Rows(rows)), Some(Any::Value(left))) =
            (right.map(|arg| arg.value), left.map(|arg| arg.value))
        {
            let left = Box::new(left);
            let kind = ExprKind::InRows { operator: operator.text, left, rows };
            return Expr { kind, ty: answer.ty, several: None, span: node.span(), constant: false };
        }
        return broken_value(node.span());
    }
    if is_logic(operator.kind) {
        let mut rest = arguments.into_iter();
        if let Some(Any::Value(left)) = rest.next().map(|argument| argument.value) {
            return joined(
                (operator, overload),
                left,
                rest.map(into_argument).collect(),
                (answer, constant, node),
            );
        }
        return broken_value(node.span());
    }
    called_value((operator.text, overload), arguments, (answer, constant), node)
}

fn joined(
    (operator, overload): (&'static Operator, usize),
    left: Expr,
    right: Vec<crate::bound::Argument>,
    (answer, constant, node): (Answer, bool, Node<'_>),
) -> Expr {
    let name = operator.text;
    let parens = node.nth(0).is_some_and(|left| left.kind() == NodeKind::Paren);
    let arguments = match left {
        Expr { kind: ExprKind::Call { name: own, mut arguments, .. }, .. }
            if own == name && !parens =>
        {
            arguments.extend(right);
            arguments
        }
        left => {
            let mut arguments = vec![crate::bound::Argument::Value(left)];
            arguments.extend(right);
            arguments
        }
    };
    let kind = ExprKind::Call { name, overload, arguments };
    Expr { kind, ty: answer.ty, several: None, span: node.span(), constant }
}
