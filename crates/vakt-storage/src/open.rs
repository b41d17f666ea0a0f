//! Opening a database: connect and bring it to this version's schema, then unlock it with the
//! sealing key. In two steps, so that a new sealing key is made only for a database that has none.

use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;
use vakt_endpoint::EndpointStore;
use vakt_identity::Stores;
use vakt_incidents::IncidentStore;

use crate::seal::{SealError, SealingKey};
use crate::{postgres, sqlite};

/// Which database.
#[derive(Debug, Clone)]
pub enum Database {
    /// A file of SQLite's, made if it is not there.
    Sqlite(PathBuf),
    /// A URL `postgres://user:password@host/database`; it may hold a password.
    Postgres(SecretString),
}

/// Everything the rooms ask of a store, over one database.
#[async_trait::async_trait]
pub trait Store: Stores + IncidentStore + EndpointStore {
    /// Waits until no other server is starting on this database, and keeps others waiting until the
    /// turn is dropped: the first key, the first tenant and the seed are made once.
    async fn starting(&self) -> Result<StartTurn, OpenError>;
    /// Closes the database; waits for running statements.
    async fn close(&self);
}

/// A server's turn to start; it ends when this is dropped.
pub struct StartTurn {
    pub(crate) _held: Box<dyn Any + Send>,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file.
    #[error("cannot open the database `{path}`")]
    File {
        /// Its path.
        path: String,
        /// Reason.
        #[source]
        source: sqlx::Error,
    },
    /// The URL. What is wrong with it is not repeated: it may hold a password.
    #[error(
        "the database URL cannot be read; write it as postgres://user:password@host:5432/database, \
         and signs in the password as %XX"
    )]
    Url,
    /// PostgreSQL cannot be reached.
    #[error("cannot connect to PostgreSQL at `{server}`; is it running, and does it listen there?")]
    Unreachable {
        /// Host and port.
        server: String,
        /// Reason.
        #[source]
        source: sqlx::Error,
    },
    /// PostgreSQL refuses the account.
    #[error(
        "PostgreSQL at `{server}` refuses the account or its password; check the database URL, \
         and the server's pg_hba.conf"
    )]
    Refused {
        /// Host and port.
        server: String,
        /// Reason.
        #[source]
        source: sqlx::Error,
    },
    /// There is no such database.
    #[error(
        "PostgreSQL at `{server}` has no database `{name}`; make it with `createdb {name}`, or name \
         another in the database URL"
    )]
    NoDatabase {
        /// Host and port.
        server: String,
        /// Its name.
        name: String,
    },
    /// An old PostgreSQL.
    #[error("PostgreSQL at `{server}` is version {version}; this needs {needed} or newer")]
    TooOld {
        /// Host and port.
        server: String,
        /// What runs there.
        version: String,
        /// The oldest that will do.
        needed: i32,
    },
    /// A database that cannot hold every text.
    #[error(
        "the database `{name}` stores texts as {encoding}; make one with `createdb -E UTF8 \
         -T template0`"
    )]
    Encoding {
        /// Its name.
        name: String,
        /// Its encoding.
        encoding: String,
    },
    /// An account that may not make tables.
    #[error(
        "the account may not make tables in the database `{name}`; make it the owner, with \
         `ALTER DATABASE {name} OWNER TO <account>`"
    )]
    NotOwner {
        /// The database's name.
        name: String,
    },
    /// The schema.
    #[error("cannot bring the database to this version's schema")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Alerts of an older version.
    #[error("cannot index the alerts that an older version stored")]
    OldAlerts(#[source] vakt_incidents::IncidentStoreError),
    /// A statement while opening.
    #[error("the database failed while it was opened")]
    Failed(#[source] sqlx::Error),
    /// The sealing key.
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// A database that is connected and has this version's schema, but is not unlocked yet.
pub struct Opening(Connected);

enum Connected {
    Sqlite(sqlite::Pools),
    Postgres(postgres::Pools),
}

/// Connects to a database and brings it to this version's schema.
pub async fn connect(database: &Database) -> Result<Opening, OpenError> {
    Ok(Opening(match database {
        Database::Sqlite(path) => Connected::Sqlite(sqlite::open::connect(path).await?),
        Database::Postgres(url) => Connected::Postgres(postgres::open::connect(url).await?),
    }))
}

/// Connects to a database and unlocks it.
pub async fn open(database: &Database, key: SealingKey) -> Result<Arc<dyn Store>, OpenError> {
    connect(database).await?.unlock(key).await
}

impl Opening {
    /// Does the database hold anything that only its sealing key opens? Then a new one is no use.
    pub async fn is_sealed(&self) -> Result<bool, OpenError> {
        match &self.0 {
            Connected::Sqlite(pools) => pools.is_sealed().await,
            Connected::Postgres(pools) => pools.is_sealed().await,
        }
    }

    /// Unlocks it. The key that first unlocks a database is the key of all servers on it.
    pub async fn unlock(self, key: SealingKey) -> Result<Arc<dyn Store>, OpenError> {
        Ok(match self.0 {
            Connected::Sqlite(pools) => Arc::new(pools.unlock(key).await?),
            Connected::Postgres(pools) => Arc::new(pools.unlock(key).await?),
        })
    }
}
