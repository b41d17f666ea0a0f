//! Statements over many rows.

/// Rows of one statement. Few different numbers, so that there are few statements to prepare.
const ROWS_PER_STATEMENT: [usize; 3] = [64, 8, 1];

/// The rows in pieces, a statement each.
pub(super) fn pieces<T>(rows: &[T]) -> Vec<&[T]> {
    let mut pieces = Vec::new();
    let mut rest = rows;
    for size in ROWS_PER_STATEMENT {
        while let Some((piece, others)) = rest.split_at_checked(size) {
            pieces.push(piece);
            rest = others;
        }
    }
    pieces
}
