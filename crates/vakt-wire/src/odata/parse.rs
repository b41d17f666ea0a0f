//! The grammar of `$filter`, from tokens to a [`Filter`].

use std::str::FromStr;

use super::filter::{Comparison, ELEMENT, Filter, Function, Literal};
use super::lex::{Placed, Token, lex};
use super::problem::ODataProblem;
use super::{FILTER_CONDITIONS_MAX, FILTER_LENGTH_MAX_BYTES, FILTER_NESTING_DEPTH_MAX};

/// Parses a `$filter` expression (already percent-decoded).
pub fn parse_filter(text: &str) -> Result<Filter, ODataProblem> {
    if text.len() > FILTER_LENGTH_MAX_BYTES {
        let message = format!("the filter is longer than {FILTER_LENGTH_MAX_BYTES} bytes");
        return Err(ODataProblem::Filter { position: 1, message });
    }
    let mut parser = Parser { tokens: lex(text)?, at: 0, depth: 0, conditions: 0, variable: None };
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
    /// Inside `any`: the name of its element.
    variable: Option<String>,
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

    /// A parenthesis follows the present word: a function, or `any`.
    fn next_opens(&self) -> bool {
        let is_word = matches!(self.peek(), Token::Word(_));
        let next = self.tokens.get(self.at + 1).map(|placed| &placed.token);
        is_word && next == Some(&Token::Open)
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
        if self.next_opens() {
            let name = self.name("a property name")?;
            return match name.rsplit_once('/') {
                Some((collection, any)) if any.eq_ignore_ascii_case("any") => {
                    self.any(collection.to_owned())
                }
                _ => self.call(&name),
            };
        }
        let name = self.property()?;
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
        let property = self.property()?;
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

    /// `()`, or `(x: condition)`; the colon may stand alone or stick to a word.
    fn any(&mut self, collection: String) -> Result<Filter, ODataProblem> {
        if self.variable.is_some() {
            return Err(self.fault("`any` inside `any` is not supported".into()));
        }
        self.take(&Token::Open)?;
        if *self.peek() == Token::Close {
            self.at += 1;
            return Ok(Filter::Any(collection, None));
        }
        self.variable = Some(self.variable_before_colon()?);
        let condition = self.or()?;
        self.variable = None;
        self.take(&Token::Close)?;
        Ok(Filter::Any(collection, Some(Box::new(condition))))
    }

    /// Takes `x`, `:`; what sticks to the colon becomes the next token.
    fn variable_before_colon(&mut self) -> Result<String, ODataProblem> {
        const WANTED: &str = "a variable and a colon, as in `any(x:x eq 'value')`";
        let mut variable = self.name(WANTED)?;
        if !variable.contains(':') {
            variable.push_str(&self.name(WANTED)?);
        }
        let Some((variable, rest)) = variable.split_once(':') else {
            self.at = self.at.saturating_sub(1);
            return Err(self.expected(WANTED));
        };
        if !rest.is_empty() {
            self.at = self.at.saturating_sub(1);
            if let Some(placed) = self.tokens.get_mut(self.at) {
                if let Token::Word(word) = &placed.token {
                    placed.position += word.chars().count() - rest.chars().count();
                }
                placed.token = Token::Word(rest.to_owned());
            }
        }
        Ok(variable.to_owned())
    }

    /// A property; inside `any`, of the element, written after the variable.
    fn property(&mut self) -> Result<String, ODataProblem> {
        let name = self.name("a property name")?;
        let Some(variable) = &self.variable else { return Ok(name) };
        if name == *variable {
            return Ok(ELEMENT.to_owned());
        }
        match name.split_once('/') {
            Some((start, rest)) if start == variable => Ok(rest.to_owned()),
            _ => {
                let text = format!("inside `any`, only `{variable}` can be asked, not `{name}`");
                self.at = self.at.saturating_sub(1);
                Err(self.fault(text))
            }
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
            ("servicePrincipalNames/any(c :c eq 'y')", "servicePrincipalNames/any(x:x eq 'y')"),
            ("tags/Any(x: x eq 'a' or x eq 'b')", "tags/any(x:x eq 'a' or x eq 'b')"),
            (
                "identifierUris/any(p:startswith(p,'api://'))",
                "identifierUris/any(x:startswith(x,'api://'))",
            ),
            (
                "keyCredentials/any(k:k/keyId eq 5e5e5e5e-0000-4000-8000-000000000001)",
                "keyCredentials/any(x:x/keyId eq 5e5e5e5e-0000-4000-8000-000000000001)",
            ),
            ("not tags/any()", "not (tags/any())"),
            ("NOT(displayName eq 'a') AND id ne 'b'", "not (displayName eq 'a') and id ne 'b'"),
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
                "tags/any(t:displayName eq 'x')",
                "$filter, character 12: inside `any`, only `t` can be asked, not `displayName`",
            ),
            (
                "tags/any(t eq 'x')",
                "$filter, character 12: expected a variable and a colon, as in `any(x:x eq 'value')`, found `eq`",
            ),
            (
                "a/any(x:b/any(y:y eq 1))",
                "$filter, character 14: `any` inside `any` is not supported",
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
