//! Signing keys, sealed.

use sqlx::Row;
use vakt_identity::{StoreError, StoredSigningKey};

use super::{Store, conflict, failed};
use crate::rows::{from_ticks, ticks};
use crate::seal::SealError;

impl Store {
    pub(super) async fn all_signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError> {
        let sql = "SELECT * FROM signing_keys ORDER BY created_at";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await.map_err(failed)?;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            let kid: String = row.try_get("kid").map_err(failed)?;
            let sealed: Vec<u8> = row.try_get("sealed").map_err(failed)?;
            keys.push(StoredSigningKey {
                pkcs8: self.key.open(&sealed_name(&kid), &sealed).map_err(unsealed)?,
                certificate_der: row.try_get("certificate").map_err(failed)?,
                created_at: from_ticks(row.try_get("created_at").map_err(failed)?),
                kid,
            });
        }
        Ok(keys)
    }

    pub(super) async fn add_signing_key(&self, key: &StoredSigningKey) -> Result<(), StoreError> {
        let sealed = self.key.seal(&sealed_name(&key.kid), &key.pkcs8).map_err(unsealed)?;
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "INSERT INTO signing_keys (kid, sealed, certificate, created_at)
            VALUES ($1, $2, $3, $4)";
        sqlx::query(sql)
            .bind(&key.kid)
            .bind(sealed)
            .bind(&key.certificate_der)
            .bind(ticks(key.created_at))
            .execute(&mut *transaction)
            .await
            .map_err(conflict("this signing key"))?;
        self.commit_identity(transaction).await.map_err(failed)
    }
}

pub(super) fn sealed_name(kid: &str) -> String {
    format!("vakt signing key {kid}")
}

fn unsealed(error: SealError) -> StoreError {
    StoreError::Failed(error.to_string())
}
