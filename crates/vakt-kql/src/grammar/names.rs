//! Names, and the strings and brackets they may be dressed in.

use super::{K, N, Parser, T};
use crate::lex::keyword::Place;

/// Which keywords are names without brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// Those that are names anywhere.
    Used,
    /// Also those that are names only where one is given.
    Given,
}

impl Parser {
    pub(super) fn is_word_kind(kind: T) -> bool {
        matches!(kind, T::Word | T::DashedWord | T::SignedWord)
    }

    pub(super) fn is_word_here(&self) -> bool {
        Self::is_word_kind(self.kind())
    }

    /// A name or a keyword that may be one anywhere.
    pub(super) fn is_plain_name(&self, offset: usize) -> bool {
        let mark = self.mark_at(offset);
        mark.kind == T::Word && mark.place == Place::Anywhere
    }

    /// A name or a keyword that may be one where a name is given.
    pub(super) fn is_given_name(&self, offset: usize) -> bool {
        let mark = self.mark_at(offset);
        Self::is_word_kind(mark.kind) && mark.place != Place::Nowhere
    }

    /// A name that is no keyword.
    pub(super) fn is_identifier(&self, offset: usize) -> bool {
        let mark = self.mark_at(offset);
        mark.kind == T::Word && mark.word == K::No
    }

    pub(super) fn is_name_at(&self, offset: usize) -> bool {
        self.name_length(offset) > 0
    }

    /// How many tokens the name at an offset has; 0 where none is.
    pub(super) fn name_length(&self, offset: usize) -> usize {
        match self.kind_at(offset) {
            T::OpenBracket => self.bracketed_length(offset),
            T::OpenBrace => {
                let plain = self.is_plain_name(offset + 1);
                if plain && self.braced_length(offset) == 3 { 3 } else { 0 }
            }
            _ => usize::from(self.is_plain_name(offset)),
        }
    }

    pub(super) fn given_name_length(&self, offset: usize) -> usize {
        match self.name_length(offset) {
            0 => usize::from(self.is_given_name(offset)),
            length => length,
        }
    }

    /// `[` String* `]`.
    fn bracketed_length(&self, offset: usize) -> usize {
        let mut end = offset + 1;
        while self.kind_at(end) == T::String {
            end += 1;
        }
        let closed = end > offset + 1 && self.kind_at(end) == T::CloseBracket;
        if closed { end + 1 - offset } else { 0 }
    }

    /// `{name}` or `{name[-1]}`, without blanks: a value that the client fills in.
    pub(super) fn braced_length(&self, offset: usize) -> usize {
        let mut end = offset + 1;
        if self.kind_at(offset) != T::OpenBrace || !Self::is_word_kind(self.kind_at(end)) {
            return 0;
        }
        if self.kind_at(end + 1) == T::OpenBracket {
            end += 2 + usize::from(self.kind_at(end + 2) == T::Minus);
            if self.kind_at(end) != T::Integer || self.kind_at(end + 1) != T::CloseBracket {
                return 0;
            }
            end += 1;
        }
        end += 1;
        let glued = (offset + 1..=end).all(|at| self.is_glued(at));
        if glued && self.kind_at(end) == T::CloseBrace { end + 1 - offset } else { 0 }
    }

    /// Reads a name into a node of the kind.
    pub(super) fn name(&mut self, kind: N, naming: Naming) -> bool {
        let length = match self.kind() {
            T::OpenBracket => self.bracketed_length(0),
            T::OpenBrace => self.braced_length(0),
            _ => {
                let given = naming == Naming::Given && self.is_given_name(0);
                usize::from(given || self.is_plain_name(0))
            }
        };
        if length == 0 {
            return false;
        }
        self.bump_many(length, kind);
        true
    }

    pub(super) fn bump_many(&mut self, count: usize, kind: N) {
        let since = self.begin();
        for _ in 0..count {
            self.bump();
        }
        self.close(since, kind);
    }

    pub(super) fn name_ref(&mut self) -> bool {
        self.name(N::NameRef, Naming::Used)
    }

    /// A name that must be given here.
    pub(super) fn required_name(&mut self, what: &str) {
        if !self.name(N::Name, Naming::Used) {
            self.want(
                what,
                "give a name: letters, digits and `_`, or `['…']` around anything else",
            );
        }
    }

    /// A name that must be used here.
    pub(super) fn required_name_ref(&mut self, what: &str) {
        if !self.name_ref() {
            self.want(
                what,
                "write a name: letters, digits and `_`, or `['…']` around anything else",
            );
        }
    }

    /// `Device*`, `*Events`, `*`: how many tokens.
    pub(super) fn wildcard_length(&self, offset: usize) -> usize {
        let part = |at: usize| self.is_given_name(at) || self.kind_at(at) == T::Star;
        let mut end = if self.kind_at(offset) == T::Star {
            offset + 1
        } else {
            let starred = self.kind_at(offset + 1) == T::Star && self.is_glued(offset + 1);
            if !part(offset) || !starred {
                return 0;
            }
            offset + 2
        };
        while self.is_glued(end) && (part(end) || self.kind_at(end) == T::Integer) {
            end += 1;
        }
        end - offset
    }

    pub(super) fn wildcard_name(&mut self) -> bool {
        let length = self.wildcard_length(0);
        if length > 0 {
            self.bump_many(length, N::WildcardName);
        }
        length > 0
    }

    /// `[Device*]`.
    pub(super) fn bracketed_wildcard(&mut self) -> bool {
        if !self.at(T::OpenBracket) {
            return false;
        }
        let length = self.wildcard_length(1);
        if length == 0 {
            return false;
        }
        let since = self.begin();
        self.bump();
        for _ in 0..length {
            self.bump();
        }
        self.expect(T::CloseBracket, "]", "add `]` after the name");
        self.close(since, N::WildcardName);
        true
    }

    /// A keyword where only a name can be meant, seen by what follows it: told, and read as a name.
    pub(super) fn keyword_as_name(&mut self) -> bool {
        let meant = self.is_word_here() && self.word() != K::No && self.is_name_like();
        if meant {
            let word = self.text().to_owned();
            let message = format!("`{word}` is a keyword and cannot be a name here");
            self.tell("KS228", self.here(), message, &format!("write `['{word}']`"));
            self.bump_as(N::NameRef);
        }
        meant
    }

    /// Whether what follows the word here only ever follows a name.
    pub(super) fn is_name_like(&self) -> bool {
        match self.kind_at(1) {
            T::EqualEqual
            | T::BangEqual
            | T::EqualTilde
            | T::BangTilde
            | T::Greater
            | T::GreaterEqual
            | T::Less
            | T::LessEqual
            | T::Star
            | T::Slash
            | T::Percent
            | T::CloseParen
            | T::CloseBracket
            | T::CloseBrace
            | T::Dot
            | T::Comma
            | T::Colon
            | T::Bar => true,
            _ => matches!(
                self.word_at(1),
                K::And | K::Or | K::StringOperator | K::InOperator | K::In | K::BetweenOperator
            ),
        }
    }
}
