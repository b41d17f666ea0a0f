//! A look into a server's store from the side, for what must not be there any more.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;
use vakt_storage::{Database, SealingKey, Store};

use crate::world::World;

/// A store over a copy of a world's file, as it was at that moment; over the database itself where
/// it is PostgreSQL's.
pub struct Peek {
    /// The store.
    pub store: Arc<dyn Store>,
    _copy: TempDir,
}

impl Peek {
    /// Looks into a world.
    pub async fn into(world: &World) -> Self {
        let folder = world.server().folder();
        let copy = TempDir::with_prefix("vakt-test-peek-").unwrap();
        let database = match world.server().database() {
            Some(database) => Database::Postgres(database.url().into()),
            None => {
                for name in ["vakt.db", "vakt.db-wal"] {
                    if folder.join(name).exists() {
                        fs::copy(folder.join(name), copy.path().join(name)).unwrap();
                    }
                }
                Database::Sqlite(copy.path().join("vakt.db"))
            }
        };
        let key = fs::read_to_string(folder.join("seal.key")).unwrap();
        let key = SealingKey::from_hex(&key).unwrap();
        let store = vakt_storage::open(&database, key).await.unwrap();
        Self { store, _copy: copy }
    }
}
