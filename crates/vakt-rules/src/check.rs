//! Binds every query of a file, and says where in the file its problems are.

use std::ops::Range;

use vakt_kql::catalog::Catalog;
use vakt_kql::diagnostic::{Position, Problem, Severity, Stage};

use crate::find::{self, Found};
use crate::kind::FileKind;
use crate::lines::{Lines, Units};
use crate::query::Query;

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its name, as it was named.
    pub file: String,
    /// How many queries are in it.
    pub queries: usize,
    /// What is wrong, in the order of the file.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Kusto's number where one is known (`KS142`), or ours (`VK…`).
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Who found it.
    pub stage: Stage,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it; empty where the message says it all.
    pub help: String,
    /// Which query of the file, from 1; 0 for the file itself.
    pub query: usize,
    /// Where, in bytes of the file's text.
    pub place: Range<usize>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the place after the last character.
    pub end: Position,
}

/// The code of a file that cannot be read on.
pub const BROKEN_FILE: &str = "VK900";

/// Looks at every query of a file.
///
/// ```
/// use vakt_kql::catalog::Catalog;
/// use vakt_rules::{FileKind, check};
///
/// let checked = check("hunt.kql", FileKind::Plain, "DeviceEvents | take 1", Catalog::hunting());
/// assert_eq!((checked.queries, checked.findings), (1, Vec::new()));
/// ```
pub fn check(file: &str, kind: FileKind, text: &str, catalog: &Catalog) -> Checked {
    let Found { queries, broken } = find::queries(kind, text);
    let lines = Lines::new(text);
    let mut findings = Vec::new();
    for (number, query) in (1..).zip(&queries) {
        let bound = vakt_kql::bind(&vakt_kql::parse(&query.text), catalog);
        let of_query = bound.problems.into_iter();
        findings.extend(of_query.map(|problem| found_in(problem, number, query, text, &lines)));
    }
    if let Some(broken) = broken {
        let (start, end) = ends(text, &lines, &broken.place);
        findings.push(Finding {
            code: BROKEN_FILE,
            severity: Severity::Error,
            stage: Stage::Parse,
            message: broken.reason,
            help: "queries behind this place were not looked at; mend the file first".into(),
            query: 0,
            place: broken.place,
            start,
            end,
        });
    }
    Checked { file: file.to_owned(), queries: queries.len(), findings }
}

/// A problem of a query as one of its file.
pub fn found_in(
    problem: Problem,
    number: usize,
    query: &Query,
    text: &str,
    lines: &Lines,
) -> Finding {
    let Problem { code, severity, stage, span, message, help } = problem;
    let place = query.in_file(span.range());
    let (start, end) = ends(text, lines, &place);
    Finding { code, severity, stage, message, help, query: number, place, start, end }
}

fn ends(text: &str, lines: &Lines, place: &Range<usize>) -> (Position, Position) {
    let position = |at| {
        let place = lines.place(text, at, Units::Utf16);
        Position { line: place.line + 1, column: place.column + 1 }
    };
    (position(place.start), position(place.end))
}
