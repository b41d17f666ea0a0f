//! A database under test.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;
use vakt_storage::{Database, OpenError, SealingKey, Store};
use vakt_testkit::postgres::TestDatabase;

/// The sealing key of a store that was opened without a wish for another.
const KEY: [u8; 32] = [7; 32];

/// A place where one store's content lives, opened and closed at will.
pub trait Backend {
    /// Where it is.
    fn database(&self) -> Database;

    /// Every byte that it keeps, the sealing key aside.
    fn bytes(&self) -> Vec<u8>;

    /// Tries to open it under a sealing key.
    async fn try_open(&self, key: [u8; 32]) -> Result<Arc<dyn Store>, OpenError> {
        vakt_storage::open(&self.database(), SealingKey::from_bytes(key)).await
    }

    /// Opens it.
    async fn open(&self) -> Arc<dyn Store> {
        self.try_open(KEY).await.unwrap()
    }
}

/// SQLite in a folder of its own.
pub struct Sqlite(TempDir);

impl Sqlite {
    /// Empty.
    pub fn new() -> Option<Self> {
        Some(Self(TempDir::with_prefix("vakt-test-store-").unwrap()))
    }
}

impl Backend for Sqlite {
    fn database(&self) -> Database {
        Database::Sqlite(self.0.path().join("vakt.db"))
    }

    fn bytes(&self) -> Vec<u8> {
        let files = fs::read_dir(self.0.path()).unwrap().map(|file| file.unwrap().path());
        files.flat_map(|path| fs::read(path).unwrap()).collect()
    }
}

/// A database of PostgreSQL's.
pub struct Postgres(TestDatabase);

impl Postgres {
    /// Empty; `None` where there is no PostgreSQL.
    pub fn new() -> Option<Self> {
        TestDatabase::new().map(Self)
    }

    /// What PostgreSQL itself answers.
    pub fn run(&self, sql: &str) -> String {
        self.0.run(sql)
    }
}

impl Backend for Postgres {
    fn database(&self) -> Database {
        Database::Postgres(self.0.url().into())
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.bytes()
    }
}
