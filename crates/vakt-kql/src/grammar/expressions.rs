//! Scalar expressions by precedence. From weak to strong: `or`, `and`, equality and `in`, order,
//! `+ -`, `* / %`, the string operators, sign. Equality, order and string operators do not chain.

use super::lists::List;
use super::names::Naming;
use super::{K, Mark, N, Parser, T};

/// How strongly an operator binds.
type Level = u8;

const OR: Level = 1;
const AND: Level = 2;
const EQUALITY: Level = 3;
const ORDER: Level = 4;
const SUM: Level = 5;
const PRODUCT: Level = 6;
const STRING: Level = 7;

/// What an operator builds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Binary,
    Column,
    In,
    Between,
}

/// Words and dashes of a name that should be in brackets, as `process-command-line`.
const DASHED_TOKENS_MAX: usize = 64;

const OPERAND: &str = "write a column, a literal or a function call";

impl Parser {
    /// Name `=` expression, `(a, b)` `=` expression, or an expression.
    pub(super) fn named(&mut self) -> bool {
        let length = self.new_name_length();
        if length > 0 && self.kind_at(length) == T::Equal {
            let since = self.begin();
            self.name(N::Name, Naming::Given);
            return self.named_value(since, N::Named);
        }
        if self.dashed_name() {
            return true;
        }
        let length = self.name_list_length();
        if length > 0 && self.kind_at(length) == T::Equal {
            let since = self.begin();
            self.name_list();
            return self.named_value(since, N::CompoundNamed);
        }
        self.unnamed()
    }

    fn named_value(&mut self, since: super::Checkpoint, kind: N) -> bool {
        self.bump();
        self.required_unnamed("an expression after `=`", OPERAND);
        self.close(since, kind);
        true
    }

    /// A name in the place of a new one. A keyword that only is a name where names are used is not.
    fn new_name_length(&self) -> usize {
        match self.kind() {
            T::OpenBracket | T::OpenBrace => self.name_length(0),
            _ => usize::from(self.is_given_name(0)),
        }
    }

    /// `a-b = …` and `kind = …`: names that need brackets; told, and read as names.
    fn dashed_name(&mut self) -> bool {
        if !self.is_word_here() {
            return false;
        }
        let mut length = 1;
        let part = |kind: T| Self::is_word_kind(kind) || kind == T::Minus;
        while length < DASHED_TOKENS_MAX && part(self.kind_at(length)) && self.is_glued(length) {
            length += 1;
        }
        if self.kind_at(length) != T::Equal {
            return false;
        }
        let end = self.span_at(length - 1).end;
        let span = super::Span::new(self.span_at(0).start, end);
        let text = self.slice(span).to_owned();
        let message = format!("`{text}` cannot be a name here");
        self.tell("KS228", span, message, &format!("write `['{text}']`"));
        let since = self.begin();
        self.bump_many(length, N::Name);
        self.named_value(since, N::Named)
    }

    /// Length of `(a, b)`.
    fn name_list_length(&self) -> usize {
        if !self.at(T::OpenParen) {
            return 0;
        }
        let mut at = 1;
        loop {
            let length = match self.kind_at(at) {
                T::OpenBracket | T::OpenBrace => self.name_length(at),
                _ => usize::from(self.is_given_name(at)),
            };
            if length == 0 {
                break;
            }
            at += length;
            if self.kind_at(at) != T::Comma {
                break;
            }
            at += 1;
        }
        if self.kind_at(at) == T::CloseParen { at + 1 } else { 0 }
    }

    fn name_list(&mut self) {
        let since = self.begin();
        self.opening(T::OpenParen, "the names");
        let name = |parser: &mut Self| parser.name(N::Name, Naming::Given);
        self.list(List::of("a name", name).required());
        self.closing(T::CloseParen);
        self.close(since, N::NameList);
    }

    pub(super) fn required_unnamed(&mut self, what: &str, help: &str) {
        if !self.unnamed() {
            self.want(what, help);
        }
    }

    pub(super) fn required_named(&mut self, what: &str, help: &str) {
        if !self.named() {
            self.want(what, help);
        }
    }

    /// A scalar expression without a name, or a source of rows without a pipe.
    pub(super) fn unnamed(&mut self) -> bool {
        if !self.enter() {
            return false;
        }
        let found = self.binary(OR);
        self.leave();
        found
    }

    fn binary(&mut self, min: Level) -> bool {
        let since = self.begin();
        let mut max = STRING;
        if self.at(T::Star) {
            match self.star_operand(min) {
                Some(reached) => max = reached,
                None => return false,
            }
        } else if !self.signed() {
            return false;
        }
        while let Some((level, shape)) = self.binary_operator() {
            if level < min || level > max {
                break;
            }
            match shape {
                Shape::Binary => self.right_side(level, since, N::Binary),
                Shape::Column => self.right_side(level, since, N::ColumnIs),
                Shape::In => self.in_list(since),
                Shape::Between => self.between(since),
            }
            max = if matches!(level, EQUALITY | ORDER | STRING) { level - 1 } else { level };
        }
        true
    }

    /// `* has "x"`, `* == "x"`: all columns. Gives the level that may follow.
    fn star_operand(&mut self, min: Level) -> Option<Level> {
        let since = self.begin();
        if matches!(self.kind_at(1), T::EqualTilde | T::BangTilde | T::Colon)
            || self.word_at(1) == K::StringOperator
        {
            let kind = if self.kind_at(1) == T::Colon { N::ColumnIs } else { N::Binary };
            self.bump_as(N::Star);
            self.right_side(STRING, since, kind);
            return Some(STRING - 1);
        }
        if self.kind_at(1) == T::EqualEqual && min <= EQUALITY {
            self.bump_as(N::Star);
            self.right_side(EQUALITY, since, N::Binary);
            return Some(EQUALITY - 1);
        }
        None
    }

    fn binary_operator(&self) -> Option<(Level, Shape)> {
        let level = match self.kind() {
            T::Word | T::SignedWord | T::DashedWord => return self.word_operator(),
            T::EqualEqual | T::BangEqual | T::LessGreater => EQUALITY,
            T::Less | T::LessEqual | T::Greater | T::GreaterEqual => ORDER,
            T::Plus | T::Minus => SUM,
            T::Star | T::Slash | T::Percent => PRODUCT,
            T::EqualTilde | T::BangTilde => STRING,
            T::Colon => return Some((STRING, Shape::Column)),
            _ => return None,
        };
        Some((level, Shape::Binary))
    }

    fn word_operator(&self) -> Option<(Level, Shape)> {
        Some(match self.word() {
            K::Or => (OR, Shape::Binary),
            K::And => (AND, Shape::Binary),
            K::StringOperator => (STRING, Shape::Binary),
            K::In if self.word_at(1) != K::Range => (EQUALITY, Shape::In),
            K::InOperator => (EQUALITY, Shape::In),
            K::BetweenOperator => (EQUALITY, Shape::Between),
            _ => return None,
        })
    }

    fn right_side(&mut self, level: Level, since: super::Checkpoint, kind: N) {
        let operator = self.span_at(0);
        self.bump();
        let found = if level == STRING { self.signed() } else { self.binary(level + 1) };
        if !found {
            let operator = self.slice(operator);
            self.want(&format!("a value after `{operator}`"), OPERAND);
        }
        self.close(since, kind);
    }

    fn in_list(&mut self, since: super::Checkpoint) {
        self.bump();
        let list = self.begin();
        let opened =
            self.expect(T::OpenParen, "(", "put the values in parentheses, as `in (1, 2)`");
        if opened {
            self.opened(T::OpenParen);
        }
        if opened && self.is_query_ahead() {
            if !self.pipe() {
                self.want("a query", "write a table or a list of values");
            }
        } else {
            let element = List::of("a value", Self::unnamed).required();
            self.list(if opened { element } else { element.open_ended() });
        }
        if opened {
            self.closing(T::CloseParen);
        }
        self.close(list, N::List);
        self.close(since, N::In);
    }

    /// Whether the list that was just opened holds a query: it begins with an operator, or a `|`
    /// comes before a `,` and before its end.
    fn is_query_ahead(&mut self) -> bool {
        if self.possible_operator() {
            return true;
        }
        if self.queries.is_none() {
            self.queries = Some(find_queries(&self.marks));
        }
        let open = self.pos.saturating_sub(1);
        self.queries.as_ref().is_some_and(|queries| queries.binary_search(&open).is_ok())
    }

    fn between(&mut self, since: super::Checkpoint) {
        let help = "write `between (low .. high)`";
        self.bump();
        if self.expect(T::OpenParen, "(", help) {
            self.opened(T::OpenParen);
            self.required_unnamed("the lower bound", help);
            self.expect(T::DotDot, "..", help);
            self.required_unnamed("the upper bound", help);
            self.closing(T::CloseParen);
        }
        self.close(since, N::Between);
    }
}

/// The opening parentheses that hold a `|` before any `,` of their own, in the order of the text. All
/// at once, so that nested lists do not look ahead again and again.
fn find_queries(marks: &[Mark]) -> Vec<usize> {
    let mut queries = Vec::new();
    // Open parentheses; those that are decided hold nothing any more.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark.kind {
            T::OpenParen => open.push(Some(index)),
            T::CloseParen => drop(open.pop()),
            T::Comma => drop(open.last_mut().and_then(Option::take)),
            T::Bar => queries.extend(open.last_mut().and_then(Option::take)),
            T::Semicolon => open.clear(),
            _ => {}
        }
    }
    queries.sort_unstable();
    queries
}
