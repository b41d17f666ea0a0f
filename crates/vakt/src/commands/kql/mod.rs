//! `vakt kql`: checks, formats and explains queries, and serves editors. No server is asked.

mod batch;
mod check;
mod explain;
mod format;
mod lsp;

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::Path;

use vakt_kql::catalog::Catalog;
use vakt_rules::{FILE_BYTES_MAX, Selected, decode, read, read_schema, select};

use crate::args::{KqlArgs, KqlCommand, SchemaArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::problem::Problem;

/// Does what was asked of queries.
pub fn run(args: KqlArgs, context: &Context) -> anyhow::Result<Exit> {
    match args.command {
        KqlCommand::Check(args) => check::run(&args, context.printer),
        KqlCommand::Format(args) => format::run(&args, context.printer),
        KqlCommand::Explain(args) => explain::run(&args, context.printer),
        KqlCommand::Batch(args) => batch::run(&args, context.printer),
        KqlCommand::Lsp(args) => lsp::run(&args),
    }
}

/// What queries may read: the tables of a file, or those of advanced hunting.
fn catalog(args: &SchemaArgs) -> anyhow::Result<Cow<'static, Catalog>> {
    let Some(path) = &args.schema else { return Ok(Cow::Borrowed(Catalog::hunting())) };
    let text = read_file(path)?;
    let catalog = read_schema(&text).map_err(|error| {
        let problem = Problem::new(format!("{} is no schema: {error}", path.display()));
        problem.with_hint(
            r#"write {"tables": {"NAME": {"columns": [["NAME", "TYPE"]]}}}; see docs/guide/kql.md"#,
        )
    })?;
    Ok(Cow::Owned(catalog))
}

/// The files that are meant by paths. `-` stands for itself.
fn select_all(paths: &[std::path::PathBuf]) -> anyhow::Result<Vec<Selected>> {
    let mut files = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            files.push(Selected { path: path.clone(), found: false });
            continue;
        }
        select(path, &mut files).map_err(|error| {
            Problem::new(error.to_string())
                .with_hint("give files or folders of queries, or `-` for stdin")
        })?;
    }
    Ok(files)
}

/// The text of a file, or of stdin.
fn read_file(path: &Path) -> Result<String, Problem> {
    let text = if path == Path::new("-") { read_stdin() } else { read(path) };
    text.map_err(|error| {
        let problem = Problem::new(format!("{} cannot be read: {error}", path.display()));
        problem.with_hint("give a text file of queries, or `-` for stdin")
    })
}

fn read_stdin() -> Result<String, vakt_rules::ReadProblem> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX);
    io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)?;
    decode(bytes)
}
