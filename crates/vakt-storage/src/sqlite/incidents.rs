//! Incidents and their alerts.

use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};
use vakt_ids::{IncidentId, TenantId};
use vakt_incidents::{
    Alert, Cursor, Incident, IncidentPage, IncidentQuery, IncidentStore, IncidentStoreError,
    OrderBy, Outcome,
};

use super::SqliteStore;
use super::incident_query::select_page;
use crate::rows::{
    BadDocument, IncidentColumns, read_alert, read_incident, ticks, write_alert, write_incident,
};

#[async_trait]
impl IncidentStore for SqliteStore {
    async fn list_incidents(
        &self,
        tenant: TenantId,
        query: &IncidentQuery,
    ) -> Result<IncidentPage, IncidentStoreError> {
        let mut sql = select_page(tenant, query);
        let rows: Vec<IncidentColumns> =
            sql.build_query_as().fetch_all(&self.readers).await.map_err(failed)?;
        let mut incidents: Vec<Incident> = rows
            .into_iter()
            .map(read_incident)
            .collect::<Result<_, _>>()
            .map_err(corrupt("incident"))?;
        let more = incidents.len() > query.top as usize;
        incidents.truncate(query.top as usize);
        self.attach_alerts(tenant, &mut incidents).await?;
        let next = incidents.last().filter(|_| more).map(|last| Cursor {
            at: if query.order.by == OrderBy::Updated { last.updated_at } else { last.created_at },
            id: last.id,
        });
        Ok(IncidentPage { incidents, next })
    }

    async fn find_incident(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Option<Incident>, IncidentStoreError> {
        let sql = "SELECT * FROM incidents WHERE tenant_id = ? AND id = ?";
        let row: Option<IncidentColumns> = sqlx::query_as(sql)
            .bind(tenant.to_string())
            .bind(id.number())
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let mut incident = [read_incident(row).map_err(corrupt("incident"))?];
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
        let mut outcomes = Vec::with_capacity(incidents.len());
        for incident in incidents {
            outcomes.push(import(&mut transaction, tenant, incident).await?);
        }
        self.commit(transaction).await.map_err(failed)?;
        Ok(outcomes)
    }
}

impl SqliteStore {
    async fn attach_alerts(
        &self,
        tenant: TenantId,
        incidents: &mut [Incident],
    ) -> Result<(), IncidentStoreError> {
        if incidents.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::<Sqlite>::new(
            "SELECT incident_id, document FROM alerts WHERE tenant_id = ",
        );
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

async fn import(
    connection: &mut SqliteConnection,
    tenant: TenantId,
    incident: &Incident,
) -> Result<Outcome, IncidentStoreError> {
    let sql = "SELECT updated_at FROM incidents WHERE tenant_id = ? AND id = ?";
    let stored: Option<i64> = sqlx::query_scalar(sql)
        .bind(tenant.to_string())
        .bind(incident.id.number())
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed)?;
    let outcome = match stored {
        None => Outcome::Created,
        Some(updated_at) if updated_at < ticks(incident.updated_at) => Outcome::Updated,
        Some(_) => Outcome::Unchanged,
    };
    if outcome != Outcome::Unchanged {
        put_incident(connection, tenant, incident).await?;
        for alert in &incident.alerts {
            put_alert(connection, tenant, incident.id, alert).await?;
        }
    }
    Ok(outcome)
}

async fn put_incident(
    connection: &mut SqliteConnection,
    tenant: TenantId,
    incident: &Incident,
) -> Result<(), IncidentStoreError> {
    let sql = "INSERT INTO incidents (tenant_id, id, name, created_at, updated_at, assigned_to,
        status, severity, classification, determination, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name,
        created_at = excluded.created_at, updated_at = excluded.updated_at,
        assigned_to = excluded.assigned_to, status = excluded.status,
        severity = excluded.severity, classification = excluded.classification,
        determination = excluded.determination, document = excluded.document";
    sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(incident.id.number())
        .bind(&incident.name)
        .bind(ticks(incident.created_at))
        .bind(ticks(incident.updated_at))
        .bind(&incident.assigned_to)
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

async fn put_alert(
    connection: &mut SqliteConnection,
    tenant: TenantId,
    incident: IncidentId,
    alert: &Alert,
) -> Result<(), IncidentStoreError> {
    let sql = "INSERT INTO alerts (tenant_id, id, incident_id, created_at, document)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id, id) DO UPDATE SET incident_id = excluded.incident_id,
        created_at = excluded.created_at, document = excluded.document";
    sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(alert.id.as_str())
        .bind(incident.number())
        .bind(ticks(alert.created_at))
        .bind(write_alert(alert).map_err(corrupt("alert"))?)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}

fn failed(error: sqlx::Error) -> IncidentStoreError {
    IncidentStoreError::Failed(error.to_string())
}

fn corrupt(what: &'static str) -> impl Fn(BadDocument) -> IncidentStoreError {
    move |bad| IncidentStoreError::Corrupt { what, why: bad.to_string() }
}
