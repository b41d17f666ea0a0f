//! What a word of a query means.

use super::columns::{self, rows_of};
use super::context::{Context, is_word};
use crate::catalog::{Catalog, CatalogFunction, Table};
use crate::registry::{Construct, Function, FunctionKind, OPERATORS, Operator, construct, find};
use crate::syntax::kinds::TokenKind;
use crate::syntax::tree::{Span, Token};

/// At most so many columns of a table are told.
const COLUMNS_SHOWN_MAX: usize = 12;

/// What is said about a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// Markdown: the first line is code, then sentences.
    pub text: String,
}

/// What the word at `offset` (bytes) means, if anything is known of it.
pub fn hover(text: &str, offset: usize, catalog: &Catalog) -> Option<Hover> {
    let offset = u32::try_from(offset.min(text.len())).ok()?;
    let parse = crate::parse(text);
    let tokens = parse.tree.tokens();
    let place = tokens.iter().position(|token| {
        is_word(token.kind) && token.span.start <= offset && offset <= token.span.end
    })?;
    let token = tokens.get(place)?;
    let word = text.get(token.span.range())?;
    let before: Vec<Token> = tokens.get(..place)?.to_vec();
    let context = Context::new(text.get(..token.span.start as usize)?, before)?;
    let called = tokens.get(place + 1).is_some_and(|next| next.kind == TokenKind::OpenParen);
    let rest = text.get(token.span.start as usize..part_end(tokens, place, text.len()))?;
    let said = Word { word, rest, called, context: &context, catalog }.describe()?;
    Some(Hover { span: token.span, text: said })
}

/// Where the part of the pipe ends in which a token is.
fn part_end(tokens: &[Token], place: usize, text_end: usize) -> usize {
    let mut depth = 0_u32;
    for token in tokens.get(place..).unwrap_or_default() {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                if depth == 0 {
                    return token.span.start as usize;
                }
                depth -= 1;
            }
            TokenKind::Bar | TokenKind::Semicolon if depth == 0 => {
                return token.span.start as usize;
            }
            _ => {}
        }
    }
    text_end
}

struct Word<'w> {
    word: &'w str,
    /// From the word to the end of its part of the pipe.
    rest: &'w str,
    called: bool,
    context: &'w Context<'w>,
    catalog: &'w Catalog,
}

impl Word<'_> {
    fn describe(&self) -> Option<String> {
        if self.context.last().is_some_and(|(kind, _)| kind == TokenKind::Dot) {
            return None;
        }
        if let Some(operator) = self.opens_part() {
            return Some(describe_construct(operator));
        }
        if self.called
            && let Some(said) = self.function()
        {
            return Some(said);
        }
        self.name().or_else(|| {
            let row = OPERATORS
                .iter()
                .find(|row| row.text == self.word || row.spellings.contains(&self.word));
            row.map(describe_operator).or_else(|| construct(self.word).map(describe_construct))
        })
    }

    /// The operator, source or statement that begins with this word here.
    fn opens_part(&self) -> Option<&'static Construct> {
        let level = self.context.levels.last()?;
        let begins = self.context.tokens.len() == level.part();
        if begins && (level.bar.is_some() || self.catalog.table(self.word).is_none()) {
            return construct(self.word);
        }
        None
    }

    fn function(&self) -> Option<String> {
        if let Some(function) = self.catalog.function(self.word) {
            return Some(describe_catalog_function(function));
        }
        let last = self.context.last().map(|(_, text)| text);
        let kinds = match last {
            Some("evaluate") => [FunctionKind::Plugin, FunctionKind::Scalar],
            _ if self.context.takes_aggregates() => [FunctionKind::Aggregate, FunctionKind::Scalar],
            _ => [FunctionKind::Scalar, FunctionKind::Aggregate],
        };
        kinds.into_iter().find_map(|kind| find(kind, self.word)).map(describe_function)
    }

    /// A `let`, a column or a table.
    fn name(&self) -> Option<String> {
        if self.context.lets().iter().any(|(name, _)| *name == self.word) {
            return Some(format!("```kql\nlet {}\n```\nA name of this query.", self.word));
        }
        let in_scope = self.context.columns(self.catalog);
        if let Some(column) = columns::find(&in_scope, self.word) {
            return Some(format!("```kql\n{}: {}\n```\nA column.", column.name, column.ty));
        }
        if let Some(table) = self.catalog.table(self.word) {
            return Some(describe_table(table));
        }
        let made = self.made_here()?;
        Some(format!("```kql\n{}: {made}\n```\nA column.", self.word))
    }

    /// The type of a column that the part at the cursor makes: `extend ThisOne = …`.
    fn made_here(&self) -> Option<String> {
        let rows = rows_of(&self.context.query_to_cursor(self.rest)?, self.catalog);
        columns::find(&rows, self.word).map(|column| column.ty.to_string())
    }
}

fn describe_construct(row: &'static Construct) -> String {
    let mut text = format!("```kql\n{}\n```\n{}", row.name, row.summary);
    for option in row.options.iter().filter(|option| !option.hidden) {
        text.push_str(&format!("\n- `{}`", option.describe()));
    }
    text
}

fn describe_function(row: &'static Function) -> String {
    let mut text = format!("```kql\n{}\n```\n{}", row.signatures().join("\n"), row.summary);
    if let (true, Some(other)) = (row.deprecated, row.alternative) {
        text.push_str(&format!(" Write `{other}` instead."));
    }
    text
}

fn describe_operator(row: &'static Operator) -> String {
    format!("```kql\n{}\n```\n{}", row.signatures().join("\n"), row.summary)
}

fn describe_catalog_function(function: &CatalogFunction) -> String {
    let parameters: Vec<String> = function
        .parameters
        .iter()
        .map(|parameter| {
            let optional = if parameter.default.is_some() { "?" } else { "" };
            format!("{}{optional}: {}", parameter.name, parameter.ty)
        })
        .collect();
    format!("```kql\n{}({})\n```\n{}", function.name, parameters.join(", "), function.summary)
}

fn describe_table(table: &Table) -> String {
    let shown = table.columns.iter().filter(|column| !column.implicit).take(COLUMNS_SHOWN_MAX);
    let names: Vec<&str> = shown.map(|column| &*column.name).collect();
    let more = if table.columns.len() > COLUMNS_SHOWN_MAX { ", …" } else { "" };
    let count = table.columns.iter().filter(|column| !column.implicit).count();
    format!("```kql\n{}\n```\nA table of {count} columns: {}{more}", table.name, names.join(", "))
}
