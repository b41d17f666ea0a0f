//! A look into a server's store from the side, for what must not be there any more.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;
use vakt_storage::{Database, SealingKey, Store};

use crate::world::World;

/// A store over a copy of a world's database, as it was at that moment.
pub struct Peek {
    /// The store.
    pub store: Arc<dyn Store>,
    _copy: TempDir,
}

impl Peek {
    /// Copies the database of a world.
    pub async fn into(world: &World) -> Self {
        let folder = world.server().folder();
        let copy = TempDir::with_prefix("vakt-test-peek-").unwrap();
        for name in ["vakt.db", "vakt.db-wal"] {
            if folder.join(name).exists() {
                fs::copy(folder.join(name), copy.path().join(name)).unwrap();
            }
        }
        let key = fs::read_to_string(folder.join("seal.key")).unwrap();
        let key = SealingKey::from_hex(&key).unwrap();
        let database = Database::Sqlite(copy.path().join("vakt.db"));
        let store = vakt_storage::open(&database, key).await.unwrap();
        Self { store, _copy: copy }
    }
}
