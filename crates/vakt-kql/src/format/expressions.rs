//! How expressions are laid out.

use super::Writer;
use super::layout::Op;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Element, Node};

impl<'t> Writer<'t> {
    /// Writes an expression that has a rule of its own.
    pub(super) fn expression(&mut self, node: Node<'t>) -> bool {
        match node.kind() {
            NodeKind::Arguments
            | NodeKind::List
            | NodeKind::Paren
            | NodeKind::Parameters
            | NodeKind::RowSchema
            | NodeKind::SchemaType
            | NodeKind::JsonArray
            | NodeKind::JsonObject
            | NodeKind::NameList
            | NodeKind::SubQuery
            | NodeKind::InTables => self.bracketed(node),
            NodeKind::ToScalar | NodeKind::ToTable | NodeKind::Materialize => self.wrapped(node),
            NodeKind::Binary if is_junction(node) => {
                let within = node.parent().map(Node::kind);
                let further = !matches!(within, Some(NodeKind::Paren | NodeKind::Arguments));
                self.op(Op::Open);
                if further {
                    self.op(Op::Indent);
                }
                self.junction(node, junction(node));
                if further {
                    self.op(Op::Dedent);
                }
                self.op(Op::Close);
            }
            NodeKind::Binary | NodeKind::In | NodeKind::Between => {
                self.op(Op::Open);
                self.children(node);
                self.op(Op::Close);
            }
            NodeKind::DataTable => self.data_table(node),
            NodeKind::ExternalData => self.external_data(node),
            _ => return false,
        }
        true
    }

    /// `a and b and c`, broken before each `and`.
    fn junction(&mut self, node: Node<'t>, word: &str) {
        for child in node.children() {
            match *child {
                Element::Node(id) => {
                    let part = self.tree.node(id);
                    if part.kind() == NodeKind::Binary && junction(part) == word {
                        self.junction(part, word);
                    } else {
                        self.node(part);
                    }
                }
                Element::Token(id) => {
                    self.op(Op::Line);
                    self.token(node.kind(), id);
                }
            }
        }
    }

    /// `toscalar(…)`: the word, then what is in the parentheses on lines of its own if it is long.
    fn wrapped(&mut self, node: Node<'t>) {
        self.op(Op::Open);
        let last = node.children().len().saturating_sub(1);
        let mut open = false;
        for (index, child) in node.children().iter().enumerate() {
            if index == last && open {
                self.op(Op::Dedent);
                self.op(Op::SoftLine);
            }
            self.element(node, *child);
            if !open && self.text_of(*child) == "(" {
                self.op(Op::Indent);
                self.op(Op::SoftLine);
                open = true;
            }
        }
        if open && last == 0 {
            self.op(Op::Dedent);
        }
        self.op(Op::Close);
    }

    fn text_of(&self, child: Element) -> &'t str {
        match child {
            Element::Token(id) => self.tree.token_text(id),
            Element::Node(_) => "",
        }
    }

    /// A row a line.
    fn data_table(&mut self, node: Node<'t>) {
        let columns = node
            .find(NodeKind::RowSchema)
            .map_or(1, |schema| schema.all(NodeKind::NameAndType).count().max(1));
        self.op(Op::Open);
        let mut values = 0;
        let mut inside = false;
        for child in node.children() {
            match self.text_of(*child) {
                "]" if inside => {
                    self.op(Op::Dedent);
                    self.op(Op::SoftLine);
                    inside = false;
                }
                _ => {}
            }
            self.element(node, *child);
            match self.text_of(*child) {
                "[" => {
                    self.op(Op::Indent);
                    self.op(Op::SoftLine);
                    inside = true;
                }
                "," if inside => {
                    values += 1;
                    self.op(if values % columns == 0 { Op::Line } else { Op::Space });
                }
                _ => {}
            }
        }
        if inside {
            self.op(Op::Dedent);
        }
        self.op(Op::Close);
    }

    fn external_data(&mut self, node: Node<'t>) {
        self.op(Op::Open);
        for child in node.children() {
            if self.text_of(*child) == "[" || self.is(*child, NodeKind::WithProperties) {
                self.op(Op::Line);
            }
            self.element(node, *child);
        }
        self.op(Op::Close);
    }

    pub(super) fn is(&self, child: Element, kind: NodeKind) -> bool {
        matches!(child, Element::Node(id) if self.tree.node(id).kind() == kind)
    }
}

fn is_junction(node: Node<'_>) -> bool {
    !junction(node).is_empty()
}

/// `and`, `or`, or nothing for other operators.
fn junction(node: Node<'_>) -> &'static str {
    match node.first_token().map(|(id, _)| node.tree().token_text(id)) {
        Some("and") => "and",
        Some("or") => "or",
        _ => "",
    }
}
