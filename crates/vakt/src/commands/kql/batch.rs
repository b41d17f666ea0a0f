//! `vakt kql batch`: one JSON line in, one JSON line out, in the same order.
//!
//! `{"id", "query"}` is answered by `{"id", "columns": [{"name", "type"}]}`, with `rows` in run mode,
//! or by `{"id", "error": {"code", "message", "line", "column"}}`. Lines and columns count from 1,
//! columns in UTF-16 units.

use std::io::{self, BufRead, BufReader, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vakt_kql::bound::Rel;
use vakt_kql::catalog::Catalog;
use vakt_kql::diagnostic::{Position, Problem, Severity, Stage};

use super::catalog;
use crate::args::{BatchMode, KqlBatchArgs};
use crate::exit::Exit;
use crate::print::Printer;

/// Longest line: the longest query with each of its bytes escaped, and room for the id.
const LINE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Code of a line that is no question.
const BAD_LINE: &str = "VK901";

/// Code of a query that is right and is not executed.
const NOT_EXECUTED: &str = "VK902";

/// What is asked.
#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    id: Value,
    query: String,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    #[serde(flatten)]
    result: Outcome,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Columns(Vec<ColumnAnswer>),
    Error(ErrorAnswer),
}

#[derive(Serialize)]
struct ColumnAnswer {
    name: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct ErrorAnswer {
    code: &'static str,
    message: String,
    line: u32,
    column: u32,
}

/// Answers the lines of stdin.
pub fn run(args: &KqlBatchArgs, printer: Printer) -> anyhow::Result<Exit> {
    let catalog = catalog(&args.schema)?;
    let mut input = BufReader::new(io::stdin().lock());
    let mut out = printer.stream();
    let mut line = Vec::new();
    while read_line(&mut input, &mut line)? {
        if line.trim_ascii().is_empty() {
            continue;
        }
        serde_json::to_writer(&mut out, &answer(&line, args.mode, &catalog))?;
        out.write_all(b"\n")?;
        // Whoever waits for this answer before the next question must have it now.
        if !input.buffer().contains(&b'\n') {
            out.flush()?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// The next line, at most [`LINE_BYTES_MAX`] and one byte of it. `false` at the end.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let limit = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
    let read = Read::take(&mut *input, limit + 1).read_until(b'\n', line)?;
    if line.len() > LINE_BYTES_MAX && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

fn answer(line: &[u8], mode: BatchMode, catalog: &Catalog) -> Answer {
    let refused = |id, message| Answer { id, result: error(BAD_LINE, message, 1, 1) };
    if line.len() > LINE_BYTES_MAX {
        let message = format!("a line is longer than {} MiB", LINE_BYTES_MAX >> 20);
        return refused(Value::Null, message);
    }
    match serde_json::from_slice::<Question>(line) {
        Ok(Question { id, query }) => Answer { id, result: outcome(&query, mode, catalog) },
        Err(error) => {
            let id = serde_json::from_slice::<Value>(line).ok();
            let id = id.and_then(|mut value| Some(value.get_mut("id")?.take())).unwrap_or_default();
            refused(id, format!("a line is no object with `id` and `query`: {error}"))
        }
    }
}

fn outcome(query: &str, mode: BatchMode, catalog: &Catalog) -> Outcome {
    let parse = vakt_kql::parse(query);
    if mode == BatchMode::Parse {
        let first = first_error(&parse.problems, |stage| stage == Stage::Parse);
        return first.map_or(Outcome::Columns(Vec::new()), |problem| told(problem, query));
    }
    let bound = vakt_kql::bind(&parse, catalog);
    if let Some(problem) = first_error(&bound.problems, |_| true) {
        return told(problem, query);
    }
    if mode == BatchMode::Run {
        let message = "this release does not execute queries yet; ask with `--mode bind`";
        return error(NOT_EXECUTED, message.into(), 1, 1);
    }
    // Of several results, the last one is the answer.
    Outcome::Columns(bound.results.last().map(columns).unwrap_or_default())
}

fn first_error(problems: &[Problem], of_stage: fn(Stage) -> bool) -> Option<&Problem> {
    problems.iter().find(|one| one.severity == Severity::Error && of_stage(one.stage))
}

fn told(problem: &Problem, query: &str) -> Outcome {
    let Position { line, column } = Position::of(query, problem.span.start);
    error(problem.code, problem.message.clone(), line, column)
}

fn error(code: &'static str, message: String, line: u32, column: u32) -> Outcome {
    Outcome::Error(ErrorAnswer { code, message, line, column })
}

/// The columns of an answer; second names that nobody asked for are none of it.
fn columns(result: &Rel) -> Vec<ColumnAnswer> {
    let named = result.columns.iter().filter(|column| !column.implicit);
    let answer = named.map(|column| ColumnAnswer {
        name: column.name.to_string(),
        r#type: column.ty.scalar().name(),
    });
    answer.collect()
}
