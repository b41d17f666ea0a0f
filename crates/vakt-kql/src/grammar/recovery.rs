//! What is done with tokens that fit nowhere: told once, kept in an Error node.

use super::{K, N, Parser, T};
use crate::lex::keyword::Place;

/// How far a missing bracket is looked for, so that many of them do not look at all the text.
const CLOSE_AHEAD_TOKENS_MAX: usize = 256;

impl Parser {
    fn open_slot(kind: T) -> Option<usize> {
        match kind {
            T::OpenParen | T::CloseParen => Some(0),
            T::OpenBracket | T::CloseBracket => Some(1),
            T::OpenBrace | T::CloseBrace => Some(2),
            _ => None,
        }
    }

    /// Takes an opening bracket; [`Self::closing`] counts it as closed again.
    pub(super) fn opened(&mut self, kind: T) {
        if let Some(count) = Self::open_slot(kind).and_then(|slot| self.open.get_mut(slot)) {
            *count += 1;
        }
    }

    pub(super) fn closed(&mut self, kind: T) {
        if let Some(count) = Self::open_slot(kind).and_then(|slot| self.open.get_mut(slot)) {
            *count = count.saturating_sub(1);
        }
    }

    fn is_open(&self, kind: T) -> bool {
        Self::open_slot(kind).and_then(|slot| self.open.get(slot)).is_some_and(|count| *count > 0)
    }

    /// Takes an opening bracket that is here, or tells that one must be.
    pub(super) fn opening(&mut self, kind: T, what: &str) -> bool {
        let text = if kind == T::OpenParen {
            "("
        } else if kind == T::OpenBracket {
            "["
        } else {
            "{"
        };
        self.opened(kind);
        self.at(kind) && self.eat(kind)
            || self.expect(kind, text, &format!("write `{text}` before {what}"))
    }

    /// Takes the closing bracket. What stands before it and fits nowhere is skipped.
    pub(super) fn closing(&mut self, kind: T) {
        let text = if kind == T::CloseParen {
            ")"
        } else if kind == T::CloseBracket {
            "]"
        } else {
            "}"
        };
        if !self.at(kind) && self.told_at != Some(self.pos) {
            let message = format!("expected `{text}`, found {}", self.found());
            let help = format!("add `{text}`, or what is missing before it");
            self.tell("KS005", self.here(), message, &help);
            self.skip_to_close(kind);
        }
        self.eat(kind);
        self.closed(kind);
    }

    /// Skips to a bracket of the kind if it comes before the statement or a surrounding bracket ends.
    fn skip_to_close(&mut self, kind: T) {
        let mut offset = 0;
        let mut nested = 0_usize;
        while offset < CLOSE_AHEAD_TOKENS_MAX {
            let found = self.kind_at(offset);
            match found {
                T::EndOfText | T::Semicolon => return,
                T::Bar if nested == 0 => return,
                T::OpenParen | T::OpenBracket | T::OpenBrace => nested += 1,
                _ if found == kind && nested == 0 => break,
                T::CloseParen | T::CloseBracket | T::CloseBrace => {
                    let Some(outer) = nested.checked_sub(1) else { return };
                    nested = outer;
                }
                _ => {}
            }
            offset += 1;
        }
        if offset > 0 && offset < CLOSE_AHEAD_TOKENS_MAX {
            let since = self.begin();
            for _ in 0..offset {
                self.bump();
            }
            self.close(since, N::Error);
        }
    }

    /// Whether a pipe of operators rightly ends here.
    pub(super) fn at_pipe_end(&self) -> bool {
        match self.kind() {
            T::EndOfText | T::Semicolon => true,
            T::CloseParen | T::CloseBracket | T::CloseBrace => self.is_open(self.kind()),
            T::Comma => self.open.iter().any(|count| *count > 0),
            _ => false,
        }
    }

    /// `let x`, `set x`, `declare …`, …: a statement that can be nothing else.
    pub(super) fn at_statement(&self) -> bool {
        match self.word() {
            K::Let => self.is_name_at(1) && self.kind_at(2) == T::Equal,
            K::Set | K::Alias | K::Restrict | K::Declare => self.possible_statement(),
            _ => false,
        }
    }

    /// Skips what cannot belong to the pipe, up to where one can go on. Something is here.
    pub(super) fn skip_unexpected(&mut self) {
        let message = format!("{} is unexpected here", self.found());
        let help = match self.kind() {
            T::CloseParen | T::CloseBracket | T::CloseBrace => {
                "remove it, or add the bracket that it should close".to_owned()
            }
            T::Equal if self.follows_let() => "write `let Name = expression;`".to_owned(),
            _ if self.at_chained_operator() => {
                "such operators do not chain: join two conditions with `and`".to_owned()
            }
            T::OpenBrace => "a function is written `let f = (x: type) { … };`".to_owned(),
            T::Slash => "a comment begins with `//` and ends with the line".to_owned(),
            T::Equal => "compare with `==`".to_owned(),
            T::String => "put an operator before it, as `==` or `has`".to_owned(),
            T::Directive => {
                "lines with `#` stand before the query; a comment begins with `//`".to_owned()
            }
            _ if self.begins_with_select() => {
                "begin with the table: `Table | project Column, …`".to_owned()
            }
            T::Word if self.word() != K::No && self.mark_at(0).place != Place::Anywhere => {
                format!("write `['{}']` if it is meant as a name", self.text())
            }
            T::Word => "put an operator or a `,` before it, or `//` before text that is a comment"
                .to_owned(),
            _ => "remove it, or add what is missing before it".to_owned(),
        };
        self.tell("KS198", self.here(), message, &help);
        let since = self.begin();
        let mut nested = 0_usize;
        loop {
            match self.kind() {
                T::EndOfText | T::Semicolon => break,
                T::Bar if nested == 0 => break,
                T::OpenParen | T::OpenBracket | T::OpenBrace => nested += 1,
                T::CloseParen | T::CloseBracket | T::CloseBrace if nested > 0 => nested -= 1,
                kind @ (T::CloseParen | T::CloseBracket | T::CloseBrace) if self.is_open(kind) => {
                    break;
                }
                _ if nested == 0 && self.is_first_on_line() && self.at_new_start() => break,
                _ => {}
            }
            self.bump();
        }
        self.close(since, N::Error);
    }

    /// Whether the text is a query of SQL.
    fn begins_with_select(&self) -> bool {
        let first = self.builder.tokens().first().map_or("", |first| self.slice(first.span));
        first.eq_ignore_ascii_case("select")
    }

    fn follows_let(&self) -> bool {
        let before = self.pos.checked_sub(1).and_then(|before| self.marks.get(before));
        before.is_some_and(|mark| mark.word == K::Let)
    }

    fn at_chained_operator(&self) -> bool {
        let words = [K::StringOperator, K::In, K::InOperator, K::BetweenOperator];
        words.contains(&self.word())
            || matches!(
                self.kind(),
                T::EqualEqual | T::BangEqual | T::LessGreater | T::EqualTilde | T::BangTilde
            )
            || matches!(self.kind(), T::Less | T::LessEqual | T::Greater | T::GreaterEqual)
    }

    fn at_new_start(&self) -> bool {
        self.at_statement() || self.at_operator()
    }
}
