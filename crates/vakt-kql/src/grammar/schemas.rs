//! Types, declarations of columns and parameters.

use super::lists::List;
use super::names::Naming;
use super::{K, N, Parser, T};

const TYPES: &str = "use `string`, `long`, `int`, `real`, `decimal`, `bool`, `datetime`, `timespan`, `guid` or `dynamic`";

impl Parser {
    fn is_type(&self, offset: usize) -> bool {
        matches!(self.word_at(offset), K::Type | K::Dynamic)
    }

    fn is_any_type(&self, offset: usize) -> bool {
        self.is_type(offset) || self.word_at(offset) == K::OddType
    }

    /// `typeof(…)`.
    pub(super) fn type_of(&mut self) -> bool {
        if !self.at_word(K::Typeof) || self.kind_at(1) != T::OpenParen {
            return false;
        }
        let since = self.begin();
        self.bump();
        self.opening(T::OpenParen, "the type");
        let closed = self.kind_at(1) == T::CloseParen;
        if self.is_any_type(0) || (self.is_identifier(0) && closed) {
            self.bump_as(N::TypeName);
        } else {
            self.list(List::of("a type", Self::type_of_element));
        }
        self.closing(T::CloseParen);
        self.close(since, N::TypeOf);
        true
    }

    fn type_of_element(&mut self) -> bool {
        self.star() || self.name_and_type()
    }

    pub(super) fn star(&mut self) -> bool {
        let found = self.at(T::Star);
        if found {
            self.bump_as(N::Star);
        }
        found
    }

    /// The type after `:` of a declaration.
    pub(super) fn declared_type(&mut self) {
        if self.is_type(0) {
            self.bump_as(N::TypeName);
        } else if self.is_any_type(0) || self.is_plain_name(0) {
            let message = format!("{} is not a type of columns or parameters", self.found());
            self.tell("KS160", self.here(), message, TYPES);
            self.bump_as(N::TypeName);
        } else {
            self.want("a type after `:`", TYPES);
        }
    }

    /// The type in `find … project Column:type`, which may be any.
    pub(super) fn column_type(&mut self) {
        if self.is_any_type(0) {
            self.bump_as(N::TypeName);
        } else {
            self.declared_type();
        }
    }

    /// Name `:` type, without its node.
    fn declaration(&mut self) -> bool {
        if !self.name(N::Name, Naming::Given) {
            if !self.at(T::Colon) {
                return false;
            }
            self.want("a name before `:`", "write `name: type`");
        }
        self.expect(T::Colon, ":", "write `name: type`");
        if self.at(T::OpenParen) {
            self.schema_type()
        } else {
            self.declared_type()
        }
        true
    }

    pub(super) fn name_and_type(&mut self) -> bool {
        let since = self.begin();
        let found = self.declaration();
        if found {
            self.close(since, N::NameAndType);
        }
        found
    }

    /// Name `:` type (`=` literal)?.
    pub(super) fn parameter(&mut self) -> bool {
        let since = self.begin();
        if !self.declaration() {
            return false;
        }
        if self.at(T::Equal) {
            let default = self.begin();
            self.bump();
            if !self.literal() {
                if self.is_plain_name(0) {
                    self.bump_as(N::NameRef);
                } else {
                    self.want("a literal as the default value", "write a literal after `=`");
                }
            }
            self.close(default, N::DefaultValue);
        }
        self.close(since, N::Parameter);
        true
    }

    fn schema_type(&mut self) {
        if !self.enter() {
            return;
        }
        let since = self.begin();
        self.opening(T::OpenParen, "the columns");
        if !self.star() {
            self.list(List::of("a column as `name: type`", Self::name_and_type).trailing());
        }
        self.closing(T::CloseParen);
        self.close(since, N::SchemaType);
        self.leave();
    }

    /// The columns of `datatable` and its like, which must be there.
    pub(super) fn required_row_schema(&mut self, owner: &str) {
        if !self.row_schema() {
            let what = format!("the columns of `{owner}`");
            self.want(&what, &format!("write `{owner} (name: type, …)`"));
        }
    }

    pub(super) fn row_schema(&mut self) -> bool {
        if !self.at(T::OpenParen) {
            return false;
        }
        let since = self.begin();
        self.opening(T::OpenParen, "the columns");
        self.eat(T::Comma);
        self.list(List::of("a column as `name: type`", Self::name_and_type).trailing());
        self.closing(T::CloseParen);
        self.close(since, N::RowSchema);
        true
    }

    /// The columns that `evaluate` promises: `(*, name: type)`.
    pub(super) fn evaluate_schema(&mut self) {
        if !self.at(T::Colon) {
            return;
        }
        let since = self.begin();
        self.bump();
        if self.at(T::OpenParen) {
            let schema = self.begin();
            self.opening(T::OpenParen, "the columns");
            self.eat(T::Comma);
            if self.star() {
                self.eat(T::Comma);
            }
            self.list(List::of("a column as `name: type`", Self::name_and_type).trailing());
            self.closing(T::CloseParen);
            self.close(schema, N::RowSchema);
        } else {
            self.want("the columns after `:`", "write `: (name: type, …)`");
        }
        self.close(since, N::EvaluateSchema);
    }
}
