//! The tokens around a problem.

use crate::syntax::kinds::TokenKind;
use crate::syntax::tree::{Span, Token, Tree};

/// So far back and forth is looked at most.
const AROUND_TOKENS_MAX: usize = 1_000;

/// A place among the tokens.
#[derive(Clone, Copy)]
pub(super) struct Around<'t> {
    pub(super) tree: &'t Tree,
    /// The token there, or the one behind where none is.
    pub(super) at: usize,
}

impl<'t> Around<'t> {
    pub(super) fn of(tree: &'t Tree, offset: u32) -> Self {
        Self { tree, at: tree.tokens().partition_point(|token| token.span.end <= offset) }
    }

    /// The same, at another token.
    pub(super) fn moved(self, offset: isize) -> Self {
        Self { at: self.at.saturating_add_signed(offset), ..self }
    }

    fn token(&self, offset: isize) -> Option<Token> {
        self.tree.tokens().get(self.at.checked_add_signed(offset)?).copied()
    }

    pub(super) fn kind(&self, offset: isize) -> TokenKind {
        self.token(offset).map_or(TokenKind::EndOfText, |token| token.kind)
    }

    pub(super) fn span(&self, offset: isize) -> Span {
        self.token(offset).map_or(Span::default(), |token| token.span)
    }

    pub(super) fn text(&self, offset: isize) -> &'t str {
        self.tree.slice(self.span(offset))
    }

    /// Whether nothing is between the token at an offset and the one before it.
    pub(super) fn is_glued(&self, offset: isize) -> bool {
        self.span(offset - 1).end == self.span(offset).start
    }

    /// Whether a line begins between the token before and this one.
    pub(super) fn is_first_on_line(&self) -> bool {
        self.at == 0 || self.gap().contains('\n')
    }

    fn gap(&self) -> &'t str {
        self.tree.slice(Span::new(self.span(-1).end, self.span(0).start))
    }

    /// The first token behind the last `|` or `;` before here.
    pub(super) fn segment(self) -> Self {
        self.back_to(|kind| matches!(kind, TokenKind::Bar | TokenKind::Semicolon))
    }

    /// The first token behind the last `;` before here.
    pub(super) fn statement(self) -> Self {
        self.back_to(|kind| kind == TokenKind::Semicolon)
    }

    fn back_to(self, ends: fn(TokenKind) -> bool) -> Self {
        let mut offset = 0;
        let least = isize::try_from(self.at.min(AROUND_TOKENS_MAX)).unwrap_or_default();
        while -offset < least && !ends(self.kind(offset - 1)) {
            offset -= 1;
        }
        self.moved(offset)
    }

    /// The offset of the next `|` or `;`, or of the end.
    pub(super) fn segment_end(&self) -> isize {
        let mut offset = 0;
        while !matches!(
            self.kind(offset),
            TokenKind::Bar | TokenKind::Semicolon | TokenKind::EndOfText
        ) && offset.unsigned_abs() < AROUND_TOKENS_MAX
        {
            offset += 1;
        }
        offset
    }

    /// The segment around, as a part of the text.
    pub(super) fn segment_span(&self) -> Span {
        let start = self.segment().span(0).start;
        let end = self.span(self.segment_end()).start;
        Span::new(start.min(end), end.max(start))
    }

    /// The name that the statement around declares.
    pub(super) fn declared(&self) -> Option<&'t str> {
        let start = self.statement();
        (start.text(0) == "let").then(|| start.text(1))
    }

    /// Whether between the start of the segment and here a token has this text; gives where.
    pub(super) fn before(&self, test: impl Fn(&Self) -> bool) -> Option<Self> {
        let mut place = self.segment();
        while place.at < self.at {
            if test(&place) {
                return Some(place);
            }
            place = place.moved(1);
        }
        None
    }

    /// The bracket before here that nothing closes.
    pub(super) fn unclosed(&self, open: TokenKind, close: TokenKind) -> Option<Self> {
        let mut nested = 0_usize;
        let least = isize::try_from(self.at.min(AROUND_TOKENS_MAX)).unwrap_or_default();
        for back in 1..=least {
            let kind = self.kind(-back);
            if kind == close {
                nested += 1;
            } else if kind == open {
                let Some(inner) = nested.checked_sub(1) else { return Some(self.moved(-back)) };
                nested = inner;
            }
        }
        None
    }
}
