//! The canonical text of a query: one operator a line, lists broken where they are too long, comments
//! kept. Only what stands between tokens changes, so the meaning cannot.

mod expressions;
mod layout;
mod operators;
mod spacing;

use crate::Parse;
use crate::diagnostic::Severity;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Element, Node, TokenId, Tree};
use layout::Op;
use spacing::Place;

/// The canonical text, or nothing where the text has errors, or where other blanks would give it
/// another meaning: such a text is left alone.
///
/// The tokens stay the same, in the same order; formatting what was formatted changes nothing.
///
/// ```
/// let parse = vakt_kql::parse("DeviceEvents|where ActionType=='x'|take 5");
/// let text = vakt_kql::format::format(&parse).unwrap();
/// assert_eq!(text, "DeviceEvents\n| where ActionType == 'x'\n| take 5\n");
/// ```
pub fn format(parse: &Parse) -> Option<String> {
    if has_errors(parse) {
        return None;
    }
    let mut writer = Writer {
        tree: &parse.tree,
        ops: Vec::new(),
        before: None,
        next: 0,
        groups: 0,
        as_written: 0,
    };
    writer.node(parse.tree.root());
    let text = layout::print(&writer.ops);
    let read = crate::parse(&text);
    (!has_errors(&read) && reads_alike(&parse.tree, &read.tree)).then_some(text)
}

fn has_errors(parse: &Parse) -> bool {
    parse.problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Patterns of graphs are drawn by who writes them, and a blank in an arrow ends it.
fn is_of_graphs(kind: NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::MakeGraph
            | NodeKind::GraphMatch
            | NodeKind::GraphShortestPaths
            | NodeKind::GraphToTable
            | NodeKind::GraphMarkComponents
    )
}

/// Whether two texts have the same tokens under the same nodes: a guard, since the text is written
/// over the user's file, and in a few places a blank has a meaning (`sample-a`, `sample - a`).
fn reads_alike(one: &Tree, other: &Tree) -> bool {
    let texts = |tree: &Tree| {
        let tokens = tree.tokens().iter();
        tokens.map(|token| (token.kind, tree.slice(token.span).to_owned())).collect::<Vec<_>>()
    };
    texts(one) == texts(other) && kinds(one) == kinds(other)
}

/// The kinds of all nodes, each before those in it.
fn kinds(tree: &Tree) -> Vec<NodeKind> {
    let mut kinds = Vec::new();
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        kinds.push(node.kind());
        open.extend(node.nodes().rev());
    }
    kinds
}

/// Turns nodes into steps of the layout.
struct Writer<'t> {
    tree: &'t Tree,
    ops: Vec<Op<'t>>,
    /// The token that was written last.
    before: Option<Place>,
    /// Number of the token that comes next.
    next: u32,
    /// Groups that are open.
    groups: usize,
    /// Operators around that keep their blanks.
    as_written: usize,
}

impl<'t> Writer<'t> {
    /// Writes a node by the rule of its kind.
    fn node(&mut self, node: Node<'t>) {
        if is_of_graphs(node.kind()) {
            self.drawn(node);
        } else if !self.operator(node) && !self.expression(node) {
            self.children(node);
        }
    }

    /// Writes what is in a node, one after the other.
    fn children(&mut self, node: Node<'t>) {
        for child in node.children() {
            self.element(node, *child);
        }
    }

    /// Writes an operator whose blanks stay, from its keyword on.
    fn drawn(&mut self, node: Node<'t>) {
        for (index, child) in node.children().iter().enumerate() {
            self.as_written += usize::from(index > 0);
            self.element(node, *child);
            self.as_written -= usize::from(index > 0);
        }
    }

    fn element(&mut self, node: Node<'t>, child: Element) {
        match child {
            Element::Node(id) => self.node(self.tree.node(id)),
            Element::Token(id) => self.token(node.kind(), id),
        }
    }

    fn op(&mut self, op: Op<'t>) {
        match op {
            Op::Open => self.groups += 1,
            Op::Close => self.groups = self.groups.saturating_sub(1),
            _ => {}
        }
        self.ops.push(op);
    }

    /// A list with its parentheses: on one line, or an item a line.
    fn bracketed(&mut self, node: Node<'t>) {
        let Some((first, last)) = node.children().first().zip(node.children().last()) else {
            return;
        };
        let inner = node.children().get(1..node.children().len().saturating_sub(1));
        self.op(Op::Open);
        self.element(node, *first);
        self.op(Op::Indent);
        for (index, child) in inner.unwrap_or_default().iter().enumerate() {
            if index == 0 {
                self.op(Op::SoftLine);
            }
            self.element(node, *child);
            if self.is_comma(*child) {
                self.op(Op::Line);
            }
        }
        self.op(Op::Dedent);
        if node.children().len() > 2 {
            self.op(Op::SoftLine);
        }
        if node.children().len() > 1 {
            self.element(node, *last);
        }
        self.op(Op::Close);
    }

    fn is_comma(&self, child: Element) -> bool {
        match child {
            Element::Token(id) => {
                self.tree.token(id).is_some_and(|token| token.kind == TokenKind::Comma)
            }
            Element::Node(_) => false,
        }
    }

    /// Writes a token: the comments before it, then a blank or none, then itself.
    fn token(&mut self, within: NodeKind, id: TokenId) {
        let Some(token) = self.tree.token(id) else { return };
        let trivia = self.tree.trivia_before(id);
        self.next = id.0 + 1;
        self.comments(trivia);
        if token.kind == TokenKind::EndOfText {
            return;
        }
        let here = Place { kind: token.kind, within };
        let now = !trivia.is_empty();
        let drawn = self.as_written > 0;
        let apart = |before| if drawn { now } else { spacing::stand_apart(before, here, now) };
        if self.before.is_some_and(apart) {
            self.op(Op::Space);
        }
        if token.kind == TokenKind::Directive {
            self.op(Op::Hard);
        }
        self.op(Op::Text(self.tree.slice(token.span).trim_end()));
        if token.kind == TokenKind::Directive {
            self.op(Op::Hard);
        }
        self.before = Some(here);
    }

    fn comments(&mut self, trivia: &'t str) {
        let mut ends = usize::from(self.before.is_none());
        let mut commented = false;
        for line in trivia.split_inclusive('\n') {
            let text = line.trim();
            if !text.is_empty() {
                if ends > 1 && self.before.is_some() {
                    self.op(Op::Hard);
                    self.op(Op::Blank);
                }
                self.op(if ends > 0 { Op::OwnComment(text) } else { Op::TrailingComment(text) });
                (ends, commented) = (0, true);
            }
            ends += usize::from(line.ends_with('\n'));
        }
        if commented && ends > 1 {
            self.op(Op::Blank);
        }
    }

    /// Whether an empty line, or more, stands before the next token, comments aside.
    fn empty_line_ahead(&self, node: Node<'t>) -> bool {
        let start = node.span().start as usize;
        let text = self.tree.text().get(..start).unwrap_or_default();
        let trivia = self.tree.trivia_before(TokenId(self.next));
        let first = trivia.split("//").next().unwrap_or_default();
        !text.is_empty() && first.matches('\n').count() > 1
    }
}
