//! Rows of incidents.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};
use vakt_ids::{IncidentId, TenantId};
use vakt_incidents::{
    ChangeNumber, HistoryEntry, Incident, IncidentStoreError, Label, PlacedAlert, Stamp, Step,
};

use super::super::batch::{delete, pieces};
use super::predicate::label_text;
use super::{Db, DbConnection, DbRow, alert_rows, corrupt, failed};
use crate::rows::{
    IncidentColumns, fold, fold_short, plain, read_incident, severity_rank, ticks, write_entry,
    write_incident,
};

/// The incident of a row, without its alerts.
pub(super) fn read(row: &DbRow) -> Result<Incident, IncidentStoreError> {
    let columns = || {
        Ok(IncidentColumns {
            id: row.try_get("id")?,
            change: row.try_get("change")?,
            name: row.try_get("name")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            updated_by: row.try_get("updated_by")?,
            assigned_to: row.try_get("assigned_to")?,
            status: row.try_get("status")?,
            severity: row.try_get("severity")?,
            classification: row.try_get("classification")?,
            determination: row.try_get("determination")?,
            redirect: row.try_get("redirect")?,
            priority: row.try_get("priority")?,
            document: row.try_get("document")?,
        })
    };
    read_incident(columns().map_err(failed)?).map_err(corrupt("incident"))
}

/// The incidents with these numbers, alerts included; those that are not there are left out.
pub(super) async fn load(
    connection: &mut DbConnection,
    tenant: TenantId,
    ids: &[IncidentId],
) -> Result<Vec<Incident>, IncidentStoreError> {
    let mut incidents = load_bare(connection, tenant, ids).await?;
    attach_alerts(connection, tenant, &mut incidents).await?;
    Ok(incidents)
}

/// The same without alerts.
pub(super) async fn load_bare(
    connection: &mut DbConnection,
    tenant: TenantId,
    ids: &[IncidentId],
) -> Result<Vec<Incident>, IncidentStoreError> {
    let mut incidents = Vec::with_capacity(ids.len());
    for piece in pieces(ids) {
        let mut sql = QueryBuilder::<Db>::new("SELECT * FROM incidents WHERE tenant_id = ");
        sql.push_bind(tenant.to_string()).push(" AND id IN (");
        let mut list = sql.separated(", ");
        for id in piece {
            list.push_bind(id.number());
        }
        sql.push(")");
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            incidents.push(read(row)?);
        }
    }
    Ok(incidents)
}

/// Gives incidents their alerts, oldest first.
pub(super) async fn attach_alerts(
    connection: &mut DbConnection,
    tenant: TenantId,
    incidents: &mut [Incident],
) -> Result<(), IncidentStoreError> {
    let ids: Vec<i64> = incidents.iter().map(|incident| incident.id.number()).collect();
    let mut alerts: HashMap<i64, Vec<PlacedAlert>> = HashMap::new();
    for piece in pieces(&ids) {
        let mut sql = QueryBuilder::<Db>::new(
            "SELECT incident_id, change, reason, document FROM alerts WHERE tenant_id = ",
        );
        sql.push_bind(tenant.to_string()).push(" AND incident_id IN (");
        let mut list = sql.separated(", ");
        for id in piece {
            list.push_bind(*id);
        }
        sql.push(") ORDER BY incident_id, created_at, id");
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            let placed = alert_rows::read(row)?;
            alerts.entry(placed.incident.number()).or_default().push(placed);
        }
    }
    for incident in incidents {
        incident.alerts = alerts.remove(&incident.id.number()).unwrap_or_default();
    }
    Ok(())
}

const COLUMNS: &str = "tenant_id, id, change, name, name_folded, created_at, updated_at,
    updated_by, updated_by_folded, assigned_to, owner_folded, status, severity, classification, determination,
    redirect, priority, document";
const REPLACE: &str = " ON CONFLICT (tenant_id, id) DO UPDATE SET change = excluded.change,
    name = excluded.name, name_folded = excluded.name_folded, created_at = excluded.created_at,
    updated_at = excluded.updated_at, updated_by = excluded.updated_by,
    updated_by_folded = excluded.updated_by_folded,
    assigned_to = excluded.assigned_to, owner_folded = excluded.owner_folded,
    status = excluded.status, severity = excluded.severity,
    classification = excluded.classification, determination = excluded.determination,
    redirect = excluded.redirect, priority = excluded.priority, document = excluded.document
    RETURNING id, seq";

/// Stores incidents, without their alerts; each number once.
pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: TenantId,
    incidents: &[(&Incident, ChangeNumber)],
) -> Result<(), IncidentStoreError> {
    let mut labels = Vec::new();
    for piece in pieces(incidents) {
        let mut documents = Vec::with_capacity(piece.len());
        for (incident, _) in piece {
            documents.push(write_incident(incident).map_err(corrupt("incident"))?);
        }
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO incidents (");
        sql.push(COLUMNS).push(") ");
        sql.push_values(piece.iter().zip(documents), |mut row, ((incident, change), document)| {
            row.push_bind(tenant.to_string())
                .push_bind(incident.id.number())
                .push_bind(change.0)
                .push_bind(plain(&incident.name).into_owned())
                .push_bind(fold(&incident.name))
                .push_bind(ticks(incident.created_at))
                .push_bind(ticks(incident.updated_at))
                .push_bind(incident.updated_by.as_deref().map(|text| plain(text).into_owned()))
                .push_bind(incident.updated_by.as_deref().map(fold))
                .push_bind(incident.assigned_to.as_deref().map(|text| plain(text).into_owned()))
                .push_bind(incident.assigned_to.as_deref().map(fold_short))
                .push_bind(incident.status.as_str())
                .push_bind(severity_rank(incident.severity))
                .push_bind(incident.classification.as_str())
                .push_bind(incident.determination.as_str())
                .push_bind(incident.redirect.map(IncidentId::number))
                .push_bind(incident.priority)
                .push_bind(document);
        });
        sql.push(REPLACE);
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            let id: i64 = row.try_get("id").map_err(failed)?;
            let seq: i64 = row.try_get("seq").map_err(failed)?;
            let found = piece.iter().find(|(incident, _)| incident.id.number() == id);
            labels.extend(found.map(|(incident, _)| (seq, *incident)));
        }
    }
    put_labels(connection, tenant, &labels).await
}

async fn put_labels(
    connection: &mut DbConnection,
    tenant: TenantId,
    incidents: &[(i64, &Incident)],
) -> Result<(), IncidentStoreError> {
    let numbers: Vec<i64> = incidents.iter().map(|(seq, _)| *seq).collect();
    let sql = "DELETE FROM incident_labels WHERE incident_seq IN";
    delete(connection, sql, &numbers).await.map_err(failed)?;
    let mut rows = Vec::new();
    for (seq, incident) in incidents {
        let tags = incident.tags.iter().map(|tag| (Label::Tag, tag));
        let system = incident.system_tags.iter().map(|tag| (Label::SystemTag, tag));
        rows.extend(tags.chain(system).map(|(label, word)| (*seq, label, fold_short(word))));
    }
    for piece in pieces(&rows) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO incident_labels (tenant_id, label, word, incident_seq) ",
        );
        sql.push_values(piece, |mut row, (seq, label, word)| {
            row.push_bind(tenant.to_string())
                .push_bind(label_text(*label))
                .push_bind(word.clone())
                .push_bind(*seq);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

/// Adds an entry to an incident's history.
pub(super) async fn put_history(
    connection: &mut DbConnection,
    tenant: TenantId,
    (incident, change): (IncidentId, ChangeNumber),
    (stamp, steps): (&Stamp, Vec<Step>),
) -> Result<(), IncidentStoreError> {
    let entry = HistoryEntry { change, incident, at: stamp.at, by: stamp.by.clone(), steps };
    let sql = "INSERT INTO incident_history (tenant_id, incident_id, change, document)
        VALUES ($1, $2, $3, $4)";
    sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(incident.number())
        .bind(change.0)
        .bind(write_entry(&entry).map_err(corrupt("history entry"))?)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}
