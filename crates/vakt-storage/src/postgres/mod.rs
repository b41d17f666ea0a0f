//! The stores over PostgreSQL, for several servers on one database. Whoever changes the directory
//! first counts the generation's row up: that lets identity writers follow one another over all
//! servers, and makes the new generation visible in the same instant as the change itself.

pub(crate) mod open;
mod planner;

#[path = "../sql/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "one text of SQL, compiled once per database")]
mod sql;

use std::any::Any;

use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{Postgres as Db, Transaction};
use vakt_identity::StoreError;

use crate::seal::SealingKey;
use crate::tenant_numbers::TenantNumbers;
use crate::turn::Turn;
use PostgresStore as Store;
use planner::Planner;

/// Connections to one database.
pub(crate) struct Pools {
    /// For changes of the directory, which wait for one another: waiting takes no connection from
    /// those who read.
    writers: PgPool,
    /// For everything else.
    readers: PgPool,
}

/// The stores over one PostgreSQL database.
pub(crate) struct PostgresStore {
    writers: PgPool,
    readers: PgPool,
    tenant_numbers: TenantNumbers,
    planner: Planner,
    key: SealingKey,
}

impl PostgresStore {
    fn new(pools: Pools, key: SealingKey) -> Self {
        let tenant_numbers = TenantNumbers::default();
        let planner = Planner::new();
        Self { writers: pools.writers, readers: pools.readers, tenant_numbers, planner, key }
    }

    /// The number of changes that any server ever committed.
    async fn present_generation(&self) -> Result<u64, StoreError> {
        let sql = "SELECT generation FROM identity_generation";
        let generation: Result<i64, _> = sqlx::query_scalar(sql).fetch_one(&self.readers).await;
        let generation = generation.map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(generation.unsigned_abs())
    }

    /// A transaction that changes the directory; [`Self::commit_identity`] ends it. The row's lock
    /// is held until then, so that what this transaction reads from here on is what all earlier
    /// ones left.
    async fn begin_identity(&self) -> Result<Transaction<'static, Db>, sqlx::Error> {
        let mut transaction = self.writers.begin().await?;
        sqlx::query("UPDATE identity_generation SET generation = generation + 1")
            .execute(&mut *transaction)
            .await?;
        Ok(transaction)
    }

    /// Commits; the generation is a part of it.
    async fn commit_identity(
        &self,
        transaction: Transaction<'static, Db>,
    ) -> Result<(), sqlx::Error> {
        transaction.commit().await
    }

    /// Commits a change of incidents.
    async fn commit_incidents(
        &self,
        transaction: Transaction<'static, Db>,
    ) -> Result<(), sqlx::Error> {
        transaction.commit().await
    }

    /// Commits so many new incidents or alerts.
    async fn commit_import(
        &self,
        transaction: Transaction<'static, Db>,
        rows: usize,
    ) -> Result<(), sqlx::Error> {
        transaction.commit().await?;
        self.planner.stored(rows, &self.readers);
        Ok(())
    }

    /// Other servers change the directory too: only the database knows.
    #[expect(clippy::unused_self, reason = "SQLite's store has a count of its own")]
    fn present_generation_at_hand(&self) -> Option<u64> {
        None
    }

    /// Other servers change incidents too: only the database knows.
    #[expect(clippy::unused_self, reason = "SQLite's store has a count of its own")]
    fn present_incident_generation(&self) -> Option<u64> {
        None
    }

    /// A transaction that does nothing but hold the turn: it ends with its connection too, should
    /// this server die meanwhile.
    async fn take_start_turn(&self) -> Result<Box<dyn Any + Send>, sqlx::Error> {
        let mut transaction = self.begin().await?;
        unhurried(&mut transaction).await?;
        take_turn(&mut transaction, Turn::Start).await?;
        Ok(Box::new(transaction))
    }

    /// A transaction that changes something else than the directory.
    async fn begin(&self) -> Result<Transaction<'static, Db>, sqlx::Error> {
        self.readers.begin().await
    }
}

/// Rows that are read with this are nobody else's until the transaction ends.
const FOR_UPDATE: &str = " FOR UPDATE";

/// How statements over many rows begin.
const INSERT: &str = "INSERT INTO";
const UPDATE: &str = "UPDATE";

/// The pieces of evidence beside an alert's row.
const EVIDENCE: &str = "json_array_elements(alerts.evidence::json)";
/// Makes a text compare by its bytes.
const BYTES: &str = " COLLATE \"C\"";

/// Waits for this transaction's turn among those of all servers.
async fn take_turn(connection: &mut PgConnection, turn: Turn) -> Result<(), sqlx::Error> {
    let query = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(turn.number());
    query.execute(connection).await?;
    Ok(())
}

/// Lets statements of this transaction take as long as they need.
async fn unhurried(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SET LOCAL statement_timeout = 0").execute(connection).await?;
    Ok(())
}
