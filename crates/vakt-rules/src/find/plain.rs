//! A file that is queries and nothing else.
//!
//! It is one query wherever it reads as one: blank lines may stand anywhere in KQL. Where it does not,
//! and blank lines part it into texts of which less is wrong, it is several: public collections keep
//! one hunt over two products, or a dozen of one campaign, in one file.

use std::ops::Range;

use vakt_kql::diagnostic::{Severity, Stage};
use vakt_kql::syntax::kinds::TokenKind;
use vakt_kql::syntax::tree::{Token, Tree};

use crate::query::Query;

/// The queries of a text.
pub fn queries(text: &str) -> Vec<Query> {
    let whole = vakt_kql::parse(text);
    let tokens = meaningful(&whole.tree);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
    let range = first.span.range().start..last.span.range().end;
    let wrong = wrong_places(&whole);
    if wrong == 0 {
        return vec![query(text, range)];
    }
    let parts = parts(text, tokens);
    let part_text = |part: &Range<usize>| text.get(part.clone()).unwrap_or_default();
    let of_parts = parts.iter().map(|part| wrong_places(&vakt_kql::parse(part_text(part))));
    if parts.len() > 1 && of_parts.sum::<usize>() < wrong {
        return parts.into_iter().map(|part| query(text, part)).collect();
    }
    vec![query(text, range)]
}

fn query(text: &str, range: Range<usize>) -> Query {
    let mut query = Query::new();
    query.push(text.get(range.clone()).unwrap_or_default(), range.start);
    query
}

fn meaningful(tree: &Tree) -> &[Token] {
    match tree.tokens() {
        [all @ .., end] if end.kind == TokenKind::EndOfText => all,
        all => all,
    }
}

fn wrong_places(parse: &vakt_kql::Parse) -> usize {
    let is_wrong = |problem: &&vakt_kql::diagnostic::Problem| {
        problem.stage == Stage::Parse && problem.severity == Severity::Error
    };
    parse.problems.iter().filter(is_wrong).count()
}

/// The stretches between blank lines, where a query may end before the line and begin after it.
fn parts(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    let mut before: Option<Token> = None;
    for token in tokens {
        let range = token.span.range();
        let goes_on = before.is_some_and(|before| {
            let between = before.span.range().end..range.start;
            depth > 0
                || is_open(before.kind)
                || is_link(token.kind)
                || !has_blank_line(text.get(between).unwrap_or_default())
        });
        match parts.last_mut() {
            Some(part) if goes_on => part.end = range.end,
            _ => parts.push(range),
        }
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        before = Some(*token);
    }
    parts
}

/// After this, more must come.
fn is_open(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Semicolon
            | TokenKind::Bar
            | TokenKind::Comma
            | TokenKind::Equal
            | TokenKind::EqualEqual
            | TokenKind::BangEqual
            | TokenKind::Plus
            | TokenKind::Minus
            | TokenKind::SignedWord
    )
}

/// Nothing begins with this.
fn is_link(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Bar
            | TokenKind::Semicolon
            | TokenKind::Comma
            | TokenKind::CloseParen
            | TokenKind::CloseBracket
            | TokenKind::CloseBrace
    )
}

fn has_blank_line(between: &str) -> bool {
    let mut lines = between.split('\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        // What follows the last line end is the beginning of the next token's line.
        if lines.peek().is_some() && line.trim().is_empty() {
            return true;
        }
    }
    false
}
