//! `vakt kql check`.

use std::io::{self, IsTerminal};
use std::path::Path;

use vakt_kql::catalog::Catalog;
use vakt_kql::diagnostic::Severity;
use vakt_rules::render::{self, Colour};
use vakt_rules::{Checked, FileKind, Selected, check, find};

use super::{catalog, read_file, select_all};
use crate::args::{ColourArg, KqlCheckArgs, Output};
use crate::exit::Exit;
use crate::print::{Printer, visible};
use crate::report::report;

/// Says what is wrong with the queries in files.
pub fn run(args: &KqlCheckArgs, printer: Printer) -> anyhow::Result<Exit> {
    let catalog = catalog(&args.schema)?;
    let files = select_all(&args.files)?;
    let (mut all, mut unread) = (Vec::new(), false);
    for file in &files {
        match check_one(file, args, &catalog, printer)? {
            Some(checked) => all.push(checked),
            None => unread = true,
        }
    }
    match printer.output() {
        Output::Table => printer.note(&render::summary(&all)),
        Output::Json => printer.line(&render::json(&all)?)?,
        Output::Sarif => printer.line(&render::sarif(&all, env!("CARGO_PKG_VERSION"))?)?,
    }
    let errors = render::total(&all, Severity::Error);
    let warnings = render::total(&all, Severity::Warning);
    let refused = unread || errors > 0 || (args.deny_warnings && warnings > 0);
    Ok(if refused { Exit::Refused } else { Exit::Done })
}

/// Checks a file. One that cannot be read is told, and keeps no other from being checked.
fn check_one(
    file: &Selected,
    args: &KqlCheckArgs,
    catalog: &Catalog,
    printer: Printer,
) -> anyhow::Result<Option<Checked>> {
    let is_stdin = file.path == Path::new("-");
    let name =
        if is_stdin { args.stdin_name.clone() } else { visible(&file.path.display().to_string()) };
    let text = match read_file(&file.path) {
        Ok(text) => text,
        Err(problem) => {
            report(&problem.into());
            return Ok(None);
        }
    };
    let kind = FileKind::of_name(&name);
    // A text that merely lies in a folder is a query only if it looks like one.
    let is_other_text = file.found && name.to_ascii_lowercase().ends_with(".txt");
    let checked = if is_other_text && !find::looks_like_query(&text) {
        Checked { file: name, queries: 0, findings: Vec::new() }
    } else {
        check(&name, kind, &text, catalog)
    };
    if checked.queries == 0 && !file.found && checked.findings.is_empty() {
        printer.warn(&format!("{} holds no query", checked.file));
    }
    if printer.output() == Output::Table && !checked.findings.is_empty() {
        let told = render::terminal(&checked, &text, colour(args));
        printer.bytes(told.as_bytes())?;
    }
    Ok(Some(checked))
}

fn colour(args: &KqlCheckArgs) -> Colour {
    let wanted = match args.color {
        ColourArg::Always => true,
        ColourArg::Never => false,
        ColourArg::Auto => {
            args.no_color.as_deref().unwrap_or_default().is_empty() && io::stdout().is_terminal()
        }
    };
    if wanted { Colour::Ansi } else { Colour::Plain }
}
