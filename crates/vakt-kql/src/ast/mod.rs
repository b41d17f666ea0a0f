//! What the nodes of a tree say: names, values of literals, operators, parameters. Thin views; the
//! layouts are in [`crate::syntax::kinds`].

mod literals;
mod moments;
mod strings;

pub use literals::{LiteralValue, literal_value};
pub use moments::{datetime_ticks, timespan_ticks};
pub use strings::{string_text, string_value};

use std::borrow::Cow;

use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Element, Node, Span};

/// The name that a Name, NameRef, TypeName or WildcardName node spells: `x`, `['x y']` (without the
/// dress), `{x}` (the word in it), `Device*`.
pub fn name_text<'t>(node: Node<'t>) -> Cow<'t, str> {
    let tree = node.tree();
    let mut bare: Option<Span> = None;
    for (id, token) in node.tokens() {
        match token.kind {
            TokenKind::String => return string_text(node),
            TokenKind::OpenBracket if bare.is_none() => {}
            TokenKind::OpenBrace | TokenKind::CloseBrace => {}
            TokenKind::CloseBracket if node.kind() == NodeKind::WildcardName => {}
            _ => {
                let span = tree.token(id).map_or(token.span, |token| token.span);
                bare = Some(bare.map_or(span, |before| before.to(span)));
            }
        }
    }
    Cow::Borrowed(bare.map_or("", |span| tree.slice(span)))
}

/// What a Binary, In or Between node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `!=`, `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// An operator on text: what it looks for, whether it answers the opposite, whether case counts.
    Text(TextOp, Answer, Case),
    /// `in`, `!in`, `in~`, `!in~`.
    In(Answer, Case),
    /// `has_any`
    HasAny,
    /// `has_all`
    HasAll,
    /// `between`, `!between`
    Between(Answer),
}

/// What an operator on text looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextOp {
    /// The whole text: `=~`, `!~`.
    Equal,
    /// A term.
    Has,
    /// The beginning of a term.
    HasPrefix,
    /// The end of a term.
    HasSuffix,
    /// Any part.
    Contains,
    /// The beginning.
    StartsWith,
    /// The end.
    EndsWith,
    /// A pattern with `*`.
    Like,
    /// A regular expression.
    MatchesRegex,
}

/// Whether an operator answers as it is spelt, or the opposite (`!has`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// As spelt.
    Straight,
    /// The opposite.
    Negated,
}

/// Whether case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `A` is `a`.
    Ignored,
    /// `A` is not `a`.
    Counts,
}

impl BinaryOp {
    /// From the text of its token.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "or" => Self::Or,
            "and" => Self::And,
            "==" => Self::Equal,
            "!=" | "<>" => Self::NotEqual,
            "<" => Self::Less,
            "<=" => Self::LessEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterEqual,
            "+" => Self::Add,
            "-" => Self::Subtract,
            "*" => Self::Multiply,
            "/" => Self::Divide,
            "%" => Self::Modulo,
            "=~" => Self::Text(TextOp::Equal, Answer::Straight, Case::Ignored),
            "!~" => Self::Text(TextOp::Equal, Answer::Negated, Case::Ignored),
            "in" => Self::In(Answer::Straight, Case::Counts),
            "!in" => Self::In(Answer::Negated, Case::Counts),
            "in~" => Self::In(Answer::Straight, Case::Ignored),
            "!in~" => Self::In(Answer::Negated, Case::Ignored),
            "has_any" => Self::HasAny,
            "has_all" => Self::HasAll,
            "between" => Self::Between(Answer::Straight),
            "!between" => Self::Between(Answer::Negated),
            "matches regex" => Self::Text(TextOp::MatchesRegex, Answer::Straight, Case::Counts),
            _ => return Self::parse_text_operator(text),
        })
    }

    fn parse_text_operator(text: &str) -> Option<Self> {
        let (answer, rest) = match text.strip_prefix('!').or_else(|| text.strip_prefix("not")) {
            Some(rest) => (Answer::Negated, rest),
            None => (Answer::Straight, text),
        };
        let (case, rest) = match rest.strip_suffix("_cs").or_else(|| rest.strip_suffix("cs")) {
            Some(rest) => (Case::Counts, rest),
            None => (Case::Ignored, rest),
        };
        let operator = match rest {
            "has" => TextOp::Has,
            "hasprefix" => TextOp::HasPrefix,
            "hassuffix" => TextOp::HasSuffix,
            "contains" => TextOp::Contains,
            "startswith" => TextOp::StartsWith,
            "endswith" => TextOp::EndsWith,
            "like" => TextOp::Like,
            _ => return None,
        };
        Some(Self::Text(operator, answer, case))
    }
}

/// The operator of a Binary, In or Between node, with where it stands.
pub fn binary_op(node: Node<'_>) -> Option<(BinaryOp, Span)> {
    let (id, token) = node.first_token()?;
    BinaryOp::parse(node.tree().token_text(id)).map(|operator| (operator, token.span))
}

/// The name of a NamedParameter, dots included: `hint.strategy`.
pub fn parameter_name<'t>(node: Node<'t>) -> Cow<'t, str> {
    if let Some(name) =
        node.find(NodeKind::Name).filter(|name| name.span().start == node.span().start)
    {
        return name_text(name);
    }
    let mut span: Option<Span> = None;
    for (_, token) in node.tokens().take_while(|(_, token)| token.kind != TokenKind::Equal) {
        span = Some(span.map_or(token.span, |before| before.to(token.span)));
        if matches!(node.tree().slice(token.span), "with" | "by") {
            break;
        }
    }
    Cow::Borrowed(span.map_or("", |span| node.tree().slice(span)))
}

/// What a NamedParameter is set to: its nodes, or a word.
#[derive(Clone, Copy, Debug)]
pub enum ParameterValue<'t> {
    /// A word, as in `kind=inner`.
    Word(&'t str, Span),
    /// A literal, a name or an expression; the first of several columns.
    Node(Node<'t>),
}

/// What a NamedParameter is set to; `None` where nothing is.
pub fn parameter_value<'t>(node: Node<'t>) -> Option<ParameterValue<'t>> {
    let tree = node.tree();
    let mut seen = false;
    for child in node.children() {
        match *child {
            Element::Node(id) if seen => return Some(ParameterValue::Node(tree.node(id))),
            Element::Node(_) => {}
            Element::Token(id) => {
                let token = tree.token(id)?;
                if seen && token.kind != TokenKind::Comma {
                    return Some(ParameterValue::Word(tree.token_text(id), token.span));
                }
                seen |=
                    token.kind == TokenKind::Equal || matches!(tree.token_text(id), "with" | "by");
            }
        }
    }
    None
}

/// The parameter of a node (an operator, WithProperties) by one of its names.
pub fn parameter<'t>(node: Node<'t>, names: &[&str]) -> Option<Node<'t>> {
    node.all(NodeKind::NamedParameter)
        .find(|parameter| names.contains(&parameter_name(*parameter).as_ref()))
}

/// The word or the text of the literal or name that a parameter is set to.
pub fn parameter_text<'t>(node: Node<'t>) -> Option<Cow<'t, str>> {
    Some(match parameter_value(node)? {
        ParameterValue::Word(word, _) => Cow::Borrowed(word),
        ParameterValue::Node(value) => match value.kind() {
            NodeKind::Name | NodeKind::NameRef => name_text(value),
            NodeKind::Literal | NodeKind::CompoundString => match literal_value(value)? {
                LiteralValue::String(text) => text,
                _ => Cow::Borrowed(value.text()),
            },
            _ => Cow::Borrowed(value.text()),
        },
    })
}
