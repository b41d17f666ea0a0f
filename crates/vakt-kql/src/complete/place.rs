//! What is wanted at the cursor.

use super::context::{Bracket, Context, Level, is_word};
use crate::registry::{CHARTS, Construct, NamedOption, OPERATORS, OptionValue, construct};
use crate::syntax::kinds::TokenKind;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place<'t> {
    /// Nothing that could be offered: a new name, a number, text.
    Nothing,
    /// A statement, or rows.
    Statement,
    /// Rows, or options of the operator.
    Rows(Option<&'static Construct>),
    /// The value of a `let`: rows or a value.
    LetValue,
    /// An operator.
    Operator,
    /// A value for an option.
    Values(&'static [&'static str]),
    /// Options of a construct, in a `with (…)`.
    Options(&'static Construct),
    /// A plugin.
    Plugin(&'static Construct),
    /// A function over rows.
    Invoked,
    /// A type.
    Type,
    /// Only columns.
    Columns(&'static Construct),
    /// A value, of which aggregates may be a part; at the first place options too.
    Value { aggregates: bool, options: Option<&'static Construct> },
    /// An argument of a function, by its number; rows too where they may be.
    Argument { function: &'t str, number: usize, aggregates: bool },
    /// An item of a list: values and rows.
    Item,
    /// A condition of a join: at this depth, behind this `on`.
    On { depth: usize, on: usize },
    /// Behind a value: operators and words of the construct.
    AfterValue(Option<&'static Construct>),
    /// Words of the construct only.
    Words(&'static [&'static str]),
}

impl<'t> Context<'t> {
    /// What is wanted at the cursor.
    pub(super) fn place(&self) -> Place<'t> {
        if self.in_unclosed_text() || self.in_member() {
            return Place::Nothing;
        }
        let depth = self.levels.len() - 1;
        let Some(level) = self.levels.get(depth) else { return Place::Nothing };
        match self.bracket(depth) {
            Bracket::Statements | Bracket::Pipe | Bracket::Implicit => self.in_pipe(depth, level),
            Bracket::Call(function) if !self.after_value() => Place::Argument {
                function,
                number: level.commas,
                aggregates: self.takes_aggregates(),
            },
            Bracket::List if !self.after_value() => Place::Item,
            Bracket::Options(construct) => self.in_options(construct),
            Bracket::Schema => match self.last() {
                Some((TokenKind::Colon, _)) => Place::Type,
                _ => Place::Nothing,
            },
            Bracket::Type => Place::Type,
            Bracket::Call(_) | Bracket::List | Bracket::Group => self.value(None),
        }
    }

    fn in_unclosed_text(&self) -> bool {
        let Some((TokenKind::String, text)) = self.last() else { return false };
        let quotes = text.trim_start_matches(['h', 'H', '@']);
        let quote = quotes.chars().next().unwrap_or('"');
        quotes.len() < 2 || !text.ends_with(quote)
    }

    /// Behind the dot of a value, of whose inside nothing is offered.
    fn in_member(&self) -> bool {
        let side = self.tokens.len().checked_sub(2).and_then(|place| self.word(place));
        let dot = self.last().is_some_and(|(kind, _)| kind == TokenKind::Dot);
        dot && !matches!(side, Some("$left" | "$right"))
    }

    fn in_pipe(&self, depth: usize, level: &Level) -> Place<'t> {
        let implicit = self.bracket(depth) == Bracket::Implicit;
        if self.tokens.len() == level.part() {
            return match level.bar {
                Some(_) => Place::Operator,
                None if implicit => Place::Operator,
                None if level.first > level.statement => Place::LetValue,
                None if self.bracket(depth) == Bracket::Statements => Place::Statement,
                None => Place::Rows(None),
            };
        }
        if self.word(level.statement) == Some("let") && level.first == level.statement {
            return Place::Nothing;
        }
        match self.operator(level) {
            Some(operator) => self.in_operator(depth, level, operator),
            None if level.bar.is_none() => self.value(None),
            None => Place::Nothing,
        }
    }

    fn in_operator(&self, depth: usize, level: &Level, operator: &'static Construct) -> Place<'t> {
        if let Some(place) = self.option_value(operator) {
            return place;
        }
        if self.last() == Some((TokenKind::Word, "to")) && operator.name.starts_with("mv-") {
            return Place::Words(&["typeof"]);
        }
        let opens = self.tokens.len() == level.part() + 1;
        let on = self.clause(level, "on");
        match operator.name {
            "render" if opens => Place::Values(CHARTS),
            "render" => Place::Words(&["with"]),
            "evaluate" if opens => Place::Plugin(operator),
            "invoke" if opens => Place::Invoked,
            "union" if !self.after_value() => Place::Rows(Some(operator)),
            "join" | "lookup" if on.is_none() && !self.behind_rows(level) => {
                Place::Rows(Some(operator))
            }
            "join" | "lookup" => match on {
                Some(on) if !self.after_value() => Place::On { depth, on },
                Some(_) => Place::AfterValue(Some(operator)),
                None => Place::Words(&["on"]),
            },
            "externaldata" if self.after_value() => Place::Words(&["with"]),
            "as" | "take" | "sample" | "count" | "getschema" | "consume" | "evaluate" | "set"
            | "declare" | "alias" | "restrict" | "datatable" | "externaldata" => Place::Nothing,
            "distinct" | "project-away" | "project-keep" | "project-reorder"
                if !self.after_value() =>
            {
                Place::Columns(operator)
            }
            "sort" | "partition" | "reduce" | "facet" if opens => Place::Words(&["by"]),
            "parse" | "parse-where" if self.clause(level, "with").is_some() => Place::Nothing,
            "range" if opens => Place::Nothing,
            _ if opens => {
                Place::Value { aggregates: takes_aggregates(operator), options: Some(operator) }
            }
            _ => self.value(Some(operator)),
        }
    }

    /// Behind the `=` of an option.
    fn option_value(&self, operator: &'static Construct) -> Option<Place<'t>> {
        let equal = self.tokens.len().checked_sub(1)?;
        if self.tokens.get(equal)?.kind != TokenKind::Equal {
            return None;
        }
        let option = self.option_before(equal, operator)?;
        Some(match option.value {
            OptionValue::Word(words) | OptionValue::WordOrNumber(words) => Place::Values(words),
            OptionValue::Bool => Place::Values(&["true", "false"]),
            OptionValue::Column | OptionValue::Columns => Place::Columns(operator),
            _ => Place::Nothing,
        })
    }

    /// The option whose name ends before this token: one word, or words with dots between.
    fn option_before(&self, equal: usize, of: &'static Construct) -> Option<&'static NamedOption> {
        let end = self.tokens.get(equal.checked_sub(1)?)?.span.end;
        of.options.iter().find(|option| {
            self.text.get(..end as usize).is_some_and(|before| {
                let rest = before.strip_suffix(option.name);
                rest.is_some_and(|rest| rest.ends_with([' ', '\n', '\t', '(', ',']))
            })
        })
    }

    fn in_options(&self, operator: &'static Construct) -> Place<'t> {
        match self.last() {
            Some((TokenKind::OpenParen | TokenKind::Comma, _)) => Place::Options(operator),
            _ => self.option_value(operator).unwrap_or(Place::Nothing),
        }
    }

    fn value(&self, operator: Option<&'static Construct>) -> Place<'t> {
        if self.after_value() {
            return Place::AfterValue(operator);
        }
        Place::Value { aggregates: self.takes_aggregates(), options: None }
    }

    /// Whether the innermost operator is one that aggregates, and not yet at its keys.
    pub(super) fn takes_aggregates(&self) -> bool {
        let operators = self.levels.iter().rev().find_map(|level| {
            let operator = self.operator(level)?;
            Some((operator, self.clause(level, "by").is_some()))
        });
        operators.is_some_and(|(operator, keys)| {
            takes_aggregates(operator) && (!keys || operator.name == "top-nested")
        })
    }

    /// Whether what stands before the cursor is a whole value.
    pub(super) fn after_value(&self) -> bool {
        let Some((kind, text)) = self.last() else { return false };
        match kind {
            TokenKind::CloseParen
            | TokenKind::CloseBracket
            | TokenKind::Integer
            | TokenKind::Real
            | TokenKind::Timespan
            | TokenKind::String
            | TokenKind::TypedLiteral
            | TokenKind::RawGuid
            | TokenKind::Bool => true,
            kind if is_word(kind) => !is_connective(text) && !self.opens_part(),
            _ => false,
        }
    }

    /// Whether the last token is the word that names the operator.
    fn opens_part(&self) -> bool {
        let Some(level) = self.levels.last() else { return false };
        self.tokens.len() == level.part() + 1
            && self.word(level.part()).is_some_and(|word| construct(word).is_some())
    }

    /// Whether the rows of a join are already there.
    fn behind_rows(&self, level: &Level) -> bool {
        let Some(last) = self.tokens.len().checked_sub(1) else { return false };
        if last <= level.part() {
            return false;
        }
        let before = last.checked_sub(1).and_then(|place| self.tokens.get(place));
        let option = before.is_some_and(|token| token.kind == TokenKind::Equal);
        self.after_value() && !option
    }
}

/// A word that stands between values, or before one.
fn is_connective(word: &str) -> bool {
    matches!(
        word,
        "by" | "on" | "with" | "of" | "from" | "to" | "step" | "where" | "default" | "regex"
    ) || OPERATORS.iter().any(|row| row.text == word || row.spellings.contains(&word))
        || word == "matches"
}

fn takes_aggregates(operator: &Construct) -> bool {
    matches!(operator.name, "summarize" | "make-series" | "top-nested")
}
