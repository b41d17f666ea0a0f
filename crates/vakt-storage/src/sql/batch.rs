//! Statements over many rows.

use sqlx::QueryBuilder;

use super::{Db, DbConnection};

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

/// Deletes rows by number: `sql` ends where the list of numbers begins.
pub(super) async fn delete(
    connection: &mut DbConnection,
    sql: &'static str,
    numbers: &[i64],
) -> Result<(), sqlx::Error> {
    for piece in pieces(numbers) {
        let mut sql = QueryBuilder::<Db>::new(sql);
        sql.push(" (");
        let mut list = sql.separated(", ");
        for number in piece {
            list.push_bind(*number);
        }
        sql.push(")");
        sql.build().execute(&mut *connection).await?;
    }
    Ok(())
}
