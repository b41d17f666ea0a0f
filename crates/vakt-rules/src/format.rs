//! Formats the queries of a file, and nothing else of it.

use std::ops::Range;

use vakt_kql::diagnostic::{Severity, Stage};

use crate::check::{Finding, found_in};
use crate::find;
use crate::kind::FileKind;
use crate::lines::Lines;
use crate::query::Query;

/// A file with its queries formatted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The whole file.
    pub text: String,
    /// Of each query that is no KQL and was left as it is, what is wrong first.
    pub broken: Vec<Finding>,
}

/// Formats every query of a file. Around them nothing changes: comments before and between them,
/// Markdown, other keys. A query in YAML that is quoted or folded is left as it is.
///
/// ```
/// use vakt_rules::{FileKind, format};
///
/// let formatted = format(FileKind::Plain, "DeviceEvents|take 5");
/// assert_eq!(formatted.text, "DeviceEvents\n| take 5\n");
/// ```
pub fn format(kind: FileKind, text: &str) -> Formatted {
    let lines = Lines::new(text);
    let mut formatted = Formatted { text: String::with_capacity(text.len()), broken: Vec::new() };
    let mut done = 0;
    for (number, query) in (1..).zip(&find::queries(kind, text).queries) {
        let Some((place, prefix)) = as_lines(query, text) else { continue };
        let parse = vakt_kql::parse(&query.text);
        let wrong = parse
            .problems
            .iter()
            .find(|problem| problem.stage == Stage::Parse && problem.severity == Severity::Error);
        if let Some(problem) = wrong {
            formatted.broken.push(found_in(problem.clone(), number, query, text, &lines));
            continue;
        }
        let Some(written) = vakt_kql::format::format(&parse) else { continue };
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        formatted.text.push_str(text.get(done..place.start).unwrap_or_default());
        lay(written.trim_end(), &prefix, line_end, &mut formatted.text);
        done = place.end;
    }
    formatted.text.push_str(text.get(done..).unwrap_or_default());
    if kind == FileKind::Plain && !formatted.text.is_empty() && !formatted.text.ends_with('\n') {
        formatted.text.push('\n');
    }
    formatted
}

/// The place of a query without the blanks around it, and what stands before each of its lines but the
/// first: only where that is all that parts the file from the query.
fn as_lines(query: &Query, text: &str) -> Option<(Range<usize>, String)> {
    let inside = query.text.len() - query.text.trim_start().len();
    let trimmed = query.text.trim();
    let place = query.in_file(inside..inside + trimmed.len());
    let line = text.get(..place.start)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(line..place.start)?;
    let prefix = if before.chars().all(|c| matches!(c, ' ' | '\t' | '>')) { before } else { "" };
    let source = text.get(place.clone())?;
    let mut written = source.lines().enumerate();
    for line in trimmed.lines() {
        let (number, of_file) = written.next()?;
        let blank = of_file.trim_matches([' ', '\t', '>']).is_empty();
        let of_query = match (number, of_file.strip_prefix(prefix)) {
            (0, _) => of_file,
            (_, Some(rest)) => rest,
            (_, None) if blank => "",
            _ => return None,
        };
        if of_query.trim_end() != line.trim_end() {
            return None;
        }
    }
    Some((place, prefix.to_owned()))
}

fn lay(formatted: &str, prefix: &str, line_end: &str, into: &mut String) {
    for (number, line) in formatted.lines().enumerate() {
        if number > 0 {
            into.push_str(line_end);
            if !line.is_empty() {
                into.push_str(prefix);
            }
        }
        into.push_str(line);
    }
}
