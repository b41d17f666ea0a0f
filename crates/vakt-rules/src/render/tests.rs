//! One file with findings of all kinds, in every form.

use serde_json::Value;
use vakt_kql::diagnostic::{Position, Severity, Stage};

use super::{Colour, json, sarif, summary, terminal};
use crate::check::{Checked, Finding};
use crate::lines::{Lines, Units};

/// A rule, and what is wrong with it: code, severity, the marked text, message, help.
const RULE: &str = "name: a\nquery: |\n  DeviceEvents // ü😀\n  | wher A == 'x'\n  | take 1 +\n";

fn finding(
    code: &'static str,
    severity: Severity,
    marked: &str,
    message: &str,
    help: &str,
) -> Finding {
    let start = RULE.find(marked).unwrap();
    let place = start..start + marked.len();
    let lines = Lines::new(RULE);
    let position = |at| {
        let place = lines.place(RULE, at, Units::Utf16);
        Position { line: place.line + 1, column: place.column + 1 }
    };
    Finding {
        code,
        severity,
        stage: if severity == Severity::Error { Stage::Parse } else { Stage::Bind },
        message: message.into(),
        help: help.into(),
        query: 1,
        start: position(place.start),
        end: position(place.end),
        place,
    }
}

fn checked() -> Checked {
    let findings = vec![
        finding("KS1", Severity::Error, "wher", "unknown operator `wher`", "did you mean `where`?"),
        finding("KS2", Severity::Warning, "😀", "a \u{1b}[31m face", ""),
        finding("KS1", Severity::Hint, "'x'\n  | take", "two lines", "write one"),
    ];
    Checked { file: "rules/a b.yaml".into(), queries: 1, findings }
}

#[test]
fn people_see_the_line_and_the_place() {
    let told = terminal(&checked(), RULE, Colour::Plain);
    assert_eq!(told, include_str!("tests/terminal.txt"), "{told}");
    let coloured = terminal(&checked(), RULE, Colour::Ansi);
    assert!(coloured.contains("\u{1b}[1m"), "{coloured:?}");
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn programs_get_one_object() {
    let clean = Checked { file: "b.kql".into(), queries: 2, findings: Vec::new() };
    let told = json(&[checked(), clean]).unwrap();
    assert_eq!(told, include_str!("tests/report.json").trim_end(), "{told}");
}

#[test]
fn code_review_gets_sarif() {
    let told = sarif(&[checked()], "1.2.3").unwrap();
    assert_eq!(told, include_str!("tests/report.sarif").trim_end(), "{told}");
    // What the format demands of a log, a run, a rule and a result.
    let log: Value = serde_json::from_str(&told).unwrap();
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!((&log["version"], &driver["name"]), (&"2.1.0".into(), &"vakt kql check".into()));
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!((rules.len(), results.len()), (2, 3));
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        for member in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[member].as_u64() >= Some(1), "{member} of {result}");
        }
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    }
    for rule in rules {
        for member in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[member]["text"].as_str().unwrap().is_empty(), "{member} of {rule}");
        }
    }
}

#[test]
fn the_last_line_counts() {
    let clean = || Checked { file: "b.kql".into(), queries: 2, findings: Vec::new() };
    for (checked, expected) in [
        (vec![], "0 files, 0 queries: no problems"),
        (vec![clean()], "1 file, 2 queries: no problems"),
        (vec![checked(), clean()], "2 files, 3 queries: 1 error, 1 warning, 1 hint"),
        (vec![checked(), checked()], "2 files, 2 queries: 2 errors, 2 warnings, 2 hints"),
    ] {
        assert_eq!(summary(&checked), expected);
    }
}
