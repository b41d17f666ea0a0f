//! `$filter` expressions: comparisons, `in`, `startswith` and its kin, `any`, `and`, `or`, `not`.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::lex::{Placed, Token, lex};
use super::problem::ODataProblem;
use super::{FILTER_CONDITIONS_MAX, FILTER_LENGTH_MAX_BYTES, FILTER_NESTING_DEPTH_MAX};

/// A filter expression. Property names keep the caller's spelling.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Both hold.
    And(Box<Filter>, Box<Filter>),
    /// One holds.
    Or(Box<Filter>, Box<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// `property op value`.
    Compare(String, Comparison, Literal),
    /// `property in (value, …)`.
    In(String, Vec<Literal>),
    /// `startswith(property, 'text')`.
    Call(Function, String, String),
    /// `property/any(x: x eq value)`, on a collection of plain values.
    AnyIs(String, Literal),
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
}

/// Text functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `startswith`
    StartsWith,
    /// `endswith`
    EndsWith,
    /// `contains`
    Contains,
}

/// A value in a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// An instant; offsets are turned into UTC.
    Time(Timestamp),
    /// A quoted text.
    Text(String),
    /// An unquoted GUID or enum member.
    Word(String),
}

/// Parses a `$filter` expression (already percent-decoded).
pub fn parse_filter(text: &str) -> Result<Filter, ODataProblem> {
    if text.len() > FILTER_LENGTH_MAX_BYTES {
        let message = format!("the filter is longer than {FILTER_LENGTH_MAX_BYTES} bytes");
        return Err(ODataProblem::Filter { position: 1, message });
    }
    let mut parser = Parser { tokens: lex(text)?, at: 0, depth: 0, conditions: 0 };
    let filter = parser.or()?;
    match parser.peek() {
        Token::End => Ok(filter),
        _ => Err(parser.expected("`and`, `or` or the end")),
    }
}

struct Parser {
    tokens: Vec<Placed>,
    at: usize,
    depth: usize,
    conditions: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |placed| &placed.token)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn fault(&self, message: String) -> ODataProblem {
        let placed = self.tokens.get(self.at).or(self.tokens.last());
        ODataProblem::Filter { position: placed.map_or(1, |placed| placed.position), message }
    }

    fn expected(&self, what: &str) -> ODataProblem {
        self.fault(format!("expected {what}, found {}", self.peek().describe()))
    }

    fn word_is(&self, wanted: &str) -> bool {
        matches!(self.peek(), Token::Word(word) if word.eq_ignore_ascii_case(wanted))
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = self.word_is(wanted);
        self.at += usize::from(found);
        found
    }

    fn take(&mut self, wanted: &Token) -> Result<(), ODataProblem> {
        if self.peek() == wanted {
            self.at += 1;
            return Ok(());
        }
        Err(self.expected(&wanted.describe()))
    }

    fn or(&mut self) -> Result<Filter, ODataProblem> {
        let mut left = self.and()?;
        while self.take_word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Filter, ODataProblem> {
        let mut left = self.unary()?;
        while self.take_word("and") {
            left = Filter::And(Box::new(left), Box::new(self.unary()?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Filter, ODataProblem> {
        if self.depth >= FILTER_NESTING_DEPTH_MAX {
            return Err(self.fault(format!("nested deeper than {FILTER_NESTING_DEPTH_MAX}")));
        }
        self.depth += 1;
        let filter = if self.take_word("not") {
            Filter::Not(Box::new(self.unary()?))
        } else if *self.peek() == Token::Open {
            self.at += 1;
            let inner = self.or()?;
            self.take(&Token::Close)?;
            inner
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn condition(&mut self) -> Result<Filter, ODataProblem> {
        self.count_condition()?;
        let name = self.name("a property name")?;
        if *self.peek() == Token::Open {
            return match name.rsplit_once('/') {
                Some((collection, "any")) => self.any(collection.to_owned()),
                _ => self.call(&name),
            };
        }
        if self.take_word("in") {
            return Ok(Filter::In(name, self.list()?));
        }
        let comparison = self.comparison()?;
        Ok(Filter::Compare(name, comparison, self.literal()?))
    }

    /// Each value of an `in` counts as a condition: it becomes one in SQL.
    fn count_condition(&mut self) -> Result<(), ODataProblem> {
        self.conditions += 1;
        if self.conditions > FILTER_CONDITIONS_MAX {
            return Err(self.fault(format!("more than {FILTER_CONDITIONS_MAX} conditions")));
        }
        Ok(())
    }

    fn name(&mut self, what: &str) -> Result<String, ODataProblem> {
        match self.peek() {
            Token::Word(word) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.expected(what)),
        }
    }

    fn comparison(&mut self) -> Result<Comparison, ODataProblem> {
        let found = match self.peek() {
            Token::Word(word) => Comparison::from_str(word).ok(),
            _ => None,
        };
        let comparison = found.ok_or_else(|| self.expected("one of `eq ne gt ge lt le in`"))?;
        self.at += 1;
        Ok(comparison)
    }

    fn literal(&mut self) -> Result<Literal, ODataProblem> {
        let literal = match self.peek() {
            Token::Text(text) => Literal::Text(text.clone()),
            Token::Word(word) => Literal::from_word(word),
            _ => return Err(self.expected("a value")),
        };
        self.at += 1;
        Ok(self.with_bare_offset(literal))
    }

    /// `…T10:00:00+02:00` whose plus was not escaped arrives as two words; they are joined again.
    fn with_bare_offset(&mut self, literal: Literal) -> Literal {
        let (Literal::Word(start), Token::Word(offset)) = (&literal, self.peek()) else {
            return literal;
        };
        match format!("{start}+{offset}").parse() {
            Ok(time) => {
                self.at += 1;
                Literal::Time(time)
            }
            Err(_) => literal,
        }
    }

    fn list(&mut self) -> Result<Vec<Literal>, ODataProblem> {
        self.take(&Token::Open)?;
        let mut values = vec![self.literal()?];
        while *self.peek() == Token::Comma {
            self.at += 1;
            self.count_condition()?;
            values.push(self.literal()?);
        }
        self.take(&Token::Close)?;
        Ok(values)
    }

    fn call(&mut self, name: &str) -> Result<Filter, ODataProblem> {
        let Ok(function) = Function::from_str(name) else {
            self.at = self.at.saturating_sub(1);
            return Err(self.expected("`startswith`, `endswith`, `contains` or `…/any`"));
        };
        self.take(&Token::Open)?;
        let property = self.name("a property name")?;
        self.take(&Token::Comma)?;
        let text = match self.next() {
            Token::Text(text) => text,
            _ => {
                self.at = self.at.saturating_sub(1);
                return Err(self.expected("a text in single quotes"));
            }
        };
        self.take(&Token::Close)?;
        Ok(Filter::Call(function, property, text))
    }

    /// `(x:x eq value)`; the colon may stand alone or stick to a word.
    fn any(&mut self, collection: String) -> Result<Filter, ODataProblem> {
        self.take(&Token::Open)?;
        let mut head = self.name("a variable, as in `any(x:x eq 'value')`")?;
        while !head.ends_with(':') && head.matches(':').count() == 0 {
            head.push_str(&self.name("`:`")?);
        }
        let (variable, rest) = head.split_once(':').unwrap_or((&head, ""));
        let used = if rest.is_empty() { self.name("the variable")? } else { rest.to_owned() };
        if used != variable || self.comparison()? != Comparison::Equal {
            return Err(
                self.fault(format!("only `any({variable}:{variable} eq value)` is supported"))
            );
        }
        let value = self.literal()?;
        self.take(&Token::Close)?;
        Ok(Filter::AnyIs(collection, value))
    }
}

impl Literal {
    fn from_word(word: &str) -> Self {
        match word {
            "null" => return Self::Null,
            "true" => return Self::Bool(true),
            "false" => return Self::Bool(false),
            _ => {}
        }
        if let Ok(number) = word.parse() {
            return Self::Number(number);
        }
        if let Ok(time) = word.parse() {
            return Self::Time(time);
        }
        // A date alone is midnight, as OData has it.
        match format!("{word}T00:00:00Z").parse() {
            Ok(midnight) if word.len() == 10 => Self::Time(midnight),
            _ => Self::Word(word.to_owned()),
        }
    }
}

impl FromStr for Comparison {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let all = [
            Self::Equal,
            Self::NotEqual,
            Self::Greater,
            Self::GreaterOrEqual,
            Self::Less,
            Self::LessOrEqual,
        ];
        all.into_iter().find(|c| c.as_str().eq_ignore_ascii_case(word)).ok_or(())
    }
}

impl Comparison {
    /// The OData word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "ge",
            Self::Less => "lt",
            Self::LessOrEqual => "le",
        }
    }
}

impl FromStr for Function {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let all = [Self::StartsWith, Self::EndsWith, Self::Contains];
        all.into_iter().find(|f| f.as_str().eq_ignore_ascii_case(word)).ok_or(())
    }
}

impl Function {
    /// The OData word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
            Self::Contains => "contains",
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside_and = |filter: &Self| match filter {
            Self::Or(..) => format!("({filter})"),
            _ => filter.to_string(),
        };
        match self {
            Self::And(a, b) => write!(f, "{} and {}", inside_and(a), inside_and(b)),
            Self::Or(a, b) => write!(f, "{a} or {b}"),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::Compare(name, op, value) => write!(f, "{name} {} {value}", op.as_str()),
            Self::In(name, values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "{name} in ({})", values.join(","))
            }
            Self::Call(function, name, text) => {
                let text = Literal::Text(text.clone());
                write!(f, "{}({name},{text})", function.as_str())
            }
            Self::AnyIs(name, value) => write!(f, "{name}/any(x:x eq {value})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match parse_filter(text) {
            Ok(filter) => filter.to_string(),
            Err(problem) => problem.to_string(),
        };
        assert_eq!(shown, expected, "for {text}");
    }

    #[test]
    fn filters_of_real_clients_parse() {
        for (text, expected) in [
            (
                "lastUpdateTime gt 2020-08-06T12:07:55.32Z",
                "lastUpdateTime gt 2020-08-06T12:07:55.32Z",
            ),
            (
                "lastUpdateTime ge 2020-06-03T18:04:29.4633333Z",
                "lastUpdateTime ge 2020-06-03T18:04:29.4633333Z",
            ),
            (
                "lastUpdateDateTime gt 2024-01-01T01:00:00+01:00",
                "lastUpdateDateTime gt 2024-01-01T00:00:00Z",
            ),
            ("t gt 2024-01-01T01:00:00 01:00 and a eq 1", "t gt 2024-01-01T00:00:00Z and a eq 1"),
            ("createdTime gt 2021-01-01", "createdTime gt 2021-01-01T00:00:00Z"),
            (
                "status eq 'Active' and assignedTo eq null",
                "status eq 'Active' and assignedTo eq null",
            ),
            (
                "a eq 1 or b eq 2 and not (c eq 3 or d eq 4)",
                "a eq 1 or b eq 2 and not (c eq 3 or d eq 4)",
            ),
            (
                "(a eq 1 or b eq 2) and c in ('x','y''z')",
                "(a eq 1 or b eq 2) and c in ('x','y''z')",
            ),
            ("startsWith(displayName,'rig')", "startswith(displayName,'rig')"),
            ("identifierUris/any(u:u eq 'api://x')", "identifierUris/any(x:x eq 'api://x')"),
            (
                "servicePrincipalNames/any(c: c eq 'https://x')",
                "servicePrincipalNames/any(x:x eq 'https://x')",
            ),
            ("servicePrincipalNames/any(c : c eq 'y')", "servicePrincipalNames/any(x:x eq 'y')"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn problems_name_the_place_and_the_cure() {
        for (text, expected) in [
            ("", "$filter, character 1: expected a property name, found the end"),
            ("status eq 'Active", "$filter, character 11: this text has no closing quote"),
            (
                "status is 'Active'",
                "$filter, character 8: expected one of `eq ne gt ge lt le in`, found `is`",
            ),
            (
                "status eq 'A' status eq 'B'",
                "$filter, character 15: expected `and`, `or` or the end, found `status`",
            ),
            ("(status eq 'A'", "$filter, character 15: expected `)`, found the end"),
            (
                "length(name) eq 3",
                "$filter, character 1: expected `startswith`, `endswith`, `contains` or `…/any`, found `length`",
            ),
            (
                "startswith(name, 3)",
                "$filter, character 18: expected a text in single quotes, found `3`",
            ),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn conditions_are_bounded_also_inside_in() {
        let many = format!("a in ({})", vec!["1"; 201].join(","));
        check(&many, "$filter, character 407: more than 200 conditions");
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}a eq 1{}", "(".repeat(40), ")".repeat(40));
        check(&deep, "$filter, character 33: nested deeper than 32");
    }
}
