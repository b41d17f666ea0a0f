//! Columns out of a text: `parse`, `parse-where`, `parse-kv`.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::{Binder, RowScope};
use super::columns::make_unique;
use super::options::word;
use super::parts::{expressions, same, with};
use crate::bound::{ParseKind, ParsePart, ParseText, Rel, RelOp};
use crate::catalog::Column;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::ScalarType;

impl<'a> Binder<'a> {
    pub(super) fn parse_text(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let text = expressions(node).find(|part| part.kind() != NodeKind::ParsePattern);
        let text = self.value(text, &scope);
        let mut columns: Vec<Column> = input.columns.to_vec();
        let parts = self.pattern(node, &mut columns, &scope);
        let kind = match word(node, "kind").as_deref() {
            Some("regex") => ParseKind::Regex,
            Some("relaxed") => ParseKind::Relaxed,
            _ => ParseKind::Simple,
        };
        let flags = word(node, "flags").unwrap_or_else(|| Arc::from(""));
        let only_matching = node.kind() == NodeKind::ParseWhere;
        make_unique(&mut columns);
        with(input, columns.into(), |input| {
            let input = *input;
            RelOp::Parse(Box::new(ParseText { input, text, only_matching, kind, flags, parts }))
        })
    }

    /// The pattern; its columns are added, and one whose name is taken gets the next free number.
    fn pattern(
        &mut self,
        node: Node<'a>,
        columns: &mut Vec<Column>,
        scope: &RowScope<'_>,
    ) -> Vec<ParsePart> {
        let nodes: Vec<Node<'a>> =
            node.find(NodeKind::ParsePattern).into_iter().flat_map(Node::nodes).collect();
        let (mut parts, mut declared) = (Vec::new(), Vec::new());
        for (at, part) in nodes.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| nodes.get(before)).copied();
            self.check_part(*part, before, nodes.get(at + 1).copied());
            match part.kind() {
                NodeKind::Star => parts.push(ParsePart::Skip),
                NodeKind::Name | NodeKind::NameAndType | NodeKind::NameRef => {
                    let Some(column) = self.pattern_column(*part) else { continue };
                    if declared.contains(&column.name) {
                        self.duplicate_column(&column.name, part.span());
                        continue;
                    }
                    declared.push(column.name.clone());
                    let ty = column.ty.scalar();
                    parts.push(ParsePart::Column(columns.len(), ty));
                    columns.push(column);
                }
                NodeKind::Missing | NodeKind::Error => {}
                _ => parts.push(ParsePart::Text(self.value(Some(*part), scope))),
            }
        }
        parts
    }

    fn pattern_column(&mut self, node: Node<'a>) -> Option<Column> {
        match node.kind() {
            NodeKind::NameAndType => self.declared_column(node),
            _ => Some(Column::new(name_of(node), ScalarType::String)),
        }
    }

    /// A column follows a text, a text follows a star, and no star follows a column of text.
    fn check_part(&mut self, part: Node<'a>, before: Option<Node<'a>>, next: Option<Node<'a>>) {
        match part.kind() {
            NodeKind::Star => {
                if next.is_some_and(|next| !is_text(next)) {
                    let help = "Write the text up to which `*` skips: `* \"text\" column`.";
                    self.error("KS102", part.span(), "a text must follow `*`", help);
                }
                if before.is_some_and(takes_text) {
                    let help = "Put a text between them, or give the column another type.";
                    let message = "`*` behind a column of text has no beginning";
                    self.error("KS103", part.span(), message, help);
                }
            }
            NodeKind::Name | NodeKind::NameAndType
                if before.is_some_and(|before| !is_text(before)) =>
            {
                let help = "Write the text that stands before the value: `\"text\" column`.";
                self.error("KS101", part.span(), "a column must follow a text", help);
            }
            _ => {}
        }
    }

    pub(super) fn parse_kv(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let text = expressions(node).find(|part| part.kind() != NodeKind::RowSchema);
        let text = self.value(text, &scope);
        let keys = self.row_schema(node.find(NodeKind::RowSchema)).to_vec();
        let options = self.option_values(node, &RowScope::NONE);
        let mut columns: Vec<Column> = input.columns.to_vec();
        columns.extend(keys.iter().cloned());
        make_unique(&mut columns);
        let text = Box::new(text);
        let op = |input| RelOp::ParseKv { input, text, keys, options };
        with(input, columns.into(), op)
    }

    pub(super) fn assert_schema(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let columns = self.row_schema(node.find(NodeKind::RowSchema)).to_vec();
        same(input, |input| RelOp::AssertSchema { input, columns })
    }
}

fn is_text(node: Node<'_>) -> bool {
    matches!(node.kind(), NodeKind::Literal | NodeKind::CompoundString)
}

/// A column without a type, or one of type string.
fn takes_text(node: Node<'_>) -> bool {
    match node.kind() {
        NodeKind::Name => true,
        NodeKind::NameAndType => node.nth(1).is_some_and(|ty| ty.text() == "string"),
        _ => false,
    }
}
