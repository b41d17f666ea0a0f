//! What is wrong with a text: where, what, and how to mend it.

use crate::syntax::tree::Span;

/// At most this many problems are told of one text; the rest follow from them nearly always.
pub const PROBLEMS_COUNT_MAX: usize = 100;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The query cannot run.
    Error,
    /// It runs, and probably not as meant.
    Warning,
    /// It runs; there is a better way.
    Hint,
}

/// The stage that found it. An engine that only parses knows nothing of binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The text is not KQL.
    Parse,
    /// Names or types do not fit.
    Bind,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Kusto's number where one is known (`KS142`), or ours (`VK…`).
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Who found it.
    pub stage: Stage,
    /// Where.
    pub span: Span,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do about it: an imperative sentence, empty only where the message says it all.
    pub help: String,
}

/// Line and column of a byte, from 1; the column in UTF-16 units, as Kusto and editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, UTF-16 units.
    pub column: u32,
}

impl Position {
    /// Of the byte at `offset`; of the end of the text when it is beyond.
    pub fn of(text: &str, offset: u32) -> Self {
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.get(start..).unwrap_or_default().encode_utf16().count() + 1;
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { line: small(line), column: small(column) }
    }
}
