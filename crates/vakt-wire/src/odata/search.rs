//! `$search` expressions: `"property:text"`, joined with `AND` and `OR`.

use super::problem::ODataProblem;
use super::{FILTER_CONDITIONS_MAX, FILTER_LENGTH_MAX_BYTES, FILTER_NESTING_DEPTH_MAX};

/// A search expression. Property names keep the caller's spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// The property contains the text.
    Contains {
        /// Property name; empty when none was given.
        property: String,
        /// What is looked for.
        text: String,
    },
    /// Both hold.
    And(Box<Search>, Box<Search>),
    /// One holds.
    Or(Box<Search>, Box<Search>),
}

impl Search {
    /// Parses an expression (already percent-decoded). Without any quote it is one clause.
    pub fn parse(text: &str) -> Result<Self, ODataProblem> {
        if text.len() > FILTER_LENGTH_MAX_BYTES {
            let message = format!("the search is longer than {FILTER_LENGTH_MAX_BYTES} bytes");
            return Err(ODataProblem::Search { position: 1, message });
        }
        if !text.contains('"') {
            return Ok(clause(text.trim()));
        }
        let mut parser = Parser { rest: text, whole: text, depth: 0, clauses: 0 };
        let search = parser.or()?;
        parser.skip_spaces();
        match parser.rest {
            "" => Ok(search),
            _ => Err(parser.expected("`AND`, `OR` or the end")),
        }
    }
}

fn clause(text: &str) -> Search {
    let (property, text) = text.split_once(':').unwrap_or(("", text));
    Search::Contains { property: property.trim().to_owned(), text: text.trim().to_owned() }
}

struct Parser<'a> {
    rest: &'a str,
    whole: &'a str,
    depth: usize,
    clauses: usize,
}

impl Parser<'_> {
    fn fault(&self, message: String) -> ODataProblem {
        let read = self.whole.len() - self.rest.len();
        let position = self.whole.get(..read).map_or(0, |read| read.chars().count()) + 1;
        ODataProblem::Search { position, message }
    }

    fn expected(&self, what: &str) -> ODataProblem {
        let found: String = self.rest.chars().take(16).collect();
        match found.is_empty() {
            true => self.fault(format!("expected {what}, found the end")),
            false => self.fault(format!("expected {what}, found `{found}`")),
        }
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, wanted: &str) -> bool {
        self.skip_spaces();
        let found = self.rest.get(..wanted.len()).is_some_and(|s| s.eq_ignore_ascii_case(wanted));
        if found {
            self.rest = self.rest.get(wanted.len()..).unwrap_or_default();
        }
        found
    }

    fn or(&mut self) -> Result<Search, ODataProblem> {
        let mut left = self.and()?;
        while self.take("OR") {
            left = Search::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Search, ODataProblem> {
        let mut left = self.part()?;
        while self.take("AND") {
            left = Search::And(Box::new(left), Box::new(self.part()?));
        }
        Ok(left)
    }

    fn part(&mut self) -> Result<Search, ODataProblem> {
        if self.take("(") {
            self.depth += 1;
            if self.depth > FILTER_NESTING_DEPTH_MAX {
                return Err(self.fault(format!("nested deeper than {FILTER_NESTING_DEPTH_MAX}")));
            }
            let inner = self.or()?;
            self.depth -= 1;
            return match self.take(")") {
                true => Ok(inner),
                false => Err(self.expected("`)`")),
            };
        }
        self.clauses += 1;
        if self.clauses > FILTER_CONDITIONS_MAX {
            return Err(self.fault(format!("more than {FILTER_CONDITIONS_MAX} clauses")));
        }
        if !self.take("\"") {
            return Err(self.expected("`\"property:text\"`"));
        }
        self.quoted().map(|text| clause(&text))
    }

    /// Up to the closing quote; a backslash takes the meaning from what follows it.
    fn quoted(&mut self) -> Result<String, ODataProblem> {
        let mut text = String::new();
        let mut rest = self.rest.char_indices();
        while let Some((index, c)) = rest.next() {
            match c {
                '"' => {
                    self.rest = self.rest.get(index + 1..).unwrap_or_default();
                    return Ok(text);
                }
                '\\' => text.extend(rest.next().map(|(_, c)| c)),
                _ => text.push(c),
            }
        }
        Err(self.fault("this text has no closing quote".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(search: &Search) -> String {
        match search {
            Search::Contains { property, text } => format!("{property}~{text}"),
            Search::And(a, b) => format!("({} & {})", shown(a), shown(b)),
            Search::Or(a, b) => format!("({} | {})", shown(a), shown(b)),
        }
    }

    #[test]
    fn searches_are_read_as_graph_reads_them() {
        for (text, expected) in [
            (r#""displayName:rig""#, "displayName~rig"),
            ("displayName:two words", "displayName~two words"),
            (r#""displayName:a b" AND "displayName:c""#, "(displayName~a b & displayName~c)"),
            (r#""a:1" OR "b:2" and "c:3""#, "(a~1 | (b~2 & c~3))"),
            (r#"("a:1" OR "b:2")AND"c:3""#, "((a~1 | b~2) & c~3)"),
            (r#""a:say \"hi\" : \\""#, r#"a~say "hi" : \"#),
            (r#""nothing named""#, "~nothing named"),
        ] {
            assert_eq!(shown(&Search::parse(text).unwrap()), expected, "for {text}");
        }
    }

    #[test]
    fn problems_name_the_place_and_the_cure() {
        for (text, expected) in [
            (r#""a:1"#, "$search, character 2: this text has no closing quote"),
            (r#""a:1" b"#, "$search, character 7: expected `AND`, `OR` or the end, found `b`"),
            (
                r#""a:1" AND "#,
                r#"$search, character 11: expected `"property:text"`, found the end"#,
            ),
            (r#"("a:1""#, "$search, character 7: expected `)`, found the end"),
        ] {
            assert_eq!(Search::parse(text).unwrap_err().to_string(), expected, "for {text}");
        }
        let deep = format!("{}\"a:1\"", "(".repeat(40));
        let expected = "$search, character 34: nested deeper than 32";
        assert_eq!(Search::parse(&deep).unwrap_err().to_string(), expected);
    }
}
