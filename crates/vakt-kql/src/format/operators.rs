//! How statements and operators are laid out.

use super::Writer;
use super::layout::Op;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Element, Node};

impl<'t> Writer<'t> {
    /// Writes a statement or operator that has a rule of its own.
    pub(super) fn operator(&mut self, node: Node<'t>) -> bool {
        match node.kind() {
            NodeKind::Query => self.statements(node),
            NodeKind::LetStatement => self.let_statement(node),
            NodeKind::FunctionBody => self.function_body(node),
            NodeKind::Pipe => self.pipe(node),
            NodeKind::Project
            | NodeKind::ProjectAway
            | NodeKind::ProjectKeep
            | NodeKind::ProjectRename
            | NodeKind::ProjectReorder
            | NodeKind::ProjectByNames
            | NodeKind::Extend
            | NodeKind::Distinct
            | NodeKind::Print
            | NodeKind::Serialize
            | NodeKind::Union
            | NodeKind::Sort
            | NodeKind::MvExpand
            | NodeKind::Summarize
            | NodeKind::MakeSeries
            | NodeKind::TopNested => self.listing(node),
            NodeKind::Search | NodeKind::Find => self.indented(node),
            NodeKind::Scan => self.scan(node),
            NodeKind::Fork => self.fork(node),
            _ => return false,
        }
        true
    }

    fn statements(&mut self, node: Node<'t>) {
        let mut first = true;
        for child in node.children() {
            if let Element::Node(id) = child {
                let statement = self.tree.node(*id);
                if !first {
                    self.op(Op::Hard);
                    if self.empty_line_ahead(statement) {
                        self.op(Op::Blank);
                    }
                }
                first = false;
            }
            self.element(node, *child);
        }
    }

    /// `let x = value`; what has operators begins on the next line.
    fn let_statement(&mut self, node: Node<'t>) {
        for child in node.children() {
            if self.is(*child, NodeKind::Pipe) {
                self.op(Op::Indent);
                self.op(Op::Hard);
                self.element(node, *child);
                self.op(Op::Dedent);
            } else {
                self.element(node, *child);
            }
        }
    }

    fn function_body(&mut self, node: Node<'t>) {
        let last = node.children().len().saturating_sub(1);
        self.op(Op::Open);
        for (index, child) in node.children().iter().enumerate() {
            if index == last {
                self.op(Op::Dedent);
                self.op(Op::Line);
            } else if index > 0 && matches!(child, Element::Node(_)) {
                self.op(if index == 1 { Op::Line } else { Op::Hard });
            }
            self.element(node, *child);
            if index == 0 {
                self.op(Op::Indent);
            }
        }
        self.op(Op::Close);
    }

    /// Each operator on a line of its own; in parentheses only if they do not fit on one.
    fn pipe(&mut self, node: Node<'t>) {
        for child in node.children() {
            if let Element::Token(_) = child {
                self.op(if self.groups > 0 { Op::Line } else { Op::Hard });
            }
            self.element(node, *child);
        }
    }

    /// Keyword, then a list that is broken at its commas and before its clauses.
    fn listing(&mut self, node: Node<'t>) {
        self.op(Op::Open);
        let mut items = 0;
        for (index, child) in node.children().iter().enumerate() {
            if index == 1 {
                self.op(Op::Indent);
            }
            let is_item =
                matches!(child, Element::Node(_)) && !self.is(*child, NodeKind::NamedParameter);
            if is_item && (items == 0 || self.is_clause(*child)) {
                self.op(Op::Line);
            }
            items += usize::from(is_item);
            self.element(node, *child);
            if self.is_comma(*child) {
                self.op(Op::Line);
            }
        }
        if node.children().len() > 1 {
            self.op(Op::Dedent);
        }
        self.op(Op::Close);
    }

    fn is_clause(&self, child: Element) -> bool {
        [NodeKind::ByClause, NodeKind::OnClause, NodeKind::SeriesRange, NodeKind::RowLimit]
            .into_iter()
            .any(|kind| self.is(child, kind))
    }

    /// What follows the keyword stands further in, if it is on lines of its own.
    fn indented(&mut self, node: Node<'t>) {
        for (index, child) in node.children().iter().enumerate() {
            if index == 1 {
                self.op(Op::Indent);
            }
            self.element(node, *child);
        }
        if node.children().len() > 1 {
            self.op(Op::Dedent);
        }
    }

    /// A step a line.
    fn scan(&mut self, node: Node<'t>) {
        let mut indented = false;
        for child in node.children() {
            if self.is(*child, NodeKind::ScanStep) {
                if !indented {
                    self.op(Op::Indent);
                    indented = true;
                }
                self.op(Op::Hard);
            } else if indented && self.kind_of(*child) == Some(TokenKind::CloseParen) {
                self.op(Op::Dedent);
                self.op(Op::Hard);
                indented = false;
            }
            self.element(node, *child);
        }
        if indented {
            self.op(Op::Dedent);
        }
    }

    /// A branch a line.
    fn fork(&mut self, node: Node<'t>) {
        for (index, child) in node.children().iter().enumerate() {
            if index == 1 {
                self.op(Op::Indent);
            }
            if self.is(*child, NodeKind::ForkBranch) {
                self.op(Op::Hard);
            }
            self.element(node, *child);
        }
        if node.children().len() > 1 {
            self.op(Op::Dedent);
        }
    }

    fn kind_of(&self, child: Element) -> Option<TokenKind> {
        match child {
            Element::Token(id) => self.tree.token(id).map(|token| token.kind),
            Element::Node(_) => None,
        }
    }
}
