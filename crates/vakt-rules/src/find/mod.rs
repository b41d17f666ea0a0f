//! Finds the queries of a file, each with its place.

mod align;
mod markdown;
mod plain;
mod yaml;

use std::ops::Range;

use crate::kind::FileKind;
use crate::query::Query;

/// Most queries of one file that are looked at.
pub const QUERIES_COUNT_MAX: usize = 10_000;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its queries, in order.
    pub queries: Vec<Query>,
    /// Why it could not be read to its end.
    pub broken: Option<Broken>,
}

/// Where and why a file could not be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The place, in bytes.
    pub place: Range<usize>,
    /// The reason: lower case, no full stop.
    pub reason: String,
}

/// The queries of a file.
///
/// ```
/// use vakt_rules::{FileKind, find};
///
/// let page = "# Hunt\n\n```kql\nDeviceEvents\n| take 1\n```\n";
/// let found = find::queries(FileKind::Markdown, page);
/// assert_eq!(found.queries[0].text, "DeviceEvents\n| take 1\n");
/// assert_eq!(found.queries[0].in_file(0..12), 15..27);
/// ```
pub fn queries(kind: FileKind, text: &str) -> Found {
    let mut found = match kind {
        FileKind::Plain => Found { queries: plain::queries(text), broken: None },
        FileKind::Markdown => Found { queries: markdown::queries(text), broken: None },
        FileKind::Yaml => yaml::queries(text),
    };
    if let Some(first_left) = found.queries.get(QUERIES_COUNT_MAX) {
        let reason = format!("more than {QUERIES_COUNT_MAX} queries; the rest was not looked at");
        found.broken = Some(Broken { place: first_left.place(), reason });
        found.queries.truncate(QUERIES_COUNT_MAX);
    }
    found
}

/// Does a text that nobody says is a query look like one? A line of it begins with a bar and an
/// operator.
pub fn looks_like_query(text: &str) -> bool {
    text.lines().any(|line| {
        let after_bar = line.trim_start().strip_prefix('|').map(str::trim_start);
        let word = after_bar
            .and_then(|rest| rest.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).next());
        word.is_some_and(|word| USUAL_OPERATORS.contains(&word))
    })
}

/// What nearly every query has one of; rarer ones do not come alone.
const USUAL_OPERATORS: &[&str] = &[
    "where",
    "filter",
    "extend",
    "project",
    "project-away",
    "project-keep",
    "project-rename",
    "project-reorder",
    "summarize",
    "join",
    "lookup",
    "union",
    "distinct",
    "sort",
    "order",
    "top",
    "take",
    "limit",
    "count",
    "mv-expand",
    "mv-apply",
    "make-series",
    "parse",
    "evaluate",
    "invoke",
    "render",
    "search",
];

#[cfg(test)]
mod tests;
