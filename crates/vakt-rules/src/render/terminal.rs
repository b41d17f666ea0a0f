//! For people: the message, the lines of source with the place marked, and the cure.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use vakt_kql::diagnostic::Severity;

use crate::check::{Checked, Finding};

/// Lines that are shown of a finding at most: of a longer one, its first line.
const LINES_SHOWN_MAX: u32 = 6;

/// Whether a terminal reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// It does, and likes colours.
    Ansi,
    /// A file, a pipe, or somebody who wants none.
    Plain,
}

/// The findings of a file, one paragraph each. `text` is the file's.
pub fn terminal(checked: &Checked, text: &str, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Ansi => Renderer::styled(),
        Colour::Plain => Renderer::plain(),
    };
    let mut told = String::new();
    for finding in &checked.findings {
        told.push_str(&renderer.render(&[group(&checked.file, finding, text)]));
        told.push_str("\n\n");
    }
    told
}

fn group<'a>(file: &'a str, finding: &'a Finding, text: &'a str) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE,
    };
    let mut end = finding.place.end;
    if finding.end.line - finding.start.line >= LINES_SHOWN_MAX {
        let first = text.get(finding.place.clone()).and_then(|place| place.lines().next());
        end = finding.place.start + first.map_or(0, str::len);
    }
    let (window, line) = window(text, finding.place.start, end);
    let place = finding.place.start - window.start..end - window.start;
    let source = Snippet::source(text.get(window).unwrap_or_default())
        .line_start(line)
        .path(file)
        .annotation(AnnotationKind::Primary.span(place));
    let group = level.primary_title(&finding.message).id(finding.code).element(source);
    if finding.help.is_empty() {
        return group;
    }
    group.element(Level::HELP.message(&finding.help))
}

/// The lines that a place is in, and the number of the first: what is rendered of a large file.
fn window(text: &str, start: usize, end: usize) -> (std::ops::Range<usize>, usize) {
    let before = text.get(..start).unwrap_or_default();
    let first = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let after = text.get(end..).unwrap_or_default();
    let last = after.find('\n').map_or(text.len(), |at| end + at);
    (first..last, line)
}
