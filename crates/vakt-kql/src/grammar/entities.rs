//! Paths of tables, databases and clusters: where operators take names instead of expressions.

use super::{K, N, Parser, T};

impl Parser {
    /// `a.b["c"]`, without calls.
    pub(super) fn simple_path(&mut self) -> bool {
        self.entity_steps(Self::selector, false)
    }

    /// `database('x').T`, `cluster('c').database('d').f(…)`.
    pub(super) fn entity_path(&mut self) -> bool {
        self.entity_steps(Self::call_or_selector, false)
    }

    /// An entity, the last part of which may have stars: `Device*`, `database('x').Device*`.
    pub(super) fn wildcard_entity(&mut self) -> bool {
        self.wildcard_name() || self.entity_steps(Self::call_or_selector, true)
    }

    fn entity_steps(&mut self, step: fn(&mut Self) -> bool, stars: bool) -> bool {
        let since = self.begin();
        if !step(self) {
            return false;
        }
        loop {
            match self.kind() {
                T::Dot => {
                    self.bump();
                    if stars && self.wildcard_name() {
                        self.close(since, N::Path);
                        return true;
                    }
                    if !step(self) {
                        self.want("a name after `.`", "write a name, or `['…']` around it");
                    }
                    self.close(since, N::Path);
                }
                T::OpenBracket => self.entity_element(since),
                _ => return true,
            }
        }
    }

    fn entity_element(&mut self, since: super::Checkpoint) {
        if self.wildcard_length(1) == 0 {
            return self.element(since);
        }
        self.opening(T::OpenBracket, "the name");
        self.wildcard_name();
        self.closing(T::CloseBracket);
        self.close(since, N::Element);
    }

    /// `entity_group [a, b]`, `entity_group('name')`, `database('x')…`, or a name.
    pub(super) fn entity_group_reference(&mut self) -> bool {
        if self.at_word(K::EntityGroup) {
            return self.entity_group();
        }
        let qualified = matches!(self.text(), "database" | "cluster");
        if qualified && self.kind_at(1) == T::OpenParen {
            return self.entity_path();
        }
        self.name_ref()
    }

    pub(super) fn entity_group(&mut self) -> bool {
        if self.is_call() {
            return self.call();
        }
        let since = self.begin();
        self.bump();
        self.opening(T::OpenBracket, "the databases");
        let element = super::lists::List::of("a database", Self::unnamed).required();
        self.list(element);
        self.closing(T::CloseBracket);
        self.close(since, N::EntityGroup);
        true
    }
}
