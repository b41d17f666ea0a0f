//! The stores over PostgreSQL, for several servers on one database. Whoever changes the directory
//! first counts the generation's row up: that lets identity writers follow one another over all
//! servers, and makes the new generation visible in the same instant as the change itself.

pub(crate) mod open;

#[path = "../sql/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "one text of SQL, compiled once per database")]
mod sql;

use sqlx::postgres::PgPool;
use sqlx::{Postgres as Db, Transaction};
use vakt_identity::StoreError;
use vakt_ids::TenantId;

use crate::seal::SealingKey;
use PostgresStore as Store;

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
    key: SealingKey,
}

impl PostgresStore {
    fn new(pools: Pools, key: SealingKey) -> Self {
        Self { writers: pools.writers, readers: pools.readers, key }
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

    /// A transaction that stores incidents of a tenant. Imports into one tenant follow one another,
    /// or two of them could meet on rows they take in different orders; those of other tenants,
    /// and changes of the directory, are not held up.
    async fn begin_import(
        &self,
        tenant: TenantId,
    ) -> Result<Transaction<'static, Db>, sqlx::Error> {
        let mut transaction = self.readers.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)")
            .bind(lock_number(tenant))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction)
    }
}

/// The number under which imports of a tenant take turns. Tenants that share one would wait for one
/// another, and nothing else.
fn lock_number(tenant: TenantId) -> i64 {
    let (high, low) = tenant.as_uuid().as_u64_pair();
    (high ^ low).cast_signed()
}
