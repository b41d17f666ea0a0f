//! Opening a database.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::migrate;
use crate::seal::SealingKey;
use crate::sqlite::SqliteStore;

/// Connections that read side by side; each costs a thread and its page cache.
const READERS_MAX: u32 = 4;
/// How long a connection waits for another one's lock.
const BUSY_TIMEOUT_SECONDS: u64 = 10;
/// Page cache of one connection, in KiB (negative: SQLite's way to say KiB).
const PAGE_CACHE_KIB: &str = "-2048";

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file.
    #[error("cannot open the database `{path}`")]
    Database {
        /// Its path.
        path: String,
        /// Reason.
        #[source]
        source: sqlx::Error,
    },
    /// The schema.
    #[error("cannot bring the database to this version's schema")]
    Migration(#[source] sqlx::migrate::MigrateError),
}

/// Opens (or makes) an SQLite database and brings it to this version's schema. WAL with
/// `synchronous=FULL`: a commit that returned survives a power cut.
pub async fn open_sqlite(path: &Path, key: SealingKey) -> Result<SqliteStore, OpenError> {
    let failed = |source| OpenError::Database { path: path.display().to_string(), source };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(BUSY_TIMEOUT_SECONDS))
        .pragma("cache_size", PAGE_CACHE_KIB);
    let pool = |max| SqlitePoolOptions::new().max_connections(max).min_connections(0);
    let writer = pool(1).connect_with(options.clone()).await.map_err(failed)?;
    migrate::sqlite().run(&writer).await.map_err(OpenError::Migration)?;
    let readers = pool(READERS_MAX).connect_with(options.read_only(true)).await.map_err(failed)?;
    Ok(SqliteStore::new(writer, readers, key))
}
