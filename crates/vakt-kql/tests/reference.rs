//! `docs/reference/kql.md` is made from the registry, and covers the pages of Microsoft's reference.

mod page;

use std::fs;
use std::path::{Path, PathBuf};

use vakt_kql::registry::{
    CHARTS, CONSTRUCTS, FunctionKind, JOIN_KINDS, OPERATORS, construct, find, functions,
};

use page::pages;

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

#[test]
fn every_page_of_the_reference_has_a_row() {
    let missing: Vec<_> = pages().into_iter().filter(|(kind, name)| !has_row(kind, name)).collect();
    assert!(missing.is_empty(), "pages without a row: {missing:?}");
    assert!(pages().len() > 500, "only {} pages", pages().len());
}

#[test]
fn every_row_that_is_offered_is_bound() {
    let kinds = [FunctionKind::Scalar, FunctionKind::Aggregate, FunctionKind::Plugin];
    let rows = kinds.into_iter().flat_map(functions).filter(|row| !row.hidden);
    let functions = rows.map(|row| (row.name, page::binds(row)));
    let constructs = CONSTRUCTS.iter().filter(|row| !row.hidden);
    let constructs = constructs.map(|row| (row.name, page::construct_binds(row)));
    let unbound = functions.chain(constructs).filter(|(_, bound)| *bound == Some(false));
    let unbound: Vec<_> = unbound.map(|(name, _)| name).collect();
    assert!(unbound.is_empty(), "not bound: {unbound:?}");
}

fn has_row(kind: &str, name: &str) -> bool {
    match kind {
        "function" => find(FunctionKind::Scalar, name).is_some() || construct(name).is_some(),
        "aggregate" => find(FunctionKind::Aggregate, name).is_some(),
        "plugin" => find(FunctionKind::Plugin, name).is_some(),
        "operator" | "statement" => construct(name).is_some(),
        "scalar-operator" => OPERATORS.iter().any(|row| row.text.replace(' ', "-") == name),
        "chart" => CHARTS.contains(&name),
        "join" => JOIN_KINDS.contains(&name),
        _ => false,
    }
}
