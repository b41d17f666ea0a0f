//! Rows of incidents.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};
use vakt_ids::IncidentId;
use vakt_incidents::{
    ChangeNumber, HistoryEntry, Incident, IncidentStoreError, Label, PlacedAlert, Stamp, Step,
};

use super::super::batch::{Insertion, Values, pieces};
use super::predicate::label_text;
use super::{Db, DbConnection, DbRow, Tenant, alert_rows, corrupt, failed};
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
    tenant: Tenant,
    ids: &[IncidentId],
) -> Result<Vec<Incident>, IncidentStoreError> {
    let mut incidents = load_bare(connection, tenant, ids).await?;
    attach_alerts(connection, tenant, &mut incidents).await?;
    Ok(incidents)
}

/// The same without alerts.
pub(super) async fn load_bare(
    connection: &mut DbConnection,
    tenant: Tenant,
    ids: &[IncidentId],
) -> Result<Vec<Incident>, IncidentStoreError> {
    let mut incidents = Vec::with_capacity(ids.len());
    for piece in pieces(ids) {
        let mut sql = QueryBuilder::<Db>::new("SELECT * FROM incidents WHERE tenant = ");
        sql.push_bind(tenant.number).push(" AND id IN (");
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
    tenant: Tenant,
    incidents: &mut [Incident],
) -> Result<(), IncidentStoreError> {
    let ids: Vec<i64> = incidents.iter().map(|incident| incident.id.number()).collect();
    let mut alerts: HashMap<i64, Vec<PlacedAlert>> = HashMap::new();
    for piece in pieces(&ids) {
        let mut sql = QueryBuilder::<Db>::new(
            "SELECT incident_id, change, reason, document FROM alerts WHERE tenant = ",
        );
        sql.push_bind(tenant.number).push(" AND incident_id IN (");
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

const ROW: &str = "incidents (tenant, id, change, name, name_folded, created_at, updated_at,
    updated_by, updated_by_folded, assigned_to, owner_folded, status, severity, classification,
    determination, redirect, priority, document)";
const COLUMNS: usize = 18;
static INSERTION: Insertion = Insertion::into(ROW, COLUMNS, "");
static REPLACEMENT: Insertion = Insertion::into(
    ROW,
    COLUMNS,
    "ON CONFLICT (tenant, id) DO UPDATE SET change = excluded.change,
    name = excluded.name, name_folded = excluded.name_folded, created_at = excluded.created_at,
    updated_at = excluded.updated_at, updated_by = excluded.updated_by,
    updated_by_folded = excluded.updated_by_folded,
    assigned_to = excluded.assigned_to, owner_folded = excluded.owner_folded,
    status = excluded.status, severity = excluded.severity,
    classification = excluded.classification, determination = excluded.determination,
    redirect = excluded.redirect, priority = excluded.priority, document = excluded.document",
);
static LABELS: Insertion = Insertion::into(
    "incident_labels (tenant, label, word, incident_id)",
    4,
    "ON CONFLICT DO NOTHING",
);

/// An incident as a row, all but the number of its change: what can be made before the turn.
pub(super) struct IncidentRow {
    id: i64,
    name: (String, String),
    created_at: i64,
    updated_at: i64,
    updated_by: Option<(String, String)>,
    assigned_to: Option<(String, String)>,
    status: &'static str,
    severity: i64,
    classification: &'static str,
    determination: &'static str,
    redirect: Option<i64>,
    priority: Option<i64>,
    document: String,
    labels: Vec<(Label, String)>,
}

impl IncidentRow {
    pub(super) fn of(incident: &Incident) -> Result<Self, IncidentStoreError> {
        let both = |text: &String| (plain(text).into_owned(), fold(text));
        let short = |text: &String| (plain(text).into_owned(), fold_short(text));
        let tags = incident.tags.iter().map(|tag| (Label::Tag, fold_short(tag)));
        let system = incident.system_tags.iter().map(|tag| (Label::SystemTag, fold_short(tag)));
        Ok(Self {
            id: incident.id.number(),
            name: both(&incident.name),
            created_at: ticks(incident.created_at),
            updated_at: ticks(incident.updated_at),
            updated_by: incident.updated_by.as_ref().map(both),
            assigned_to: incident.assigned_to.as_ref().map(short),
            status: incident.status.as_str(),
            severity: severity_rank(incident.severity),
            classification: incident.classification.as_str(),
            determination: incident.determination.as_str(),
            redirect: incident.redirect.map(IncidentId::number),
            priority: incident.priority,
            document: write_incident(incident).map_err(corrupt("incident"))?,
            labels: tags.chain(system).collect(),
        })
    }

    fn bind(self, tenant: i64, change: ChangeNumber, values: &mut Values) {
        let (name, name_folded) = self.name;
        let (updated_by, updated_by_folded) = self.updated_by.unzip();
        let (assigned_to, owner_folded) = self.assigned_to.unzip();
        values.add(tenant).add(self.id).add(change.0).add(name).add(name_folded);
        values.add(self.created_at).add(self.updated_at).add(updated_by).add(updated_by_folded);
        values.add(assigned_to).add(owner_folded).add(self.status).add(self.severity);
        values.add(self.classification).add(self.determination).add(self.redirect);
        values.add(self.priority).add(self.document);
    }
}

/// A row to store.
pub(super) struct NewIncident {
    pub row: IncidentRow,
    pub change: ChangeNumber,
    /// Whether a row of this number is there, whose labels must go first.
    pub replaces: bool,
}

/// Stores an incident, without its alerts, over what may be there.
pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: Tenant,
    (incident, change): (&Incident, ChangeNumber),
) -> Result<(), IncidentStoreError> {
    let row = IncidentRow::of(incident)?;
    put_all(connection, tenant, vec![NewIncident { row, change, replaces: true }]).await
}

/// Stores incidents, without their alerts; each number once.
pub(super) async fn put_all(
    connection: &mut DbConnection,
    tenant: Tenant,
    mut incidents: Vec<NewIncident>,
) -> Result<(), IncidentStoreError> {
    let replaced: Vec<i64> =
        incidents.iter().filter(|one| one.replaces).map(|one| one.row.id).collect();
    let labels_of = |one: &mut NewIncident| {
        let id = one.row.id;
        let labels = std::mem::take(&mut one.row.labels);
        labels.into_iter().map(move |(label, word)| (id, label, word))
    };
    let labels: Vec<_> = incidents.iter_mut().flat_map(labels_of).collect();
    let bind = |values: &mut Values, one: NewIncident| {
        one.row.bind(tenant.number, one.change, values);
    };
    let (replacing, new) = incidents.into_iter().partition(|one| one.replaces);
    INSERTION.store(connection, new, bind).await.map_err(failed)?;
    REPLACEMENT.store(connection, replacing, bind).await.map_err(failed)?;
    remove_labels(connection, tenant, &replaced).await?;
    let bind = |values: &mut Values, (id, label, word): (i64, Label, String)| {
        values.add(tenant.number).add(label_text(label)).add(word).add(id);
    };
    LABELS.store(connection, labels, bind).await.map_err(failed)
}

async fn remove_labels(
    connection: &mut DbConnection,
    tenant: Tenant,
    incidents: &[i64],
) -> Result<(), IncidentStoreError> {
    for piece in pieces(incidents) {
        let mut sql = QueryBuilder::<Db>::new("DELETE FROM incident_labels WHERE tenant = ");
        sql.push_bind(tenant.number).push(" AND incident_id IN (");
        let mut list = sql.separated(", ");
        for id in piece {
            list.push_bind(*id);
        }
        sql.push(")");
        sql.build().execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

/// Adds an entry to an incident's history.
pub(super) async fn put_history(
    connection: &mut DbConnection,
    tenant: Tenant,
    (incident, change): (IncidentId, ChangeNumber),
    (stamp, steps): (&Stamp, Vec<Step>),
) -> Result<(), IncidentStoreError> {
    let entry = HistoryEntry { change, incident, at: stamp.at, by: stamp.by.clone(), steps };
    let sql = "INSERT INTO incident_history (tenant, incident_id, change, document)
        VALUES ($1, $2, $3, $4)";
    sqlx::query(sql)
        .bind(tenant.number)
        .bind(incident.number())
        .bind(change.0)
        .bind(write_entry(&entry).map_err(corrupt("history entry"))?)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}
