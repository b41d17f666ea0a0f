//! Rows of alerts.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};
use vakt_ids::{AlertId, IncidentId};
use vakt_incidents::{
    Alert, ChangeNumber, Classification, Determination, IncidentStoreError, PlaceReason,
    PlacedAlert,
};

use super::super::batch::{Insertion, Values, pieces};
use super::beside_alerts::{Change, Companions};
use super::{Db, DbConnection, DbRow, Tenant, beside_alerts, corrupt, failed};
use crate::rows::{
    fold, fold_short, plain, read_alert, read_reason, severity_rank, ticks, write_alert,
    write_asked, write_reason,
};

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
    tenant: Tenant,
    ids: &[AlertId],
) -> Result<Vec<PlacedAlert>, IncidentStoreError> {
    let mut alerts = Vec::with_capacity(ids.len());
    for piece in pieces(ids) {
        let head = "SELECT incident_id, change, reason, document FROM alerts WHERE tenant = ";
        let mut sql = with_ids(head, tenant, piece.iter().map(stored_id));
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
    tenant: Tenant,
    ids: &[AlertId],
) -> Result<HashMap<String, Known>, IncidentStoreError> {
    let mut found = HashMap::new();
    for piece in pieces(ids) {
        let head = "SELECT id, incident_id, updated_at FROM alerts WHERE tenant = ";
        let mut sql = with_ids(head, tenant, piece.iter().map(stored_id));
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

fn with_ids(
    head: &'static str,
    tenant: Tenant,
    ids: impl Iterator<Item = String>,
) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(head);
    sql.push_bind(tenant.number).push(" AND id IN (");
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    sql.push(")");
    sql
}

/// An alert's id as it is stored.
pub(super) fn stored_id(id: &AlertId) -> String {
    plain(id.as_str()).into_owned()
}

const ROW: &str =
    "alerts (seq, tenant, id, incident_id, change, created_at, updated_at, resolved_at,
    first_activity_at, last_activity_at, status, severity, classification, determination,
    title_folded, service_folded, detector_folded, detector_id_folded, product_folded,
    policy_id_folded, category_folded, owner_folded, investigation_state_folded, actor_folded,
    threat_name_folded, threat_family_folded, reason, evidence, document)";
const COLUMNS: usize = 29;
static INSERTION: Insertion = Insertion::into(ROW, COLUMNS, "");
static REPLACEMENT: Insertion = Insertion::into(
    ROW,
    COLUMNS,
    "ON CONFLICT (tenant, id) DO UPDATE SET
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
    evidence = excluded.evidence, document = excluded.document",
);

/// An alert as a row, all but its place: what can be made before the turn.
pub(super) struct AlertRow {
    pub id: String,
    /// Creation, last change, resolution.
    times: (i64, i64, Option<i64>),
    activity: (i64, i64),
    status: &'static str,
    severity: i64,
    classification: &'static str,
    determination: &'static str,
    title: String,
    /// In the order of the columns from the service on.
    words: [Option<String>; 11],
    evidence: String,
    document: String,
    companions: Companions,
}

impl AlertRow {
    pub(super) fn of(alert: &Alert) -> Result<Self, IncidentStoreError> {
        let short = |text: &Option<String>| text.as_deref().map(fold_short);
        Ok(Self {
            id: stored_id(&alert.id),
            times: (ticks(alert.created_at), ticks(alert.updated_at), alert.resolved_at.map(ticks)),
            activity: (ticks(alert.first_activity_at), ticks(alert.last_activity_at)),
            status: alert.status.as_str(),
            severity: severity_rank(alert.severity),
            classification: alert.classification.unwrap_or(Classification::Unknown).as_str(),
            determination: alert.determination.unwrap_or(Determination::NotAvailable).as_str(),
            title: fold(&alert.title),
            words: [
                short(&alert.service),
                short(&alert.detector),
                short(&alert.detector_id),
                short(&alert.product),
                short(&alert.policy_id),
                short(&alert.category),
                short(&alert.assigned_to),
                short(&alert.investigation_state),
                short(&alert.actor_name),
                short(&alert.threat_name),
                short(&alert.threat_family),
            ],
            evidence: write_asked(alert).map_err(corrupt("alert"))?,
            document: write_alert(alert).map_err(corrupt("alert"))?,
            companions: Companions::of(alert),
        })
    }

    fn bind(self, place: (i64, i64, Place<'_>, String), values: &mut Values) {
        let (tenant, seq, place, reason) = place;
        let (created_at, updated_at, resolved_at) = self.times;
        values.add(seq).add(tenant).add(self.id).add(place.incident.number()).add(place.change.0);
        values.add(created_at).add(updated_at).add(resolved_at);
        values.add(self.activity.0).add(self.activity.1).add(self.status).add(self.severity);
        values.add(self.classification).add(self.determination).add(self.title);
        for word in self.words {
            values.add(word);
        }
        values.add(reason).add(self.evidence).add(self.document);
    }
}

/// Where an alert is.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub incident: IncidentId,
    pub reason: &'a PlaceReason,
    pub change: ChangeNumber,
}

/// An alert to store.
pub(super) struct NewAlert<'a> {
    pub row: AlertRow,
    pub place: Place<'a>,
    /// The number of a new row; none if there is a row of this id already.
    pub seq: Option<i64>,
}

/// Stores an alert where a state of it is already.
pub(super) async fn replace(
    connection: &mut DbConnection,
    tenant: Tenant,
    placed: &PlacedAlert,
) -> Result<(), IncidentStoreError> {
    let PlacedAlert { alert, incident, reason, change } = placed;
    let place = Place { incident: *incident, reason, change: *change };
    let row = AlertRow::of(alert)?;
    put(connection, tenant, vec![NewAlert { row, place, seq: None }]).await
}

/// Stores alerts, each id once, and what stands beside them.
pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: Tenant,
    alerts: Vec<NewAlert<'_>>,
) -> Result<(), IncidentStoreError> {
    let replaced: Vec<String> =
        alerts.iter().filter(|one| one.seq.is_none()).map(|one| one.row.id.clone()).collect();
    let mut before = former(connection, tenant, &replaced).await?;
    let mut changes = Vec::with_capacity(alerts.len());
    let (mut new, mut replacing) = (Vec::with_capacity(alerts.len()), Vec::new());
    for NewAlert { mut row, place, seq } in alerts {
        let gone = || IncidentStoreError::Failed(format!("alert `{}` is gone", row.id));
        let (alert_seq, before) = match seq {
            Some(seq) => (seq, Companions::default()),
            None => before.remove(&row.id).ok_or_else(gone)?,
        };
        let after = std::mem::take(&mut row.companions);
        changes.push(Change { alert_seq, before, after });
        let reason = write_reason(place.reason).map_err(corrupt("reason"))?;
        let rows = if seq.is_some() { &mut new } else { &mut replacing };
        rows.push((row, alert_seq, place, reason));
    }
    let bind = |values: &mut Values, (row, seq, place, reason): (AlertRow, i64, _, _)| {
        row.bind((tenant.number, seq, place, reason), values);
    };
    INSERTION.store(connection, new, bind).await.map_err(failed)?;
    REPLACEMENT.store(connection, replacing, bind).await.map_err(failed)?;
    beside_alerts::put(connection, tenant, changes).await
}

/// The rows of alerts that are there, by id: number, and what stands beside.
async fn former(
    connection: &mut DbConnection,
    tenant: Tenant,
    ids: &[String],
) -> Result<HashMap<String, (i64, Companions)>, IncidentStoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for piece in pieces(ids) {
        let head = "SELECT id, seq, document FROM alerts WHERE tenant = ";
        let mut sql = with_ids(head, tenant, piece.iter().cloned());
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            let document: String = row.try_get("document").map_err(failed)?;
            let alert = read_alert(&document).map_err(corrupt("alert"))?;
            let seq: i64 = row.try_get("seq").map_err(failed)?;
            found.insert(row.try_get("id").map_err(failed)?, (seq, Companions::of(&alert)));
        }
    }
    Ok(found)
}
