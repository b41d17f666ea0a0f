//! The grammar as a black box: text in, tree and problems out.

mod limits;
mod literals;
mod mutations;
mod problems;
mod trees;

use vakt_kql::syntax::tree::{Node, Span, Tree};

/// What must hold of every tree, whatever the text.
fn check_tree(tree: &Tree, text: &str) {
    assert_eq!(tree.text(), text);
    let mut printed = String::new();
    let mut before = 0;
    for token in tree.tokens() {
        assert!(before <= token.span.start, "tokens overlap in {text:?}");
        printed.push_str(tree.slice(Span::new(before, token.span.end)));
        before = token.span.end;
    }
    assert_eq!(printed, text, "the tree does not print back");
    check_order(tree.root(), text);
}

/// Children stand in order inside their parent, and know it.
fn check_order(root: Node<'_>, text: &str) {
    let mut tokens = 0;
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        tokens += node.tokens().count();
        let mut at = node.span().start;
        for child in node.nodes() {
            assert_eq!(child.parent().map(|parent| parent.id()), Some(node.id()));
            assert!(child.span().is_empty() || at <= child.span().start, "{child:?} in {text:?}");
            at = at.max(child.span().end);
            open.push(child);
        }
        assert!(at <= node.span().end, "{node:?} is shorter than its parts in {text:?}");
    }
    assert_eq!(tokens, root.tree().tokens().len(), "a token is in no node or in two: {text:?}");
}
