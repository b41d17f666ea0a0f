//! Statements over many rows.

use std::sync::OnceLock;

use sqlx::{Arguments, AssertSqlSafe, Database, Encode, QueryBuilder, SqlSafeStr, SqlStr, Type};

use super::super::{INSERT, UPDATE};
use super::{Db, DbConnection, DbRow};

type DbArguments = <Db as Database>::Arguments;

/// Rows of one statement. Few different numbers, so that there are few statements to prepare.
const ROWS_PER_STATEMENT: [usize; 3] = [128, 16, 1];

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

/// A statement that stores rows. Its text is made once for each number of rows. When one fails, some
/// of its rows may be there: the transaction must go.
pub(super) struct Insertion {
    verb: &'static str,
    /// Between the verb and the rows.
    head: &'static str,
    columns: usize,
    /// After the rows.
    tail: &'static str,
    texts: [OnceLock<SqlStr>; ROWS_PER_STATEMENT.len()],
}

impl Insertion {
    /// `table (columns)`, how many columns those are, and what follows the rows.
    pub(super) const fn into(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self::new(INSERT, (head, columns, tail))
    }

    /// What follows `UPDATE` up to the rows, how many columns those have, and what follows them.
    pub(super) const fn update(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self::new(UPDATE, (head, columns, tail))
    }

    const fn new(verb: &'static str, rest: (&'static str, usize, &'static str)) -> Self {
        let (head, columns, tail) = rest;
        let texts = [const { OnceLock::new() }; ROWS_PER_STATEMENT.len()];
        Self { verb, head, columns, tail, texts }
    }

    /// Stores rows; `bind` adds one row's values, in the order of the columns.
    pub(super) async fn store<R>(
        &self,
        connection: &mut DbConnection,
        rows: Vec<R>,
        bind: impl Fn(&mut Values, R),
    ) -> Result<(), sqlx::Error> {
        self.store_and_tell(connection, rows, bind).await.map(|_| ())
    }

    /// The same; gives what the statement tells of the rows it stored.
    pub(super) async fn store_and_tell<R>(
        &self,
        connection: &mut DbConnection,
        rows: Vec<R>,
        bind: impl Fn(&mut Values, R),
    ) -> Result<Vec<DbRow>, sqlx::Error> {
        let mut told = Vec::new();
        let mut rows = rows.into_iter();
        let mut next = self.statement(&mut rows, &bind)?;
        while let Some((text, values)) = next {
            let storing = sqlx::query_with(text, values).fetch_all(&mut *connection);
            // While the database stores these, the values of the next statement are gathered.
            let gathering = async { self.statement(&mut rows, &bind) };
            let (stored, gathered) = tokio::join!(biased; storing, gathering);
            told.extend(stored?);
            next = gathered?;
        }
        Ok(told)
    }

    /// The next statement, with the first of the rows.
    fn statement<R>(
        &self,
        rows: &mut std::vec::IntoIter<R>,
        bind: impl Fn(&mut Values, R),
    ) -> Result<Option<(SqlStr, DbArguments)>, sqlx::Error> {
        let mut sizes = ROWS_PER_STATEMENT.into_iter().zip(&self.texts);
        let Some((size, text)) = sizes.find(|(size, _)| *size <= rows.len()) else {
            return Ok(None);
        };
        let mut values = Values::default();
        values.arguments.reserve(size * self.columns, 0);
        rows.take(size).for_each(|row| bind(&mut values, row));
        let text = text.get_or_init(|| self.text(size)).clone();
        Ok(Some((text, values.finish()?)))
    }

    fn text(&self, rows: usize) -> SqlStr {
        let mut sql = QueryBuilder::<Db>::new(self.verb);
        sql.push(" ").push(self.head).push(" ");
        sql.push_values(0..rows, |mut row, _| {
            for _ in 0..self.columns {
                row.push_bind(0_i64);
            }
        });
        sql.push(" ").push(self.tail);
        AssertSqlSafe(std::sync::Arc::<str>::from(sql.sql().as_str())).into_sql_str()
    }
}

/// The values of a statement's rows.
#[derive(Default)]
pub(super) struct Values {
    arguments: DbArguments,
    failed: Option<sqlx::Error>,
}

impl Values {
    /// The next column's value.
    pub(super) fn add<'t, T: Encode<'t, Db> + Type<Db>>(&mut self, value: T) -> &mut Self {
        if let Err(error) = self.arguments.add(value) {
            self.failed = Some(sqlx::Error::Encode(error));
        }
        self
    }

    fn finish(self) -> Result<DbArguments, sqlx::Error> {
        self.failed.map_or(Ok(self.arguments), Err)
    }
}
