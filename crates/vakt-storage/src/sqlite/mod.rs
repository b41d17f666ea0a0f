//! The stores over SQLite: one connection writes, a few read. Every change commits before it is
//! acknowledged and moves the generation on.

mod applications;
mod assignments;
mod directory;
mod identity;
mod incident_query;
mod incidents;
mod principals;
mod signing_keys;
mod tenants;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, SqlitePool, Transaction};
use vakt_identity::StoreError;

use crate::rows::BadDocument;
use crate::seal::SealingKey;

/// The stores over one SQLite file.
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    generation: Arc<AtomicU64>,
    key: SealingKey,
}

impl SqliteStore {
    pub(crate) fn new(writer: SqlitePool, readers: SqlitePool, key: SealingKey) -> Self {
        Self { writer, readers, generation: Arc::new(AtomicU64::new(0)), key }
    }

    /// Closes the file; waits for running statements.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Commits, then moves the generation on: whoever saw the old one reads again. In a task of its
    /// own, since a commit that was begun happens even if its caller goes away meanwhile, and must
    /// then be seen like any other; also when it failed, as it may have happened all the same.
    async fn commit(&self, transaction: Transaction<'static, Sqlite>) -> Result<(), sqlx::Error> {
        let generation = self.generation.clone();
        let committed = tokio::spawn(async move {
            let committed = transaction.commit().await;
            generation.fetch_add(1, Ordering::AcqRel);
            committed
        });
        committed.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }
}

/// Reads an id column.
fn id<T: std::str::FromStr>(row: &SqliteRow, column: &str) -> Result<T, StoreError>
where
    T::Err: std::fmt::Display,
{
    let text: String = row.try_get(column).map_err(failed)?;
    text.parse().map_err(|error: T::Err| StoreError::Corrupt {
        what: "id",
        why: format!("{column}: {error}"),
    })
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// A broken uniqueness rule means that `what` is there already.
fn conflict(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() => {
            StoreError::Conflict(what)
        }
        _ => failed(error),
    }
}

fn corrupt(what: &'static str) -> impl Fn(BadDocument) -> StoreError {
    move |bad| StoreError::Corrupt { what, why: bad.to_string() }
}
