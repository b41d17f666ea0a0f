//! `vakt kql explain`.

use vakt_kql::{dump, explain};
use vakt_rules::{FileKind, find};

use super::{catalog, read_file};
use crate::args::{KqlExplainArgs, StageArg};
use crate::exit::Exit;
use crate::print::Printer;
use crate::problem::Problem;

/// Shows what the queries of a file are read as.
pub fn run(args: &KqlExplainArgs, printer: Printer) -> anyhow::Result<Exit> {
    let catalog = catalog(&args.schema)?;
    let text = read_file(&args.file)?;
    let kind = FileKind::of_name(&args.file.to_string_lossy());
    let queries = find::queries(kind, &text).queries;
    if queries.is_empty() {
        let problem = Problem::new(format!("{} holds no query", args.file.display()));
        return Err(problem.with_hint("give a file of KQL, or `-` for stdin").into());
    }
    for (number, query) in (1..).zip(&queries) {
        if queries.len() > 1 {
            printer.line(&format!("query {number}"))?;
        }
        let parse = vakt_kql::parse(&query.text);
        let shown = match args.stage {
            StageArg::Tokens => dump::tokens(&parse.tree),
            StageArg::Tree => dump::tree(&parse.tree),
            StageArg::Bound => explain::bound(&vakt_kql::bind(&parse, &catalog), &query.text),
        };
        printer.line(shown.trim_end())?;
    }
    Ok(Exit::Done)
}
