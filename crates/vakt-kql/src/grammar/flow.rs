//! Pipes: a source and operators after `|`, and the subqueries that begin with an operator.

use super::{K, N, Parser, T};
use crate::lex::keyword::Place;

impl Parser {
    /// An expression or a source of rows, with operators after it.
    pub(super) fn pipe(&mut self) -> bool {
        if !self.enter() {
            return false;
        }
        let since = self.begin();
        let operator = self.possible_operator() && self.operator();
        let found = operator || self.unnamed() || self.operator();
        if found {
            self.pipe_tail(since);
        }
        self.leave();
        found
    }

    /// `| operator` any number of times, and what is wrong after them.
    fn pipe_tail(&mut self, since: super::Checkpoint) {
        loop {
            if self.at(T::Bar) {
                self.bump();
                self.required_operator();
                self.close(since, N::Pipe);
            } else if self.at_pipe_end() || self.at_statement() {
                return;
            } else if self.at_operator() {
                let operator = self.text().to_owned();
                let message = format!("expected `|` before `{operator}`");
                self.tell("KS005", self.here(), message, &format!("write `| {operator}`"));
                self.required_operator();
                self.close(since, N::Pipe);
            } else if self.is_first_on_line() && self.is_word_here() {
                return;
            } else {
                self.skip_unexpected();
            }
        }
    }

    /// An operator that must be here.
    pub(super) fn required_operator(&mut self) {
        if self.operator() {
            return;
        }
        if self.is_word_here() {
            let word = self.text().to_owned();
            let message = format!("`{word}` is no operator that can stand here");
            let similar = if self.is_heard() { self.similar_operator(&word) } else { None };
            let help = match similar {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => {
                    "operators are `where`, `project`, `extend`, `summarize`, `join`, …".to_owned()
                }
            };
            self.tell("KS176", self.here(), message, &help);
            self.skip_operator();
        } else {
            let message = format!("expected an operator after `|`, found {}", self.found());
            self.tell(
                "KS176",
                self.here(),
                message,
                "write an operator, as `where` or `project`, or remove the `|`",
            );
            self.missing();
        }
    }

    /// Skips an unknown operator with all that belongs to it.
    fn skip_operator(&mut self) {
        let since = self.begin();
        self.bump();
        let mut nested = 0_usize;
        loop {
            match self.kind() {
                T::EndOfText | T::Semicolon => break,
                T::Bar if nested == 0 => break,
                T::OpenParen | T::OpenBracket | T::OpenBrace => nested += 1,
                T::CloseParen | T::CloseBracket | T::CloseBrace if nested == 0 => break,
                T::CloseParen | T::CloseBracket | T::CloseBrace => nested -= 1,
                _ if nested == 0 && self.is_first_on_line() && self.at_statement() => break,
                _ => {}
            }
            self.bump();
        }
        self.close(since, N::Error);
    }

    /// Operators after one another whose rows come from around them; the first is required.
    fn inner_operators(&mut self) {
        let since = self.begin();
        let rows = self.begin();
        self.close(rows, N::ImplicitInput);
        self.required_operator();
        self.close(since, N::Pipe);
        self.pipe_tail(since);
    }

    /// `(` operators `)` as mv-apply has it.
    pub(super) fn required_subquery(&mut self, owner: &str) {
        let since = self.begin();
        if self.opening(T::OpenParen, owner) {
            if self.at_word(K::InternalContextualDatatable) {
                let pipe = self.begin();
                self.contextual_data_table();
                self.pipe_tail(pipe);
            } else {
                self.inner_operators();
            }
        }
        self.closing(T::CloseParen);
        self.close(since, N::SubQuery);
    }

    /// `(` operators `)` or `(` query `)` as partition and fork have it.
    pub(super) fn subquery(&mut self, strict: bool) {
        let since = self.begin();
        self.opening(T::OpenParen, "the subquery");
        if strict || self.at_operator() {
            self.inner_operators();
        } else if !self.pipe() {
            self.want("an operator", "write operators, as `where x | take 1`");
        }
        self.closing(T::CloseParen);
        self.close(since, N::SubQuery);
    }

    /// Whether a statement begins with an operator here, and not with a name that is spelt like one.
    pub(super) fn possible_operator(&self) -> bool {
        if !self.is_word_here() {
            return false;
        }
        let by = self.word_at(1) == K::By;
        match self.word() {
            K::No => false,
            K::Evaluate => self.is_name_at(1) || self.is_known_parameter(1),
            K::Facet => by,
            K::Partition | K::Reduce => by || self.is_known_parameter(1),
            K::Range => {
                let length = self.name_length(1);
                length > 0 && self.word_at(1 + length) == K::From
            }
            K::InlineExternalTable => self.kind_at(1) == T::OpenParen || self.word_at(1) == K::Kind,
            K::Render => super::tables::CHARTS.contains(&self.text_at(1)) || self.is_plain_name(1),
            _ => self.mark_at(0).place != Place::Anywhere && self.at_operator(),
        }
    }
}
