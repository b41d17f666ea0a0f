//! What queries mean: the columns that come out, or the codes of what is wrong.
//!
//! `cases.txt` holds blocks of a query and what is expected: `> name: type, …`, or for each error
//! `! code` and the text that it is about.

use vakt_kql::bound::Bound;
use vakt_kql::catalog::{Catalog, CatalogBuilder};
use vakt_kql::diagnostic::Severity;
use vakt_kql::types::ScalarType::{
    Bool, Datetime, Decimal, Dynamic, Guid, Int, Long, Real, String as Text, Timespan,
};
use vakt_kql::{bind, parse};

fn catalog() -> Catalog {
    CatalogBuilder::new()
        .table(
            "T",
            [
                ("b", Bool),
                ("i", Int),
                ("l", Long),
                ("r", Real),
                ("m", Decimal),
                ("s", Text),
                ("t", Datetime),
                ("n", Timespan),
                ("g", Guid),
                ("d", Dynamic),
            ],
        )
        .table("U", [("s", Text), ("l", Long), ("x", Int), ("y", Text), ("d", Dynamic)])
        .build()
}

/// The columns, or the errors, as `cases.txt` has them.
fn shown(query: &str, bound: &Bound) -> Vec<String> {
    let errors: Vec<String> = bound
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| format!("! {} {}", problem.code, &query[problem.span.range()]))
        .collect();
    if !errors.is_empty() {
        return errors;
    }
    let columns = bound.results.last().map(|rows| {
        let columns = rows.columns.iter();
        columns.map(|column| format!("{}: {}", column.name, column.ty)).collect::<Vec<_>>()
    });
    vec![format!("> {}", columns.unwrap_or_default().join(", ")).trim_end().to_owned()]
}

fn check(catalog: &Catalog, query: &str, expected: &[&str]) -> Result<(), String> {
    let found = shown(query, &bind(&parse(query), catalog));
    if found == expected {
        return Ok(());
    }
    Err(format!("{query}\n  expected {expected:?}\n  found    {found:?}\n"))
}

#[test]
fn queries_mean_what_they_mean_to_kusto() {
    let catalog = catalog();
    let mut wrong = Vec::new();
    let mut count = 0;
    for block in include_str!("cases.txt").split("\n\n") {
        let mut lines = block.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let Some(query) = lines.next() else { continue };
        let expected: Vec<&str> = lines.map(str::trim_end).collect();
        count += 1;
        wrong.extend(check(&catalog, query, &expected).err());
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 95, "only {count} cases were read");
}

#[test]
fn every_problem_names_a_cure() {
    let catalog = catalog();
    for block in include_str!("cases.txt").split("\n\n") {
        let Some(query) = block.lines().find(|line| !line.is_empty() && !line.starts_with('#'))
        else {
            continue;
        };
        for problem in bind(&parse(query), &catalog).problems {
            let told = !problem.message.is_empty() && !problem.message.ends_with('.');
            assert!(told, "{query}: {problem:?}");
            assert!(problem.severity != Severity::Error || !problem.help.is_empty(), "{problem:?}");
        }
    }
}

#[test]
fn deep_and_long_texts_have_an_answer() {
    let catalog = catalog();
    let chain = |unit: &str, count: usize| unit.repeat(count);
    let mut functions = "let f0 = (a: long) { a };".to_owned();
    for level in 1..40 {
        functions += &format!("let f{level} = (a: long) {{ f{0}(a) + f{0}(a) }};", level - 1);
    }
    for (what, query) in [
        ("parentheses", format!("print {}1{}", chain("(", 10_000), chain(")", 10_000))),
        ("calls", format!("print {}1{}", chain("abs(", 150), chain(")", 150))),
        ("subqueries", format!("{}T{}", chain("union (", 150), chain(")", 150))),
        ("or", format!("T | where b{}", chain(" or b", 20_000))),
        ("plus", format!("T | extend x = l{}", chain(" + l", 20_000))),
        ("members", format!("T | extend x = d{}", chain(".a", 20_000))),
        ("operators", format!("T{}", chain(" | where b", 20_000))),
        ("lets", format!("{}T", chain("let x = 1; ", 20_000))),
        ("arrays", format!("print dynamic({}{})", chain("[", 150), chain("]", 150))),
        ("columns", format!("T | project {}l", chain("l + 1, ", 5_000))),
        ("functions", format!("{functions} print f39(1)")),
    ] {
        let bound = bind(&parse(&query), &catalog);
        assert!(!bound.results.is_empty() || !bound.problems.is_empty(), "nothing for {what}");
    }
}

/// `TimeGenerated` is a second name of `Timestamp`, and in an answer only where the query has it.
#[test]
fn a_second_name_is_answered_where_it_is_named() {
    for (query, answered) in [
        ("DeviceInfo | take 1", false),
        ("DeviceInfo | project-away DeviceId", false),
        ("DeviceInfo | where TimeGenerated > ago(1d)", true),
        ("DeviceInfo | project TimeGenerated, DeviceId", true),
        ("DeviceInfo | project-keep ['TimeGenerated']", true),
        ("DeviceInfo | distinct TimeGenerated", true),
        ("DeviceInfo | summarize count() by TimeGenerated", true),
    ] {
        let bound = bind(&parse(query), Catalog::hunting());
        let mut columns = bound.results[0].columns.iter().filter(|column| !column.implicit);
        assert_eq!(columns.any(|column| *column.name == *"TimeGenerated"), answered, "{query}");
    }
}

/// Each operator lists its columns, so that thousands that add one each would take seconds.
#[test]
fn columns_of_all_operators_have_an_end() {
    let added: String = (0..2_000).map(|number| format!(" | extend c{number} = 1")).collect();
    let bound = bind(&parse(&format!("T{added}")), &catalog());
    let codes: Vec<_> = bound.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["VK301"]);
}

#[test]
fn a_list_too_long_is_told_as_such() {
    let list = vec!["1"; 70_000].join(",");
    let bound = bind(&parse(&format!("T | where l in ({list})")), &catalog());
    let told: Vec<_> = bound.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("at most"), "{told:?}");
}

#[test]
fn a_bound_query_is_shown() {
    let query =
        "T | where l > 1 and s has 'x' | summarize n = count(), arg_max(t, *) by s | take 5";
    let shown = vakt_kql::dump::bound(&bind(&parse(query), &catalog()));
    let lines: Vec<&str> = shown.lines().map(str::trim_start).collect();
    assert!(lines[0].starts_with("answers (s: string, n: long, t: datetime, b: bool"), "{shown}");
    assert_eq!(lines[1], "take 5: long");
    assert!(lines[2].starts_with("summarize by #5: string, count(): long, "), "{shown}");
    let expected =
        "where and(>(#2: long, 1: long): bool, has(#5: string, \"x\": string): bool): bool";
    assert_eq!(lines[3], expected);
    assert_eq!(lines[4], "table T");
}
