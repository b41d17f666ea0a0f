//! Literals: single tokens, strings side by side, signed numbers, `dynamic(…)`, `typeof(…)`.

use super::lists::List;
use super::{K, N, Parser, T};

const JSON: &str = "write JSON: a number, a string, `[…]`, `{…}`, `true`, `null`; for computed values \
                    use `pack_array` or `bag_pack`";

impl Parser {
    /// A literal where only one may stand, as in `datatable`.
    pub(super) fn literal(&mut self) -> bool {
        match self.kind() {
            T::String => self.string_literal(),
            T::Bool | T::Integer | T::Real | T::Timespan | T::TypedLiteral => {
                self.bump_as(N::Literal);
                true
            }
            T::RawGuid => {
                let message = "a GUID needs its type here".to_owned();
                let help = format!("write `guid({})`", self.text());
                self.tell("KS214", self.here(), message, &help);
                self.bump_as(N::Literal);
                true
            }
            T::Plus | T::Minus => self.signed_number(),
            T::OpenBrace => {
                let length = self.braced_length(0);
                if length > 0 {
                    self.bump_many(length, N::NameRef);
                }
                length > 0
            }
            T::Word if self.at_word(K::Dynamic) => self.dynamic_literal(),
            T::Word if self.at_word(K::Typeof) => self.type_of(),
            _ => false,
        }
    }

    /// One string, or several side by side.
    pub(super) fn string_literal(&mut self) -> bool {
        if !self.at(T::String) {
            return false;
        }
        let mut count = 1;
        while self.kind_at(count) == T::String {
            count += 1;
        }
        self.bump_many(count, if count == 1 { N::Literal } else { N::CompoundString });
        true
    }

    fn signed_number(&mut self) -> bool {
        let number = matches!(self.kind_at(1), T::Integer | T::Real | T::Timespan);
        let found = number && self.is_glued(1);
        if found {
            self.bump_many(2, N::Literal);
        }
        found
    }

    fn dynamic_literal(&mut self) -> bool {
        if self.kind_at(1) != T::OpenParen {
            return false;
        }
        let since = self.begin();
        self.bump();
        self.opening(T::OpenParen, "the value");
        if !self.json() {
            self.want_json();
        }
        self.closing(T::CloseParen);
        self.close(since, N::DynamicLiteral);
        true
    }

    fn want_json(&mut self) {
        self.want("a literal value inside `dynamic(…)`", JSON);
    }

    fn json(&mut self) -> bool {
        if !self.enter() {
            return false;
        }
        let found = self.json_value();
        self.leave();
        found
    }

    fn json_value(&mut self) -> bool {
        match self.kind() {
            T::OpenBracket => self.json_array(),
            T::OpenBrace if self.braced_length(0) == 0 => self.json_object(),
            T::Minus => self.json_negative(),
            T::Plus => false,
            T::TypedLiteral => {
                // Of the types, only `int` is none of a JSON value.
                let text = self.text();
                !text.starts_with("int(") && !text.starts_with("int32(") && self.literal()
            }
            T::Word if self.at_word(K::Null) => {
                self.bump_as(N::JsonNull);
                true
            }
            T::Word if self.at_word(K::Typeof) => false,
            _ => self.literal(),
        }
    }

    fn json_negative(&mut self) -> bool {
        let found = matches!(self.kind_at(1), T::Integer | T::Real);
        if found {
            let since = self.begin();
            self.bump();
            self.bump_as(N::Literal);
            self.close(since, N::JsonNegative);
        }
        found
    }

    fn json_array(&mut self) -> bool {
        let since = self.begin();
        self.opening(T::OpenBracket, "the values");
        self.list(List::of("a JSON value", Self::json).help(JSON));
        self.closing(T::CloseBracket);
        self.close(since, N::JsonArray);
        true
    }

    fn json_object(&mut self) -> bool {
        let since = self.begin();
        self.opening(T::OpenBrace, "the properties");
        self.list(List::of("a property", Self::json_pair));
        self.closing(T::CloseBrace);
        self.close(since, N::JsonObject);
        true
    }

    fn json_pair(&mut self) -> bool {
        let since = self.begin();
        match self.kind() {
            T::String => self.bump(),
            T::Colon => {
                let help = "write the property's name in quotes before `:`";
                self.tell("KS006", self.here(), "the property has no name".to_owned(), help);
            }
            T::Word if self.kind_at(1) == T::Colon => {
                let help = format!("write `\"{}\"`", self.text());
                let message = format!("the property {} needs quotes", self.found());
                self.tell("KS006", self.here(), message, &help);
                self.bump();
            }
            _ => {
                let here = self.here();
                let message = format!("expected a property, found {}", self.found());
                if !self.json() {
                    return false;
                }
                self.tell("KS006", here, message, "write `\"name\": value`");
                self.close(since, N::JsonPair);
                return true;
            }
        }
        self.expect(T::Colon, ":", "write `:` between the property's name and its value");
        if !self.json() {
            self.want_json();
        }
        self.close(since, N::JsonPair);
        true
    }
}
