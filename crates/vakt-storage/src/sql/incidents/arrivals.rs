//! What was received, by the minute.

use jiff::Timestamp;
use sqlx::Row;
use vakt_ids::TenantId;
use vakt_incidents::{Arrivals, IncidentStoreError, Minute};

use super::{DbConnection, DbRow, Store, Tenant, failed};

/// Counts what is stored in this transaction, which has its turn: one row, whatever its size.
pub(super) async fn count(
    connection: &mut DbConnection,
    tenant: Tenant,
    (at, received): (Timestamp, Arrivals),
) -> Result<(), IncidentStoreError> {
    if received.is_nothing() {
        return Ok(());
    }
    let sql = "INSERT INTO incident_arrivals (tenant, minute, incidents, alerts)
        VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, minute) DO UPDATE
        SET incidents = incident_arrivals.incidents + excluded.incidents,
            alerts = incident_arrivals.alerts + excluded.alerts";
    sqlx::query(sql)
        .bind(tenant.number)
        .bind(Minute::of(at).0)
        .bind(i64::try_from(received.incidents).unwrap_or(i64::MAX))
        .bind(i64::try_from(received.alerts).unwrap_or(i64::MAX))
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}

impl Store {
    pub(super) async fn arrivals_since(
        &self,
        tenant: TenantId,
        since: Minute,
    ) -> Result<Vec<(Minute, Arrivals)>, IncidentStoreError> {
        let sql = "SELECT minute, incidents, alerts FROM incident_arrivals
            WHERE tenant = $1 AND minute >= $2 ORDER BY minute";
        let tenant = self.numbered(tenant).await.map_err(failed)?;
        let query = sqlx::query(sql).bind(tenant.number).bind(since.0);
        let rows = query.fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(read).collect()
    }

    pub(super) async fn forget_arrivals(&self, before: Minute) -> Result<u64, IncidentStoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query("DELETE FROM incident_arrivals WHERE minute < $1").bind(before.0);
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done.rows_affected())
    }
}

fn read(row: &DbRow) -> Result<(Minute, Arrivals), IncidentStoreError> {
    let number = |column: &str| row.try_get::<i64, _>(column).map_err(failed);
    let received = Arrivals {
        incidents: number("incidents")?.unsigned_abs(),
        alerts: number("alerts")?.unsigned_abs(),
    };
    Ok((Minute(number("minute")?), received))
}
