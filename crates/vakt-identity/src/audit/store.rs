//! What the logs ask of a store. (Changes enter their log through the store methods that make
//! them, in the same transaction.)

use async_trait::async_trait;
use jiff::Timestamp;

use super::event::DirectoryEvent;
use super::query::{AuditPage, AuditQuery, AuditScope};
use super::sign_in::SignIn;
use crate::error::StoreError;

/// The logs.
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Appends sign-ins, all or none. Does not move the generation on.
    async fn append_sign_ins(&self, sign_ins: &[SignIn]) -> Result<(), StoreError>;
    /// Records events that belong to no change, such as a wrong password. Does not move the
    /// generation on.
    async fn append_events(&self, events: &[DirectoryEvent]) -> Result<(), StoreError>;
    /// A page of sign-ins.
    async fn sign_ins(
        &self,
        scope: AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage<SignIn>, StoreError>;
    /// A page of changes.
    async fn directory_events(
        &self,
        scope: AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage<DirectoryEvent>, StoreError>;
    /// Removes events of before `before`, at most `max` of each log, oldest first; gives how many.
    async fn purge_audit(&self, before: Timestamp, max: u32) -> Result<u64, StoreError>;
}
