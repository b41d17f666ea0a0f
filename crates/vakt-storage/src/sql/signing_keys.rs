//! Signing keys, sealed.

use jiff::Timestamp;
use sqlx::Row;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{StoreError, StoredSigningKey};

use super::{DbRow, Store, conflict, events, failed, unsealed};
use crate::rows::{from_ticks, plain, ticks};

impl Store {
    pub(super) async fn all_signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError> {
        let sql = "SELECT * FROM signing_keys ORDER BY created_at, kid";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(|row| self.read_signing_key(row)).collect()
    }

    fn read_signing_key(&self, row: &DbRow) -> Result<StoredSigningKey, StoreError> {
        let kid: String = row.try_get("kid").map_err(failed)?;
        let sealed: Vec<u8> = row.try_get("sealed").map_err(failed)?;
        let retired_at: Option<i64> = row.try_get("retired_at").map_err(failed)?;
        let pkcs8 = match sealed.is_empty() {
            true => None,
            false => Some(self.key.open(&sealed_name(&kid), &sealed).map_err(unsealed)?),
        };
        Ok(StoredSigningKey {
            pkcs8,
            certificate_der: row.try_get("certificate").map_err(failed)?,
            created_at: from_ticks(row.try_get("created_at").map_err(failed)?),
            signs_from: from_ticks(row.try_get("signs_from").map_err(failed)?),
            retired_at: retired_at.map(from_ticks),
            kid,
        })
    }

    pub(super) async fn add_signing_key(
        &self,
        key: &StoredSigningKey,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let sealed = match &key.pkcs8 {
            Some(pkcs8) => self.key.seal(&sealed_name(&key.kid), pkcs8).map_err(unsealed)?,
            None => Vec::new(),
        };
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "INSERT INTO signing_keys
            (kid, sealed, certificate, created_at, signs_from, retired_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        sqlx::query(sql)
            .bind(&key.kid)
            .bind(sealed)
            .bind(&key.certificate_der)
            .bind(ticks(key.created_at))
            .bind(ticks(key.signs_from))
            .bind(key.retired_at.map(ticks))
            .execute(&mut *transaction)
            .await
            .map_err(conflict("this signing key"))?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)
    }

    pub(super) async fn end_signing_key(
        &self,
        kid: &str,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "UPDATE signing_keys SET sealed = $1, retired_at = $2
            WHERE kid = $3 AND retired_at IS NULL";
        let done = sqlx::query(sql)
            .bind(Vec::<u8>::new())
            .bind(ticks(at))
            .bind(plain(kid))
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }
}

pub(super) fn sealed_name(kid: &str) -> String {
    format!("vakt signing key {kid}")
}
