//! Storing alerts, each in the incident where it belongs.

use std::collections::HashSet;

use sqlx::{QueryBuilder, Row};
use vakt_ids::IncidentId;
use vakt_incidents::{
    Alert, AlertPart, Arrivals, Candidate, Incident, IncidentStoreError, MERGED_AT_ONCE_MAX,
    PlaceReason, PlacedAlert, Recording, Status, Step, StrongEntity, choose, complete,
    may_merge_by_itself, strong_entities,
};

use super::super::batch::pieces;
use super::super::sightings::Sightings;
use super::alert_rows::{self, AlertRow, NewAlert, Place};
use super::change::mark;
use super::counters::Counters;
use super::place::{begin, join, raise};
use super::{Db, DbConnection, DbRow, Tenant, corrupt, failed, incident_rows};
use crate::rows::{fold_short, from_ticks, ticks};

/// Most alerts that are looked at as neighbours of one; the oldest incidents come first.
const CANDIDATES_MAX: i64 = 1_000;

/// What these parts bring: alerts.
pub(super) fn arrivals(parts: &[AlertPart]) -> Arrivals {
    let ids: HashSet<_> = parts.iter().map(|part| part.alert.id.as_str()).collect();
    Arrivals { incidents: 0, alerts: ids.len() as u64 }
}

/// Stores alerts, in their order.
pub(super) async fn record(
    connection: &mut DbConnection,
    tenant: Tenant,
    recording: Recording<'_>,
) -> Result<Vec<PlacedAlert>, IncidentStoreError> {
    let counters = Counters::take(connection, tenant).await?;
    let mut recorder = Recorder { tenant, recording, counters };
    let mut placed = Vec::with_capacity(recording.parts.len());
    for part in recording.parts {
        placed.push(recorder.record(connection, part).await?);
    }
    recorder.counters.save(connection).await?;
    Sightings::of(recording.parts.iter().map(|part| &part.alert))
        .store(connection, tenant.id)
        .await
        .map_err(|error| IncidentStoreError::Failed(error.to_string()))?;
    Ok(placed)
}

struct Recorder<'a> {
    tenant: Tenant,
    recording: Recording<'a>,
    counters: Counters,
}

impl Recorder<'_> {
    async fn record(
        &mut self,
        connection: &mut DbConnection,
        part: &AlertPart,
    ) -> Result<PlacedAlert, IncidentStoreError> {
        let ids = std::slice::from_ref(&part.alert.id);
        match alert_rows::load(connection, self.tenant, ids).await?.pop() {
            None => self.place(connection, part).await,
            Some(known) => self.renew(connection, known, part).await,
        }
    }

    /// A new alert.
    async fn place(
        &mut self,
        connection: &mut DbConnection,
        part: &AlertPart,
    ) -> Result<PlacedAlert, IncidentStoreError> {
        let mut alert = part.alert.clone();
        self.date(&mut alert, part.whole);
        let candidates = self.candidates(connection, &alert).await?;
        let chosen = choose(&alert, self.recording.window, &candidates);
        let reason = chosen.map_or(PlaceReason::Unrelated, |candidate| PlaceReason::Shared {
            entity: candidate.entity.clone(),
            with: candidate.alert.clone(),
        });
        let change = self.counters.next_change();
        // The number is put right as soon as the incident is known.
        let incident = chosen.map_or(IncidentId::FIRST, |candidate| candidate.incident);
        let mut placed = PlacedAlert { alert, incident, reason, change };
        let mut incident = match chosen {
            Some(candidate) => self.incident(connection, candidate.incident).await?,
            None => begin(&mut self.counters, &placed, self.recording.stamp)?,
        };
        placed.incident = incident.id;
        raise(&mut incident, placed.alert.severity);
        let word = if chosen.is_some() { "alert_added" } else { "created" };
        self.store(connection, (incident, word), &placed, true).await?;
        if candidates.iter().any(|one| one.incident != placed.incident) {
            placed.incident = self.unite(connection, &placed).await?;
        }
        Ok(placed)
    }

    /// A whole alert says itself when it was last changed; a part is a change of this moment, so
    /// that those who ask for what is new find it however late it came.
    fn date(&self, alert: &mut Alert, whole: bool) {
        if !whole {
            alert.updated_at = alert.updated_at.max(self.recording.stamp.at);
        }
    }

    /// An alert that is there: a newer state of it, or a further part.
    async fn renew(
        &mut self,
        connection: &mut DbConnection,
        known: PlacedAlert,
        part: &AlertPart,
    ) -> Result<PlacedAlert, IncidentStoreError> {
        let mut alert = known.alert.clone();
        match part.whole {
            true if part.alert.updated_at >= alert.updated_at => alert = part.alert.clone(),
            true => {}
            false => complete(&mut alert, &part.alert),
        }
        if alert == known.alert {
            return Ok(known);
        }
        self.date(&mut alert, part.whole);
        let change = self.counters.next_change();
        let mut placed = PlacedAlert { alert, change, ..known };
        let mut incident = self.incident(connection, placed.incident).await?;
        raise(&mut incident, placed.alert.severity);
        self.store(connection, (incident, "alert_changed"), &placed, false).await?;
        placed.incident = self.unite(connection, &placed).await?;
        Ok(placed)
    }

    /// An incident that an alert's row refers to.
    async fn incident(
        &self,
        connection: &mut DbConnection,
        id: IncidentId,
    ) -> Result<Incident, IncidentStoreError> {
        let found = incident_rows::load_bare(connection, self.tenant, &[id]).await?.pop();
        let gone = || IncidentStoreError::Failed(format!("incident {id} is gone"));
        found.ok_or_else(gone)
    }

    async fn store(
        &mut self,
        connection: &mut DbConnection,
        (mut incident, word): (Incident, &str),
        placed: &PlacedAlert,
        is_new: bool,
    ) -> Result<(), IncidentStoreError> {
        let stamp = self.counters.next_stamp(self.recording.stamp, incident.updated_at);
        mark(&mut incident, placed.change, &stamp);
        let tenant = self.tenant;
        incident_rows::put(connection, tenant, (&incident, placed.change)).await?;
        let place = Place { incident: incident.id, reason: &placed.reason, change: placed.change };
        let seq = is_new.then(|| self.counters.next_alert());
        let row = AlertRow::of(&placed.alert)?;
        alert_rows::put(connection, tenant, vec![NewAlert { row, place, seq }]).await?;
        let alert = Some(placed.alert.id.to_string());
        let step = Step { alert, ..Step::new(word, None, None) };
        let place = (incident.id, placed.change);
        incident_rows::put_history(connection, tenant, place, (&stamp, vec![step])).await
    }

    /// An alert or evidence that comes later may show that two incidents are one: the younger ones
    /// join the oldest, so that the order of arrival makes no difference.
    async fn unite(
        &mut self,
        connection: &mut DbConnection,
        placed: &PlacedAlert,
    ) -> Result<IncidentId, IncidentStoreError> {
        let candidates = self.candidates(connection, &placed.alert).await?;
        let mut ids = vec![placed.incident];
        let mut rest = candidates;
        while let Some(candidate) = choose(&placed.alert, self.recording.window, &rest) {
            let incident = candidate.incident;
            if !ids.contains(&incident) && ids.len() <= MERGED_AT_ONCE_MAX {
                ids.push(incident);
            }
            rest.retain(|one| one.incident != incident);
        }
        if ids.len() == 1 {
            return Ok(placed.incident);
        }
        let mut incidents = incident_rows::load(connection, self.tenant, &ids).await?;
        incidents.retain(|one| one.status != Status::Redirected);
        incidents.sort_by_key(|one| (one.created_at, one.id));
        let mut incidents = incidents.into_iter();
        let Some(target) = incidents.next() else { return Ok(placed.incident) };
        let sources: Vec<_> =
            incidents.filter(|source| may_merge_by_itself(source, &target)).collect();
        if sources.is_empty() {
            return Ok(placed.incident);
        }
        let moved = sources.iter().any(|source| source.id == placed.incident);
        let now_in = if moved { target.id } else { placed.incident };
        let stamp = self.recording.stamp;
        let place = (self.tenant, &mut self.counters);
        join(connection, place, (sources, target), stamp).await?;
        Ok(now_in)
    }

    /// Alerts of open incidents that share an entity with this one, near enough in time.
    async fn candidates(
        &self,
        connection: &mut DbConnection,
        alert: &Alert,
    ) -> Result<Vec<Candidate>, IncidentStoreError> {
        let mut found = Vec::new();
        for piece in pieces(&strong_entities(alert)) {
            for entity in piece {
                let mut sql = self.neighbours(alert, entity);
                let rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
                for row in &rows {
                    found.push(candidate(row, entity)?);
                }
            }
        }
        Ok(found)
    }

    /// The tables are written in the order in which SQLite is to look into them: from the few ties
    /// of an entity on, not from the oldest incident on.
    fn neighbours(&self, alert: &Alert, entity: &StrongEntity) -> QueryBuilder<Db> {
        let window = i64::try_from(self.recording.window.as_nanos() / 100).unwrap_or(i64::MAX);
        let from = ticks(alert.first_activity_at).saturating_sub(window);
        let to = ticks(alert.last_activity_at).saturating_add(window);
        let mut sql = QueryBuilder::new(
            "SELECT a.id, a.incident_id, a.first_activity_at, a.last_activity_at,
                i.created_at AS incident_created_at
            FROM tie_segments s CROSS JOIN alert_ties t CROSS JOIN alerts a CROSS JOIN incidents i
            WHERE t.tenant = s.tenant AND t.segment = s.segment AND a.seq = t.alert_seq
                AND i.tenant = a.tenant AND i.id = a.incident_id AND s.tenant = ",
        );
        sql.push_bind(self.tenant.number);
        sql.push(" AND s.last_activity_at >= ").push_bind(from);
        sql.push(" AND s.first_activity_at <= ").push_bind(to);
        sql.push(" AND t.kind = ").push_bind(entity.kind.as_str());
        sql.push(" AND t.key = ").push_bind(fold_short(&entity.key));
        sql.push(" AND a.id <> ").push_bind(alert_rows::stored_id(&alert.id));
        sql.push(" AND a.last_activity_at >= ").push_bind(from);
        sql.push(" AND a.first_activity_at <= ").push_bind(to);
        sql.push(" AND i.status NOT IN (").push_bind(Status::Resolved.as_str());
        sql.push(", ").push_bind(Status::Redirected.as_str());
        sql.push(") ORDER BY i.created_at, i.id, a.id LIMIT ").push_bind(CANDIDATES_MAX);
        sql
    }
}

fn candidate(row: &DbRow, entity: &StrongEntity) -> Result<Candidate, IncidentStoreError> {
    let number = |column: &str| row.try_get::<i64, _>(column).map_err(failed);
    let id: String = row.try_get("id").map_err(failed)?;
    let bad = |what: &str| crate::rows::BadDocument(format!("{what} of alert `{id}`"));
    let incident = IncidentId::new(number("incident_id")?);
    Ok(Candidate {
        incident: incident.ok_or_else(|| bad("incident")).map_err(corrupt("alert"))?,
        incident_created_at: from_ticks(number("incident_created_at")?),
        alert: id.parse().map_err(|_| bad("id")).map_err(corrupt("alert"))?,
        first_activity_at: from_ticks(number("first_activity_at")?),
        last_activity_at: from_ticks(number("last_activity_at")?),
        entity: entity.clone(),
    })
}
