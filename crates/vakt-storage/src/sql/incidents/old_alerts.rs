//! The rest of the migration that indexes alerts: reads the alerts it set aside, and stores them
//! with everything that stands beside them.

use sqlx::Row;
use vakt_ids::IncidentId;
use vakt_incidents::{ChangeNumber, IncidentStoreError, PlaceReason};

use super::alert_rows::{self, AlertRow, NewAlert, Place};
use super::counters::Counters;
use super::{DbConnection, DbRow, Tenant, corrupt, failed};
use crate::rows::{BadDocument, read_alert};

/// Alerts in one transaction.
const ALERTS_PER_STEP_MAX: i64 = 1_000;

/// Stores some of the alerts that were set aside; true if there may be more.
pub(crate) async fn index_old_alerts(
    connection: &mut DbConnection,
) -> Result<bool, IncidentStoreError> {
    let sql = "SELECT a.seq, a.tenant_id, n.number, a.incident_id, a.document, i.change
        FROM alerts_to_index a
        JOIN tenant_numbers n ON n.tenant_id = a.tenant_id
        JOIN incidents i ON i.tenant = n.number AND i.id = a.incident_id
        ORDER BY a.seq LIMIT $1";
    let rows = sqlx::query(sql)
        .bind(ALERTS_PER_STEP_MAX)
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?;
    for row in &rows {
        index(connection, row).await?;
        sqlx::query("DELETE FROM alerts_to_index WHERE seq = $1")
            .bind(row.try_get::<i64, _>("seq").map_err(failed)?)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    Ok(!rows.is_empty())
}

async fn index(connection: &mut DbConnection, row: &DbRow) -> Result<(), IncidentStoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    let alert = read_alert(&document).map_err(corrupt("alert"))?;
    let bad = |what: &str| BadDocument(format!("{what} of alert `{}`", alert.id));
    let tenant: String = row.try_get("tenant_id").map_err(failed)?;
    let id = tenant.parse().map_err(|_| bad("tenant")).map_err(corrupt("alert"))?;
    let tenant = Tenant { id, number: row.try_get("number").map_err(failed)? };
    let number: i64 = row.try_get("incident_id").map_err(failed)?;
    let incident = IncidentId::new(number).ok_or_else(|| bad("incident"));
    let place = Place {
        incident: incident.map_err(corrupt("alert"))?,
        reason: &PlaceReason::Imported,
        change: ChangeNumber(row.try_get("change").map_err(failed)?),
    };
    let mut counters = Counters::take(connection, tenant).await?;
    let seq = Some(counters.next_alert());
    counters.save(connection).await?;
    let row = AlertRow::of(&alert)?;
    alert_rows::put(connection, tenant, vec![NewAlert { row, place, seq }]).await
}
