//! The audit store's trait, method by method.

use async_trait::async_trait;
use jiff::Timestamp;
use vakt_identity::StoreError;
use vakt_identity::audit::{AuditPage, AuditQuery, AuditScope, AuditStore, DirectoryEvent, SignIn};

use super::super::take_turn;
use super::{Store, events, failed};
use crate::rows::ticks;
use crate::turn::Turn;

#[async_trait]
impl AuditStore for Store {
    async fn append_sign_ins(&self, sign_ins: &[SignIn]) -> Result<(), StoreError> {
        self.add_sign_ins(sign_ins).await
    }

    async fn append_events(&self, events: &[DirectoryEvent]) -> Result<(), StoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        events::record(&mut transaction, events).await?;
        transaction.commit().await.map_err(failed)
    }

    async fn sign_ins(
        &self,
        scope: AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage<SignIn>, StoreError> {
        self.sign_in_page(scope, query).await
    }

    async fn directory_events(
        &self,
        scope: AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage<DirectoryEvent>, StoreError> {
        self.event_page(scope, query).await
    }

    async fn purge_audit(&self, before: Timestamp, max: u32) -> Result<u64, StoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Purge).await.map_err(failed)?;
        let mut purged = 0;
        for sql in [PURGE_EVENTS, PURGE_SIGN_INS] {
            let query = sqlx::query(sql).bind(ticks(before)).bind(i64::from(max));
            let done = query.execute(&mut *transaction).await.map_err(failed)?;
            purged += done.rows_affected();
        }
        transaction.commit().await.map_err(failed)?;
        Ok(purged)
    }
}

const PURGE_EVENTS: &str = "DELETE FROM directory_events WHERE number IN
    (SELECT number FROM directory_events WHERE at < $1 ORDER BY at LIMIT $2)";
const PURGE_SIGN_INS: &str = "DELETE FROM sign_ins WHERE number IN
    (SELECT number FROM sign_ins WHERE at < $1 ORDER BY at LIMIT $2)";
