//! Tokens, trees and bound queries as text, for `vakt kql explain` and for tests.

mod bound;

use std::fmt::Write;

pub use bound::bound;

use crate::diagnostic::Position;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Element, Node, Tree};

/// One line for each token: line, column, kind, text.
pub fn tokens(tree: &Tree) -> String {
    let mut out = String::new();
    for token in tree.tokens() {
        let at = Position::of(tree.text(), token.span.start);
        let text = tree.slice(token.span);
        let written = writeln!(out, "{}:{} {:?} {text:?}", at.line, at.column, token.kind);
        debug_assert!(written.is_ok(), "a String takes all that is written");
    }
    out
}

/// One line for each node and for each token in it, indented by depth.
pub fn tree(tree: &Tree) -> String {
    let mut out = String::new();
    let mut open = vec![(Element::Node(tree.root().id()), 0_usize)];
    while let Some((element, depth)) = open.pop() {
        out.push_str(&"  ".repeat(depth.min(DEPTH_SHOWN_MAX)));
        match element {
            Element::Token(id) => {
                let written = writeln!(out, "{:?}", tree.token_text(id));
                debug_assert!(written.is_ok(), "a String takes all that is written");
            }
            Element::Node(id) => {
                let node = tree.node(id);
                let written = writeln!(out, "{:?}", node.kind());
                debug_assert!(written.is_ok(), "a String takes all that is written");
                open.extend(node.children().iter().rev().map(|child| (*child, depth + 1)));
            }
        }
    }
    out
}

/// Deeper nodes are not indented further, so that the text does not grow with the square of it.
const DEPTH_SHOWN_MAX: usize = 64;

/// A tree on one line: `(Where where (Binary (NameRef a) == (Literal 1)))`. Of use for small trees.
pub fn one_line(node: Node<'_>) -> String {
    enum Part<'t> {
        Open(Node<'t>),
        Text(&'t str),
        Close,
    }
    let mut out = String::new();
    let mut parts = vec![Part::Open(node)];
    while let Some(part) = parts.pop() {
        match part {
            Part::Close => out.push(')'),
            Part::Text("") => {}
            Part::Text(text) => {
                out.push(' ');
                out.push_str(text);
            }
            Part::Open(node) => {
                if !out.is_empty() {
                    out.push(' ');
                }
                let written = write!(out, "({:?}", node.kind());
                debug_assert!(written.is_ok(), "a String takes all that is written");
                parts.push(Part::Close);
                let tree = node.tree();
                parts.extend(node.children().iter().rev().map(|child| match *child {
                    Element::Node(id) => Part::Open(tree.node(id)),
                    Element::Token(id) => Part::Text(tree.token_text(id)),
                }));
            }
        }
    }
    out
}

/// Whether a tree holds what could not be read.
pub fn is_broken(tree: &Tree) -> bool {
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        if matches!(node.kind(), NodeKind::Error | NodeKind::Missing) {
            return true;
        }
        open.extend(node.nodes());
    }
    false
}
