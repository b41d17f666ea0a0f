//! What may be written at a place of a query, for editors; and what a word there means ([`hover`]).

mod columns;
mod context;
mod hover;
mod offers;
mod place;

pub use hover::{Hover, hover};

use context::Context;
use offers::Offers;

use crate::catalog::Catalog;
use crate::syntax::tree::Span;

/// At most so many are offered: an editor shows a few and asks again when more is typed.
pub const COMPLETIONS_COUNT_MAX: usize = 1000;

/// What a completion is, for its icon and order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A column in scope.
    Column,
    /// A word that a parameter or option takes: `leftouter`, `columnchart`.
    Value,
    /// A name of a `let`.
    Let,
    /// A word of the operator at hand: `by`, `on`, `asc`.
    Keyword,
    /// An option of the operator at hand: `kind=`.
    Option,
    /// A tabular operator.
    Operator,
    /// A source or statement.
    Statement,
    /// A table.
    Table,
    /// A function of the catalog: `FileProfile`.
    CatalogFunction,
    /// An aggregate.
    Aggregate,
    /// A plugin.
    Plugin,
    /// A scalar function.
    Function,
    /// An operator between values: `has_any`.
    ScalarOperator,
    /// A type.
    Type,
}

/// One thing that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What a person sees.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// One line about it: a type, a call, a sentence. May be empty.
    pub detail: String,
    /// What is written in place of [`Self::replace`].
    pub insert: String,
    /// The word that was begun; empty where the cursor is.
    pub replace: Span,
}

/// What may be written at `offset` (bytes; a place within a character counts as before it): the best
/// first, only what begins as the word at the cursor, in any case.
pub fn complete(text: &str, offset: usize, catalog: &Catalog) -> Vec<Completion> {
    let Some(context) = context_at(text, offset) else { return Vec::new() };
    let mut offers = Offers::new(&context, catalog);
    offers.at(context.place());
    offers.finish()
}

fn context_at(text: &str, offset: usize) -> Option<Context<'_>> {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end)?;
    Context::new(before, crate::parse(before).tree.tokens().to_vec())
}
