//! Sessions of people.

use jiff::Timestamp;
use sqlx::Row;
use vakt_identity::StoreError;
use vakt_identity::people::Session;
use vakt_ids::{ObjectId, TenantId};

use super::{DbRow, Store, failed, id};
use crate::rows::{from_ticks, ticks};

impl Store {
    pub(super) async fn session(&self, hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let query = sqlx::query("SELECT * FROM sessions WHERE hash = $1").bind(hash.as_slice());
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(read_row).transpose()
    }

    pub(super) async fn keep_session(&self, session: &Session) -> Result<(), StoreError> {
        let sql = "INSERT INTO sessions
            (hash, tenant_id, person_id, signed_in_at, seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (hash) DO UPDATE SET tenant_id = excluded.tenant_id,
            person_id = excluded.person_id, signed_in_at = excluded.signed_in_at,
            seen_at = excluded.seen_at, expires_at = excluded.expires_at";
        let mut transaction = self.begin().await.map_err(failed)?;
        sqlx::query(sql)
            .bind(session.hash.as_slice())
            .bind(session.tenant.to_string())
            .bind(session.person.to_string())
            .bind(ticks(session.signed_in_at))
            .bind(ticks(session.seen_at))
            .bind(ticks(session.expires_at))
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    pub(super) async fn end_session(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(hash.as_slice());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done.rows_affected() > 0)
    }

    pub(super) async fn end_sessions_of(
        &self,
        tenant: TenantId,
        person: ObjectId,
        but: Option<&[u8; 32]>,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM sessions WHERE tenant_id = $1 AND person_id = $2 AND hash <> $3";
        let mut transaction = self.begin().await.map_err(failed)?;
        sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(person.to_string())
            // No hash is empty.
            .bind(but.map_or(&[][..], |hash| hash.as_slice()))
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    pub(super) async fn forget_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(ticks(now));
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done.rows_affected())
    }
}

fn read_row(row: &DbRow) -> Result<Session, StoreError> {
    let hash: Vec<u8> = row.try_get("hash").map_err(failed)?;
    let wrong = |hash: Vec<u8>| StoreError::Corrupt {
        what: "session",
        why: format!("its hash has {} bytes", hash.len()),
    };
    Ok(Session {
        hash: hash.try_into().map_err(wrong)?,
        tenant: id(row, "tenant_id")?,
        person: id(row, "person_id")?,
        signed_in_at: from_ticks(row.try_get("signed_in_at").map_err(failed)?),
        seen_at: from_ticks(row.try_get("seen_at").map_err(failed)?),
        expires_at: from_ticks(row.try_get("expires_at").map_err(failed)?),
    })
}
