//! Reads JSON lines `{"id","query"}`, writes for each the columns or the first error. The mode,
//! `parse` or `bind`, is in `--mode` or in `KQL_MODE`. `--tables FILE` is a JSON object of tables, each
//! a list of `[column, type]`; without it the tables are those of advanced hunting.

use std::io::{BufRead as _, Write as _};

use serde_json::{Value, json};
use vakt_kql::bound::RelOp;
use vakt_kql::catalog::{Catalog, CatalogBuilder};
use vakt_kql::diagnostic::{Position, Problem, Severity};
use vakt_kql::types::ScalarType;
use vakt_kql::{bind, parse};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    #[expect(clippy::disallowed_methods, reason = "the judge sets the mode by the environment")]
    let mode = option("--mode").or_else(|| std::env::var("KQL_MODE").ok()).unwrap_or_default();
    let own = option("--tables").map(read_tables).transpose()?;
    let catalog = own.as_ref().unwrap_or_else(|| Catalog::hunting());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let record: Value = serde_json::from_str(&line).unwrap_or_default();
        let query = record.get("query").and_then(Value::as_str).unwrap_or_default();
        let mut answer = if mode == "parse" { parsed(query) } else { bound(query, catalog) };
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("id".to_owned(), record.get("id").cloned().unwrap_or_default());
        }
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn read_tables(path: String) -> std::io::Result<Catalog> {
    let tables: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut builder = CatalogBuilder::new();
    for (name, columns) in tables.as_object().into_iter().flatten() {
        let columns = columns.as_array().into_iter().flatten().map(|column| {
            let name = column.get(0).and_then(Value::as_str).unwrap_or_default().to_owned();
            let ty = column.get(1).and_then(Value::as_str).and_then(ScalarType::parse);
            (name, ty.unwrap_or(ScalarType::Unknown))
        });
        builder = builder.table(name.as_str(), columns);
    }
    Ok(builder.build())
}

fn parsed(query: &str) -> Value {
    let parse = parse(query);
    first_error(query, &parse.problems).unwrap_or_else(|| json!({ "columns": [] }))
}

fn bound(query: &str, catalog: &Catalog) -> Value {
    let bound = bind(&parse(query), catalog);
    if let Some(error) = first_error(query, &bound.problems) {
        return error;
    }
    let Some(rows) = bound.results.last() else { return json!({ "columns": [] }) };
    let columns: Vec<Value> = rows
        .columns
        .iter()
        .filter(|column| !column.implicit)
        .map(|column| json!({ "name": &*column.name, "type": column.ty.scalar().name() }))
        .collect();
    json!({ "columns": columns, "open": rows.open, "broken": matches!(rows.op, RelOp::Broken(_)) })
}

fn first_error(query: &str, problems: &[Problem]) -> Option<Value> {
    let error = problems.iter().find(|problem| problem.severity == Severity::Error)?;
    let at = Position::of(query, error.span.start);
    let message = format!("{} ({})", error.message, error.help);
    Some(json!({ "error": {
        "code": error.code, "message": message, "line": at.line, "column": at.column,
    } }))
}
