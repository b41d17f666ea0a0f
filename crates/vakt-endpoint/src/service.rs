//! The endpoint service. The only file of this room that awaits.

use std::sync::Arc;

use jiff::Timestamp;
use vakt_ids::{IndicatorId, MachineActionId, TenantId};

use crate::indicator::{Author, Indicator, IndicatorChanges, IndicatorFault, NewIndicator, Reach};
use crate::machine::{Machine, MachineName, Outcome, Sighting};
use crate::machine_action::{MachineAction, NewMachineAction};
use crate::query::{
    ActionField, Comparison, Condition, IndicatorField, MachineField, PAGE_SIZE_MAX, Page, Query,
    Value,
};
use crate::store::{Change, EndpointStore, EndpointStoreError, Put, Removal, Unchanged};

/// The service.
pub struct Endpoint {
    store: Arc<dyn EndpointStore>,
}

impl Endpoint {
    /// Opens the service over a store.
    pub fn new(store: Arc<dyn EndpointStore>) -> Self {
        Self { store }
    }

    /// A page; larger pages than [`PAGE_SIZE_MAX`] are cut, and the cursor says there is more.
    pub async fn machines(
        &self,
        tenant: TenantId,
        query: Query<MachineField>,
    ) -> Result<Page<Machine>, EndpointStoreError> {
        self.store.list_machines(tenant, &bounded(query)).await
    }

    /// One machine.
    pub async fn machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
    ) -> Result<Option<Machine>, EndpointStoreError> {
        self.store.find_machine(tenant, name).await
    }

    /// Takes in sightings that were checked.
    pub async fn note(
        &self,
        tenant: TenantId,
        sightings: &[Sighting],
    ) -> Result<Vec<Outcome>, EndpointStoreError> {
        self.store.note_machines(tenant, sightings).await
    }

    /// Changes a machine; `None` when it is not there.
    pub async fn change_machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
        change: Change<'_, Machine>,
    ) -> Result<Option<Machine>, Unchanged> {
        self.store.change_machine(tenant, name, change).await
    }

    /// Asks for something to be done to a machine; `None` when it is not there.
    pub async fn request(
        &self,
        tenant: TenantId,
        name: &MachineName,
        wish: NewMachineAction,
        now: Timestamp,
    ) -> Result<Option<MachineAction>, Unchanged> {
        let Some(machine) = self.store.find_machine(tenant, name).await? else { return Ok(None) };
        let action = wish.for_machine(machine.id, machine.dns_name, now)?;
        self.store.add_action(tenant, &action).await?;
        Ok(Some(action))
    }

    /// A page, cut as [`Self::machines`] is.
    pub async fn actions(
        &self,
        tenant: TenantId,
        query: Query<ActionField>,
    ) -> Result<Page<MachineAction>, EndpointStoreError> {
        self.store.list_actions(tenant, &bounded(query)).await
    }

    /// One action.
    pub async fn action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
    ) -> Result<Option<MachineAction>, EndpointStoreError> {
        self.store.find_action(tenant, id).await
    }

    /// Changes an action; `None` when it is not there.
    pub async fn change_action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
        change: Change<'_, MachineAction>,
    ) -> Result<Option<MachineAction>, Unchanged> {
        self.store.change_action(tenant, id, change).await
    }

    /// A page of those in reach, cut as [`Self::machines`] is.
    pub async fn indicators(
        &self,
        tenant: TenantId,
        query: Query<IndicatorField>,
        reach: Reach,
    ) -> Result<Page<Indicator>, EndpointStoreError> {
        let query = match reach {
            Reach::All => query,
            Reach::MadeBy(app) => query.and(Condition {
                field: IndicatorField::MadeBy,
                comparison: Comparison::Is,
                value: Value::Text(app.to_string()),
            }),
        };
        self.store.list_indicators(tenant, &bounded(query)).await
    }

    /// One indicator in reach.
    pub async fn indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
        reach: Reach,
    ) -> Result<Option<Indicator>, EndpointStoreError> {
        let found = self.store.find_indicator(tenant, id).await?;
        Ok(found.filter(|indicator| reach.reaches(indicator)))
    }

    /// Checks and stores indicators, each for itself: what cannot be taken is told in its place.
    pub async fn submit(
        &self,
        tenant: TenantId,
        new: Vec<NewIndicator>,
        author: &Author,
        reach: Reach,
        now: Timestamp,
    ) -> Result<Vec<Result<Indicator, IndicatorFault>>, EndpointStoreError> {
        let checked: Vec<_> = new.into_iter().map(|one| one.checked(now)).collect();
        let good: Vec<NewIndicator> = checked.iter().flatten().cloned().collect();
        let put = Put { indicators: &good, author, reach, now };
        let mut stored = self.store.put_indicators(tenant, &put).await?.into_iter();
        let missing = || EndpointStoreError::Failed("an indicator was not answered for".into());
        let merged = checked.into_iter().map(|one| match one {
            Ok(_) => stored.next().ok_or_else(missing),
            Err(fault) => Ok(Err(fault)),
        });
        merged.collect()
    }

    /// Changes an indicator in reach; `None` when it is not there.
    pub async fn change_indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
        changes: IndicatorChanges,
        (author, reach): (&Author, Reach),
        now: Timestamp,
    ) -> Result<Option<Indicator>, Unchanged> {
        // Who made it never changes: what is out of reach now was and will be.
        if self.indicator(tenant, id, reach).await?.is_none() {
            return Ok(None);
        }
        let change = |indicator: &mut Indicator| Ok(indicator.change(changes, author, now)?);
        self.store.change_indicator(tenant, id, Box::new(change)).await
    }

    /// Removes all of them, or none if one is missing.
    pub async fn remove(
        &self,
        tenant: TenantId,
        ids: &[IndicatorId],
        reach: Reach,
    ) -> Result<Removal, EndpointStoreError> {
        self.store.remove_indicators(tenant, ids, reach).await
    }
}

fn bounded<F>(mut query: Query<F>) -> Query<F> {
    query.top = query.top.min(PAGE_SIZE_MAX);
    query
}
