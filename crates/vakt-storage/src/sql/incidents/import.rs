//! Importing: many incidents in few statements. An older state never replaces a newer one, and an
//! alert never goes away.

use std::collections::{HashMap, HashSet};

use sqlx::{QueryBuilder, Row};
use vakt_ids::{AlertId, IncidentId};
use vakt_incidents::{
    Arrivals, ChangeNumber, Incident, IncidentStoreError, Outcome, PlaceReason, PlacedAlert,
};

use super::super::batch::pieces;
use super::super::sightings::Sightings;
use super::alert_rows::{self, AlertRow, Known, NewAlert, Place};
use super::counters::Counters;
use super::incident_rows::{self, IncidentRow, NewIncident};
use super::{Db, DbConnection, Tenant, failed};
use crate::rows::{plain, ticks};

/// Incidents that are looked up and stored together.
const INCIDENTS_TOGETHER_MAX: usize = 1_024;

/// Incidents whose rows are made before others get a chance to run.
const INCIDENTS_WITHOUT_PAUSE_MAX: usize = 64;

/// What an import stores, as far as it does not depend on what is stored already.
pub(super) struct Prepared {
    incidents: Vec<PreparedIncident>,
    sightings: Sightings,
}

/// The rows of an incident and of its alerts.
struct PreparedIncident {
    incident: IncidentRow,
    alerts: Vec<AlertRow>,
}

/// Makes the rows of incidents: while another import has its turn.
pub(super) async fn prepare(incidents: &[Incident]) -> Result<Prepared, IncidentStoreError> {
    let mut prepared = Vec::with_capacity(incidents.len());
    for some in incidents.chunks(INCIDENTS_WITHOUT_PAUSE_MAX) {
        for incident in some {
            let mut alerts = Vec::with_capacity(incident.alerts.len());
            for placed in &incident.alerts {
                alerts.push(AlertRow::of(&placed.alert)?);
            }
            prepared.push(PreparedIncident { incident: IncidentRow::of(incident)?, alerts });
        }
        tokio::task::yield_now().await;
    }
    let alerts = incidents.iter().flat_map(|incident| &incident.alerts);
    let sightings = Sightings::of(alerts.map(|placed| &placed.alert));
    Ok(Prepared { incidents: prepared, sightings })
}

/// What an import brings.
pub(super) fn arrivals(incidents: &[Incident]) -> Arrivals {
    let alerts: usize = incidents.iter().map(|incident| incident.alerts.len()).sum();
    Arrivals { incidents: incidents.len() as u64, alerts: alerts as u64 }
}

/// Imports incidents, one outcome each.
pub(super) async fn import(
    connection: &mut DbConnection,
    tenant: Tenant,
    incidents: &[Incident],
    prepared: Prepared,
) -> Result<Vec<Outcome>, IncidentStoreError> {
    let mut counters = Counters::take(connection, tenant).await?;
    let mut outcomes = Vec::with_capacity(incidents.len());
    let Prepared { incidents: prepared, sightings } = prepared;
    let mut prepared = prepared.into_iter();
    for group in groups(incidents) {
        let importing = Importing::look_up(connection, tenant, (group, &counters)).await?;
        let rows = prepared.by_ref().take(group.len());
        outcomes.extend(importing.store(connection, &mut counters, rows).await?);
    }
    counters.save(connection).await?;
    sightings
        .store(connection, tenant.id)
        .await
        .map_err(|error| IncidentStoreError::Failed(error.to_string()))?;
    Ok(outcomes)
}

/// Runs of incidents in which no incident and no alert comes twice: what comes twice must see what
/// became of it the first time.
fn groups(incidents: &[Incident]) -> Vec<&[Incident]> {
    let mut groups = Vec::new();
    let mut start = 0;
    let mut ids = HashSet::new();
    let mut alerts: HashSet<&str> = HashSet::new();
    for (index, incident) in incidents.iter().enumerate() {
        let of_incident = || incident.alerts.iter().map(|placed| placed.alert.id.as_str());
        let again = ids.contains(&incident.id) || of_incident().any(|id| alerts.contains(id));
        if again || index - start == INCIDENTS_TOGETHER_MAX {
            groups.extend(incidents.get(start..index));
            start = index;
            ids.clear();
            alerts.clear();
        }
        ids.insert(incident.id);
        alerts.extend(of_incident());
    }
    groups.extend(incidents.get(start..));
    groups
}

/// What is to be stored of a group.
#[derive(Default)]
struct NewRows {
    incidents: Vec<NewIncident>,
    alerts: Vec<NewAlert<'static>>,
    /// Incidents that changed only because alerts came or went.
    touched: Vec<(i64, ChangeNumber)>,
}

/// A group, and what is stored of it.
struct Importing<'a> {
    tenant: Tenant,
    incidents: &'a [Incident],
    /// When the stored incidents changed last.
    stored: HashMap<i64, i64>,
    alerts: HashMap<String, Known>,
}

impl<'a> Importing<'a> {
    async fn look_up(
        connection: &mut DbConnection,
        tenant: Tenant,
        (incidents, counters): (&'a [Incident], &Counters),
    ) -> Result<Self, IncidentStoreError> {
        let ids = incidents.iter().map(|incident| incident.id);
        let known: Vec<IncidentId> = ids.filter(|id| !counters.is_beyond(*id)).collect();
        let stored = stored(connection, tenant, &known).await?;
        let alerts = incidents.iter().flat_map(|incident| &incident.alerts);
        let alerts: Vec<AlertId> = alerts.map(|placed| placed.alert.id.clone()).collect();
        let alerts = alert_rows::known(connection, tenant, &alerts).await?;
        Ok(Self { tenant, incidents, stored, alerts })
    }

    async fn store(
        &self,
        connection: &mut DbConnection,
        counters: &mut Counters,
        prepared: impl Iterator<Item = PreparedIncident>,
    ) -> Result<Vec<Outcome>, IncidentStoreError> {
        let mut outcomes = Vec::with_capacity(self.incidents.len());
        let mut rows = NewRows::default();
        for (incident, prepared) in self.incidents.iter().zip(prepared) {
            counters.note_incident(incident.id);
            outcomes.push(self.sort(incident, prepared, counters, &mut rows));
        }
        incident_rows::put_all(connection, self.tenant, rows.incidents).await?;
        alert_rows::put(connection, self.tenant, rows.alerts).await?;
        self.touch(connection, &rows.touched).await?;
        Ok(outcomes)
    }

    /// Adds what is to be stored of an incident.
    fn sort(
        &self,
        incident: &Incident,
        prepared: PreparedIncident,
        counters: &mut Counters,
        rows: &mut NewRows,
    ) -> Outcome {
        let outcome = self.outcome(incident);
        let alerts = incident.alerts.iter().zip(prepared.alerts);
        let taken = alerts.filter(|(placed, _)| self.takes(incident, placed, outcome));
        let mut taken = taken.peekable();
        if outcome == Outcome::Unchanged && taken.peek().is_none() {
            return outcome;
        }
        let change = counters.next_change();
        let replaces = outcome != Outcome::Created;
        match outcome {
            // The same state came again with alerts, after an export without them.
            Outcome::Unchanged => rows.touched.push((incident.id.number(), change)),
            _ => rows.incidents.push(NewIncident { row: prepared.incident, change, replaces }),
        }
        for (placed, row) in taken {
            let known = self.known(placed);
            let elsewhere = known.filter(|known| known.incident != incident.id.number());
            rows.touched.extend(elsewhere.map(|known| (known.incident, change)));
            let seq = known.is_none().then(|| counters.next_alert());
            let place = Place { incident: incident.id, reason: &PlaceReason::Imported, change };
            rows.alerts.push(NewAlert { row, place, seq });
        }
        if replaces { Outcome::Updated } else { outcome }
    }

    fn outcome(&self, incident: &Incident) -> Outcome {
        match self.stored.get(&incident.id.number()) {
            None => Outcome::Created,
            Some(stored) if *stored < ticks(incident.updated_at) => Outcome::Updated,
            Some(_) => Outcome::Unchanged,
        }
    }

    fn known(&self, placed: &PlacedAlert) -> Option<&Known> {
        self.alerts.get(plain(placed.alert.id.as_str()).as_ref())
    }

    /// With a newer incident an alert of the same age is taken again; with the same state of the
    /// incident only one that is newer, or was of another incident; with an older one none.
    fn takes(&self, incident: &Incident, placed: &PlacedAlert, outcome: Outcome) -> bool {
        let incoming = ticks(incident.updated_at);
        let stored = self.stored.get(&incident.id.number());
        if stored.is_some_and(|stored| *stored > incoming) {
            return false;
        }
        let Some(known) = self.known(placed) else { return true };
        let age = ticks(placed.alert.updated_at).cmp(&known.updated_at);
        let elsewhere = known.incident != incident.id.number();
        age.is_gt() || (age.is_eq() && (outcome != Outcome::Unchanged || elsewhere))
    }

    /// Counts incidents as changed whose alerts came or went.
    async fn touch(
        &self,
        connection: &mut DbConnection,
        touched: &[(i64, ChangeNumber)],
    ) -> Result<(), IncidentStoreError> {
        for (id, change) in touched {
            let sql = "UPDATE incidents SET change = $3 WHERE tenant = $1 AND id = $2
                AND change < $3";
            sqlx::query(sql)
                .bind(self.tenant.number)
                .bind(*id)
                .bind(change.0)
                .execute(&mut *connection)
                .await
                .map_err(failed)?;
        }
        Ok(())
    }
}

async fn stored(
    connection: &mut DbConnection,
    tenant: Tenant,
    ids: &[IncidentId],
) -> Result<HashMap<i64, i64>, IncidentStoreError> {
    let mut stored = HashMap::new();
    for piece in pieces(ids) {
        let mut sql =
            QueryBuilder::<Db>::new("SELECT id, updated_at FROM incidents WHERE tenant = ");
        sql.push_bind(tenant.number).push(" AND id IN (");
        let mut list = sql.separated(", ");
        for id in piece {
            list.push_bind(id.number());
        }
        sql.push(")");
        let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        for row in &rows {
            let id: i64 = row.try_get("id").map_err(failed)?;
            stored.insert(id, row.try_get("updated_at").map_err(failed)?);
        }
    }
    Ok(stored)
}
