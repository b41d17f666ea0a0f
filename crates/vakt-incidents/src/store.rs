//! What the incident room asks of a store. Every method is one atomic, durable unit; not found is
//! `Ok(None)`; the tenant always comes first.

use async_trait::async_trait;
use vakt_ids::{IncidentId, TenantId};

use crate::incident::Incident;
use crate::query::{IncidentPage, IncidentQuery};

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

/// The incident store.
#[async_trait]
pub trait IncidentStore: Send + Sync {
    /// A page of incidents, alerts included.
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
    /// Stores incidents as another system recorded them: all of them or, on an error, none. Alerts
    /// are added or replaced and never removed, since not every export carries them.
    async fn import_incidents(
        &self,
        tenant: TenantId,
        incidents: &[Incident],
    ) -> Result<Vec<Outcome>, IncidentStoreError>;
}
