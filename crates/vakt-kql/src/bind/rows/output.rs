//! What is answered in other words: `count`, `getschema`, `render`, `as`, `reduce`, `consume`.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::scope::Symbol;
use super::super::{Binder, RowScope};
use super::options::word;
use super::parts::{clause, expressions, ordered, same, with};
use crate::bound::{Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::link::Link;
use crate::registry::{CHARTS, HIDDEN_CHARTS};
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::Node;
use crate::types::ScalarType::{self, Long, String};

impl<'a> Binder<'a> {
    pub(super) fn count(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let name = node.find(NodeKind::Name).map_or_else(|| Arc::from("Count"), name_of);
        let columns = Schema::from([Column::new(name, Long)]);
        ordered(Rel { open: false, ..with(input, columns, |input| RelOp::Count { input }) })
    }

    pub(super) fn get_schema(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let columns: &[(&str, ScalarType)] = match word(node, "kind").as_deref() {
            Some("csl") => &[("Schema", String)],
            _ => &[
                ("ColumnName", String),
                ("ColumnOrdinal", Long),
                ("DataType", String),
                ("ColumnType", String),
            ],
        };
        let columns = columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect();
        ordered(Rel { open: false, ..with(input, columns, |input| RelOp::GetSchema { input }) })
    }

    pub(super) fn render(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let mut words = node.tokens().filter(|(_, token)| token.kind == TokenKind::Word).skip(1);
        let chart = words.next();
        let text = chart.map_or("", |(id, _)| node.tree().token_text(id));
        if let Some((_, token)) = chart
            && !CHARTS.iter().chain(HIDDEN_CHARTS).any(|known| known.eq_ignore_ascii_case(text))
        {
            let near = super::super::problems::did_you_mean(text, CHARTS.iter().copied());
            let help = near.unwrap_or_else(|| format!("Write one of `{}`.", CHARTS.join("`, `")));
            self.error("KS005", token.span, format!("there is no chart `{text}`"), help);
        }
        let properties = self.option_values(node, &RowScope::of(&input));
        let chart = text.into();
        same(input, |input| RelOp::Render { input, chart, properties })
    }

    pub(super) fn as_name(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let Some(name) = node.find(NodeKind::Name).map(name_of) else { return input };
        let materialized = super::options::flag(node, "hint.materialized").unwrap_or_default();
        let (columns, span) = (input.columns.clone(), input.span);
        let (serialized, open) = (input.serialized, input.open);
        let rows = Link::new(input);
        self.scopes.declare(name.clone(), Symbol::Rows { rows: rows.clone(), materialized });
        Rel { op: RelOp::Shared { name, rows, materialized }, columns, span, serialized, open }
    }

    pub(super) fn consume(&mut self, input: Rel) -> Rel {
        let op = |input| RelOp::Consume { input };
        Rel { open: false, ..with(input, Schema::from([]), op) }
    }

    pub(super) fn reduce(&mut self, node: Node<'a>, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let by = clause(node, NodeKind::ByClause).chain(expressions(node)).next();
        let by = self.value(by, &scope);
        self.demand_type(&by, String);
        let options = self.option_values(node, &RowScope::NONE);
        let mut columns: Vec<Column> = Vec::new();
        if word(node, "kind").as_deref() == Some("source") {
            columns.extend(input.columns.iter().cloned());
        }
        let own = [("Pattern", String), ("Count", Long), ("Representative", String)];
        columns.extend(own.map(|(name, ty)| Column::new(name, ty)));
        let op = |input| RelOp::Reduce { input, by, options };
        Rel { open: false, serialized: false, ..with(input, columns.into(), op) }
    }
}
