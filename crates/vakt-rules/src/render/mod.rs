//! How findings are told: to people with the line of source, to programs as JSON, to code review as
//! SARIF.

mod json;
mod sarif;
mod terminal;

use vakt_kql::diagnostic::Severity;

use crate::check::Checked;

pub use json::json;
pub use sarif::sarif;
pub use terminal::{Colour, terminal};

/// The one line that ends a check: `2 files, 5 queries: 1 error, 3 warnings`.
pub fn summary(checked: &[Checked]) -> String {
    let queries = checked.iter().map(|file| file.queries).sum();
    let parts: Vec<String> = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Hint, "hint", "hints"),
    ]
    .into_iter()
    .map(|(severity, one, many)| (total(checked, severity), one, many))
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(count, one, many))
    .collect();
    let found = if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") };
    let files = counted(checked.len(), "file", "files");
    format!("{files}, {}: {found}", counted(queries, "query", "queries"))
}

/// How many findings of a severity there are in all files.
pub fn total(checked: &[Checked], severity: Severity) -> usize {
    checked.iter().map(|file| file.count(severity)).sum()
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests;
