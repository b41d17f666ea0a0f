//! `vakt kql format`.

use std::fs;
use std::path::Path;

use vakt_rules::render::{self, Colour};
use vakt_rules::{Checked, FileKind, Formatted, Selected, find, format};

use super::{read_file, select_all};
use crate::args::KqlFormatArgs;
use crate::exit::Exit;
use crate::print::{Printer, visible};
use crate::problem::Problem;

/// Formats the queries in files.
pub fn run(args: &KqlFormatArgs, printer: Printer) -> anyhow::Result<Exit> {
    let files = select_all(&args.files)?;
    if files.len() > 1 && !args.check && !args.write {
        let problem = Problem::new(format!("{} files cannot go to one output", files.len()));
        return Err(problem
            .with_hint("add --write to change them, or --check to list them")
            .into());
    }
    let mut exit = Exit::Done;
    for file in &files {
        if format_one(file, args, printer)? == Exit::Refused {
            exit = Exit::Refused;
        }
    }
    Ok(exit)
}

fn format_one(file: &Selected, args: &KqlFormatArgs, printer: Printer) -> anyhow::Result<Exit> {
    let name = visible(&file.path.display().to_string());
    let text = read_file(&file.path)?;
    let is_other_text = file.found && name.to_ascii_lowercase().ends_with(".txt");
    if is_other_text && !find::looks_like_query(&text) {
        return Ok(Exit::Done);
    }
    let Formatted { text: formatted, broken } = format(FileKind::of_name(&name), &text);
    let mut exit = if broken.is_empty() { Exit::Done } else { Exit::Refused };
    if !broken.is_empty() {
        let checked = Checked { file: name.clone(), queries: broken.len(), findings: broken };
        for line in render::terminal(&checked, &text, Colour::Plain).trim_end().lines() {
            printer.note(line);
        }
        printer.note("what is no KQL was left as it is");
    }
    if args.check {
        if formatted != text {
            printer.line(&name)?;
            exit = Exit::Refused;
        }
    } else if args.write && file.path != Path::new("-") {
        if formatted != text {
            write(&file.path, &text, &formatted)?;
        }
    } else {
        printer.bytes(formatted.as_bytes())?;
    }
    Ok(exit)
}

fn write(path: &Path, text: &str, formatted: &str) -> anyhow::Result<()> {
    let refused = |reason: String| Problem::new(format!("{}: {reason}", path.display()));
    let bytes = fs::read(path).map_err(|error| refused(error.to_string()))?;
    if bytes != text.as_bytes() {
        let problem = refused("it begins with a byte order mark, which would be lost".into());
        return Err(problem.with_hint("save it as UTF-8 without a mark").into());
    }
    fs::write(path, formatted).map_err(|error| refused(format!("cannot be written: {error}")))?;
    Ok(())
}
