//! Wrong queries, in `problems.txt`: a query, then for each problem a line with `! ` (line, column,
//! code, message) and one with `? ` (the cure). One mistake is one problem, mostly.

use vakt_kql::diagnostic::{Position, Severity, Stage};

use crate::check_tree;

fn told(query: &str) -> String {
    let parse = vakt_kql::parse(query);
    check_tree(&parse.tree, query);
    let mut told = String::new();
    for problem in &parse.problems {
        assert_eq!((problem.severity, problem.stage), (Severity::Error, Stage::Parse), "{query}");
        assert!(!problem.help.is_empty(), "{query}: no cure for {}", problem.message);
        let at = Position::of(query, problem.span.start);
        let place = format!("{}:{}", at.line, at.column);
        told.push_str(&format!("! {place} {} {}\n", problem.code, problem.message));
        told.push_str(&format!("? {}\n", problem.help));
    }
    told
}

#[test]
fn wrong_queries_are_told_with_the_cure() {
    let text = include_str!("problems.txt");
    let (mut count, mut several, mut wrong) = (0, 0, String::new());
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let (query, expected) = block.split_once("\n! ").expect("a block has a problem");
        let query = query.trim_start_matches('\n');
        let expected = format!("! {}\n", expected.trim_end());
        let found = told(query);
        if found != expected {
            wrong.push_str(&format!("{query}\n{found}\n"));
        }
        count += 1;
        several += usize::from(found.lines().count() > 2);
    }
    assert!(wrong.is_empty(), "these are told otherwise now:\n\n{wrong}");
    assert!(count >= 140, "only {count} wrong queries");
    assert!(several * 10 < count, "{several} of {count} single mistakes are told more than once");
}

#[test]
fn problems_come_in_the_order_of_the_text_and_not_without_end() {
    let parse = vakt_kql::parse(&"T | wher a == \"x\\d\" | take | \u{201c} ;\n".repeat(500));
    assert_eq!(parse.problems.len(), vakt_kql::diagnostic::PROBLEMS_COUNT_MAX);
    assert!(parse.problems.is_sorted_by_key(|problem| problem.span.start));
}

#[test]
#[ignore = "writes the expectations anew"]
fn write_anew() {
    let text = include_str!("problems.txt");
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty());
    let blocks: Vec<String> = blocks
        .map(|block| {
            let (query, _) = block.split_once("\n! ").expect("a block has a problem");
            let query = query.trim_start_matches('\n');
            format!("{query}\n{}", told(query))
        })
        .collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/syntax/problems.txt");
    std::fs::write(path, blocks.join("\n")).unwrap();
}
