//! Operands: literals, names, calls, paths, elements, parentheses.

use super::lists::List;
use super::{K, N, Parser, T};

impl Parser {
    /// `-x`, `+x` or an operand.
    pub(super) fn signed(&mut self) -> bool {
        if !matches!(self.kind(), T::Plus | T::Minus) {
            return self.path();
        }
        let since = self.begin();
        self.bump();
        if !self.path() {
            self.want("a value after the sign", "write a number or a column");
        }
        self.close(since, N::Unary);
        true
    }

    /// An operand with what is asked of it: `a.b["c"][0]`.
    pub(super) fn path(&mut self) -> bool {
        if self.at_word(K::Totable) {
            return self.rows_as_value(N::ToTable, "totable");
        }
        let since = self.begin();
        if !self.primary() {
            return false;
        }
        loop {
            match self.kind() {
                T::Dot => {
                    self.bump();
                    if !self.call_or_selector() {
                        self.want(
                            "a name after `.`",
                            "write a property, or `['…']` around its name",
                        );
                    }
                    self.close(since, N::Path);
                }
                T::OpenBracket => self.element(since),
                _ => return true,
            }
        }
    }

    pub(super) fn element(&mut self, since: super::Checkpoint) {
        self.opening(T::OpenBracket, "the index");
        self.required_unnamed("an index", "write a number from 0, or a property in quotes");
        self.closing(T::CloseBracket);
        self.close(since, N::Element);
    }

    fn primary(&mut self) -> bool {
        match self.kind() {
            T::Bool
            | T::Integer
            | T::Real
            | T::Timespan
            | T::TypedLiteral
            | T::RawGuid
            | T::String => self.literal(),
            T::OpenParen => self.paren(),
            T::Word | T::DashedWord | T::SignedWord => self.word_primary(),
            T::OpenBracket | T::OpenBrace | T::At => {
                if self.is_call() {
                    return self.call();
                }
                self.selector()
            }
            _ => false,
        }
    }

    fn word_primary(&mut self) -> bool {
        match self.word() {
            K::No => {}
            K::Dynamic => return self.literal() || self.keyword_as_name(),
            K::Datatable => return self.data_table(),
            K::InternalContextualDatatable => return self.contextual_data_table(),
            K::Externaldata | K::ExternalData => return self.external_data(),
            K::MaterializedViewCombine => return self.view_combine(),
            K::Toscalar => return self.rows_as_value(N::ToScalar, "toscalar"),
            K::Typeof if self.kind_at(1) == T::OpenParen => return self.type_of(),
            _ => {}
        }
        if self.is_call() {
            return self.call();
        }
        let since = self.begin();
        if !self.selector() {
            return self.keyword_as_name();
        }
        if self.at_word(K::Datascope) {
            self.data_scope();
            self.close(since, N::DataScope);
        }
        true
    }

    /// `(` pipe `)`.
    pub(super) fn paren(&mut self) -> bool {
        if !self.at(T::OpenParen) {
            return false;
        }
        let since = self.begin();
        self.opening(T::OpenParen, "the expression");
        if !self.pipe() {
            self.want(
                "an expression after `(`",
                "write an expression or a query in the parentheses",
            );
        }
        self.closing(T::CloseParen);
        self.close(since, N::Paren);
        true
    }

    /// `toscalar(query)` and `totable(query)`.
    fn rows_as_value(&mut self, kind: N, name: &str) -> bool {
        let since = self.begin();
        self.bump();
        self.lone_parameter("kind", &["nooptimization"]);
        self.opening(T::OpenParen, "the query");
        if !self.pipe() {
            self.want(&format!("a query in `{name}(…)`"), "write a query in the parentheses");
        }
        self.closing(T::CloseParen);
        self.close(since, kind);
        true
    }

    /// A name, a name in brackets, or an index in brackets.
    pub(super) fn selector(&mut self) -> bool {
        if self.at(T::OpenBracket) {
            return self.bracketed_selector();
        }
        self.bare_selector()
    }

    fn bracketed_selector(&mut self) -> bool {
        if self.bracketed_wildcard() || self.name_ref() {
            return true;
        }
        let since = self.begin();
        self.opening(T::OpenBracket, "the index");
        self.required_unnamed("an expression after `[`", "write a name in quotes, as `['a b']`");
        self.closing(T::CloseBracket);
        self.close(since, N::Bracketed);
        true
    }

    /// A name or `@`; `kind` and `withsource` are names here.
    pub(super) fn bare_selector(&mut self) -> bool {
        match self.kind() {
            T::At => {
                self.bump_as(N::AtSign);
                true
            }
            T::Word if matches!(self.word(), K::Kind | K::Withsource) => {
                self.bump_as(N::NameRef);
                true
            }
            _ => self.name_ref(),
        }
    }

    pub(super) fn call_or_selector(&mut self) -> bool {
        if self.is_call() { self.call() } else { self.selector() }
    }

    pub(super) fn is_call(&self) -> bool {
        self.is_call_at(0)
    }

    pub(super) fn is_call_at(&self, offset: usize) -> bool {
        let length = self.name_length(offset);
        length > 0 && self.kind_at(offset + length) == T::OpenParen
    }

    /// NameRef Arguments.
    pub(super) fn call(&mut self) -> bool {
        let since = self.begin();
        self.name_ref();
        self.arguments();
        self.close(since, N::Call);
        true
    }

    pub(super) fn arguments(&mut self) {
        let since = self.begin();
        self.opening(T::OpenParen, "the arguments");
        self.list(List::of("an argument", Self::argument));
        self.closing(T::CloseParen);
        self.close(since, N::Arguments);
    }

    fn argument(&mut self) -> bool {
        if self.at(T::Star) && matches!(self.kind_at(1), T::CloseParen | T::Comma) {
            return self.star();
        }
        self.named()
    }

    /// `datascope` `=` word.
    pub(super) fn data_scope(&mut self) {
        self.bump();
        self.expect(T::Equal, "=", "write `datascope = hotcache` or `datascope = all`");
        self.one_of(&["all", "hotcache"]);
    }

    /// One of some words, keywords or not.
    pub(super) fn one_of(&mut self, words: &[&str]) -> bool {
        let found = words.contains(&self.text());
        if found {
            self.bump();
        } else {
            let message = format!("expected `{}`, found {}", words.join("` or `"), self.found());
            self.tell("KS005", self.here(), message, &format!("write `{}`", words.join("` or `")));
        }
        found
    }
}
