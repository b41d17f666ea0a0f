//! Parts of operators: the expressions in them, and rows made of other rows.

use crate::bound::{Rel, RelOp};
use crate::catalog::Schema;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Node, Span};

/// The expressions directly in a node: what is neither option nor clause.
pub(super) fn expressions<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    node.nodes().filter(|part| {
        !matches!(
            part.kind(),
            NodeKind::NamedParameter
                | NodeKind::WithProperties
                | NodeKind::ByClause
                | NodeKind::OnClause
                | NodeKind::BinClause
                | NodeKind::RowLimit
                | NodeKind::WhereClause
                | NodeKind::ProjectClause
                | NodeKind::Missing
                | NodeKind::Error
        )
    })
}

/// The expressions of a clause, where it is there.
pub(super) fn clause<'a>(node: Node<'a>, kind: NodeKind) -> impl Iterator<Item = Node<'a>> {
    node.find(kind).into_iter().flat_map(expressions)
}

/// The node right behind a keyword.
pub(super) fn after<'a>(node: Node<'a>, keyword: &str) -> Option<Node<'a>> {
    use crate::syntax::tree::Element;
    let tree = node.tree();
    let mut parts = node.children().iter();
    parts.find(|part| matches!(part, Element::Token(id) if tree.token_text(*id) == keyword))?;
    match parts.next()? {
        Element::Node(id) => Some(tree.node(*id)),
        Element::Token(_) => None,
    }
}

/// Without parentheses around it.
pub(super) fn bare(mut node: Node<'_>) -> Node<'_> {
    while node.kind() == NodeKind::Paren {
        let Some(inner) = node.nodes().next() else { break };
        node = inner;
    }
    node
}

/// The expression of `name = expression` or `expression asc`, else the node itself.
pub(super) fn underlying(mut node: Node<'_>) -> Node<'_> {
    loop {
        let inner = match node.kind() {
            NodeKind::Named => node.nth(1),
            NodeKind::Ordered => node.nth(0),
            _ => return node,
        };
        let Some(inner) = inner else { return node };
        node = inner;
    }
}

/// The operator of a Binary node as it is written.
pub(super) fn operator_text(node: Node<'_>) -> &str {
    node.first_token().map_or("", |(id, _)| node.tree().token_text(id))
}

/// The place of the keyword an operator begins with.
pub(super) fn keyword_span(node: Node<'_>) -> Span {
    let word = |kind| matches!(kind, TokenKind::Word | TokenKind::DashedWord);
    node.tokens().find(|(_, token)| word(token.kind)).map_or(node.span(), |(_, token)| token.span)
}

/// Rows with the columns of their input.
pub(super) fn same(input: Rel, op: impl FnOnce(Box<Rel>) -> RelOp) -> Rel {
    let columns = input.columns.clone();
    with(input, columns, op)
}

/// Rows with other columns than their input.
pub(super) fn with(input: Rel, columns: Schema, op: impl FnOnce(Box<Rel>) -> RelOp) -> Rel {
    let (span, serialized, open) = (input.span, input.serialized, input.open);
    Rel { op: op(Box::new(input)), columns, span, serialized, open }
}

/// The same rows in no order that counts.
pub(super) fn unordered(rows: Rel) -> Rel {
    Rel { serialized: false, ..rows }
}

/// The same rows in an order that counts.
pub(super) fn ordered(rows: Rel) -> Rel {
    Rel { serialized: true, ..rows }
}
