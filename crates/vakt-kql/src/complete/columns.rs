//! The columns that a cursor may name.

use super::context::{Bracket, Context, Level};
use crate::catalog::{Catalog, Column, Schema};
use crate::syntax::kinds::TokenKind;
use crate::syntax::tree::Token;

impl Context<'_> {
    /// The columns in scope, of the innermost pipe that has rows.
    pub(super) fn columns(&self, catalog: &Catalog) -> Schema {
        for (depth, level) in self.levels.iter().enumerate().rev() {
            let bracket = self.bracket(depth);
            match (bracket, level.bar) {
                (Bracket::Statements | Bracket::Pipe, Some(bar)) => {
                    return rows_of(&self.query(depth, level.first, bar), catalog);
                }
                (Bracket::Statements | Bracket::Pipe, None) => return Schema::from([]),
                _ => {}
            }
        }
        Schema::from([])
    }

    /// The innermost pipe to the cursor, with the statements around it and what follows the cursor.
    pub(super) fn query_to_cursor(&self, rest: &str) -> Option<String> {
        let depth = self.levels.len() - 1;
        let level = self.levels.last()?;
        level.bar?;
        Some(format!("{} {rest}", self.query(depth, level.first, self.tokens.len())))
    }

    /// The columns of the right side of a `join` or `lookup`, where the cursor is behind its `on`.
    pub(super) fn right_columns(&self, depth: usize, on: usize, catalog: &Catalog) -> Schema {
        let Some(last) = on.checked_sub(1) else { return Schema::from([]) };
        let first = match self.tokens.get(last).map(|token| token.kind) {
            Some(TokenKind::CloseParen) => self.opening(last),
            _ => last,
        };
        rows_of(&self.query(depth, first, on), catalog)
    }

    /// The statements around, then the text from one token to before another.
    fn query(&self, depth: usize, first: usize, end: usize) -> String {
        let mut query = String::new();
        for (level, deeper) in self.levels.iter().take(depth + 1).zip(0..) {
            if self.bracket(deeper) == Bracket::Statements {
                query.push_str(self.statements(level));
            }
        }
        query.push_str(self.between(first, end));
        query
    }

    /// The whole statements of a level, before the one of the cursor.
    fn statements(&self, level: &Level) -> &str {
        self.between(level.opener.map_or(0, |opener| opener + 1), level.statement)
    }

    fn between(&self, first: usize, end: usize) -> &str {
        let start = self.tokens.get(first).map(|token| token.span.start);
        let end = end.checked_sub(1).and_then(|last| self.tokens.get(last));
        match (start, end) {
            (Some(start), Some(last)) if start < last.span.end => {
                self.text.get(start as usize..last.span.end as usize).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The bracket that this one closes.
    fn opening(&self, closer: usize) -> usize {
        let mut depth = 0;
        for place in (0..=closer).rev() {
            match self.tokens.get(place).map(|token| token.kind) {
                Some(TokenKind::CloseParen) => depth += 1,
                Some(TokenKind::OpenParen) => {
                    depth -= 1;
                    if depth == 0 {
                        return place;
                    }
                }
                _ => {}
            }
        }
        closer
    }
}

/// The columns that the last answer of a query has; where the binder knows none, those of the table
/// that it begins with.
pub(super) fn rows_of(query: &str, catalog: &Catalog) -> Schema {
    let parse = crate::parse(query);
    let bound = crate::bind(&parse, catalog);
    match bound.results.last() {
        Some(rows) if !rows.columns.is_empty() => rows.columns.clone(),
        _ => first_table(parse.tree.tokens(), query, catalog),
    }
}

fn first_table(tokens: &[Token], query: &str, catalog: &Catalog) -> Schema {
    let begins = tokens.iter().rposition(|token| token.kind == TokenKind::Semicolon);
    let mut words = tokens.get(begins.map_or(0, |place| place + 1)..).unwrap_or_default().iter();
    let table = words.find_map(|token| catalog.table(query.get(token.span.range())?));
    table.map_or_else(|| Schema::from([]), |table| table.columns.clone())
}

/// The column of this name.
pub(super) fn find<'c>(columns: &'c [Column], name: &str) -> Option<&'c Column> {
    columns.iter().find(|column| &*column.name == name)
}
