//! `docs/reference/kql.md` is made from the registry, and covers the pages of Microsoft's reference.

mod page;

use std::fs;
use std::path::{Path, PathBuf};

use vakt_kql::registry::{FunctionKind, OPERATORS, construct, find};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/kql.md")
}

#[test]
fn the_committed_page_is_fresh() {
    let made = page::page();
    let kept = fs::read_to_string(committed()).unwrap_or_default();
    if made != kept {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kql.md");
        fs::write(&fresh, &made).unwrap();
        panic!("docs/reference/kql.md is old: copy {} over it", fresh.display());
    }
}

/// The pages of the KQL reference, as its table of contents and its overviews list them: a heading
/// with the kind, then the names.
const PAGES: &str = include_str!("pages.txt");

#[test]
fn every_page_of_the_reference_has_a_row() {
    let mut kind = "";
    let mut missing = Vec::new();
    let mut count = 0;
    for word in PAGES.lines().filter(|line| !line.starts_with("//")).flat_map(words) {
        if let Some(heading) = word.strip_prefix('#') {
            kind = heading;
            continue;
        }
        count += 1;
        let there = match kind {
            "function" => find(FunctionKind::Scalar, word).is_some() || construct(word).is_some(),
            "aggregate" => find(FunctionKind::Aggregate, word).is_some(),
            "plugin" => find(FunctionKind::Plugin, word).is_some(),
            "operator" | "statement" => construct(word).is_some(),
            "scalar-operator" => OPERATORS.iter().any(|row| row.text.replace(' ', "-") == word),
            other => panic!("no such heading: {other}"),
        };
        if !there {
            missing.push(format!("{kind} {word}"));
        }
    }
    assert!(missing.is_empty(), "pages without a row: {missing:?}");
    assert!(count > 500, "only {count} pages");
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
}
