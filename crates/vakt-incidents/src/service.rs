//! The incident service. The only file of this room that awaits.

use std::sync::Arc;

use vakt_ids::{IncidentId, TenantId};

use crate::incident::Incident;
use crate::query::{IncidentPage, IncidentQuery, PAGE_SIZE_MAX};
use crate::store::{IncidentStore, IncidentStoreError, Outcome};

/// The service.
pub struct Incidents {
    store: Arc<dyn IncidentStore>,
}

impl Incidents {
    /// Opens the service over a store.
    pub fn new(store: Arc<dyn IncidentStore>) -> Self {
        Self { store }
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

    /// One incident.
    pub async fn find(
        &self,
        tenant: TenantId,
        id: IncidentId,
    ) -> Result<Option<Incident>, IncidentStoreError> {
        self.store.find_incident(tenant, id).await
    }

    /// Takes over incidents as another system recorded them.
    pub async fn import(
        &self,
        tenant: TenantId,
        incidents: &[Incident],
    ) -> Result<Vec<Outcome>, IncidentStoreError> {
        self.store.import_incidents(tenant, incidents).await
    }
}
