//! For code review: SARIF 2.1.0, as OASIS has it and as code hosts read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use vakt_kql::diagnostic::{Severity, Stage};

use crate::check::{Checked, Finding};
use crate::codes::about;

/// The schema of the format, which readers look at to know it.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What was found in files, as text of one log with one run. `version` is the tool's.
pub fn sarif(checked: &[Checked], version: &str) -> serde_json::Result<String> {
    let all = || checked.iter().flat_map(|file| file.findings.iter().map(move |one| (file, one)));
    let mut rules: BTreeMap<&str, Stage> = BTreeMap::new();
    for (_, finding) in all() {
        rules.entry(finding.code).or_insert(finding.stage);
    }
    let indices: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let results = all().map(|(file, finding)| {
        let index = indices.get(finding.code).copied().unwrap_or_default();
        result(&file.file, finding, index)
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vakt kql check",
                "version": version,
                "semanticVersion": version,
                "rules": rules.iter().map(|(code, stage)| rule(code, *stage)).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "artifacts": checked.iter().map(artifact).collect::<Vec<_>>(),
            "results": results.collect::<Vec<_>>(),
        }],
    });
    serde_json::to_string_pretty(&log)
}

fn rule(code: &str, stage: Stage) -> Value {
    let about = about(code, stage);
    let stage = match stage {
        Stage::Parse => "syntax",
        Stage::Bind => "names and types",
    };
    json!({
        "id": code,
        "shortDescription": { "text": about.title },
        "fullDescription": { "text": format!("{}. {}", about.title, about.help) },
        "help": { "text": about.help },
        "properties": { "tags": ["kql", stage] },
    })
}

fn artifact(checked: &Checked) -> Value {
    json!({ "location": { "uri": uri(&checked.file) } })
}

fn result(file: &str, finding: &Finding, rule: usize) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let message = if finding.help.is_empty() {
        finding.message.clone()
    } else {
        format!("{}\n{}", finding.message, finding.help)
    };
    json!({
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": level,
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": {
                "startLine": finding.start.line,
                "startColumn": finding.start.column,
                "endLine": finding.end.line,
                "endColumn": finding.end.column,
            },
        }}],
    })
}

/// A path as a reference by URI: relative paths stay relative, so that a code host finds the file in
/// its repository.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let relative = path.strip_prefix("./").unwrap_or(&path);
    let has_drive =
        matches!(relative.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic());
    let mut uri = match (relative.starts_with('/'), has_drive) {
        (true, _) => "file://".to_owned(),
        (_, true) => "file:///".to_owned(),
        _ => String::new(),
    };
    for byte in relative.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b':' if has_drive => uri.push(':'),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        for (path, expected) in [
            ("rules/a.kql", "rules/a.kql"),
            ("./rules/a b.kql", "rules/a%20b.kql"),
            ("rules\\ü#1.kql", "rules/%C3%BC%231.kql"),
            ("/srv/rules/a.kql", "file:///srv/rules/a.kql"),
            ("C:\\rules\\a.kql", "file:///C:/rules/a.kql"),
            ("a:b.kql", "a%3Ab.kql"),
        ] {
            assert_eq!(uri(path), expected, "{path}");
        }
    }
}
