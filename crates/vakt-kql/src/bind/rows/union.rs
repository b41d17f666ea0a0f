//! `union`: the rows of several inputs.

use std::sync::Arc;

use super::super::{Binder, RowScope};
use super::columns::{Unified, make_unique};
use super::options::{flag, word};
use super::parts::{bare, expressions};
use crate::bound::{Branch, Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;
use crate::types::ScalarType;

impl<'a> Binder<'a> {
    pub(super) fn union(&mut self, node: Node<'a>, input: Option<Rel>) -> Rel {
        let around = self.fuzzy;
        let fuzzy = flag(node, "isfuzzy");
        self.fuzzy = fuzzy.unwrap_or(around);
        let mut inputs: Vec<(Arc<str>, Rel)> = Vec::new();
        inputs.extend(input.map(|rows| (branch_name(&rows, 0), rows)));
        for part in expressions(node) {
            for rows in self.table_or_tables(part) {
                inputs.push((branch_name(&rows, inputs.len()), rows));
            }
        }
        self.fuzzy = around;
        union_of(node, inputs, fuzzy.unwrap_or_default())
    }

    /// The rows of an argument: several tables where a star is in the name.
    pub(super) fn table_or_tables(&mut self, node: Node<'a>) -> Vec<Rel> {
        let inner = bare(node);
        if inner.kind() == NodeKind::WildcardName {
            return self.tables_like(inner);
        }
        vec![self.tabular(node)]
    }
}

/// What `withsource` calls an input.
pub(super) fn branch_name(rows: &Rel, at: usize) -> Arc<str> {
    match &rows.op {
        RelOp::Table(name) => name.clone(),
        _ => format!("union_arg{at}").into(),
    }
}

fn union_of(node: Node<'_>, inputs: Vec<(Arc<str>, Rel)>, fuzzy: bool) -> Rel {
    let schemas: Vec<&[Column]> = inputs.iter().map(|(_, rows)| &*rows.columns).collect();
    let mut unified = Unified::by_name_and_type(&schemas);
    if word(node, "kind").as_deref() == Some("inner") && inputs.iter().all(|(_, rows)| !rows.open) {
        unified.keep_common();
    }
    let source = word(node, "withsource").map(|name| Column::new(name, ScalarType::String));
    let with_source = source.is_some().then_some(0);
    let open = inputs.iter().any(|(_, rows)| rows.open);
    let branches = inputs.into_iter().zip(unified.places);
    let branches: Vec<Branch> = branches
        .filter(|((_, rows), _)| !(fuzzy && matches!(rows.op, RelOp::Broken(None))))
        .map(|((name, rows), places)| {
            let places = match source {
                Some(_) => std::iter::once(None).chain(places).collect(),
                None => places,
            };
            Branch { name, rows, places }
        })
        .collect();
    let mut columns = unified.columns;
    columns.splice(0..0, source);
    make_unique(&mut columns);
    let columns = Schema::from(columns);
    let op = RelOp::Union { branches, with_source, fuzzy };
    Rel { op, columns, span: node.span(), serialized: false, open }
}

impl<'a> Binder<'a> {
    /// Rows as an argument of an operator, which sees no row around it.
    pub(super) fn tabular(&mut self, node: Node<'a>) -> Rel {
        self.rows(node, &RowScope::NONE)
    }

    /// All tables and views whose names fit.
    fn tables_like(&mut self, node: Node<'a>) -> Vec<Rel> {
        self.afford_tables(|binder| binder.find_tables_like(node), node.span())
    }

    fn find_tables_like(&mut self, node: Node<'a>) -> Vec<Rel> {
        let pattern = super::super::literals::name_of(node);
        let tables = self.catalog.tables_like(&pattern).map(|table| Rel {
            op: RelOp::Table(table.name.clone()),
            columns: table.columns.clone(),
            span: node.span(),
            serialized: false,
            open: false,
        });
        let mut found: Vec<Rel> = tables.collect();
        found.extend(self.views_like(&pattern));
        if found.is_empty() {
            let message = format!("no table fits `{pattern}`");
            let help = "Change the pattern; names of tables are case-sensitive.";
            self.error("KS142", node.span(), message, help);
        }
        found
    }
}
