//! Detection rules in YAML (and JSON, which YAML holds): texts under the keys that mean a query.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::align::align;
use super::{Broken, Found};
use crate::query::Query;

/// Keys of queries, lower case and without dashes: `query` of Sentinel's rules and hunts and of exported
/// templates, `queryText` of Defender's custom detections, and what public collections use besides.
const KEYS: &[&str] = &[
    "query",
    "querytext",
    "huntingquery",
    "advancedhuntingquery",
    "functionquery",
    "kql",
    "kqlquery",
];

/// Deepest nesting that is looked into: rules have five levels.
const NESTING_DEPTH_MAX: usize = 128;

/// What is open around the present event.
enum Frame {
    /// Waits for a key.
    Key,
    /// Waits for the value of a key.
    Value { is_query: bool },
    /// A list, of queries or of something else.
    List { of_queries: bool },
}

/// The queries of a file; where it is no YAML, those up to there.
pub fn queries(text: &str) -> Found {
    let mut found = Found::default();
    let mut stack: Vec<Frame> = Vec::new();
    let mut bytes = Bytes { text, characters: 0, bytes: 0 };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok(one) => one,
            Err(error) => {
                found.broken = broken(text, bytes.at(error.marker()), error.info());
                return found;
            }
        };
        match event {
            Event::Scalar(value, style, ..) => {
                scalar(&value, style, span, &mut bytes, &mut stack, &mut found)
            }
            Event::MappingStart(..) => stack.push(Frame::Key),
            Event::SequenceStart(..) => stack.push(Frame::List { of_queries: is_query(&stack) }),
            Event::MappingEnd | Event::SequenceEnd => {
                stack.pop();
                value_ends(&mut stack);
            }
            Event::Alias(_) => value_ends(&mut stack),
            _ => {}
        }
        if stack.len() > NESTING_DEPTH_MAX {
            found.broken = broken(text, bytes.at(&span.start), "it is nested too deeply");
            return found;
        }
    }
    found
}

fn scalar(
    value: &str,
    style: ScalarStyle,
    span: Span,
    bytes: &mut Bytes<'_>,
    stack: &mut [Frame],
    found: &mut Found,
) {
    if let Some(top @ Frame::Key) = stack.last_mut() {
        *top = Frame::Value { is_query: is_query_key(value) };
        return;
    }
    if is_query(stack) && !value.trim().is_empty() {
        let (start, end) = (bytes.at(&span.start), bytes.at(&span.end));
        // Its place begins with its first letter; blank lines before that are its own.
        let start = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                bytes.text.get(..start).unwrap_or_default().trim_end().len()
            }
            _ => start,
        };
        let source = bytes.text.get(start..end).unwrap_or_default();
        let query: Query = align(value, source, start, style);
        found.queries.push(query);
    }
    value_ends(stack);
}

fn is_query_key(key: &str) -> bool {
    let key: String = key.chars().filter(|c| !matches!(c, '_' | '-')).collect();
    KEYS.contains(&key.to_ascii_lowercase().as_str())
}

/// Is the next value a query?
fn is_query(stack: &[Frame]) -> bool {
    matches!(stack.last(), Some(Frame::Value { is_query: true } | Frame::List { of_queries: true }))
}

fn value_ends(stack: &mut [Frame]) {
    if let Some(top) = stack.last_mut() {
        match top {
            // A key that is a mapping or a list names no query.
            Frame::Key => *top = Frame::Value { is_query: false },
            Frame::Value { .. } => *top = Frame::Key,
            Frame::List { .. } => {}
        }
    }
}

/// A file without the key of a query is none of ours, whatever is wrong with it.
fn broken(text: &str, at: usize, reason: &str) -> Option<Broken> {
    let has_key = text.lines().any(|line| {
        let line = line.trim_start_matches([' ', '-', '{', '"', '\'']);
        line.split_once(':').is_some_and(|(key, _)| is_query_key(key.trim_end_matches(['"', '\''])))
    });
    let reason = format!("this is not YAML: {reason}");
    has_key.then_some(Broken { place: at..at, reason })
}

/// Bytes of markers, which count characters. Asked in rising order it walks the text once.
struct Bytes<'t> {
    text: &'t str,
    characters: usize,
    bytes: usize,
}

impl Bytes<'_> {
    fn at(&mut self, marker: &Marker) -> usize {
        if marker.index() < self.characters {
            (self.characters, self.bytes) = (0, 0);
        }
        let rest = self.text.get(self.bytes..).unwrap_or_default();
        let ahead = marker.index() - self.characters;
        let walked: usize = rest.chars().take(ahead).map(char::len_utf8).sum();
        (self.characters, self.bytes) = (marker.index(), self.bytes + walked);
        self.bytes
    }
}
