//! What the endpoint room asks of a store. Every method is one atomic, durable unit; not found is
//! `Ok(None)`; the tenant always comes first.

use async_trait::async_trait;
use jiff::Timestamp;
use vakt_ids::{IndicatorId, MachineActionId, TenantId};

use crate::indicator::{Author, Indicator, IndicatorFault, NewIndicator, Reach};
use crate::machine::{Machine, MachineFault, MachineName, Outcome, Sighting};
use crate::machine_action::{ActionFault, MachineAction};
use crate::query::{ActionField, IndicatorField, MachineField, Page, Query};

/// Why a store could not do what was asked; texts are for the log only.
#[derive(Debug, thiserror::Error)]
pub enum EndpointStoreError {
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

/// Why something was not changed.
#[derive(Debug, thiserror::Error)]
pub enum Unchanged {
    /// The store.
    #[error(transparent)]
    Store(#[from] EndpointStoreError),
    /// The machine.
    #[error(transparent)]
    Machine(#[from] MachineFault),
    /// The action.
    #[error(transparent)]
    Action(#[from] ActionFault),
    /// The indicator.
    #[error(transparent)]
    Indicator(#[from] IndicatorFault),
}

/// A change of one thing, given its present state; it may refuse.
pub type Change<'a, T> = Box<dyn FnOnce(&mut T) -> Result<(), Unchanged> + Send + 'a>;

/// Indicators that are submitted, and by whom.
#[derive(Debug, Clone)]
pub struct Put<'a> {
    /// Checked already.
    pub indicators: &'a [NewIndicator],
    /// Who submits them.
    pub author: &'a Author,
    /// What that one may change.
    pub reach: Reach,
    /// When.
    pub now: Timestamp,
}

/// What became of a removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// All are gone.
    Done,
    /// These are not there, or out of reach; none was removed.
    Missing(Vec<IndicatorId>),
}

/// The endpoint store.
#[async_trait]
pub trait EndpointStore: Send + Sync {
    /// A page of machines.
    async fn list_machines(
        &self,
        tenant: TenantId,
        query: &Query<MachineField>,
    ) -> Result<Page<Machine>, EndpointStoreError>;
    /// One machine. Of several with the same name, the one that was seen last.
    async fn find_machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
    ) -> Result<Option<Machine>, EndpointStoreError>;
    /// Takes in sightings, as [`Machine::learn`] says: all of them or, on an error, none.
    async fn note_machines(
        &self,
        tenant: TenantId,
        sightings: &[Sighting],
    ) -> Result<Vec<Outcome>, EndpointStoreError>;
    /// Changes a machine and gives its new state. Nobody changes it between the reading and the
    /// writing, and when `change` fails nothing is written.
    async fn change_machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
        change: Change<'_, Machine>,
    ) -> Result<Option<Machine>, Unchanged>;

    /// A page of actions.
    async fn list_actions(
        &self,
        tenant: TenantId,
        query: &Query<ActionField>,
    ) -> Result<Page<MachineAction>, EndpointStoreError>;
    /// One action.
    async fn find_action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
    ) -> Result<Option<MachineAction>, EndpointStoreError>;
    /// Records an action, unless one of its kind is under way on its machine.
    async fn add_action(&self, tenant: TenantId, action: &MachineAction) -> Result<(), Unchanged>;
    /// Changes an action, as [`Self::change_machine`] does a machine.
    async fn change_action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
        change: Change<'_, MachineAction>,
    ) -> Result<Option<MachineAction>, Unchanged>;

    /// A page of indicators.
    async fn list_indicators(
        &self,
        tenant: TenantId,
        query: &Query<IndicatorField>,
    ) -> Result<Page<Indicator>, EndpointStoreError>;
    /// One indicator.
    async fn find_indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
    ) -> Result<Option<Indicator>, EndpointStoreError>;
    /// Stores what may be stored, and says of the rest why not, in their order.
    async fn put_indicators(
        &self,
        tenant: TenantId,
        put: &Put<'_>,
    ) -> Result<Vec<Result<Indicator, IndicatorFault>>, EndpointStoreError>;
    /// Changes an indicator, as [`Self::change_machine`] does a machine.
    async fn change_indicator(
        &self,
        tenant: TenantId,
        id: IndicatorId,
        change: Change<'_, Indicator>,
    ) -> Result<Option<Indicator>, Unchanged>;
    /// Removes all of them or none.
    async fn remove_indicators(
        &self,
        tenant: TenantId,
        ids: &[IndicatorId],
        reach: Reach,
    ) -> Result<Removal, EndpointStoreError>;
}
