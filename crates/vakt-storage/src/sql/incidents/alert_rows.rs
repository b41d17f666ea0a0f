//! Rows of alerts.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};
use vakt_ids::{AlertId, IncidentId, TenantId};
use vakt_incidents::{
    Alert, ChangeNumber, Classification, Determination, IncidentStoreError, PlaceReason,
    PlacedAlert,
};

use super::super::batch::pieces;
use super::{Db, DbConnection, DbRow, beside_alerts, corrupt, failed};
use crate::rows::{
    fold, fold_short, plain, read_alert, read_reason, severity_rank, ticks, write_alert,
    write_reason,
};

/// An alert to store.
pub(super) struct NewRow<'a> {
    pub alert: &'a Alert,
    pub incident: IncidentId,
    pub reason: &'a PlaceReason,
    pub change: ChangeNumber,
    /// Whether a row of this id is there, whose companions must go first.
    pub replaces: bool,
}

/// The alert of a row.
pub(super) fn read(row: &DbRow) -> Result<PlacedAlert, IncidentStoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    let reason: String = row.try_get("reason").map_err(failed)?;
    let number: i64 = row.try_get("incident_id").map_err(failed)?;
    let unknown =
        || IncidentStoreError::Corrupt { what: "alert", why: format!("incident {number}") };
    Ok(PlacedAlert {
        alert: read_alert(&document).map_err(corrupt("alert"))?,
        incident: IncidentId::new(number).ok_or_else(unknown)?,
        reason: read_reason(&reason).map_err(corrupt("reason"))?,
        change: ChangeNumber(row.try_get("change").map_err(failed)?),
    })
}

/// The alerts with these ids; those that are not there are left out.
pub(super) async fn load(
    connection: &mut DbConnection,
    tenant: TenantId,
    ids: &[AlertId],
) -> Result<Vec<PlacedAlert>, IncidentStoreError> {
    let mut alerts = Vec::with_capacity(ids.len());
    for piece in pieces(ids) {
        let head = "SELECT incident_id, change, reason, document FROM alerts WHERE tenant_id = ";
        let mut sql = with_ids(head, tenant, piece);
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            alerts.push(read(row)?);
        }
    }
    Ok(alerts)
}

/// Where an alert is, and how old the stored state is.
pub(super) struct Known {
    pub incident: i64,
    pub updated_at: i64,
}

/// What is known of alerts, by id.
pub(super) async fn known(
    connection: &mut DbConnection,
    tenant: TenantId,
    ids: &[AlertId],
) -> Result<HashMap<String, Known>, IncidentStoreError> {
    let mut found = HashMap::new();
    for piece in pieces(ids) {
        let head = "SELECT id, incident_id, updated_at FROM alerts WHERE tenant_id = ";
        let mut sql = with_ids(head, tenant, piece);
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            let known = Known {
                incident: row.try_get("incident_id").map_err(failed)?,
                updated_at: row.try_get("updated_at").map_err(failed)?,
            };
            found.insert(row.try_get("id").map_err(failed)?, known);
        }
    }
    Ok(found)
}

fn with_ids(head: &'static str, tenant: TenantId, ids: &[AlertId]) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(head);
    sql.push_bind(tenant.to_string()).push(" AND id IN (");
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(stored_id(id));
    }
    sql.push(")");
    sql
}

/// An alert's id as it is stored.
pub(super) fn stored_id(id: &AlertId) -> String {
    plain(id.as_str()).into_owned()
}

const COLUMNS: &str = "tenant_id, id, incident_id, change, created_at, updated_at, resolved_at,
    first_activity_at, last_activity_at, status, severity, classification, determination,
    title_folded, service_folded, detector_folded, detector_id_folded, product_folded,
    policy_id_folded, category_folded, owner_folded, investigation_state_folded, actor_folded,
    threat_name_folded, threat_family_folded, reason, document";
const REPLACE: &str = " ON CONFLICT (tenant_id, id) DO UPDATE SET
    incident_id = excluded.incident_id, change = excluded.change,
    created_at = excluded.created_at, updated_at = excluded.updated_at,
    resolved_at = excluded.resolved_at, first_activity_at = excluded.first_activity_at,
    last_activity_at = excluded.last_activity_at, status = excluded.status,
    severity = excluded.severity, classification = excluded.classification,
    determination = excluded.determination, title_folded = excluded.title_folded,
    service_folded = excluded.service_folded, detector_folded = excluded.detector_folded,
    detector_id_folded = excluded.detector_id_folded, product_folded = excluded.product_folded,
    policy_id_folded = excluded.policy_id_folded, category_folded = excluded.category_folded,
    owner_folded = excluded.owner_folded,
    investigation_state_folded = excluded.investigation_state_folded,
    actor_folded = excluded.actor_folded, threat_name_folded = excluded.threat_name_folded,
    threat_family_folded = excluded.threat_family_folded, reason = excluded.reason,
    document = excluded.document RETURNING id, seq";

/// Stores alerts, each id once, and what stands beside them.
pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: TenantId,
    alerts: &[NewRow<'_>],
) -> Result<(), IncidentStoreError> {
    let mut stored = Vec::with_capacity(alerts.len());
    for piece in pieces(alerts) {
        let mut sql = insertion(tenant, piece)?;
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            let id: String = row.try_get("id").map_err(failed)?;
            let seq: i64 = row.try_get("seq").map_err(failed)?;
            let found = piece.iter().find(|one| plain(one.alert.id.as_str()) == id);
            stored.extend(found.map(|one| (seq, one)));
        }
    }
    let replaced: Vec<i64> =
        stored.iter().filter(|(_, one)| one.replaces).map(|(seq, _)| *seq).collect();
    beside_alerts::remove(connection, &replaced).await?;
    let alerts: Vec<(i64, &Alert)> = stored.iter().map(|(seq, one)| (*seq, one.alert)).collect();
    beside_alerts::put(connection, tenant, &alerts).await
}

fn insertion(
    tenant: TenantId,
    piece: &[NewRow<'_>],
) -> Result<QueryBuilder<Db>, IncidentStoreError> {
    let mut documents = Vec::with_capacity(piece.len());
    for one in piece {
        let document = write_alert(one.alert).map_err(corrupt("alert"))?;
        documents.push((write_reason(one.reason).map_err(corrupt("reason"))?, document));
    }
    let short = |text: &Option<String>| text.as_deref().map(fold_short);
    let mut sql = QueryBuilder::new("INSERT INTO alerts (");
    sql.push(COLUMNS).push(") ");
    sql.push_values(piece.iter().zip(documents), |mut row, (one, (reason, document))| {
        let alert = one.alert;
        row.push_bind(tenant.to_string())
            .push_bind(stored_id(&alert.id))
            .push_bind(one.incident.number())
            .push_bind(one.change.0)
            .push_bind(ticks(alert.created_at))
            .push_bind(ticks(alert.updated_at))
            .push_bind(alert.resolved_at.map(ticks))
            .push_bind(ticks(alert.first_activity_at))
            .push_bind(ticks(alert.last_activity_at))
            .push_bind(alert.status.as_str())
            .push_bind(severity_rank(alert.severity))
            .push_bind(alert.classification.unwrap_or(Classification::Unknown).as_str())
            .push_bind(alert.determination.unwrap_or(Determination::NotAvailable).as_str())
            .push_bind(fold(&alert.title))
            .push_bind(short(&alert.service))
            .push_bind(short(&alert.detector))
            .push_bind(short(&alert.detector_id))
            .push_bind(short(&alert.product))
            .push_bind(short(&alert.policy_id))
            .push_bind(short(&alert.category))
            .push_bind(short(&alert.assigned_to))
            .push_bind(short(&alert.investigation_state))
            .push_bind(short(&alert.actor_name))
            .push_bind(short(&alert.threat_name))
            .push_bind(short(&alert.threat_family))
            .push_bind(reason)
            .push_bind(document);
    });
    sql.push(REPLACE);
    Ok(sql)
}
