//! What is bound more than once or from elsewhere: `macro-expand`, views, and queries in braces.

use super::super::expressions::Wanted;
use super::super::literals::name_of;
use super::super::overloads::Any;
use super::super::scope::{Entity, Symbol};
use super::super::{Binder, RowScope, broken_rows};
use super::parts::expressions;
use crate::bound::Rel;
use crate::catalog::fits;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::Node;

impl<'a> Binder<'a> {
    /// The rows of the functions declared as views whose names fit.
    pub(super) fn views_like(&mut self, pattern: &str) -> Vec<Rel> {
        let seen = self.scopes.seen();
        let views = seen.into_iter().filter_map(|(name, symbol)| match symbol {
            Symbol::Function(function) if function.view && fits(pattern, name) => {
                Some(function.clone())
            }
            _ => None,
        });
        let views: Vec<_> = views.collect();
        let calls = views.into_iter().map(|view| {
            let span = view.node.span();
            self.call_function(&view, Vec::new(), span)
        });
        calls
            .filter_map(|rows| if let Any::Rows(rows) = rows { Some(*rows) } else { None })
            .collect()
    }

    /// The rows of `{ let …; query }`.
    pub(super) fn block_rows(&mut self, node: Node<'a>) -> Rel {
        let before = self.scopes.open_here();
        let mut rows = None;
        for part in node.nodes() {
            match part.kind() {
                NodeKind::LetStatement => self.let_statement(part),
                NodeKind::ExpressionStatement => rows = part.nodes().next().or(rows),
                NodeKind::Missing | NodeKind::Error => {}
                _ => rows = Some(part),
            }
        }
        let rows = match rows {
            Some(rows) => self.tabular(rows),
            None => broken_rows(None, node.span()),
        };
        self.scopes.close(before);
        rows
    }

    /// `macro-expand group as X (…)`: the query over each member. All members are the one database
    /// that is here, so it is bound once.
    pub(super) fn macro_expand(&mut self, node: Node<'a>) -> Rel {
        let around = self.fuzzy;
        self.fuzzy = super::options::flag(node, "isfuzzy").unwrap_or(around);
        let mut parts = expressions(node).filter(|part| part.kind() != NodeKind::Name);
        let group = parts.next();
        let members = match group.map(|group| self.any(group, &RowScope::NONE, Wanted::Value)) {
            Some(Any::Entity(Entity::Group(members))) => members,
            _ => Vec::new(),
        };
        self.fuzzy = around;
        let name = node.find(NodeKind::Name).or(group).map(name_of);
        let before = self.scopes.open_here();
        if let Some(name) = name {
            let member = members.into_iter().next();
            let member = member.unwrap_or_else(|| Entity::Database("*".into()));
            self.scopes.declare(name, Symbol::Entity(member));
        }
        let mut rows = None;
        for part in parts {
            match part.kind() {
                NodeKind::LetStatement => self.let_statement(part),
                NodeKind::ExpressionStatement => {
                    rows = part.nodes().next().map(|query| self.tabular(query)).or(rows);
                }
                _ => {}
            }
        }
        self.scopes.close(before);
        rows.unwrap_or_else(|| broken_rows(None, node.span()))
    }
}
