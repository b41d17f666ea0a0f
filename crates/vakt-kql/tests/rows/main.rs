//! What comes out of every source and operator of rows: names, types and order of the columns, and
//! what is wrong with a query. The expectations are those of Microsoft's analyzer, asked once; where
//! the engine is known to differ, the engine's.

mod columns;
mod graphs;
mod limits;
mod plugins;
mod problems;
mod sound;

use vakt_kql::catalog::Catalog;
use vakt_kql::diagnostic::Severity;
use vakt_kql::{bind, parse};

/// The columns of the last answer, `a` for a long and `a:string` for others; with `open` behind them
/// where the data adds more. Where something is wrong: `code text`, one for each problem.
fn answer(query: &str) -> String {
    let bound = bind(&parse(query), Catalog::hunting());
    let problems: Vec<String> = bound
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| format!("{} {}", problem.code, &query[problem.span.range()]))
        .collect();
    if !problems.is_empty() {
        return problems.join(", ");
    }
    let faults = sound::faults(&bound);
    if !faults.is_empty() {
        return format!("unsound: {}", faults.join(", "));
    }
    let Some(rows) = bound.results.last() else { return "no answer".to_owned() };
    let columns = rows.columns.iter().map(|column| match column.ty.scalar().name() {
        "long" => column.name.to_string(),
        ty => format!("{}:{ty}", column.name),
    });
    let open = rows.open.then(|| "open".to_owned());
    columns.chain(open).collect::<Vec<_>>().join(" ")
}

/// Each query answers what stands behind it.
fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(query, expected)| {
            let found = answer(query);
            (found != *expected)
                .then(|| format!("{query}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
