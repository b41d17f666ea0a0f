//! Names that a query gives itself: `let`, and parameters of functions. Where each is given, and where
//! it is used.

use vakt_kql::ast::name_text;
use vakt_kql::syntax::kinds::NodeKind;
use vakt_kql::syntax::tree::{Node, Tree};

/// The name at a byte: one that is given or one that is used.
pub fn name_at(tree: &Tree, at: u32) -> Option<Node<'_>> {
    let is_name = |node: &Node<'_>| matches!(node.kind(), NodeKind::Name | NodeKind::NameRef);
    let found = up(tree.node_at(at)).find(is_name);
    // Between two nodes the first one is found; the name may be the one that begins here.
    found.or_else(|| up(tree.node_at(at.saturating_add(1))).find(is_name)).filter(|node| {
        let span = node.span();
        span.start <= at && at <= span.end
    })
}

/// The node that gives the name that stands at `name`: of a `let` or a parameter.
pub fn given(name: Node<'_>) -> Option<Node<'_>> {
    if name.kind() == NodeKind::Name {
        let parent = name.parent()?.kind();
        return matches!(parent, NodeKind::LetStatement | NodeKind::Parameter).then_some(name);
    }
    if is_member(name) {
        return None;
    }
    let (text, start) = (name_text(name), name.span().start);
    let mut scopes = up(name).filter_map(|scope| match scope.kind() {
        NodeKind::Query | NodeKind::FunctionBody => last_let(scope, &text, start),
        NodeKind::Function => parameter(scope, &text),
        _ => None,
    });
    scopes.next()
}

/// All places that mean the name given at `declared`, itself first.
pub fn uses(declared: Node<'_>) -> Vec<Node<'_>> {
    let mut found = vec![declared];
    let mut open = vec![declared.tree().root()];
    let wanted = name_text(declared);
    while let Some(node) = open.pop() {
        let is_one = node.kind() == NodeKind::NameRef && name_text(node) == wanted;
        if is_one && given(node).map(Node::id) == Some(declared.id()) {
            found.push(node);
        }
        open.extend(node.nodes());
    }
    if let Some(rest) = found.get_mut(1..) {
        rest.sort_by_key(|node| node.span());
    }
    found
}

/// Every `let` of a query, with its name.
pub fn lets(tree: &Tree) -> Vec<(Node<'_>, Node<'_>)> {
    let root = tree.root();
    let all = root.all(NodeKind::LetStatement);
    all.filter_map(|one| Some((one, one.find(NodeKind::Name)?))).collect()
}

fn up(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    std::iter::successors(Some(node), |node| node.parent())
}

/// Is it a member of something: `b` in `a.b`?
fn is_member(name: Node<'_>) -> bool {
    let Some(parent) = name.parent().filter(|parent| parent.kind() == NodeKind::Path) else {
        return false;
    };
    parent.nodes().next().map(Node::id) != Some(name.id())
}

/// The last `let` of this name that ends before the name is used.
fn last_let<'t>(scope: Node<'t>, text: &str, start: u32) -> Option<Node<'t>> {
    let before = scope.all(NodeKind::LetStatement).rev().filter(|one| one.span().end <= start);
    let mut names = before.filter_map(|one| one.find(NodeKind::Name));
    names.find(|name| name_text(*name) == text)
}

fn parameter<'t>(function: Node<'t>, text: &str) -> Option<Node<'t>> {
    let parameters = function.find(NodeKind::Parameters)?;
    let mut names = parameters.all(NodeKind::Parameter).filter_map(|one| one.find(NodeKind::Name));
    names.find(|name| name_text(*name) == text)
}

/// Whether a `let` gives a function.
pub fn is_function(statement: Node<'_>) -> bool {
    statement.find(NodeKind::Function).is_some()
}
