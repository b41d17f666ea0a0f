//! An open document: its text as the client has it, the queries in it, and places as the client
//! counts them.

use std::ops::Range;

use gen_lsp_types::{Position, Range as LspRange, TextDocumentContentChangeEvent};
use vakt_kql::Parse;
use vakt_rules::{FileKind, LineColumn, Lines, Query, Units, find};

/// Largest document that is looked into.
pub const DOCUMENT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// An open document.
#[derive(Debug)]
pub struct Document {
    /// Its text.
    pub text: String,
    /// Which of its states it is, as the client counts.
    pub version: i32,
    /// What kind of file it is.
    pub kind: FileKind,
    lines: Lines,
    queries: Vec<Query>,
}

impl Document {
    /// As it was opened. The kind is the one that the client says, else the name's.
    pub fn new(uri: &str, language: &str, version: i32, text: String) -> Self {
        let kind = match language {
            "kql" | "kusto" | "csl" => FileKind::Plain,
            "markdown" => FileKind::Markdown,
            "yaml" | "json" | "jsonc" => FileKind::Yaml,
            _ => FileKind::of_name(uri),
        };
        let mut document = Self { text, version, kind, lines: Lines::new(""), queries: Vec::new() };
        document.look();
        document
    }

    /// Is it too large to be looked into?
    pub fn is_too_large(&self) -> bool {
        self.text.len() > DOCUMENT_BYTES_MAX
    }

    /// Changes it, one change after the other.
    pub fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        units: Units,
    ) {
        self.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let range = self.bytes(part.range, units);
                    self.text.replace_range(range, &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    self.text = whole.text;
                }
            }
            // The next change counts in the lines that this one left.
            self.lines = Lines::new(&self.text);
        }
        self.look();
    }

    fn look(&mut self) {
        self.lines = Lines::new(&self.text);
        self.queries = if self.is_too_large() {
            Vec::new()
        } else {
            find::queries(self.kind, &self.text).queries
        };
    }

    /// Its queries, in order.
    pub fn queries(&self) -> &[Query] {
        &self.queries
    }

    /// The query at a byte, parsed, and the byte in it. In a file that is nothing but queries every
    /// byte belongs to the one before it: there the next word will be written.
    pub fn query_at(&self, at: usize) -> Option<(Query, Parse, u32)> {
        if self.is_too_large() {
            return None;
        }
        let holds = |query: &&Query| query.in_query(at).is_some();
        let query = match self.queries.iter().find(holds) {
            Some(query) => query.clone(),
            None if self.kind == FileKind::Plain => self.text_before(at),
            None => return None,
        };
        let inside = u32::try_from(query.in_query(at)?).ok()?;
        let parse = vakt_kql::parse(&query.text);
        Some((query, parse, inside))
    }

    fn text_before(&self, at: usize) -> Query {
        let before = self.queries.iter().rev().find(|query| query.place().start <= at);
        let start = before.map_or(0, |query| query.place().start);
        let mut query = Query::new();
        query.push(self.text.get(start..at).unwrap_or_default(), start);
        query
    }

    /// The byte of a place.
    pub fn byte(&self, position: Position, units: Units) -> usize {
        let place = LineColumn { line: position.line, column: position.character };
        self.lines.offset(&self.text, place, units)
    }

    /// The bytes between two places; nothing where they are the wrong way round.
    pub fn bytes(&self, range: LspRange, units: Units) -> Range<usize> {
        let start = self.byte(range.start, units);
        start..self.byte(range.end, units).max(start)
    }

    /// Bytes as the client counts them.
    pub fn range(&self, bytes: Range<usize>, units: Units) -> LspRange {
        LspRange { start: self.position(bytes.start, units), end: self.position(bytes.end, units) }
    }

    fn position(&self, at: usize, units: Units) -> Position {
        let place = self.lines.place(&self.text, at, units);
        Position { line: place.line, character: place.column }
    }
}
