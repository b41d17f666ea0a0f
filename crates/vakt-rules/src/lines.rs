//! Lines and columns of a text, found by halving and not by counting from the start.

use std::ops::Range;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, as Kusto and most editors count.
    Utf16,
}

/// A place, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LineColumn {
    /// From 0.
    pub line: u32,
    /// From 0.
    pub column: u32,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Of a text. A line ends with `\n`.
    pub fn new(text: &str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(after.map(|(at, _)| at + 1)).collect() }
    }

    /// The bytes of a line without its end, empty beyond the last one.
    pub fn line(&self, text: &str, line: u32) -> Range<usize> {
        let Some(start) = self.starts.get(line as usize).copied() else {
            return text.len()..text.len();
        };
        let next = self.starts.get(line as usize + 1).copied();
        let end = next.map_or(text.len(), |next| next - 1);
        let carriage = text.get(start..end).is_some_and(|line| line.ends_with('\r'));
        start..if carriage { end - 1 } else { end }
    }

    /// Line and column of a byte; of the end of the text when it is beyond.
    pub fn place(&self, text: &str, at: usize, units: Units) -> LineColumn {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(start..at).unwrap_or_default();
        LineColumn { line: small(line), column: small(length(before, units)) }
    }

    /// The byte at a line and column: the end of the line, or of the text, when it is beyond.
    pub fn offset(&self, text: &str, place: LineColumn, units: Units) -> usize {
        let line = self.line(text, place.line);
        let mut column = 0;
        for (at, c) in text.get(line.clone()).unwrap_or_default().char_indices() {
            if column >= place.column as usize {
                return line.start + at;
            }
            column += if units == Units::Utf8 { c.len_utf8() } else { c.len_utf16() };
        }
        line.end
    }
}

fn length(text: &str, units: Units) -> usize {
    match units {
        Units::Utf8 => text.len(),
        Units::Utf16 => text.encode_utf16().count(),
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, Lines, Units};

    #[test]
    fn places_and_bytes_are_inverse() {
        let text = "a\r\nü😀x\n\nz";
        let lines = Lines::new(text);
        for (at, line, utf8, utf16) in [
            (0, 0, 0, 0),
            (1, 0, 1, 1),
            (3, 1, 0, 0),
            (5, 1, 2, 1),
            (9, 1, 6, 3),
            (11, 2, 0, 0),
            (13, 3, 1, 1),
        ] {
            for (units, column) in [(Units::Utf8, utf8), (Units::Utf16, utf16)] {
                let place = LineColumn { line, column };
                assert_eq!(lines.place(text, at, units), place, "of {at}");
                assert_eq!(lines.offset(text, place, units), at, "at {place:?}");
            }
        }
        assert_eq!(lines.offset(text, LineColumn { line: 0, column: 9 }, Units::Utf16), 1);
        assert_eq!(lines.offset(text, LineColumn { line: 9, column: 0 }, Units::Utf16), 13);
        assert_eq!(lines.place(text, 99, Units::Utf16), LineColumn { line: 3, column: 1 });
    }
}
