//! Files and functions stay small, and modules are named after what is in them.

use crate::source::sources;

/// Longest file that ships, in lines before its tests.
const FILE_LINES_MAX: usize = 600;
/// Longest file of tests, which are tables for the most part.
const TEST_FILE_LINES_MAX: usize = 700;
/// Longest function, tests included.
const FUNCTION_LINES_MAX: usize = 70;
/// Names that say nothing.
const BANNED_NAMES: &[&str] =
    &["utils", "util", "common", "helpers", "helper", "manager", "base", "misc"];

#[test]
fn files_are_small() {
    for source in sources() {
        let max = if source.ships() { FILE_LINES_MAX } else { TEST_FILE_LINES_MAX };
        let lines = source.production_lines();
        assert!(lines <= max, "{} has {lines} lines; split it", source.name);
    }
}

#[test]
fn functions_are_small() {
    let mut measured = 0;
    let mut long = Vec::new();
    for source in sources() {
        for (name, line, length) in source.functions() {
            measured += 1;
            if length > FUNCTION_LINES_MAX {
                long.push(format!("{}:{line} {name} has {length} lines", source.name));
            }
        }
    }
    assert!(measured > 1000, "only {measured} functions were found");
    assert!(long.is_empty(), "longer than {FUNCTION_LINES_MAX} lines:\n{}", long.join("\n"));
}

#[test]
fn modules_are_named_after_their_content() {
    for source in sources() {
        let parts = source.name.trim_end_matches(".rs").split('/');
        for part in parts.skip(1) {
            assert!(!BANNED_NAMES.contains(&part), "{}: `{part}` says nothing", source.name);
        }
    }
}
