//! A query found in a file, and which of its bytes stand where.

use std::ops::Range;

/// A stretch of the query and the stretch of the file that it was read from. Where both have the same
/// length they are the same bytes; otherwise the one stands for the other as a whole (an escape, a
/// line end with its indentation).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    query: Range<usize>,
    file: Range<usize>,
}

/// A query, and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    /// Its text, as it would be sent.
    pub text: String,
    pieces: Vec<Piece>,
}

impl Query {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes that stand in the query as they stand in the file, from `at`.
    pub fn push(&mut self, text: &str, at: usize) {
        self.piece(text, at..at + text.len());
    }

    /// Text that stands for a stretch of the file.
    pub fn push_for(&mut self, text: &str, file: Range<usize>) {
        self.piece(text, file);
    }

    fn piece(&mut self, text: &str, file: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        let query = start..self.text.len();
        let same = query.len() == file.len();
        if let Some(last) = self.pieces.last_mut() {
            let follows = last.file.end == file.start && last.query.len() == last.file.len();
            if follows && same {
                last.query.end = query.end;
                last.file.end = file.end;
                return;
            }
        }
        self.pieces.push(Piece { query, file });
    }

    /// Where in the file a stretch of the query is. Never reaches beyond what the query was read from.
    pub fn in_file(&self, span: Range<usize>) -> Range<usize> {
        let start = self.file_start(span.start);
        let end = if span.is_empty() { start } else { self.file_end(span.end) };
        start..end.max(start)
    }

    /// From its first to its last byte in the file.
    pub fn place(&self) -> Range<usize> {
        let start = self.pieces.first().map_or(0, |piece| piece.file.start);
        start..self.pieces.last().map_or(start, |piece| piece.file.end)
    }

    /// The query's byte that a byte of the file stands for, if it is one of this query's.
    pub fn in_query(&self, at: usize) -> Option<usize> {
        let touches = |piece: &&Piece| piece.file.start <= at && at <= piece.file.end;
        // Where two pieces meet, the later one is meant: it begins there.
        let piece = self.pieces.iter().rev().find(touches)?;
        let beyond = at - piece.file.start;
        let inside = if piece.query.len() == piece.file.len() || beyond == 0 {
            beyond
        } else {
            piece.query.len()
        };
        Some(piece.query.start + inside)
    }

    /// The place of the byte at `at`.
    fn file_start(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.query.start <= at);
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.place().start;
        };
        let beyond = at - piece.query.start;
        if piece.query.len() == piece.file.len() || beyond == 0 {
            (piece.file.start + beyond).min(piece.file.end)
        } else if beyond >= piece.query.len() {
            piece.file.end
        } else {
            piece.file.start
        }
    }

    /// The end of the place of the bytes before `at`.
    fn file_end(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.query.start < at);
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.place().start;
        };
        if piece.query.len() == piece.file.len() {
            (piece.file.start + at - piece.query.start).min(piece.file.end)
        } else {
            piece.file.end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn places_in_a_query_are_places_in_its_file() {
        // file: `  ab\n  c''d`, query: "ab\nc'd"
        let mut query = Query::new();
        query.push("ab", 2);
        query.push_for("\n", 4..7);
        query.push("c", 7);
        query.push_for("'", 8..10);
        query.push("d", 10);
        assert_eq!(query.text, "ab\nc'd");
        for (span, expected) in [
            (0..2, 2..4),
            (1..1, 3..3),
            (2..3, 4..7),
            (3..4, 7..8),
            (4..5, 8..10),
            (0..6, 2..11),
            (6..6, 11..11),
            (90..99, 11..11),
        ] {
            assert_eq!(query.in_file(span.clone()), expected, "for {span:?}");
        }
        for (at, expected) in [
            (0, None),
            (2, Some(0)),
            (4, Some(2)),
            (5, Some(3)),
            (7, Some(3)),
            (11, Some(6)),
            (12, None),
        ] {
            assert_eq!(query.in_query(at), expected, "for {at}");
        }
        assert_eq!(Query::new().in_file(3..5), 0..0);
    }
}
