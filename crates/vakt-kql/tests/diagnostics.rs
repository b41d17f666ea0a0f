//! Wrong queries, and what is said of each: where, what, and how to mend it.
//!
//! `diagnostics/*.txt` hold them: a title after `######`, the query, `---`, then the problems. After a
//! change of words, `cargo test -p vakt-kql --test diagnostics -- --ignored` writes them anew; read the
//! difference before it is kept.

use std::path::PathBuf;

use vakt_kql::catalog::Catalog;
use vakt_kql::diagnostic::{Position, Severity};

/// What begins a case.
const MARK: &str = "###### ";
/// At least so many wrong queries are kept.
const CASES_MIN: usize = 150;

#[test]
fn words_of_other_languages_and_slips() {
    check("foreign.txt");
}

#[test]
fn wrong_names() {
    check("names.txt");
}

#[test]
fn wrong_syntax() {
    check("syntax.txt");
}

#[test]
fn wrong_types() {
    check("types.txt");
}

#[test]
fn there_are_many() {
    let count: usize = FILES.iter().map(|file| cases(&read(file)).len()).sum();
    assert!(count >= CASES_MIN, "{count} cases");
}

#[test]
#[ignore = "writes the expectations anew"]
fn write_anew() {
    for file in FILES {
        let mut text = String::new();
        for case in cases(&read(file)) {
            let separator = if text.is_empty() { "" } else { "\n" };
            let (title, query) = (&case.title, &case.query);
            text.push_str(&format!("{separator}{MARK}{title}\n{query}\n---\n{}", told(query)));
        }
        std::fs::write(path(file), text).unwrap();
    }
}

const FILES: [&str; 4] = ["foreign.txt", "names.txt", "syntax.txt", "types.txt"];

struct Case {
    title: String,
    query: String,
    expected: String,
}

fn check(file: &str) {
    let mut wrong = String::new();
    for case in cases(&read(file)) {
        let told = told(&case.query);
        if told.is_empty() {
            wrong.push_str(&format!("{}: nothing is said\n\n", case.title));
        }
        if told != case.expected {
            let Case { title, query, expected } = case;
            wrong.push_str(&format!("{title}: {query}\nexpected:\n{expected}told:\n{told}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The problems of a query, two lines each.
fn told(query: &str) -> String {
    let parse = vakt_kql::parse(query);
    let bound = vakt_kql::bind(&parse, Catalog::hunting());
    let mut lines = String::new();
    for problem in &bound.problems {
        let Position { line, column } = Position::of(query, problem.span.start);
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        lines.push_str(&format!(
            "{line}:{column} {severity} {}: {}\n",
            problem.code, problem.message
        ));
        if !problem.help.is_empty() {
            lines.push_str(&format!("    {}\n", problem.help));
        }
    }
    lines
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics").join(file)
}

fn read(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap_or_default()
}

fn cases(text: &str) -> Vec<Case> {
    let cases = text.split(MARK).filter(|part| !part.trim().is_empty());
    cases
        .map(|part| {
            let (head, expected) = part.split_once("\n---\n").unwrap_or((part, ""));
            let (title, query) = head.split_once('\n').unwrap_or((head, ""));
            let expected = expected.trim_end();
            let expected =
                if expected.is_empty() { String::new() } else { format!("{expected}\n") };
            Case { title: title.to_owned(), query: query.to_owned(), expected }
        })
        .collect()
}
