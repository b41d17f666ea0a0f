//! Incidents and their alerts.

use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::{QueryBuilder, Row};
use vakt_ids::{IncidentId, TenantId};
use vakt_incidents::{
    Alert, Cursor, Incident, IncidentPage, IncidentQuery, IncidentStore, IncidentStoreError,
    OrderBy, Outcome,
};

use super::super::take_turn;
use super::incident_query::{select_count, select_page};
use super::{Db, DbConnection, DbRow, Store};
use crate::rows::{
    BadDocument, IncidentColumns, fold, plain, read_alert, read_incident, ticks, write_alert,
    write_incident,
};
use crate::turn::Turn;

#[async_trait]
impl IncidentStore for Store {
    async fn list_incidents(
        &self,
        tenant: TenantId,
        query: &IncidentQuery,
    ) -> Result<IncidentPage, IncidentStoreError> {
        let mut sql = select_page(tenant, query);
        let rows = sql.build().fetch_all(&self.readers).await.map_err(failed)?;
        let mut incidents: Vec<Incident> =
            rows.iter().map(read_row).collect::<Result<_, IncidentStoreError>>()?;
        let more = incidents.len() > query.top as usize;
        incidents.truncate(query.top as usize);
        self.attach_alerts(tenant, &mut incidents).await?;
        let next = incidents.last().filter(|_| more).map(|last| Cursor {
            at: if query.order.by == OrderBy::Updated { last.updated_at } else { last.created_at },
            id: last.id,
        });
        let count = match query.count {
            true => Some(self.count_incidents(tenant, query).await?),
            false => None,
        };
        Ok(IncidentPage { incidents, next, count })
    }

    async fn find_incident(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Option<Incident>, IncidentStoreError> {
        let sql = "SELECT * FROM incidents WHERE tenant_id = $1 AND id = $2";
        let row = sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(id.number())
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let mut incident = [read_row(&row)?];
        self.attach_alerts(tenant, &mut incident).await?;
        let [incident] = incident;
        Ok(Some(incident))
    }

    async fn import_incidents(
        &self,
        tenant: TenantId,
        incidents: &[Incident],
    ) -> Result<Vec<Outcome>, IncidentStoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Import(tenant)).await.map_err(failed)?;
        let mut outcomes = Vec::with_capacity(incidents.len());
        for incident in incidents {
            outcomes.push(import(&mut transaction, tenant, incident).await?);
        }
        transaction.commit().await.map_err(failed)?;
        Ok(outcomes)
    }
}

impl Store {
    async fn count_incidents(
        &self,
        tenant: TenantId,
        query: &IncidentQuery,
    ) -> Result<u64, IncidentStoreError> {
        let mut sql = select_count(tenant, query);
        let count: i64 = sql.build_query_scalar().fetch_one(&self.readers).await.map_err(failed)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    async fn attach_alerts(
        &self,
        tenant: TenantId,
        incidents: &mut [Incident],
    ) -> Result<(), IncidentStoreError> {
        if incidents.is_empty() {
            return Ok(());
        }
        let mut sql =
            QueryBuilder::<Db>::new("SELECT incident_id, document FROM alerts WHERE tenant_id = ");
        sql.push_bind(tenant.to_string()).push(" AND incident_id IN (");
        let mut ids = sql.separated(", ");
        for incident in incidents.iter() {
            ids.push_bind(incident.id.number());
        }
        sql.push(") ORDER BY incident_id, created_at, id");
        let rows = sql.build().fetch_all(&self.readers).await.map_err(failed)?;
        let mut alerts: HashMap<i64, Vec<Alert>> = HashMap::new();
        for row in rows {
            let incident: i64 = row.try_get("incident_id").map_err(failed)?;
            let document: String = row.try_get("document").map_err(failed)?;
            let alert = read_alert(&document).map_err(corrupt("alert"))?;
            alerts.entry(incident).or_default().push(alert);
        }
        for incident in incidents {
            incident.alerts = alerts.remove(&incident.id.number()).unwrap_or_default();
        }
        Ok(())
    }
}

/// An incident without its alerts.
fn read_row(row: &DbRow) -> Result<Incident, IncidentStoreError> {
    let columns = || {
        Ok(IncidentColumns {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            assigned_to: row.try_get("assigned_to")?,
            status: row.try_get("status")?,
            severity: row.try_get("severity")?,
            classification: row.try_get("classification")?,
            determination: row.try_get("determination")?,
            document: row.try_get("document")?,
        })
    };
    read_incident(columns().map_err(failed)?).map_err(corrupt("incident"))
}

async fn import(
    connection: &mut DbConnection,
    tenant: TenantId,
    incident: &Incident,
) -> Result<Outcome, IncidentStoreError> {
    let sql = "SELECT updated_at FROM incidents WHERE tenant_id = $1 AND id = $2";
    let stored: Option<i64> = sqlx::query_scalar(sql)
        .bind(tenant.to_string())
        .bind(incident.id.number())
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed)?;
    let incoming = ticks(incident.updated_at);
    let mut outcome = match stored {
        None => Outcome::Created,
        Some(updated_at) if updated_at < incoming => Outcome::Updated,
        Some(_) => Outcome::Unchanged,
    };
    let sql = if outcome == Outcome::Unchanged { PUT_WITH_SAME } else { PUT_WITH_NEWER };
    if outcome != Outcome::Unchanged {
        put_incident(connection, tenant, incident).await?;
    }
    // The same state may come again with alerts, after an export without them.
    if stored.is_none_or(|updated_at| updated_at <= incoming) {
        for alert in &incident.alerts {
            let changed = put_alert(connection, sql, tenant, incident.id, alert).await?;
            if changed && outcome == Outcome::Unchanged {
                outcome = Outcome::Updated;
            }
        }
    }
    Ok(outcome)
}

async fn put_incident(
    connection: &mut DbConnection,
    tenant: TenantId,
    incident: &Incident,
) -> Result<(), IncidentStoreError> {
    let sql = "INSERT INTO incidents (tenant_id, id, name, name_folded, created_at, updated_at,
        assigned_to, owner_folded, status, severity, classification, determination, document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name,
        name_folded = excluded.name_folded, owner_folded = excluded.owner_folded,
        created_at = excluded.created_at, updated_at = excluded.updated_at,
        assigned_to = excluded.assigned_to, status = excluded.status,
        severity = excluded.severity, classification = excluded.classification,
        determination = excluded.determination, document = excluded.document";
    sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(incident.id.number())
        .bind(plain(&incident.name))
        .bind(fold(&incident.name))
        .bind(ticks(incident.created_at))
        .bind(ticks(incident.updated_at))
        .bind(incident.assigned_to.as_deref().map(plain))
        .bind(incident.assigned_to.as_deref().map(fold))
        .bind(incident.status.as_str())
        .bind(incident.severity.as_str())
        .bind(incident.classification.as_str())
        .bind(incident.determination.as_str())
        .bind(write_incident(incident).map_err(corrupt("incident"))?)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Adds or replaces an alert. With a newer incident an alert of the same age is taken again; with
/// the same state of the incident only one that is newer, or was of another incident.
const PUT_WITH_NEWER: &str =
    "INSERT INTO alerts (tenant_id, id, incident_id, created_at, updated_at, document)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id, id) DO UPDATE SET incident_id = excluded.incident_id,
    created_at = excluded.created_at, updated_at = excluded.updated_at,
    document = excluded.document
    WHERE excluded.updated_at >= alerts.updated_at";
const PUT_WITH_SAME: &str =
    "INSERT INTO alerts (tenant_id, id, incident_id, created_at, updated_at, document)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id, id) DO UPDATE SET incident_id = excluded.incident_id,
    created_at = excluded.created_at, updated_at = excluded.updated_at,
    document = excluded.document
    WHERE excluded.updated_at > alerts.updated_at
    OR (excluded.updated_at = alerts.updated_at AND excluded.incident_id <> alerts.incident_id)";

/// True if anything changed.
async fn put_alert(
    connection: &mut DbConnection,
    sql: &'static str,
    tenant: TenantId,
    incident: IncidentId,
    alert: &Alert,
) -> Result<bool, IncidentStoreError> {
    let done = sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(plain(alert.id.as_str()))
        .bind(incident.number())
        .bind(ticks(alert.created_at))
        .bind(ticks(alert.updated_at))
        .bind(write_alert(alert).map_err(corrupt("alert"))?)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(done.rows_affected() > 0)
}

fn failed(error: sqlx::Error) -> IncidentStoreError {
    IncidentStoreError::Failed(error.to_string())
}

fn corrupt(what: &'static str) -> impl Fn(BadDocument) -> IncidentStoreError {
    move |bad| IncidentStoreError::Corrupt { what, why: bad.to_string() }
}
