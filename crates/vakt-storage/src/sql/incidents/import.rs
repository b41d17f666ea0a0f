//! Importing: many incidents in few statements. An older state never replaces a newer one, and an
//! alert never goes away.

use std::collections::{HashMap, HashSet};

use sqlx::{QueryBuilder, Row};
use vakt_ids::{AlertId, IncidentId, TenantId};
use vakt_incidents::{
    ChangeNumber, Incident, IncidentStoreError, Outcome, PlaceReason, PlacedAlert,
};

use super::super::batch::pieces;
use super::super::sightings::note_devices_of;
use super::alert_rows::{self, Known, NewRow};
use super::counters::Counters;
use super::{Db, DbConnection, failed, incident_rows};
use crate::rows::{plain, ticks};

/// Incidents that are looked up and stored together.
const INCIDENTS_TOGETHER_MAX: usize = 256;

/// Imports incidents, one outcome each.
pub(super) async fn import(
    connection: &mut DbConnection,
    tenant: TenantId,
    incidents: &[Incident],
) -> Result<Vec<Outcome>, IncidentStoreError> {
    let mut counters = Counters::take(connection, tenant).await?;
    let mut outcomes = Vec::with_capacity(incidents.len());
    for group in groups(incidents) {
        let importing = Importing::look_up(connection, tenant, group).await?;
        outcomes.extend(importing.store(connection, &mut counters).await?);
    }
    counters.save(connection).await?;
    let alerts = incidents.iter().flat_map(|incident| &incident.alerts);
    note_devices_of(connection, tenant, alerts.map(|placed| &placed.alert))
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

/// A group, and what is stored of it.
struct Importing<'a> {
    tenant: TenantId,
    incidents: &'a [Incident],
    /// When the stored incidents changed last.
    stored: HashMap<i64, i64>,
    alerts: HashMap<String, Known>,
}

impl<'a> Importing<'a> {
    async fn look_up(
        connection: &mut DbConnection,
        tenant: TenantId,
        incidents: &'a [Incident],
    ) -> Result<Self, IncidentStoreError> {
        let ids: Vec<IncidentId> = incidents.iter().map(|incident| incident.id).collect();
        let stored = stored(connection, tenant, &ids).await?;
        let alerts = incidents.iter().flat_map(|incident| &incident.alerts);
        let alerts: Vec<AlertId> = alerts.map(|placed| placed.alert.id.clone()).collect();
        let alerts = alert_rows::known(connection, tenant, &alerts).await?;
        Ok(Self { tenant, incidents, stored, alerts })
    }

    async fn store(
        &self,
        connection: &mut DbConnection,
        counters: &mut Counters,
    ) -> Result<Vec<Outcome>, IncidentStoreError> {
        let mut outcomes = Vec::with_capacity(self.incidents.len());
        let mut incidents = Vec::new();
        let mut alerts: Vec<NewRow<'_>> = Vec::new();
        let mut touched = Vec::new();
        for incident in self.incidents {
            counters.note_incident(incident.id);
            let outcome = self.outcome(incident);
            let taken = self.alerts_to_take(incident, outcome);
            if outcome == Outcome::Unchanged && taken.is_empty() {
                outcomes.push(outcome);
                continue;
            }
            let change = counters.next_change();
            match outcome {
                // The same state came again with alerts, after an export without them.
                Outcome::Unchanged => touched.push((incident.id.number(), change)),
                _ => incidents.push((incident, change)),
            }
            outcomes.push(if outcome == Outcome::Created { outcome } else { Outcome::Updated });
            for placed in taken {
                let known = self.known(placed);
                let elsewhere = known.filter(|known| known.incident != incident.id.number());
                touched.extend(elsewhere.map(|known| (known.incident, change)));
                alerts.push(NewRow {
                    alert: &placed.alert,
                    incident: incident.id,
                    reason: &PlaceReason::Imported,
                    change,
                    replaces: known.is_some(),
                });
            }
        }
        incident_rows::put(connection, self.tenant, &incidents).await?;
        alert_rows::put(connection, self.tenant, &alerts).await?;
        self.touch(connection, &touched).await?;
        Ok(outcomes)
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
    fn alerts_to_take<'b>(&self, incident: &'b Incident, outcome: Outcome) -> Vec<&'b PlacedAlert> {
        let incoming = ticks(incident.updated_at);
        let stored = self.stored.get(&incident.id.number());
        if stored.is_some_and(|stored| *stored > incoming) {
            return Vec::new();
        }
        let takes = |placed: &&PlacedAlert| {
            let Some(known) = self.known(placed) else { return true };
            let age = ticks(placed.alert.updated_at).cmp(&known.updated_at);
            let elsewhere = known.incident != incident.id.number();
            age.is_gt() || (age.is_eq() && (outcome != Outcome::Unchanged || elsewhere))
        };
        incident.alerts.iter().filter(takes).collect()
    }

    /// Counts incidents as changed whose alerts came or went.
    async fn touch(
        &self,
        connection: &mut DbConnection,
        touched: &[(i64, ChangeNumber)],
    ) -> Result<(), IncidentStoreError> {
        for (id, change) in touched {
            let sql = "UPDATE incidents SET change = $3 WHERE tenant_id = $1 AND id = $2
                AND change < $3";
            sqlx::query(sql)
                .bind(self.tenant.to_string())
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
    tenant: TenantId,
    ids: &[IncidentId],
) -> Result<HashMap<i64, i64>, IncidentStoreError> {
    let mut stored = HashMap::new();
    for piece in pieces(ids) {
        let mut sql =
            QueryBuilder::<Db>::new("SELECT id, updated_at FROM incidents WHERE tenant_id = ");
        sql.push_bind(tenant.to_string()).push(" AND id IN (");
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
