//! Faults that the next calls of the tenant's applications meet.

use vakt_wire::operator::{Fault, FaultList, NewFault};

use super::Operator;
use crate::error::ClientError;

impl Operator<'_> {
    /// All that wait, the oldest first.
    pub async fn faults(&self) -> Result<Vec<Fault>, ClientError> {
        Ok(self.get::<FaultList>(&["faults"], &[]).await?.value)
    }

    /// Sets one.
    pub async fn set_fault(&self, new: &NewFault) -> Result<Fault, ClientError> {
        self.post(&["faults"], new).await
    }

    /// Takes one back.
    pub async fn remove_fault(&self, id: &str) -> Result<(), ClientError> {
        self.delete(&["faults", id], &[]).await
    }

    /// Takes all back.
    pub async fn clear_faults(&self) -> Result<(), ClientError> {
        self.delete(&["faults"], &[]).await
    }
}
