//! A database under test.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vakt_identity::IdentityStore;
use vakt_incidents::IncidentStore;
use vakt_storage::{SealingKey, SqliteStore, open_sqlite};

/// The sealing key of a store that was opened without a wish for another.
const KEY: [u8; 32] = [7; 32];

/// A place where one store's content lives, opened and closed at will.
pub trait Backend {
    /// The store over it.
    type Store: IdentityStore + IncidentStore;

    /// Opens it under a sealing key.
    async fn open_with(&self, key: [u8; 32]) -> Self::Store;

    /// Closes it; everything is on disk then.
    async fn close(&self, store: Self::Store);

    /// Every byte that it keeps, the sealing key aside.
    fn bytes(&self) -> Vec<u8>;

    /// Opens it.
    async fn open(&self) -> Self::Store {
        self.open_with(KEY).await
    }
}

/// SQLite in a folder of its own.
pub struct Sqlite(TempDir);

impl Sqlite {
    /// Empty.
    pub fn new() -> Self {
        Self(TempDir::with_prefix("vakt-test-store-").unwrap())
    }
}

impl Backend for Sqlite {
    type Store = SqliteStore;

    async fn open_with(&self, key: [u8; 32]) -> SqliteStore {
        let path = self.0.path().join("vakt.db");
        open_sqlite(&path, SealingKey::from_bytes(key)).await.unwrap()
    }

    async fn close(&self, store: SqliteStore) {
        store.close().await;
    }

    fn bytes(&self) -> Vec<u8> {
        let files = fs::read_dir(self.0.path()).unwrap().map(|file| file.unwrap().path());
        files.flat_map(|path: std::path::PathBuf| read(&path)).collect()
    }
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}
