//! Opening an SQLite file.

use std::path::Path;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::{Pools, sql};
use crate::migrate;
use crate::open::OpenError;
use crate::rows::fold;

/// Connections that read side by side; each costs a thread and its page cache.
const READERS_MAX: u32 = 4;
/// How long a connection waits for another one's lock.
const BUSY_TIMEOUT_SECONDS: u64 = 10;
/// Page cache of a connection that reads, in KiB (negative: SQLite's way to say KiB).
const READER_CACHE_KIB: &str = "-2048";
/// Page cache of the one that writes: an import touches the end of every index.
const WRITER_CACHE_KIB: &str = "-32768";
/// Rows that the connection that writes reads ahead of whoever asked for them: those of one
/// statement, so that it does not wait.
const WRITER_ROWS_AHEAD_MAX: usize = 128;
/// Bytes of a page, of a new file; one that is there keeps its own. A page takes two writes to the
/// log and one to the file whatever its size, and an import fills most of those it touches.
const PAGE_BYTES: u32 = 8192;
/// Pages in the log before they are carried into the file: an import writes each page of an index
/// many times.
const PAGES_BEFORE_CHECKPOINT: &str = "4000";

/// Opens (or makes) a file and brings it to this version's schema. WAL with `synchronous=FULL`: a
/// commit that returned survives a power cut.
pub(crate) async fn connect(path: &Path) -> Result<Pools, OpenError> {
    let failed = |source| OpenError::File { path: path.display().to_string(), source };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(BUSY_TIMEOUT_SECONDS))
        .page_size(PAGE_BYTES)
        .pragma("wal_autocheckpoint", PAGES_BEFORE_CHECKPOINT)
        .pragma("cache_size", READER_CACHE_KIB)
        // A slow statement of many rows is thousands of question marks in the log, and no more.
        .disable_statement_logging();
    // A connection to a file does not go away by itself, so it is not tried before each use.
    let pool = |max| {
        SqlitePoolOptions::new().max_connections(max).min_connections(0).test_before_acquire(false)
    };
    let writing = options.clone().pragma("cache_size", WRITER_CACHE_KIB);
    let writing = writing.row_buffer_size(WRITER_ROWS_AHEAD_MAX);
    let writers = pool(1).connect_with(writing).await.map_err(failed)?;
    migrate::sqlite().run(&writers).await.map_err(OpenError::Migration)?;
    fold_names(&writers).await.map_err(OpenError::Failed)?;
    index_old_alerts(&writers).await?;
    let readers = pool(READERS_MAX).connect_with(options.read_only(true)).await.map_err(failed)?;
    Ok(Pools { writers, readers })
}

/// Does the rest of migration 3: folds the names that are not plain ASCII.
async fn fold_names(writers: &SqlitePool) -> Result<(), sqlx::Error> {
    let mut transaction = writers.begin_with("BEGIN IMMEDIATE").await?;
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM names_to_fold").fetch_all(&mut *transaction).await?;
    if names.is_empty() {
        return Ok(());
    }
    for name in names {
        sqlx::query("UPDATE names_to_fold SET folded = $2 WHERE name = $1")
            .bind(&name)
            .bind(fold(&name))
            .execute(&mut *transaction)
            .await?;
    }
    for sql in FOLD_NAMES {
        sqlx::query(sql).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

/// Does the rest of migration 7, step by step: a file may hold millions of alerts.
async fn index_old_alerts(writers: &SqlitePool) -> Result<(), OpenError> {
    loop {
        let begun = writers.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(OpenError::Failed)?;
        let more = sql::index_old_alerts(&mut transaction).await.map_err(OpenError::OldAlerts)?;
        transaction.commit().await.map_err(OpenError::Failed)?;
        if !more {
            return Ok(());
        }
    }
}

/// The listed name stands first in each comparison, or the old columns' blindness to case would
/// rule it.
const FOLD_NAMES: [&str; 5] = [
    "UPDATE applications SET name_folded = n.folded
        FROM names_to_fold n WHERE n.name = applications.display_name",
    "UPDATE service_principals SET name_folded = n.folded
        FROM names_to_fold n WHERE n.name = service_principals.display_name",
    "UPDATE incidents SET name_folded = n.folded
        FROM names_to_fold n WHERE n.name = incidents.name",
    "UPDATE incidents SET owner_folded = n.folded
        FROM names_to_fold n WHERE n.name = incidents.assigned_to",
    "DELETE FROM names_to_fold",
];
