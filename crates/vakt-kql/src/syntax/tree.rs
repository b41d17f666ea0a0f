//! The lossless tree: tokens in the order of the text, and nodes that hold tokens and other nodes.
//!
//! Every byte of the text is in exactly one token or in the trivia (blanks, comments) before one, so
//! the tree prints back what was parsed whatever was wrong with it.

use std::fmt;
use std::ops::Range;

use super::kinds::{NodeKind, TokenKind};

/// A stretch of the text in bytes, UTF-8, half open.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// From the first byte to the one after the last.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// As a range for slicing the text.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest stretch that holds both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// No byte at all (where something is missing).
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.start, self.end)
    }
}

/// One token. The trivia before it runs from the end of the token before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where, without trivia.
    pub span: Span,
}

/// The place of a token in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenId(pub(crate) u32);

/// The place of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

/// A child: node or token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A node.
    Node(NodeId),
    /// A token.
    Token(TokenId),
}

#[derive(Clone, Copy, Debug)]
struct NodeData {
    kind: NodeKind,
    parent: u32,
    /// Range of `children`.
    first: u32,
    end: u32,
    span: Span,
}

const NO_PARENT: u32 = u32::MAX;

/// A parsed text. The last token is always [`TokenKind::EndOfText`], the root always
/// [`NodeKind::Query`].
#[derive(Clone, Debug)]
pub struct Tree {
    text: String,
    tokens: Vec<Token>,
    nodes: Vec<NodeData>,
    children: Vec<Element>,
}

impl Tree {
    /// What was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole query.
    pub fn root(&self) -> Node<'_> {
        let last = u32::try_from(self.nodes.len()).unwrap_or(NO_PARENT).saturating_sub(1);
        Node { tree: self, id: NodeId(last) }
    }

    /// How many nodes there are.
    pub fn nodes_count(&self) -> usize {
        self.nodes.len()
    }

    /// A node by its place.
    ///
    /// # Panics
    /// Never for an id of this tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// All tokens in the order of the text, the end of text last.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The text of a token.
    pub fn token_text(&self, id: TokenId) -> &str {
        self.token(id).map_or("", |token| self.slice(token.span))
    }

    /// A token by its place.
    pub fn token(&self, id: TokenId) -> Option<Token> {
        self.tokens.get(id.0 as usize).copied()
    }

    /// Blanks and comments between the token before and this one.
    pub fn trivia_before(&self, id: TokenId) -> &str {
        let Some(token) = self.token(id) else { return "" };
        let start = id.0.checked_sub(1).and_then(|before| self.token(TokenId(before)));
        self.slice(Span::new(start.map_or(0, |before| before.span.end), token.span.start))
    }

    /// A part of the text, empty when the span is not one of it.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The innermost node whose text holds or touches `offset`.
    pub fn node_at(&self, offset: u32) -> Node<'_> {
        let mut at = self.root();
        'down: loop {
            for child in at.nodes() {
                let span = child.span();
                if span.start <= offset && offset <= span.end && !span.is_empty() {
                    at = child;
                    continue 'down;
                }
            }
            return at;
        }
    }
}

/// A node of a tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> Node<'t> {
    fn data(self) -> NodeData {
        self.tree.nodes.get(self.id.0 as usize).copied().unwrap_or(NodeData {
            kind: NodeKind::Missing,
            parent: NO_PARENT,
            first: 0,
            end: 0,
            span: Span::default(),
        })
    }

    /// Its place in the tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The tree it is in.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// What it is.
    pub fn kind(self) -> NodeKind {
        self.data().kind
    }

    /// From its first token to its last, without the trivia around. Empty for a missing part.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// Its text without the trivia around.
    pub fn text(self) -> &'t str {
        self.tree.slice(self.span())
    }

    /// The node it is in.
    pub fn parent(self) -> Option<Self> {
        let parent = self.data().parent;
        (parent != NO_PARENT).then_some(Node { tree: self.tree, id: NodeId(parent) })
    }

    /// Nodes and tokens directly in it, in the order of the text.
    pub fn children(self) -> &'t [Element] {
        let data = self.data();
        self.tree.children.get(data.first as usize..data.end as usize).unwrap_or_default()
    }

    /// The nodes directly in it.
    pub fn nodes(self) -> impl DoubleEndedIterator<Item = Node<'t>> {
        let tree = self.tree;
        self.children().iter().filter_map(move |child| match child {
            Element::Node(id) => Some(Node { tree, id: *id }),
            Element::Token(_) => None,
        })
    }

    /// The first node in it of a kind.
    pub fn find(self, kind: NodeKind) -> Option<Self> {
        self.nodes().find(|node| node.kind() == kind)
    }

    /// The nodes in it of a kind.
    pub fn all(self, kind: NodeKind) -> impl DoubleEndedIterator<Item = Node<'t>> {
        self.nodes().filter(move |node| node.kind() == kind)
    }

    /// The `n`th node in it, from 0.
    pub fn nth(self, n: usize) -> Option<Self> {
        self.nodes().nth(n)
    }

    /// The tokens directly in it.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = (TokenId, Token)> {
        let tree = self.tree;
        self.children().iter().filter_map(move |child| match child {
            Element::Token(id) => tree.token(*id).map(|token| (*id, token)),
            Element::Node(_) => None,
        })
    }

    /// The first token directly in it.
    pub fn first_token(self) -> Option<(TokenId, Token)> {
        self.tokens().next()
    }

    /// Whether a token directly in it has this text.
    pub fn has_word(self, word: &str) -> bool {
        self.tokens().any(|(id, _)| self.tree.token_text(id) == word)
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}@{:?}", self.kind(), self.span())
    }
}

/// Where a node may begin later: what is built after it can be gathered under one node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checkpoint(usize);

/// Builds a tree bottom up: tokens are pushed as they come, and a node is closed over all that was
/// pushed since its checkpoint.
#[derive(Debug)]
pub(crate) struct TreeBuilder {
    tree: Tree,
    pending: Vec<Element>,
}

impl TreeBuilder {
    pub(crate) fn new(text: String, tokens: Vec<Token>) -> Self {
        let (nodes, children) =
            (Vec::with_capacity(tokens.len()), Vec::with_capacity(tokens.len() * 2));
        Self { tree: Tree { text, tokens, nodes, children }, pending: Vec::with_capacity(64) }
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tree.tokens
    }

    pub(crate) fn text(&self) -> &str {
        &self.tree.text
    }

    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint(self.pending.len())
    }

    pub(crate) fn token(&mut self, id: TokenId) {
        self.pending.push(Element::Token(id));
    }

    /// Closes a node over what was pushed since. `here` is where an empty node stands.
    pub(crate) fn close(&mut self, since: Checkpoint, kind: NodeKind, here: u32) -> NodeId {
        let id = u32::try_from(self.tree.nodes.len()).unwrap_or(NO_PARENT);
        let first = u32::try_from(self.tree.children.len()).unwrap_or(NO_PARENT);
        let mut span = Span::new(here, here);
        for (index, element) in self.pending.iter().skip(since.0).enumerate() {
            let part = match *element {
                Element::Token(token) => self.tree.token(token).map(|token| token.span),
                Element::Node(node) => self.tree.nodes.get_mut(node.0 as usize).map(|child| {
                    child.parent = id;
                    child.span
                }),
            };
            let part = part.unwrap_or(span);
            span = if index == 0 || span.is_empty() {
                part
            } else {
                Span::new(span.start, part.end.max(span.end))
            };
        }
        self.tree.children.extend_from_slice(self.pending.get(since.0..).unwrap_or_default());
        self.pending.truncate(since.0);
        let end = u32::try_from(self.tree.children.len()).unwrap_or(NO_PARENT);
        self.tree.nodes.push(NodeData { kind, parent: NO_PARENT, first, end, span });
        self.pending.push(Element::Node(NodeId(id)));
        NodeId(id)
    }

    /// The whole tree; everything pushed is under one root by then.
    pub(crate) fn finish(self) -> Tree {
        self.tree
    }
}
