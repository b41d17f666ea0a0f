//! `scan`: rows that follow one another through steps.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::scope::place_of;
use super::super::{Binder, RowScope, broken_value};
use super::columns::make_unique;
use super::options::word;
use super::parts::{after, clause, expressions, ordered};
use crate::bound::{Expr, Rel, RelOp, Scan, ScanStep};
use crate::catalog::{Column, Schema};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::{ScalarType, Type};

impl<'a> Binder<'a> {
    pub(super) fn scan(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let order: Vec<_> =
            clause(node, NodeKind::ScanOrder).map(|key| self.sort_key(key, &scope)).collect();
        let partition: Vec<_> = clause(node, NodeKind::ScanPartition)
            .map(|key| self.value(Some(key), &scope))
            .collect();
        let mut columns: Vec<Column> = input.columns.to_vec();
        let declared = self.declared(node, &mut columns);
        let state: Schema = columns.clone().into();
        let names: Vec<(Arc<str>, Schema)> = node
            .all(NodeKind::ScanStep)
            .filter_map(|step| Some((name_of(step.find(NodeKind::Name)?), state.clone())))
            .collect();
        let inner = RowScope { steps: &names, open: input.open, ..RowScope::columns(&state) };
        let steps = node.all(NodeKind::ScanStep).map(|step| self.scan_step(step, &inner)).collect();
        let match_id = word(node, "with_match_id").map(|name| {
            columns.push(Column::new(name, ScalarType::Long));
            columns.len() - 1
        });
        make_unique(&mut columns);
        let (columns, open) = (columns.into(), input.open);
        let scan = Scan { input, order, partition, declared, match_id, steps };
        let op = RelOp::Scan(Box::new(scan));
        ordered(Rel { op, columns, span: node.span(), serialized: true, open })
    }

    /// `declare (name: type = default, …)`.
    fn declared(
        &mut self,
        node: Node<'a>,
        columns: &mut Vec<Column>,
    ) -> Vec<(usize, Option<Expr>)> {
        let mut declared = Vec::new();
        let list = node.find(NodeKind::ScanDeclare);
        for parameter in list.into_iter().flat_map(|list| list.all(NodeKind::Parameter)) {
            let Some(name) = parameter.nth(0) else { continue };
            let ty = parameter.find(NodeKind::TypeName);
            let ty = ty.map_or(Type::UNKNOWN, |ty| self.type_name(ty));
            let default = parameter.find(NodeKind::DefaultValue);
            let default =
                default.map(|default| self.value(expressions(default).next(), &RowScope::NONE));
            declared.push((columns.len(), default));
            columns.push(Column::new(name_of(name), ty));
        }
        declared
    }

    fn scan_step(&mut self, node: Node<'a>, scope: &RowScope<'_>) -> ScanStep {
        let name = node.find(NodeKind::Name).map_or_else(|| Arc::from(""), name_of);
        let condition = node
            .nodes()
            .find(|part| !matches!(part.kind(), NodeKind::Name | NodeKind::ScanAssignment));
        let condition = match condition {
            Some(condition) => self.value(Some(condition), scope),
            None => broken_value(node.span()),
        };
        let mut assigned = Vec::new();
        for part in node.all(NodeKind::ScanAssignment) {
            let value = self.value(part.nth(1), scope);
            let Some(name) = part.nth(0) else { continue };
            let columns = scope.columns.map_or(&[][..], |columns| columns);
            match place_of(columns, &name_of(name)) {
                Some(place) => assigned.push((place, value)),
                None if scope.open => {}
                None => self.unknown_column(&name_of(name), name.span(), columns),
            }
        }
        let output = output_word(node).unwrap_or("all").into();
        ScanStep { name, optional: node.has_word("optional"), output, condition, assigned }
    }
}

/// `output = last`.
fn output_word(node: Node<'_>) -> Option<&str> {
    if let Some(value) = after(node, "=") {
        return Some(value.text());
    }
    let tree = node.tree();
    let mut words = node.tokens().map(|(id, _)| tree.token_text(id));
    words.find(|word| *word == "output")?;
    words.find(|word| *word != "=")
}
