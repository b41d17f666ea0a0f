//! `scan`, `macro-expand`.

use super::lists::List;
use super::names::Naming;
use super::parameters::{self, NONE, Sign};
use super::{K, N, Parser, T};

const STEP: &str = "write `step name: condition => column = expression;`";

impl Parser {
    pub(super) fn scan(&mut self) {
        self.parameters(NONE, Sign::Assumed);
        let ends: fn(&Self) -> bool = |p| {
            let clause = matches!(p.word(), K::Partition | K::Order | K::By | K::Declare | K::With);
            clause || p.at_list_end()
        };
        if self.at_word(K::Order) {
            let since = self.begin();
            self.bump();
            self.expect_word(K::By, "by", "write `order by Column`");
            self.list(List::of("a column", Self::ordered).required().until(ends));
            self.close(since, N::ScanOrder);
        }
        if self.at_word(K::Partition) {
            let since = self.begin();
            self.bump();
            self.expect_word(K::By, "by", "write `partition by Column`");
            self.list(List::of("a column", Self::unnamed).required().until(ends));
            self.close(since, N::ScanPartition);
        }
        if self.at_word(K::Declare) {
            let since = self.begin();
            self.bump();
            self.opening(T::OpenParen, "the columns");
            self.list(List::of("a column as `name: type`", Self::parameter));
            self.closing(T::CloseParen);
            self.close(since, N::ScanDeclare);
        }
        self.expect_word(K::With, "with", "write `scan with (step …)`");
        self.opening(T::OpenParen, "the steps");
        while self.at_word(K::Step) {
            self.scan_step();
        }
        self.closing(T::CloseParen);
    }

    fn scan_step(&mut self) {
        let since = self.begin();
        self.bump();
        if !self.name(N::Name, Naming::Given) {
            self.want("a name after `step`", STEP);
        }
        self.eat_word(K::Optional);
        if self.eat_word(K::Output) {
            self.expect(T::Equal, "=", "write `output = all`");
            self.one_of(&["all", "last", "none"]);
        }
        self.expect(T::Colon, ":", STEP);
        self.required_unnamed("a condition after `:`", STEP);
        if self.eat(T::FatArrow) {
            self.list(List::of("an assignment", Self::scan_assignment).required());
        }
        self.expect(T::Semicolon, ";", "end the step with `;`");
        self.close(since, N::ScanStep);
    }

    fn scan_assignment(&mut self) -> bool {
        let since = self.begin();
        if !self.name(N::NameRef, Naming::Given) {
            return false;
        }
        self.expect(T::Equal, "=", STEP);
        self.required_unnamed("a value after `=`", STEP);
        self.close(since, N::ScanAssignment);
        true
    }

    pub(super) fn macro_expand(&mut self) {
        self.parameters(parameters::UNION, Sign::Needed);
        if !self.entity_group_reference() {
            self.want(
                "a group of databases",
                "write `macro-expand entity_group [database('a')] as X (…)`",
            );
        }
        if self.eat_word(K::As) {
            self.required_name("a name after `as`");
        }
        self.opening(T::OpenParen, "the query");
        self.statements();
        self.closing(T::CloseParen);
    }
}
