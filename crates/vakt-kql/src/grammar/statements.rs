//! The whole query and its statements.

use super::lists::List;
use super::{K, N, Parser, T};

impl Parser {
    pub(super) fn query(&mut self) {
        let since = self.begin();
        while self.eat(T::Directive) {}
        if self.at(T::Dot) {
            let help = "management commands begin with `.`; write a query instead";
            self.tell(
                "VK003",
                self.here(),
                "this is a management command, not a query".to_owned(),
                help,
            );
            self.quiet = true;
        }
        self.statements();
        while !self.at_end() {
            self.stray();
            self.statements();
        }
        self.take();
        self.close(since, N::Query);
    }

    /// What begins no statement.
    fn stray(&mut self) {
        match self.kind() {
            T::Semicolon => {
                let message = "there is no statement before this `;`".to_owned();
                self.tell("KS198", self.here(), message, "remove the `;`");
                self.bump();
            }
            T::Bar => {
                let message = "there is no table before this `|`".to_owned();
                self.tell(
                    "KS198",
                    self.here(),
                    message,
                    "begin with a table, or remove what ends the query before it",
                );
                let since = self.begin();
                self.bump();
                self.operator();
                self.close(since, N::Error);
            }
            _ => {
                let before = self.pos;
                self.skip_unexpected();
                if self.pos == before {
                    self.bump_as(N::Error);
                }
            }
        }
    }

    /// Statements with `;` between them, up to what begins none.
    pub(super) fn statements(&mut self) {
        loop {
            let declared = self.possible_statement();
            if !self.statement() {
                return;
            }
            if self.eat(T::Semicolon) {
                continue;
            }
            if self.at_list_end() {
                return;
            }
            self.tell_unended(declared);
            self.quiet = !declared && !self.at_statement();
        }
    }

    /// A statement that nothing ends, before another one.
    fn tell_unended(&mut self, declared: bool) {
        let (message, help) = if declared || self.at_statement() {
            (
                format!("expected `;` before {}", self.found()),
                "end the statement before it with `;`",
            )
        } else {
            let help =
                "begin operators with `|` and comments with `//`, and put `;` between statements";
            (format!("expected `|` or `;` before {}", self.found()), help)
        };
        self.tell("KS005", self.here(), message, help);
    }

    fn statement(&mut self) -> bool {
        if self.possible_statement() {
            match self.word() {
                K::Alias => self.alias_statement(),
                K::Let => self.let_statement(),
                K::Set => self.set_statement(),
                K::Declare if self.word_at(1) == K::Pattern => self.pattern_statement(),
                K::Declare => self.declare_statement(),
                _ => self.restrict_statement(),
            }
            return true;
        }
        let since = self.begin();
        let found = self.pipe();
        if found {
            self.close(since, N::ExpressionStatement);
        }
        found
    }

    pub(super) fn possible_statement(&self) -> bool {
        match self.word() {
            K::Alias => self.word_at(1) == K::Database,
            K::Let => self.is_name_at(1),
            K::Declare => matches!(self.word_at(1), K::Pattern | K::QueryParameters),
            K::Restrict => self.word_at(1) == K::Access,
            K::Set => true,
            _ => false,
        }
    }

    pub(super) fn let_statement(&mut self) {
        let help = "write `let Name = expression;`";
        let since = self.begin();
        self.bump();
        self.required_name("a name after `let`");
        self.expect(T::Equal, "=", help);
        if self.at_word(K::Materialize) {
            self.materialize();
        } else if self.at_word(K::EntityGroup) {
            self.entity_group();
        } else if self.is_function() {
            self.function();
        } else if !self.pipe() {
            self.want("a value after `=`", help);
        }
        self.close(since, N::LetStatement);
    }

    /// `materialize` `(` query `)`, only as the value of `let`.
    fn materialize(&mut self) {
        let since = self.begin();
        self.bump();
        self.opening(T::OpenParen, "the query");
        if !self.pipe() {
            self.want("a query in `materialize(…)`", "write a query in the parentheses");
        }
        self.closing(T::CloseParen);
        self.close(since, N::Materialize);
    }

    fn set_statement(&mut self) {
        let since = self.begin();
        self.bump();
        self.required_name("the name of an option");
        if self.eat(T::Equal) {
            self.required_unnamed("a value after `=`", "write `set option = value;`");
        }
        self.close(since, N::SetStatement);
    }

    fn alias_statement(&mut self) {
        let help = "write `alias database Name = cluster('…').database('…');`";
        let since = self.begin();
        self.bump();
        self.expect_word(K::Database, "database", help);
        self.required_name("a name");
        self.expect(T::Equal, "=", help);
        self.required_unnamed("a database after `=`", help);
        self.close(since, N::AliasStatement);
    }

    pub(super) fn declare_statement(&mut self) {
        let help = "write `declare query_parameters (name: type = default);`";
        let since = self.begin();
        self.bump();
        self.expect_word(K::QueryParameters, "query_parameters", help);
        self.opening(T::OpenParen, "the parameters");
        self.list(List::of("a parameter as `name: type`", Self::parameter).required());
        self.closing(T::CloseParen);
        self.close(since, N::DeclareStatement);
    }

    fn restrict_statement(&mut self) {
        let help = "write `restrict access to (Table, …);`";
        let since = self.begin();
        self.bump();
        self.expect_word(K::Access, "access", help);
        self.expect_word(K::To, "to", help);
        self.opening(T::OpenParen, "the tables");
        self.list(List::of("a table", Self::wildcard_entity).required());
        self.closing(T::CloseParen);
        self.with_properties(super::parameters::NONE, Self::free_property);
        self.close(since, N::RestrictStatement);
    }

    fn pattern_statement(&mut self) {
        let since = self.begin();
        self.bump();
        self.bump();
        self.required_name("a name after `pattern`");
        if self.eat(T::Equal) {
            let parameters = self.begin();
            self.opening(T::OpenParen, "the parameters");
            self.list(List::of("a parameter as `name: type`", Self::name_and_type));
            self.closing(T::CloseParen);
            self.close(parameters, N::Parameters);
            self.path_parameter();
            self.opening(T::OpenBrace, "the matches");
            let mut count = 0;
            while self.at(T::OpenParen) {
                self.pattern_match();
                count += 1;
            }
            if count == 0 {
                self.want("a match", "write `(\"value\") = { query };`");
            }
            self.closing(T::CloseBrace);
        }
        self.close(since, N::PatternStatement);
    }

    fn path_parameter(&mut self) {
        if !self.at(T::OpenBracket) {
            return;
        }
        let since = self.begin();
        self.opening(T::OpenBracket, "the parameter");
        if !self.name_and_type() {
            self.want("a parameter", "write `[name: type]`");
        }
        self.closing(T::CloseBracket);
        self.close(since, N::PathParameter);
    }

    fn pattern_match(&mut self) {
        let since = self.begin();
        let arguments = self.begin();
        self.opening(T::OpenParen, "the values");
        self.list(List::of("a value", Self::unnamed).required());
        self.closing(T::CloseParen);
        self.close(arguments, N::Arguments);
        if self.eat(T::Dot) {
            self.opening(T::OpenBracket, "the value");
            if !self.literal() {
                self.want("a literal", "write `.[\"value\"]`");
            }
            self.closing(T::CloseBracket);
        }
        self.expect(T::Equal, "=", "write `(\"value\") = { query };`");
        self.function_body(false);
        self.expect(T::Semicolon, ";", "end the match with `;`");
        self.close(since, N::PatternMatch);
    }
}
