//! What the incident room asks of a store. Every method is one atomic, durable unit; not found is
//! `Ok(None)`; the tenant always comes first. Changes of one tenant follow one another, so that
//! their numbers become visible in order.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use vakt_ids::{AlertId, IncidentId, ObjectId, TenantId, ViewId};

use crate::alert::{Alert, PlacedAlert};
use crate::arrivals::{Arrivals, Minute};
use crate::change::{HistoryEntry, Stamp, Step};
use crate::complete::AlertPart;
use crate::incident::Incident;
use crate::place::StrongEntity;
use crate::query::{AlertPage, AlertQuery, IncidentPage, IncidentQuery};
use crate::transition::Unlawful;
use crate::view::{Saved, SavedView};

/// Why a store could not do what was asked; texts are for the log only.
#[derive(Debug, thiserror::Error)]
pub enum IncidentStoreError {
    /// The store itself failed.
    #[error("the store failed: {0}")]
    Failed(String),
    /// A stored row cannot be read.
    #[error("a stored {what} cannot be read: {why}")]
    Corrupt {
        /// Kind of row.
        what: &'static str,
        /// Reason.
        why: String,
    },
}

/// Why a change was not made. Nothing of it is there.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// It is not lawful.
    #[error(transparent)]
    Unlawful(#[from] Unlawful),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] IncidentStoreError),
}

/// What became of one imported incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was new.
    Created,
    /// It replaced an older state.
    Updated,
    /// The stored state is as new or newer, and stays.
    Unchanged,
}

/// A change of an incident, as a function over its present state.
pub type EditIncident<'a> =
    &'a (dyn Fn(&mut Incident, &Stamp) -> Result<Vec<Step>, Unlawful> + Send + Sync);
/// A change of an alert, as a function over its present state.
pub type EditAlert<'a> =
    &'a (dyn Fn(&mut Alert, &Stamp) -> Result<Vec<Step>, Unlawful> + Send + Sync);

/// Alerts to store.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// The alerts, or parts of alerts.
    pub parts: &'a [AlertPart],
    /// How far apart the activity of alerts may be that belong together.
    pub window: SignedDuration,
    /// Who stores them.
    pub stamp: &'a Stamp,
}

/// The incident store.
#[async_trait]
pub trait IncidentStore: Send + Sync {
    /// A number that has moved on whenever a change was committed; what was read under the present
    /// one is still so. `None` if only the database knows.
    fn incident_generation(&self) -> Option<u64>;
    /// A page of incidents.
    async fn list_incidents(
        &self,
        tenant: TenantId,
        query: &IncidentQuery,
    ) -> Result<IncidentPage, IncidentStoreError>;
    /// One incident, alerts included.
    async fn find_incident(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Option<Incident>, IncidentStoreError>;
    /// A page of alerts.
    async fn list_alerts(
        &self,
        tenant: TenantId,
        query: &AlertQuery,
    ) -> Result<AlertPage, IncidentStoreError>;
    /// One alert.
    async fn find_alert(
        &self,
        tenant: TenantId,
        id: &AlertId,
    ) -> Result<Option<PlacedAlert>, IncidentStoreError>;
    /// What happened to an incident, oldest first; imports leave no entry.
    async fn incident_history(
        &self,
        tenant: TenantId,
        id: IncidentId,
        top: u32,
    ) -> Result<Vec<HistoryEntry>, IncidentStoreError>;
    /// The incidents whose alerts name an entity, newest first, without alerts.
    async fn incidents_of_entity(
        &self,
        tenant: TenantId,
        entity: &StrongEntity,
        top: u32,
    ) -> Result<Vec<Incident>, IncidentStoreError>;
    /// Stores incidents as another system recorded them: all of them or, on an error, none. Alerts
    /// are added or replaced and never removed, since not every export carries them. They count as
    /// received at this moment; `None` for what nobody sent.
    async fn import_incidents(
        &self,
        tenant: TenantId,
        incidents: &[Incident],
        received_at: Option<Timestamp>,
    ) -> Result<Vec<Outcome>, IncidentStoreError>;
    /// Stores alerts: each goes into the incident that [`crate::choose`] names, or begins one; one
    /// that is there is replaced or completed where it is. They count as received at the moment of
    /// the stamp.
    async fn record_alerts(
        &self,
        tenant: TenantId,
        recording: Recording<'_>,
    ) -> Result<Vec<PlacedAlert>, IncidentStoreError>;
    /// Changes incidents, all of them or none; the answer says for each what it is now, `None` if
    /// there is none. An edit without steps changes nothing and leaves no number.
    async fn change_incidents(
        &self,
        tenant: TenantId,
        ids: &[IncidentId],
        stamp: &Stamp,
        edit: EditIncident<'_>,
    ) -> Result<Vec<Option<Incident>>, ChangeError>;
    /// Changes alerts, in the same way. The incident of each counts as changed too.
    async fn change_alerts(
        &self,
        tenant: TenantId,
        ids: &[AlertId],
        stamp: &Stamp,
        edit: EditAlert<'_>,
    ) -> Result<Vec<Option<PlacedAlert>>, ChangeError>;
    /// Merges incidents into another: their alerts go there, and they become redirections. `None`
    /// if one of them is not there.
    async fn merge_incidents(
        &self,
        tenant: TenantId,
        sources: &[IncidentId],
        target: IncidentId,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError>;
    /// Puts alerts into another incident, or into a new one. `None` if one of them, or the
    /// incident, is not there.
    async fn move_alerts(
        &self,
        tenant: TenantId,
        alerts: &[AlertId],
        target: Option<IncidentId>,
        stamp: &Stamp,
    ) -> Result<Option<Incident>, ChangeError>;
    /// A person's views of the queue, by name.
    async fn saved_views(
        &self,
        tenant: TenantId,
        person: ObjectId,
    ) -> Result<Vec<SavedView>, IncidentStoreError>;
    /// Keeps a view of a person's, who keeps at most so many. One of the same name, without regard
    /// to case, is replaced.
    async fn save_view(
        &self,
        tenant: TenantId,
        person: ObjectId,
        view: &SavedView,
        max: usize,
    ) -> Result<Saved, IncidentStoreError>;
    /// Removes a view of a person's; false if the person has no such view. All of them go with the
    /// person.
    async fn remove_view(
        &self,
        tenant: TenantId,
        person: ObjectId,
        view: ViewId,
    ) -> Result<bool, IncidentStoreError>;
    /// What a tenant received in this minute and later, by the minute; minutes in which nothing came
    /// are left out.
    async fn arrivals(
        &self,
        tenant: TenantId,
        since: Minute,
    ) -> Result<Vec<(Minute, Arrivals)>, IncidentStoreError>;
    /// Forgets what was received before this minute, in all tenants; how many minutes that were.
    async fn purge_arrivals(&self, before: Minute) -> Result<u64, IncidentStoreError>;
}
