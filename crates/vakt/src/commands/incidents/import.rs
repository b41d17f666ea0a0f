//! `vakt incidents import`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Value, json};
use vakt_client::{ImportSummary, Incidents};
use vakt_wire::incident_file::IncidentFile;

use crate::args::ImportArgs;
use crate::exit::Exit;
use crate::print::Printer;
use crate::problem::Problem;

/// Imports files one after another.
pub async fn run(
    incidents: Incidents<'_>,
    args: &ImportArgs,
    printer: Printer,
) -> anyhow::Result<Exit> {
    let mut done: Vec<(String, ImportSummary)> = Vec::new();
    for path in &args.files {
        let name = path.display().to_string();
        let file = IncidentFile::open(open(path)?).with_context(|| name.clone())?;
        let items = file.map(|item| item.map_err(anyhow::Error::from));
        // What went in before the failure stays; importing it again does no harm.
        let summary = incidents
            .import(items)
            .await
            .with_context(|| format!("the import of {name} stopped"))?;
        done.push((name, summary));
    }
    if printer.is_json() {
        let files = done.iter().map(|(name, summary)| to_json(name, summary));
        printer.json(&json!({ "files": files.collect::<Vec<_>>() }))?;
    } else {
        let rows = done.iter().map(|(name, summary)| row(name, summary));
        printer.table(["FILE", "CREATED", "UPDATED", "UNCHANGED", "REFUSED"], rows)?;
    }
    tell_rest(&done, printer);
    let refused = done.iter().any(|(_, summary)| !summary.refused.is_empty());
    Ok(if refused { Exit::Refused } else { Exit::Done })
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| {
        let problem = Problem::new(format!("{} cannot be read: {error}", path.display()));
        problem.with_hint("give files of incidents, or `-` for stdin")
    })?;
    Ok(Box::new(BufReader::new(file)))
}

fn row(name: &str, summary: &ImportSummary) -> [String; 5] {
    [
        name.to_owned(),
        summary.created.to_string(),
        summary.updated.to_string(),
        summary.unchanged.to_string(),
        summary.refused.len().to_string(),
    ]
}

/// What did not go in, and what was not understood.
fn tell_rest(done: &[(String, ImportSummary)], printer: Printer) {
    for (name, summary) in done {
        for refused in &summary.refused {
            printer
                .note(&format!("refused: {name}, incident {}: {}", refused.index, refused.reason));
        }
    }
    let ignored: BTreeSet<&str> =
        done.iter().flat_map(|(_, summary)| &summary.ignored_members).map(String::as_str).collect();
    if !ignored.is_empty() {
        let members: Vec<&str> = ignored.into_iter().collect();
        printer.note(&format!("members that nobody knew were left out: {}", members.join(", ")));
    }
}

fn to_json(name: &str, summary: &ImportSummary) -> Value {
    let refused = summary.refused.iter();
    let refused = refused.map(|one| json!({ "index": one.index, "reason": one.reason }));
    json!({
        "file": name,
        "created": summary.created,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "refused": refused.collect::<Vec<_>>(),
        "ignoredMembers": summary.ignored_members,
    })
}
