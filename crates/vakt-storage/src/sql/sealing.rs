//! Whether a sealing key is the one that a database was sealed with: a value sealed on its first
//! day says so.

use sqlx::Row;

use super::super::Pools;
use super::Store;
use crate::open::OpenError;
use crate::seal::SealingKey;

/// What is sealed to try a key on.
const CHECK: &[u8] = b"the key that opens this fits";
const CHECK_NAME: &str = "vakt sealing check";

impl Pools {
    /// Is there anything that only the right sealing key opens?
    pub(crate) async fn is_sealed(&self) -> Result<bool, OpenError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sealing) OR EXISTS (SELECT 1 FROM signing_keys)";
        sqlx::query_scalar(sql).fetch_one(&self.readers).await.map_err(OpenError::Failed)
    }

    /// The store under this key, if it is the right one. Of several servers that open a new
    /// database at once, the first one's key is the right one.
    pub(crate) async fn unlock(self, key: SealingKey) -> Result<Store, OpenError> {
        self.try_on_a_signing_key(&key).await?;
        let sealed = key.seal(CHECK_NAME, CHECK)?;
        sqlx::query(
            "INSERT INTO sealing (only_row, sealed) VALUES (TRUE, $1) ON CONFLICT DO NOTHING",
        )
        .bind(sealed)
        .execute(&self.writers)
        .await
        .map_err(OpenError::Failed)?;
        let stored: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM sealing")
            .fetch_one(&self.writers)
            .await
            .map_err(OpenError::Failed)?;
        key.open(CHECK_NAME, &stored)?;
        Ok(Store::new(self, key))
    }

    /// Databases that are older than the check value have at most their signing keys to try.
    async fn try_on_a_signing_key(&self, key: &SealingKey) -> Result<(), OpenError> {
        let sql = "SELECT kid, sealed FROM signing_keys WHERE length(sealed) > 0 LIMIT 1";
        let row = sqlx::query(sql).fetch_optional(&self.readers).await;
        let Some(row) = row.map_err(OpenError::Failed)? else { return Ok(()) };
        let kid: String = row.try_get("kid").map_err(OpenError::Failed)?;
        let sealed: Vec<u8> = row.try_get("sealed").map_err(OpenError::Failed)?;
        key.open(&super::signing_keys::sealed_name(&kid), &sealed)?;
        Ok(())
    }
}
