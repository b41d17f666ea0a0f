//! What is too deep or too long is told so, and nothing overflows.

use super::answer;

/// A query with a part of it within itself so many times.
fn nested(times: usize, innermost: &str, around: impl Fn(&str) -> String) -> String {
    (0..times).fold(innermost.to_owned(), |inner, _| around(&inner))
}

#[test]
fn queries_within_queries_have_an_end() {
    let join = |inner: &str| format!("print a=1 | join kind=leftsemi ({inner}) on a");
    let list = |inner: &str| format!("print a=1 | where a in ({inner})");
    let each = |inner: &str| format!("print a=1 | union ({inner})");
    for around in [&join as &dyn Fn(&str) -> String, &list, &each] {
        assert_eq!(answer(&nested(20, "print a=1", around)), "a");
        let told = answer(&nested(60, "print a=1", around));
        assert!(told.starts_with("VK301 "), "{told}");
    }
}

#[test]
fn pipes_have_an_end() {
    assert_eq!(answer(&format!("print a=1{}", " | take 1".repeat(4_000))), "a");
    let told = answer(&format!("print a=1{}", " | take 1".repeat(40_000)));
    assert!(told.starts_with("VK301 "), "{}", told.get(..200).unwrap_or(&told));
}

#[test]
fn lets_have_an_end_and_are_dropped_one_by_one() {
    let rows = |count: usize| {
        let lets = (0..count).map(|at| format!("let a{}=a{at} | take 1;", at + 1));
        format!("let a0=print a=1;{}a{count}", lets.collect::<String>())
    };
    let values = |count: usize| {
        let lets = (0..count).map(|at| format!("let a{}=((a{at} + 1) * 2) - 1;", at + 1));
        format!("let a0=1;{}print a=a{count}", lets.collect::<String>())
    };
    for query in [&rows as &dyn Fn(usize) -> String, &values] {
        assert_eq!(answer(&query(1_500)), "a");
        let told = answer(&query(10_000));
        assert!(told.starts_with("VK301 "), "{}", told.get(..200).unwrap_or(&told));
    }
}

#[test]
fn stars_have_an_end() {
    for part in ["search 'x' | count;", "union * | count;"] {
        let query = |count: usize| part.repeat(count) + "print a=1";
        assert_eq!(answer(&query(10)), "a");
        let told = answer(&query(2_000));
        assert!(told.starts_with("VK301 "), "{told}");
    }
}

#[test]
fn nonsense_within_nonsense_has_an_end() {
    // what is expanded is bound twice: without an end, each level would take twice as long
    for part in ["(mv-expand ", "print $(", "search (union ", "| mv-apply (mv-expand "] {
        let told = answer(&part.repeat(60));
        assert!(told.starts_with("VK") || told.starts_with("KS"), "{told}");
    }
}
