//! Operators with several clauses: make-series, mv-expand, mv-apply, parse, top-nested, find, search.

use super::lists::List;
use super::names::Naming;
use super::parameters::{self, NONE, Sign};
use super::{K, N, Parser, T};

const SERIES: &str = "write `make-series n = count() on Timestamp from … to … step 1h`";
const EXPAND: &str = "name the column that holds the arrays";
const PATTERN: &str = "write `parse Column with \"text\" Name \"text\" …`";
const NESTED: &str = "write `top-nested 3 of Column by count()`";

impl Parser {
    pub(super) fn make_series(&mut self) {
        self.parameters(NONE, Sign::Needed);
        let ends = |p: &Self| matches!(p.word(), K::On | K::From | K::In) || p.at_list_end();
        self.list(List::of("an aggregate", Self::series_column).required().until(ends));
        let since = self.begin();
        self.expect_word(K::On, "on", SERIES);
        self.required_named("a column after `on`", SERIES);
        self.close(since, N::OnClause);
        self.series_range();
        if self.at_word(K::By) {
            let since = self.begin();
            self.bump();
            let list = List::of("a group key", Self::named);
            self.list(list.required().open_ended());
            self.close(since, N::ByClause);
        }
    }

    fn series_column(&mut self) -> bool {
        let since = self.begin();
        if !self.named() {
            return false;
        }
        if self.eat_word(K::Default) {
            let help = "write `default = 0`";
            self.expect(T::Equal, "=", help);
            self.required_named("a value after `default =`", help);
        }
        self.close(since, N::SeriesColumn);
        true
    }

    fn series_range(&mut self) {
        let since = self.begin();
        if !matches!(self.word(), K::From | K::To | K::Step) {
            self.expect_word(K::In, "step", SERIES);
            if self.at_word(K::Range) || self.told_at != Some(self.pos) {
                self.expect_word(K::Range, "range", "write `in range (from, to, step)`");
                self.opening(T::OpenParen, "the range");
                self.list(List::of("a value", Self::named));
                self.closing(T::CloseParen);
            }
            self.close(since, N::SeriesRange);
            return;
        }
        if self.eat_word(K::From) {
            self.required_unnamed("a value after `from`", SERIES);
        }
        if self.eat_word(K::To) {
            self.required_unnamed("a value after `to`", SERIES);
        }
        self.expect_word(K::Step, "step", SERIES);
        self.required_unnamed("a value after `step`", SERIES);
        self.close(since, N::SeriesRange);
    }

    fn cast_clause(&mut self) -> bool {
        if !self.at_word(K::To) {
            return false;
        }
        let since = self.begin();
        self.bump();
        if !self.type_of() {
            self.want("a type after `to`", "write `to typeof(string)`");
        }
        self.close(since, N::ToTypeOf);
        true
    }

    fn mv_column(&mut self) -> bool {
        let since = self.begin();
        if self.at_word(K::To) {
            self.want("a column before `to`", EXPAND);
        } else if !self.named() {
            return false;
        }
        self.cast_clause();
        self.close(since, N::MvColumn);
        true
    }

    fn row_limit(&mut self) {
        if self.at_word(K::Limit) {
            let since = self.begin();
            self.bump();
            self.required_unnamed("a number after `limit`", "write a number");
            self.close(since, N::RowLimit);
        }
    }

    pub(super) fn mv_expand(&mut self) {
        self.parameters(parameters::MV_EXPAND, Sign::Needed);
        let ends = |p: &Self| p.at_word(K::Limit) || p.at_list_end();
        self.list(List::of("a column", Self::mv_column).required().until(ends));
        self.row_limit();
    }

    pub(super) fn mv_apply(&mut self) {
        self.parameters(NONE, Sign::Needed);
        if !self.lone_type() {
            let list = List::of("a column", Self::mv_column).required();
            self.list(list.until(Self::at_apply_clause));
        }
        self.row_limit();
        if self.eat_word(K::Id) {
            self.required_unnamed("a literal after `id`", "write a GUID or a string");
        }
        self.expect_word(K::On, "on", "write `mv-apply Column on (operators)`");
        self.required_subquery("the subquery");
    }

    /// `to typeof(…)` without a column before it, which may only be alone.
    fn lone_type(&mut self) -> bool {
        let since = self.begin();
        if !self.cast_clause() {
            return false;
        }
        self.close(since, N::MvColumn);
        if self.at(T::Comma) {
            self.tell("KS006", self.here(), "expected a column before `to`".to_owned(), EXPAND);
            self.bump();
            return false;
        }
        true
    }

    /// `limit`, `id` and `on` end the columns, unless they are columns themselves.
    fn at_apply_clause(&self) -> bool {
        let clause = matches!(self.word(), K::Limit | K::Id | K::On);
        let column = matches!(self.kind_at(1), T::Comma | T::Equal) || self.word_at(1) == K::To;
        (clause && !column) || self.at_list_end()
    }

    pub(super) fn parse(&mut self) {
        self.parameters(parameters::PARSE, Sign::Needed);
        self.required_unnamed("the text to parse", PATTERN);
        self.expect_word(K::With, "with", PATTERN);
        let since = self.begin();
        while self.star() || self.string_literal() || self.parse_name() {}
        self.close(since, N::ParsePattern);
    }

    fn parse_name(&mut self) -> bool {
        let since = self.begin();
        if self.at(T::Colon) {
            self.want("a name before `:`", "write `name: type`");
        } else if !self.name(N::Name, Naming::Given) {
            return false;
        } else if !self.at(T::Colon) {
            return true;
        }
        self.bump();
        self.declared_type();
        self.close(since, N::NameAndType);
        true
    }

    pub(super) fn top_nested(&mut self) {
        self.nested_level();
        while self.at(T::Comma) {
            self.bump();
            if self.eat_word(K::TopNested) {
                self.nested_level();
            } else {
                self.want("`top-nested` after `,`", NESTED);
                return;
            }
        }
    }

    fn nested_level(&mut self) {
        let since = self.begin();
        self.named();
        self.expect_word(K::Of, "of", NESTED);
        self.required_named("a column after `of`", NESTED);
        if self.eat_word(K::With) {
            self.expect_word(K::Others, "others", "write `with others = \"…\"`");
            self.expect(T::Equal, "=", "write `with others = \"…\"`");
            if !self.literal() {
                self.required_unnamed("a value after `others =`", "write a literal");
            }
        }
        self.expect_word(K::By, "by", NESTED);
        if !self.ordered() {
            self.want("an aggregate after `by`", NESTED);
        }
        self.close(since, N::NestedLevel);
    }

    // ---- find and search ----------------------------------------------------------------------

    fn in_tables(&mut self) -> bool {
        if !self.at_word(K::In) {
            return false;
        }
        let since = self.begin();
        self.bump();
        self.opening(T::OpenParen, "the tables");
        self.list(List::of("a table", Self::find_table).required());
        self.closing(T::CloseParen);
        self.close(since, N::InTables);
        true
    }

    /// A table, perhaps with `| as Name`.
    fn find_table(&mut self) -> bool {
        let since = self.begin();
        let before = self.pos;
        let length = self.name_length(0).max(usize::from(self.at(T::At)));
        if !self.wildcard_entity() {
            return false;
        }
        if self.at(T::Bar) && self.pos == before + length {
            self.bump();
            if !(self.at_word(K::As) && self.operator()) {
                self.want("`as` after `|`", "write `Table | as Name`, or only the table");
            }
            self.close(since, N::Pipe);
        }
        true
    }

    pub(super) fn find(&mut self) {
        if self.at_word(K::Datascope) {
            self.data_scope();
        }
        let before = self.pos;
        self.parameters(parameters::FIND, Sign::Assumed);
        self.in_tables();
        if self.pos > before {
            self.expect_word(K::Where, "where", "write `find in (Tables) where condition`");
        } else {
            self.eat_word(K::Where);
        }
        self.required_unnamed("a condition after `find`", "write `find where Column == \"value\"`");
        let since = self.begin();
        if self.eat_word(K::ProjectSmart) {
            self.close(since, N::FindProject);
        } else if self.eat_word(K::Project) {
            self.find_columns(since);
        }
        let since = self.begin();
        if self.eat_word(K::InternalProjectAway) {
            self.find_columns(since);
        }
    }

    fn find_columns(&mut self, since: super::Checkpoint) {
        self.list(List::of("a column", Self::find_column).required().open_ended());
        self.close(since, N::FindProject);
    }

    fn find_column(&mut self) -> bool {
        let since = self.begin();
        if self.at_word(K::Pack) {
            self.bump();
            let help = "write `pack(*)`";
            self.expect(T::OpenParen, "(", help);
            self.expect(T::Star, "*", help);
            self.expect(T::CloseParen, ")", help);
            self.close(since, N::Pack);
            return true;
        }
        if self.star() {
            return true;
        }
        if !self.name_ref() {
            return false;
        }
        if self.eat(T::Colon) {
            self.column_type();
            self.close(since, N::TypedColumn);
        }
        true
    }

    pub(super) fn search(&mut self) {
        self.parameters(parameters::SEARCH, Sign::Needed);
        if self.at_word(K::Datascope) {
            self.data_scope();
        }
        self.in_tables();
        let since = self.begin();
        if self.unnamed() {
            return;
        }
        let help = "write a term in quotes, as `search \"mimikatz\"`";
        if !self.star() {
            self.want("what to search for", help);
            return;
        }
        if self.eat_word(K::And) {
            self.required_unnamed("a condition after `and`", help);
            self.close(since, N::Binary);
        }
    }
}
