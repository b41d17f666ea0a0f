//! Incidents, alerts and what stands beside them. Changes of one tenant take turns, so that their
//! numbers become visible in order.

mod alert_rows;
mod arrivals;
mod beside_alerts;
mod change;
mod counters;
mod import;
mod incident_rows;
mod list;
mod old_alerts;
mod place;
mod predicate;
mod record;
mod tie_segments;
mod views;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Row;
use vakt_ids::{AlertId, IncidentId, ObjectId, TenantId, ViewId};
use vakt_incidents::{
    AlertPage, AlertQuery, Arrivals, ChangeError, EditAlert, EditIncident, HistoryEntry, Incident,
    IncidentPage, IncidentQuery, IncidentStore, IncidentStoreError, Minute, Outcome, PlacedAlert,
    Recording, Saved, SavedView, Stamp, StrongEntity,
};

use super::{Db, DbConnection, DbRow, Store};
use crate::rows::{BadDocument, fold_short, read_entry};
use crate::tenant_numbers::NumberedTenant as Tenant;

pub(crate) use old_alerts::index_old_alerts;

#[async_trait]
impl IncidentStore for Store {
    fn incident_generation(&self) -> Option<u64> {
        self.present_incident_generation()
    }

    async fn list_incidents(
        &self,
        tenant: TenantId,
        query: &IncidentQuery,
    ) -> Result<IncidentPage, IncidentStoreError> {
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        list::incidents(&mut *self.reader().await?, tenant, query).await
    }

    async fn find_incident(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Option<Incident>, IncidentStoreError> {
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        let found = incident_rows::load(&mut *self.reader().await?, tenant, &[id]).await?;
        Ok(found.into_iter().next())
    }

    async fn list_alerts(
        &self,
        tenant: TenantId,
        query: &AlertQuery,
    ) -> Result<AlertPage, IncidentStoreError> {
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        list::alerts(&mut *self.reader().await?, tenant, query).await
    }

    async fn find_alert(
        &self,
        tenant: TenantId,
        id: &AlertId,
    ) -> Result<Option<PlacedAlert>, IncidentStoreError> {
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        let ids = std::slice::from_ref(id);
        let found = alert_rows::load(&mut *self.reader().await?, tenant, ids).await?;
        Ok(found.into_iter().next())
    }

    async fn incident_history(
        &self,
        tenant: TenantId,
        id: IncidentId,
        top: u32,
    ) -> Result<Vec<HistoryEntry>, IncidentStoreError> {
        let sql = "SELECT change, document FROM incident_history
            WHERE tenant = $1 AND incident_id = $2 ORDER BY change LIMIT $3";
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        let rows = sqlx::query(sql)
            .bind(tenant.number)
            .bind(id.number())
            .bind(i64::from(top))
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
        let read = |row: &DbRow| {
            let document: String = row.try_get("document").map_err(failed)?;
            let change: i64 = row.try_get("change").map_err(failed)?;
            read_entry(id, change, &document).map_err(corrupt("history entry"))
        };
        rows.iter().map(read).collect()
    }

    async fn incidents_of_entity(
        &self,
        tenant: TenantId,
        entity: &StrongEntity,
        top: u32,
    ) -> Result<Vec<Incident>, IncidentStoreError> {
        let sql = "SELECT * FROM incidents WHERE tenant = $1 AND id IN (
                SELECT a.incident_id FROM tie_segments s CROSS JOIN alert_ties t
                JOIN alerts a ON a.seq = t.alert_seq
                WHERE s.tenant = $1 AND t.tenant = s.tenant AND t.segment = s.segment
                    AND t.kind = $2 AND t.key = $3)
            ORDER BY created_at DESC, id DESC LIMIT $4";
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        let rows = sqlx::query(sql)
            .bind(tenant.number)
            .bind(entity.kind.as_str())
            .bind(fold_short(&entity.key))
            .bind(i64::from(top))
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
        rows.iter().map(incident_rows::read).collect()
    }

    async fn import_incidents(
        &self,
        tenant: TenantId,
        incidents: &[Incident],
        received_at: Option<Timestamp>,
    ) -> Result<Vec<Outcome>, IncidentStoreError> {
        let tenant = self.give_number(tenant).await.map_err(failed)?;
        let prepared = import::prepare(incidents).await?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let outcomes = import::import(&mut transaction, tenant, incidents, prepared).await?;
        if let Some(at) = received_at {
            arrivals::count(&mut transaction, tenant, (at, import::arrivals(incidents))).await?;
        }
        self.commit_import(transaction, outcomes.len()).await.map_err(failed)?;
        Ok(outcomes)
    }

    async fn record_alerts(
        &self,
        tenant: TenantId,
        recording: Recording<'_>,
    ) -> Result<Vec<PlacedAlert>, IncidentStoreError> {
        let tenant = self.give_number(tenant).await.map_err(failed)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let placed = record::record(&mut transaction, tenant, recording).await?;
        let received = (recording.stamp.at, record::arrivals(recording.parts));
        arrivals::count(&mut transaction, tenant, received).await?;
        self.commit_import(transaction, placed.len()).await.map_err(failed)?;
        Ok(placed)
    }

    async fn change_incidents(
        &self,
        tenant: TenantId,
        ids: &[IncidentId],
        stamp: &Stamp,
        edit: EditIncident<'_>,
    ) -> Result<Vec<Option<Incident>>, ChangeError> {
        let tenant = self.give_number(tenant).await.map_err(failed)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let changed = change::incidents(&mut transaction, tenant, ids, stamp, edit).await?;
        self.commit_incidents(transaction).await.map_err(failed)?;
        Ok(changed)
    }

    async fn change_alerts(
        &self,
        tenant: TenantId,
        ids: &[AlertId],
        stamp: &Stamp,
        edit: EditAlert<'_>,
    ) -> Result<Vec<Option<PlacedAlert>>, ChangeError> {
        let tenant = self.give_number(tenant).await.map_err(failed)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let changed = change::alerts(&mut transaction, tenant, ids, stamp, edit).await?;
        self.commit_incidents(transaction).await.map_err(failed)?;
        Ok(changed)
    }

    async fn merge_incidents(
        &self,
        tenant: TenantId,
        sources: &[IncidentId],
        target: IncidentId,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError> {
        let tenant = self.give_number(tenant).await.map_err(failed)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let merged = place::merge(&mut transaction, tenant, sources, target, stamp).await?;
        self.commit_incidents(transaction).await.map_err(failed)?;
        Ok(merged)
    }

    async fn move_alerts(
        &self,
        tenant: TenantId,
        alerts: &[AlertId],
        target: Option<IncidentId>,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError> {
        let tenant = self.give_number(tenant).await.map_err(failed)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let moved = place::move_alerts(&mut transaction, tenant, alerts, target, stamp).await?;
        self.commit_incidents(transaction).await.map_err(failed)?;
        Ok(moved)
    }

    async fn saved_views(
        &self,
        tenant: TenantId,
        person: ObjectId,
    ) -> Result<Vec<SavedView>, IncidentStoreError> {
        self.views_of(tenant, person).await
    }

    async fn save_view(
        &self,
        tenant: TenantId,
        person: ObjectId,
        view: &SavedView,
        max: usize,
    ) -> Result<Saved, IncidentStoreError> {
        self.keep_view((tenant, person), view, max).await
    }

    async fn remove_view(
        &self,
        tenant: TenantId,
        person: ObjectId,
        view: ViewId,
    ) -> Result<bool, IncidentStoreError> {
        self.forget_view((tenant, person), view).await
    }

    async fn arrivals(
        &self,
        tenant: TenantId,
        since: Minute,
    ) -> Result<Vec<(Minute, Arrivals)>, IncidentStoreError> {
        self.arrivals_since(tenant, since).await
    }

    async fn purge_arrivals(&self, before: Minute) -> Result<u64, IncidentStoreError> {
        self.forget_arrivals(before).await
    }
}

impl Store {
    async fn reader(&self) -> Result<sqlx::pool::PoolConnection<Db>, IncidentStoreError> {
        self.readers.acquire().await.map_err(failed)
    }
}

fn failed(error: sqlx::Error) -> IncidentStoreError {
    IncidentStoreError::Failed(error.to_string())
}

fn corrupt(what: &'static str) -> impl Fn(BadDocument) -> IncidentStoreError {
    move |bad| IncidentStoreError::Corrupt { what, why: bad.to_string() }
}
