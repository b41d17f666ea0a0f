//! The incident service. The only file of this room that awaits.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use vakt_ids::{AlertId, IncidentId, ObjectId, TenantId, ViewId};

use crate::alert::PlacedAlert;
use crate::arrivals::{IngestRate, Minute};
use crate::change::{AlertChange, HistoryEntry, IncidentChange, Stamp};
use crate::complete::AlertPart;
use crate::incident::Incident;
use crate::place::{CORRELATION_WINDOW_DAYS_DEFAULT, StrongEntity};
use crate::query::{
    ALERT_PAGE_SIZE_MAX, AlertPage, AlertQuery, IncidentPage, IncidentQuery, PAGE_SIZE_MAX,
};
use crate::store::{ChangeError, IncidentStore, IncidentStoreError, Outcome, Recording};
use crate::transition::{MERGED_AT_ONCE_MAX, Rules, Unlawful, change_alert, change_incident};
use crate::view::{SaveViewError, Saved, SavedView, VIEWS_OF_PERSON_MAX, ViewFault};

/// Most incidents or alerts that are changed at once.
pub const CHANGED_AT_ONCE_MAX: usize = 100;
/// Most entries of a history that are read.
pub const HISTORY_MAX: u32 = 1_000;

/// Incidents that are kept in memory.
const CACHED_INCIDENTS_MAX: u64 = 2_000;
/// Larger incidents are not kept.
const CACHED_INCIDENT_ALERTS_MAX: usize = 20;

/// An incident as it was under a generation of the store.
#[derive(Clone)]
struct Cached {
    generation: u64,
    incident: Arc<Incident>,
}

/// The service.
pub struct Incidents {
    store: Arc<dyn IncidentStore>,
    cache: Cache<(TenantId, IncidentId), Cached>,
    rules: Rules,
    window: SignedDuration,
}

impl Incidents {
    /// Opens the service over a store, with the lenient rules and the usual window.
    pub fn new(store: Arc<dyn IncidentStore>) -> Self {
        let hours = i64::from(CORRELATION_WINDOW_DAYS_DEFAULT) * 24;
        Self {
            store,
            cache: Cache::new(CACHED_INCIDENTS_MAX),
            rules: Rules::default(),
            window: SignedDuration::from_hours(hours),
        }
    }

    /// Grows with every change of incidents and alerts; `None` where the store cannot say so.
    pub fn generation_at_hand(&self) -> Option<u64> {
        self.store.incident_generation()
    }

    /// The same, judging changes by other rules.
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// The same, with another window for alerts that belong together.
    pub fn with_window(self, window: SignedDuration) -> Self {
        Self { window, ..self }
    }

    /// A page; larger pages than [`PAGE_SIZE_MAX`] are cut, and the cursor says there is more.
    pub async fn list(
        &self,
        tenant: TenantId,
        mut query: IncidentQuery,
    ) -> Result<IncidentPage, IncidentStoreError> {
        query.top = query.top.min(PAGE_SIZE_MAX);
        self.store.list_incidents(tenant, &query).await
    }

    /// One incident, from memory while nothing has changed since it was read.
    pub async fn find(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Option<Arc<Incident>>, IncidentStoreError> {
        let generation = self.store.incident_generation();
        if let Some(cached) = self.cache.get(&(tenant, id))
            && Some(cached.generation) == generation
        {
            return Ok(Some(cached.incident));
        }
        let Some(incident) = self.store.find_incident(tenant, id).await? else { return Ok(None) };
        let incident = Arc::new(incident);
        if let Some(generation) = generation
            && incident.alerts.len() <= CACHED_INCIDENT_ALERTS_MAX
        {
            let cached = Cached { generation, incident: incident.clone() };
            self.cache.insert((tenant, id), cached);
        }
        Ok(Some(incident))
    }

    /// A page of alerts; larger pages than [`ALERT_PAGE_SIZE_MAX`] are cut.
    pub async fn list_alerts(
        &self,
        tenant: TenantId,
        mut query: AlertQuery,
    ) -> Result<AlertPage, IncidentStoreError> {
        query.top = query.top.min(ALERT_PAGE_SIZE_MAX);
        self.store.list_alerts(tenant, &query).await
    }

    /// One alert.
    pub async fn find_alert(
        &self,
        tenant: TenantId,
        id: &AlertId,
    ) -> Result<Option<PlacedAlert>, IncidentStoreError> {
        self.store.find_alert(tenant, id).await
    }

    /// What happened to an incident, oldest first.
    pub async fn history(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Vec<HistoryEntry>, IncidentStoreError> {
        self.store.incident_history(tenant, id, HISTORY_MAX).await
    }

    /// The incidents in which an entity occurs, newest first, without their alerts.
    pub async fn of_entity(
        &self,
        tenant: TenantId,
        entity: &StrongEntity,
    ) -> Result<Vec<Incident>, IncidentStoreError> {
        self.store.incidents_of_entity(tenant, entity, PAGE_SIZE_MAX).await
    }

    /// Takes over incidents as another system recorded them; they count as received at this moment.
    /// `None` for what nobody sent, such as a seed.
    pub async fn import(
        &self,
        tenant: TenantId,
        incidents: &[Incident],
        received_at: Option<Timestamp>,
    ) -> Result<Vec<Outcome>, IncidentStoreError> {
        self.store.import_incidents(tenant, incidents, received_at).await
    }

    /// How much was received lately.
    pub async fn ingest_rate(
        &self,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<IngestRate, IncidentStoreError> {
        let minutes = self.store.arrivals(tenant, Minute::oldest_kept(now)).await?;
        Ok(IngestRate::of(&minutes, now))
    }

    /// Forgets when things were received, as far as no rate needs it any more.
    pub async fn purge_arrivals(&self, now: Timestamp) -> Result<u64, IncidentStoreError> {
        self.store.purge_arrivals(Minute::oldest_kept(now)).await
    }

    /// Stores alerts, each in the incident where it belongs.
    pub async fn record(
        &self,
        tenant: TenantId,
        parts: &[AlertPart],
        stamp: &Stamp,
    ) -> Result<Vec<PlacedAlert>, IncidentStoreError> {
        let recording = Recording { parts, window: self.window, stamp };
        self.store.record_alerts(tenant, recording).await
    }

    /// Changes one incident.
    pub async fn change(
        &self,
        tenant: TenantId,
        id: IncidentId,
        change: &IncidentChange,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError> {
        let mut changed = self.change_all(tenant, &[id], change, stamp).await?;
        Ok(changed.pop().flatten())
    }

    /// Changes incidents, all of them or none.
    pub async fn change_all(
        &self,
        tenant: TenantId,
        ids: &[IncidentId],
        change: &IncidentChange,
        stamp: &Stamp,
    ) -> Result<Vec<Option<Incident>>, ChangeError> {
        within_one_change("incidents in one request", ids.len())?;
        let rules = self.rules;
        let edit = move |incident: &mut Incident, stamp: &Stamp| {
            change_incident(incident, change, rules, stamp)
        };
        self.store.change_incidents(tenant, ids, stamp, &edit).await
    }

    /// Changes one alert.
    pub async fn change_alert(
        &self,
        tenant: TenantId,
        id: &AlertId,
        change: &AlertChange,
        stamp: &Stamp,
    ) -> Result<Option<PlacedAlert>, ChangeError> {
        let ids = std::slice::from_ref(id);
        let mut changed = self.change_alerts(tenant, ids, change, stamp).await?;
        Ok(changed.pop().flatten())
    }

    /// Changes alerts, all of them or none.
    pub async fn change_alerts(
        &self,
        tenant: TenantId,
        ids: &[AlertId],
        change: &AlertChange,
        stamp: &Stamp,
    ) -> Result<Vec<Option<PlacedAlert>>, ChangeError> {
        within_one_change("alerts in one request", ids.len())?;
        let rules = self.rules;
        let edit = move |alert: &mut crate::Alert, stamp: &Stamp| {
            change_alert(alert, change, rules, stamp)
        };
        self.store.change_alerts(tenant, ids, stamp, &edit).await
    }

    /// Merges incidents into another.
    pub async fn merge(
        &self,
        tenant: TenantId,
        sources: &[IncidentId],
        target: IncidentId,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError> {
        if sources.contains(&target) {
            return Err(Unlawful::IntoItself(target).into());
        }
        if sources.len() > MERGED_AT_ONCE_MAX {
            let what = "incidents in one merge";
            return Err(Unlawful::TooMany { what, max: MERGED_AT_ONCE_MAX }.into());
        }
        self.store.merge_incidents(tenant, sources, target, stamp).await
    }

    /// Puts alerts into another incident, or into a new one.
    pub async fn move_alerts(
        &self,
        tenant: TenantId,
        alerts: &[AlertId],
        target: Option<IncidentId>,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError> {
        within_one_change("alerts in one request", alerts.len())?;
        self.store.move_alerts(tenant, alerts, target, stamp).await
    }

    /// A person's saved views of the queue, by name.
    pub async fn views(
        &self,
        tenant: TenantId,
        person: ObjectId,
    ) -> Result<Vec<SavedView>, IncidentStoreError> {
        self.store.saved_views(tenant, person).await
    }

    /// Saves a view of the queue for a person, in the place of one with the same name. True if
    /// there was one.
    pub async fn save_view(
        &self,
        tenant: TenantId,
        person: ObjectId,
        view: &SavedView,
    ) -> Result<bool, SaveViewError> {
        view.asks.check(&view.name)?;
        match self.store.save_view(tenant, person, view, VIEWS_OF_PERSON_MAX).await? {
            Saved::Added => Ok(false),
            Saved::Replaced => Ok(true),
            Saved::Full => Err(ViewFault::TooMany.into()),
            Saved::Nobody => Err(ViewFault::Nobody.into()),
        }
    }

    /// Removes a saved view; false if the person has no such view.
    pub async fn remove_view(
        &self,
        tenant: TenantId,
        person: ObjectId,
        view: ViewId,
    ) -> Result<bool, IncidentStoreError> {
        self.store.remove_view(tenant, person, view).await
    }
}

fn within_one_change(what: &'static str, number: usize) -> Result<(), Unlawful> {
    if number > CHANGED_AT_ONCE_MAX {
        return Err(Unlawful::TooMany { what, max: CHANGED_AT_ONCE_MAX });
    }
    Ok(())
}
