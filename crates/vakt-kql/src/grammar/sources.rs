//! Where rows come from besides tables: literals of tables, files, views in parts.

use super::lists::List;
use super::names::Naming;
use super::parameters::{NONE, Sign};
use super::{K, N, Parser, T};

const EXTERNAL: &str =
    "write `inline_external_table (name: type) kind=storage dataformat=csv ('…')`";

impl Parser {
    pub(super) fn data_table(&mut self) -> bool {
        let since = self.begin();
        self.bump();
        self.parameters(NONE, Sign::Assumed);
        self.required_row_schema("datatable");
        self.opening(T::OpenBracket, "the values");
        self.eat(T::Comma);
        self.list(List::of("a literal", Self::literal).trailing());
        if !self.at(T::CloseBracket) {
            let message = format!("expected a literal or `]`, found {}", self.found());
            self.tell(
                "KS005",
                self.here(),
                message,
                "a `datatable` holds literals only, with `,` between them",
            );
        }
        self.closing(T::CloseBracket);
        self.close(since, N::DataTable);
        true
    }

    pub(super) fn contextual_data_table(&mut self) -> bool {
        let since = self.begin();
        self.bump();
        if !self.literal() {
            self.required_unnamed("an identifier", "write a GUID after `__contextual_datatable`");
        }
        self.required_row_schema("__contextual_datatable");
        self.close(since, N::ContextualDataTable);
        true
    }

    pub(super) fn external_data(&mut self) -> bool {
        let since = self.begin();
        self.bump();
        self.parameters(NONE, Sign::Assumed);
        self.required_row_schema("externaldata");
        self.opening(T::OpenBracket, "the addresses");
        self.list(List::of("an address", Self::pipe).trailing());
        self.closing(T::CloseBracket);
        self.with_properties(NONE, Self::free_property);
        self.close(since, N::ExternalData);
        true
    }

    pub(super) fn inline_external_table(&mut self) -> bool {
        if !self.has_external_schema(1) && self.word_at(1) != K::Kind {
            return false;
        }
        let since = self.begin();
        self.bump();
        let schema = self.has_external_schema(0);
        if schema {
            self.row_schema();
        }
        let delta = self.external_kind();
        if !schema && !delta {
            self.want("the columns", EXTERNAL);
        }
        if self.at_word(K::Partition) {
            self.external_partitions();
        }
        if self.at_word(K::Pathformat) {
            self.path_format();
        }
        self.external_format(delta);
        if self.at(T::OpenParen) {
            self.opening(T::OpenParen, "the addresses");
            self.list(List::of("an address", Self::pipe).trailing());
            self.closing(T::CloseParen);
        } else {
            self.want("the addresses in parentheses", EXTERNAL);
        }
        self.with_properties(NONE, Self::free_property);
        self.close(since, N::InlineExternalTable);
        true
    }

    /// Whether what is in the parentheses has a `:`.
    fn has_external_schema(&self, offset: usize) -> bool {
        if self.kind_at(offset) != T::OpenParen {
            return false;
        }
        let mut at = offset + 1;
        loop {
            match self.kind_at(at) {
                T::Colon => return true,
                T::CloseParen | T::EndOfText | T::Semicolon | T::Bar => return false,
                _ => at += 1,
            }
        }
    }

    /// `kind=storage`; gives whether it is `delta`, which knows its own columns.
    fn external_kind(&mut self) -> bool {
        if !self.at_word(K::Kind) {
            self.want("`kind = storage` or `kind = delta`", EXTERNAL);
            return false;
        }
        let since = self.begin();
        self.bump();
        self.expect(T::Equal, "=", EXTERNAL);
        let delta = self.text() == "delta";
        self.one_of(&["storage", "delta"]);
        self.close(since, N::NamedParameter);
        delta
    }

    fn external_format(&mut self, delta: bool) {
        if !self.at_word(K::Dataformat) {
            if !delta {
                self.want("`dataformat = …`", EXTERNAL);
            }
            return;
        }
        let since = self.begin();
        self.bump();
        self.expect(T::Equal, "=", EXTERNAL);
        if self.is_identifier(0) {
            self.bump();
        } else {
            self.want("a format", "write `dataformat = csv`");
        }
        self.close(since, N::NamedParameter);
    }

    fn external_partitions(&mut self) {
        let since = self.begin();
        self.bump();
        self.expect_word(K::By, "by", "write `partition by (name: type = expression)`");
        self.opening(T::OpenParen, "the columns");
        self.eat(T::Comma);
        self.list(List::of("a column", Self::partition_column).trailing());
        self.closing(T::CloseParen);
        self.close(since, N::ByClause);
    }

    fn partition_column(&mut self) -> bool {
        let since = self.begin();
        if !self.name(N::Name, Naming::Given) {
            return false;
        }
        self.expect(T::Colon, ":", "write `name: type`");
        if matches!(self.text(), "datetime" | "long" | "string") {
            self.bump_as(N::TypeName);
        } else {
            self.want("`datetime`, `long` or `string`", "files are parted by one of these types");
        }
        if self.eat(T::Equal) {
            self.unnamed();
        }
        self.close(since, N::Parameter);
        true
    }

    fn path_format(&mut self) {
        let help = "write `pathformat = (\"prefix\" Name \"/\" datetime_pattern(\"yyyy\", Name))`";
        let since = self.begin();
        self.bump();
        self.expect(T::Equal, "=", help);
        self.opening(T::OpenParen, "the parts of the path");
        if self.at(T::String) {
            self.bump_as(N::Literal);
        }
        let mut count = 0;
        while !self.at_list_end() {
            if self.at_word(K::DatetimePattern) && self.is_call() {
                self.call();
            } else if !self.name_ref() {
                break;
            }
            if self.at(T::String) {
                self.bump_as(N::Literal);
            }
            count += 1;
        }
        if count == 0 {
            self.want("a column of the path", help);
        }
        self.closing(T::CloseParen);
        self.close(since, N::NamedParameter);
    }

    pub(super) fn view_combine(&mut self) -> bool {
        let since = self.begin();
        self.bump();
        self.combined(|p| p.pipe(), "the name of the view");
        for part in ["base", "delta", "aggregations"] {
            if self.text() == part {
                self.bump();
                let aggregates = part == "aggregations";
                let rows: fn(&mut Self) -> bool = if aggregates {
                    |p| p.at_word(K::Summarize) && p.operator()
                } else {
                    Self::pipe
                };
                self.combined(rows, "a query");
            } else {
                let message = format!("expected `{part}`, found {}", self.found());
                self.tell("KS006", self.here(), message, &format!("write `{part} (…)`"));
            }
        }
        self.close(since, N::MaterializedViewCombine);
        true
    }

    fn combined(&mut self, content: fn(&mut Self) -> bool, what: &str) {
        self.opening(T::OpenParen, what);
        if !content(self) {
            self.want(what, "write it between the parentheses");
        }
        self.closing(T::CloseParen);
    }
}
