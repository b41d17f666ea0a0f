//! Texts that nobody means are answered, and soon.

use std::fmt::Write;
use std::time::{Duration, Instant};

use vakt_kql::{QUERY_LENGTH_BYTES_MAX, QUERY_NESTING_DEPTH_MAX, QUERY_TOKENS_COUNT_MAX};

use crate::check_tree;

fn codes(text: &str) -> Vec<&'static str> {
    let parse = vakt_kql::parse(text);
    check_tree(&parse.tree, text);
    parse.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn nesting_is_bounded_however_it_is_written() {
    for (open, middle, close) in [
        ("(", "a", ")"),
        ("f(", "a", ")"),
        ("-(", "a", ")"),
        ("a[", "b", "]"),
        ("[", "b", "]"),
        ("a in (", "b", ")"),
        ("union (", "T", ")"),
        ("toscalar(", "T", ")"),
        ("mv-apply a on (", "take 1", ")"),
        ("facet by a with ", "take 1", ""),
        ("fork (", "take 1", ")"),
        ("a between (", "b", " .. c)"),
        ("macro-expand G as X (", "T", ")"),
    ] {
        let nested = |depth: usize| {
            let (open, close) = (open.repeat(depth), close.repeat(depth));
            format!("{open}{middle}{close}")
        };
        let deep = codes(&nested(10_000));
        assert!(deep.contains(&"VK001"), "{open}: {deep:?}");
        assert!(deep.len() <= 2, "{open}: {deep:?}");
        let fair = codes(&nested(QUERY_NESTING_DEPTH_MAX / 2));
        assert!(!fair.contains(&"VK001"), "{open}: {fair:?}");
    }
    for deep in ["print dynamic(".to_owned() + &"[".repeat(10_000), "let f = () {".repeat(10_000)] {
        assert!(codes(&deep).contains(&"VK001"));
    }
}

#[test]
fn chains_are_as_long_as_they_like() {
    let mut query = String::from("T");
    for index in 0..15_000 {
        write!(query, "\n| where a == {index} or b.c has 'x'").expect("a String takes all");
    }
    assert_eq!(codes(&query), [""; 0]);
    let terms = vec!["a == 'x'"; 20_000].join(" or ");
    assert_eq!(codes(&format!("T | where {terms}")), [""; 0]);
}

#[test]
fn long_texts_are_refused_unread() {
    let refused = |text: &str| {
        let parse = vakt_kql::parse(text);
        matches!(parse.problems.as_slice(), [only] if only.code == "VK002")
    };
    assert!(refused(&" ".repeat(QUERY_LENGTH_BYTES_MAX + 1)));
    let many = "-".repeat(QUERY_TOKENS_COUNT_MAX + 1);
    assert!(refused(&many));
    assert!(!refused(&many[1..]));
}

#[test]
fn long_texts_of_anything_are_answered_soon() {
    // What is linear needs a hundredth of it, even unoptimised; what is not, an hour.
    const PATIENCE: Duration = Duration::from_secs(20);
    const TEXT_BYTES: usize = 200_000;
    for part in [
        "a ",
        "(",
        ")",
        "\"",
        "'a' ",
        "| where a == 1 ",
        "a in (",
        "x in (b c ",
        "f(a,",
        "((a,b)=",
        "-",
        "*",
        ".",
        "a-",
        "[",
        "{",
        "let a = 1; ",
        "union a, ",
        "\u{201c}",
        "// x\n",
        "1.",
        "hint.",
        "`",
        "#",
        "\\",
        "T | take 5\n",
        "dynamic(",
        "a:",
        "print dynamic([",
        "T | wher ",
        "!in ",
        "{a}",
        "a* ",
        "\u{1} ",
        "\u{1}a",
    ] {
        let text = part.repeat(TEXT_BYTES / part.len());
        let begin = Instant::now();
        let parse = vakt_kql::parse(&text);
        assert!(parse.problems.len() <= 100);
        assert!(begin.elapsed() < PATIENCE, "{part:?} took {:?}", begin.elapsed());
    }
}
