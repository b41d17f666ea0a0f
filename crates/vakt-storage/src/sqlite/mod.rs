//! The stores over SQLite: one connection writes, a few read. Every change commits before it is
//! acknowledged, and every change of the identity room moves the generation on.

#[cfg(test)]
mod old_file;
pub(crate) mod open;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod undone;

#[path = "../sql/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "one text of SQL, compiled once per database")]
mod sql;

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Sqlite as Db, Transaction};
use vakt_identity::StoreError;

use crate::seal::SealingKey;
use crate::tenant_numbers::TenantNumbers;
use crate::turn::Turn;
use SqliteStore as Store;

/// An open file's connections.
pub(crate) struct Pools {
    /// One connection.
    writers: SqlitePool,
    readers: SqlitePool,
}

/// The stores over one SQLite file.
pub(crate) struct SqliteStore {
    writers: SqlitePool,
    readers: SqlitePool,
    generation: Arc<AtomicU64>,
    incident_generation: Arc<AtomicU64>,
    tenant_numbers: TenantNumbers,
    key: SealingKey,
}

impl SqliteStore {
    fn new(pools: Pools, key: SealingKey) -> Self {
        let Pools { writers, readers } = pools;
        let (generation, incident_generation) = (Arc::default(), Arc::default());
        let tenant_numbers = TenantNumbers::default();
        Self { writers, readers, generation, incident_generation, tenant_numbers, key }
    }

    /// The number of changes since the file was opened: nobody else has it open.
    async fn present_generation(&self) -> Result<u64, StoreError> {
        Ok(self.generation.load(Ordering::Acquire))
    }

    /// The same, at once.
    fn present_generation_at_hand(&self) -> Option<u64> {
        Some(self.generation.load(Ordering::Acquire))
    }

    /// A transaction that changes the directory; [`Self::commit_identity`] ends it.
    async fn begin_identity(&self) -> Result<Transaction<'static, Db>, sqlx::Error> {
        self.writers.begin_with("BEGIN IMMEDIATE").await
    }

    /// Commits, then moves the generation on: whoever saw the old one reads again. In a task of its
    /// own, since a commit that was begun happens even if its caller goes away meanwhile, and must
    /// then be seen like any other; also when it failed, as it may have happened all the same.
    async fn commit_identity(
        &self,
        transaction: Transaction<'static, Db>,
    ) -> Result<(), sqlx::Error> {
        // A tenant that goes takes its incidents along.
        commit(transaction, [self.generation.clone(), self.incident_generation.clone()]).await
    }

    /// Commits a change of incidents, in the same way.
    async fn commit_incidents(
        &self,
        transaction: Transaction<'static, Db>,
    ) -> Result<(), sqlx::Error> {
        commit(transaction, [self.incident_generation.clone()]).await
    }

    /// Commits new incidents or alerts: how many does not matter to plans here.
    async fn commit_import(
        &self,
        transaction: Transaction<'static, Db>,
        _rows: usize,
    ) -> Result<(), sqlx::Error> {
        self.commit_incidents(transaction).await
    }

    /// The number of changes of incidents since the file was opened.
    fn present_incident_generation(&self) -> Option<u64> {
        Some(self.incident_generation.load(Ordering::Acquire))
    }

    /// The data folder is locked: no other server is here.
    async fn take_start_turn(&self) -> Result<Box<dyn Any + Send>, sqlx::Error> {
        Ok(Box::new(()))
    }

    /// A transaction that changes something else than the directory.
    async fn begin(&self) -> Result<Transaction<'static, Db>, sqlx::Error> {
        self.writers.begin_with("BEGIN IMMEDIATE").await
    }
}

async fn commit<const N: usize>(
    transaction: Transaction<'static, Db>,
    generations: [Arc<AtomicU64>; N],
) -> Result<(), sqlx::Error> {
    let committed = tokio::spawn(async move {
        let committed = transaction.commit().await;
        for generation in generations {
            generation.fetch_add(1, Ordering::AcqRel);
        }
        committed
    });
    committed.await.map_err(|_| sqlx::Error::WorkerCrashed)?
}

/// Rows that were read in a writer's transaction are nobody else's anyway.
const FOR_UPDATE: &str = "";

/// How statements over many rows begin. Should one fail, what it did stays, and its transaction is
/// dropped: so that it could be undone by itself, SQLite would first copy each page that it changes
/// into a file.
const INSERT: &str = "INSERT OR FAIL INTO";
const UPDATE: &str = "UPDATE OR FAIL";

/// The pieces of evidence beside an alert's row.
const EVIDENCE: &str = "json_each(alerts.evidence)";
/// Makes a text compare by its bytes, as it does anyway.
const BYTES: &str = "";

/// The one writer makes everybody take turns anyway.
async fn take_turn(_: &mut SqliteConnection, _: Turn) -> Result<(), sqlx::Error> {
    Ok(())
}

/// No statement is cut off anyway.
async fn unhurried(_: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    Ok(())
}
