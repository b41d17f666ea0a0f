//! The endpoint room's store: which question goes where.

use async_trait::async_trait;
use vakt_endpoint::{
    ActionField, Change, EndpointStore, EndpointStoreError, Indicator, IndicatorFault,
    IndicatorField, Machine, MachineAction, MachineField, MachineName, Outcome, Page, Put, Query,
    Reach, Removal, Sighting, Unchanged,
};
use vakt_ids::{IndicatorId, MachineActionId, TenantId};

use super::Store;

#[async_trait]
impl EndpointStore for Store {
    async fn list_machines(
        &self,
        tenant: TenantId,
        query: &Query<MachineField>,
    ) -> Result<Page<Machine>, EndpointStoreError> {
        self.page_of_machines(tenant, query).await
    }

    async fn find_machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
    ) -> Result<Option<Machine>, EndpointStoreError> {
        self.machine_named(tenant, name).await
    }

    async fn note_machines(
        &self,
        tenant: TenantId,
        sightings: &[Sighting],
    ) -> Result<Vec<Outcome>, EndpointStoreError> {
        self.take_in(tenant, sightings).await
    }

    async fn change_machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
        change: Change<'_, Machine>,
    ) -> Result<Option<Machine>, Unchanged> {
        self.edit_machine(tenant, name, change).await
    }

    async fn list_actions(
        &self,
        tenant: TenantId,
        query: &Query<ActionField>,
    ) -> Result<Page<MachineAction>, EndpointStoreError> {
        self.page_of_actions(tenant, query).await
    }

    async fn find_action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
    ) -> Result<Option<MachineAction>, EndpointStoreError> {
        self.action_with(tenant, id).await
    }

    async fn add_action(&self, tenant: TenantId, action: &MachineAction) -> Result<(), Unchanged> {
        self.record_action(tenant, action).await
    }

    async fn change_action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
        change: Change<'_, MachineAction>,
    ) -> Result<Option<MachineAction>, Unchanged> {
        self.edit_action(tenant, id, change).await
    }

    async fn list_indicators(
        &self,
        tenant: TenantId,
        query: &Query<IndicatorField>,
    ) -> Result<Page<Indicator>, EndpointStoreError> {
        self.page_of_indicators(tenant, query).await
    }

    async fn find_indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
    ) -> Result<Option<Indicator>, EndpointStoreError> {
        self.indicator_with(tenant, id).await
    }

    async fn put_indicators(
        &self,
        tenant: TenantId,
        put: &Put<'_>,
    ) -> Result<Vec<Result<Indicator, IndicatorFault>>, EndpointStoreError> {
        self.submit_indicators(tenant, put).await
    }

    async fn change_indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
        change: Change<'_, Indicator>,
    ) -> Result<Option<Indicator>, Unchanged> {
        self.edit_indicator(tenant, id, change).await
    }

    async fn remove_indicators(
        &self,
        tenant: TenantId,
        ids: &[IndicatorId],
        reach: Reach,
    ) -> Result<Removal, EndpointStoreError> {
        self.delete_indicators(tenant, ids, reach).await
    }
}
