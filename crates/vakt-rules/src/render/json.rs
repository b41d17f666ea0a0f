//! For programs: one object.
//!
//! `version` is 1; members may come, none goes. Lines and columns count from 1, columns in UTF-16
//! units; `endLine` and `endColumn` are the place after the last character. `query` is the number of
//! the query in its file, 0 where it is about the file.

use serde::Serialize;
use vakt_kql::diagnostic::{Severity, Stage};

use super::total;
use crate::check::{Checked, Finding};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    files: Vec<FileReport<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    queries: usize,
    problems: Vec<ProblemReport<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemReport<'a> {
    code: &'a str,
    severity: &'static str,
    stage: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    help: &'a str,
    query: usize,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    queries: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
}

/// What was found in files, as text of one JSON object.
pub fn json(checked: &[Checked]) -> serde_json::Result<String> {
    let files = checked.iter().map(|checked| FileReport {
        file: &checked.file,
        queries: checked.queries,
        problems: checked.findings.iter().map(problem).collect(),
    });
    let report = Report {
        version: 1,
        files: files.collect(),
        summary: Summary {
            files: checked.len(),
            queries: checked.iter().map(|file| file.queries).sum(),
            errors: total(checked, Severity::Error),
            warnings: total(checked, Severity::Warning),
            hints: total(checked, Severity::Hint),
        },
    };
    serde_json::to_string_pretty(&report)
}

fn problem(finding: &Finding) -> ProblemReport<'_> {
    ProblemReport {
        code: finding.code,
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        },
        stage: match finding.stage {
            Stage::Parse => "parse",
            Stage::Bind => "bind",
        },
        message: &finding.message,
        help: &finding.help,
        query: finding.query,
        line: finding.start.line,
        column: finding.start.column,
        end_line: finding.end.line,
        end_column: finding.end.column,
    }
}
