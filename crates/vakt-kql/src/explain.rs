//! A bound query as text, for `vakt kql explain`: each operator with what was written and the columns
//! that come out of it, its inputs below it.

use std::fmt::{self, Write};

use crate::bound::{Bound, Rel, RelOp};
use crate::catalog::{Column, Schema};
use crate::diagnostic::Position;

/// Longest piece of the query that is shown beside an operator, in characters.
const TEXT_SHOWN_MAX: usize = 60;

/// So many columns of an operator are shown; of an answer, all.
const COLUMNS_SHOWN_MAX: usize = 12;

/// Deeper operators are not indented further, so that the text does not grow with the square of it.
const DEPTH_SHOWN_MAX: usize = 64;

/// All answers of a bound query with their columns and operators, then its problems. `text` is what
/// was bound.
///
/// ```
/// use vakt_kql::{bind, catalog::Catalog, explain, parse};
///
/// let text = "DeviceEvents | project DeviceName | take 5";
/// let told = explain::bound(&bind(&parse(text), Catalog::hunting()), text);
/// assert!(told.starts_with("answer 1\n  DeviceName: string\nfrom\n  Take  take 5\n"), "{told}");
/// ```
pub fn bound(bound: &Bound, text: &str) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_bound(&mut out, bound, text);
    out
}

fn write_bound(out: &mut String, bound: &Bound, text: &str) -> fmt::Result {
    for (number, result) in (1..).zip(&bound.results) {
        writeln!(
            out,
            "answer {number}{}",
            if result.open { ", and columns of the data" } else { "" }
        )?;
        for column in result.columns.iter() {
            let second = if column.implicit { " (only where named)" } else { "" };
            writeln!(out, "  {}: {}{second}", column.name, column.ty)?;
        }
        writeln!(out, "from")?;
        write_operators(out, result, text)?;
    }
    for problem in &bound.problems {
        let Position { line, column } = Position::of(text, problem.span.start);
        let (severity, code, message) = (problem.severity, problem.code, &problem.message);
        writeln!(out, "{severity:?} {code} at {line}:{column}: {message}")?;
    }
    Ok(())
}

fn write_operators(out: &mut String, result: &Rel, text: &str) -> fmt::Result {
    let mut open = vec![(result, 1_usize)];
    while let Some((rel, depth)) = open.pop() {
        let inputs = inputs(&rel.op);
        let indent = "  ".repeat(depth.min(DEPTH_SHOWN_MAX));
        writeln!(out, "{indent}{}  {}", name(&rel.op), excerpt(text, rel, &inputs))?;
        let before = inputs.first().map(|input| &input.columns);
        if before != Some(&rel.columns) {
            writeln!(out, "{indent}  -> {}", columns(&rel.columns))?;
        }
        open.extend(inputs.into_iter().rev().map(|input| (input, depth + 1)));
    }
    Ok(())
}

/// The rows that an operator reads.
pub fn inputs(op: &RelOp) -> Vec<&Rel> {
    match op {
        RelOp::Table(_)
        | RelOp::Input
        | RelOp::Values(_)
        | RelOp::External(_)
        | RelOp::Range { .. }
        | RelOp::Print(_) => Vec::new(),
        RelOp::Shared { rows, .. } => vec![rows],
        RelOp::Where { input, .. }
        | RelOp::Project { input, .. }
        | RelOp::Extend { input, .. }
        | RelOp::Select { input, .. }
        | RelOp::Distinct { input, .. }
        | RelOp::Summarize { input, .. }
        | RelOp::Sort { input, .. }
        | RelOp::Top { input, .. }
        | RelOp::Take { input, .. }
        | RelOp::Count { input }
        | RelOp::Sample { input, .. }
        | RelOp::SampleDistinct { input, .. }
        | RelOp::TopHitters { input, .. }
        | RelOp::TopNested { input, .. }
        | RelOp::Serialize { input }
        | RelOp::ParseKv { input, .. }
        | RelOp::Reduce { input, .. }
        | RelOp::GetSchema { input }
        | RelOp::Render { input, .. }
        | RelOp::Consume { input }
        | RelOp::AssertSchema { input, .. } => vec![input],
        RelOp::Evaluate { input, .. } | RelOp::CatalogFunction { input, .. } => {
            input.as_deref().into_iter().collect()
        }
        RelOp::Partition { input, subquery, .. } => vec![input, subquery],
        RelOp::Fork { input, branches } => {
            std::iter::once(&**input).chain(branches.iter().map(|(_, rows)| rows)).collect()
        }
        RelOp::Facet { input, with, .. } => {
            std::iter::once(&**input).chain(with.as_deref()).collect()
        }
        RelOp::Join(join) => vec![&join.left, &join.right],
        RelOp::Union { branches, .. } => branches.iter().map(|branch| &branch.rows).collect(),
        RelOp::MvExpand(expand) => vec![&expand.input],
        RelOp::MvApply(apply) => vec![&apply.expand.input, &apply.subquery],
        RelOp::Parse(parse) => vec![&parse.input],
        RelOp::MakeSeries(series) => vec![&series.input],
        RelOp::Search(search) => search.branches.iter().map(|branch| &branch.rows).collect(),
        RelOp::Scan(scan) => vec![&scan.input],
        RelOp::Graph { inputs, .. } => inputs.iter().collect(),
        RelOp::Broken(input) => input.as_deref().into_iter().collect(),
    }
}

/// The name of an operator as the code has it.
fn name(op: &RelOp) -> String {
    /// Takes what is written up to the first sign that is none of a name.
    struct Head(String);
    impl Write for Head {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let end = text.find(|c: char| !c.is_alphanumeric());
            self.0.push_str(text.get(..end.unwrap_or(text.len())).unwrap_or_default());
            if end.is_some() { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut head = Head(String::new());
    // The error only says that enough was written.
    let _ = write!(head, "{op:?}");
    head.0
}

/// What was written for an operator: without its input, where that stands before the bar.
fn excerpt(text: &str, rel: &Rel, inputs: &[&Rel]) -> String {
    let (span, input) = (rel.span, inputs.first().map(|input| input.span));
    let before = input.filter(|input| input.start == span.start && input.end < span.end);
    let start = before.map_or(span.start, |input| input.end);
    let written = text.get(start as usize..span.end as usize).unwrap_or_default();
    let written = written.trim_start().trim_start_matches('|');
    let words: Vec<&str> = written.split_whitespace().collect();
    let line = words.join(" ");
    let mut shown: String = line.chars().take(TEXT_SHOWN_MAX).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

fn columns(schema: &Schema) -> String {
    let shown = schema.iter().take(COLUMNS_SHOWN_MAX);
    let shown: Vec<String> = shown.map(|Column { name, ty, .. }| format!("{name}: {ty}")).collect();
    let rest = schema.len().saturating_sub(shown.len());
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}
