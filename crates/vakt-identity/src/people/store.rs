//! What people and their sessions ask of a store.

use async_trait::async_trait;
use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};

use super::person::Person;
use super::session::Session;
use crate::audit::DirectoryEvent;
use crate::error::{IdentityError, StoreError};
use crate::store::Change;

/// People and sessions. None of these methods moves the generation on: tokens know no people.
#[async_trait]
pub trait PeopleStore: Send + Sync {
    /// The person with this (lower case) user name, in whichever tenant: sign-in starts here.
    async fn find_person_anywhere(&self, user_name: &str) -> Result<Option<Person>, StoreError>;
    /// A person of this tenant.
    async fn find_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
    ) -> Result<Option<Person>, StoreError>;
    /// All people of this tenant, by user name.
    async fn people(&self, tenant: TenantId) -> Result<Vec<Person>, StoreError>;
    /// Adds a person.
    async fn insert_person(
        &self,
        person: &Person,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError>;
    /// Changes a person as [`crate::IdentityStore::change_application`] does a registration.
    async fn change_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        change: Change<'_, Person>,
    ) -> Result<Option<Person>, IdentityError>;
    /// Removes a person and all sessions; false when there is none.
    async fn delete_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError>;

    /// The session with this hash, whether it is still valid or not.
    async fn find_session(&self, hash: &[u8; 32]) -> Result<Option<Session>, StoreError>;
    /// Adds a session, or replaces the one with the same hash.
    async fn put_session(&self, session: &Session) -> Result<(), StoreError>;
    /// Ends a session; false when there is none.
    async fn delete_session(&self, hash: &[u8; 32]) -> Result<bool, StoreError>;
    /// Ends all sessions of a person, but for the one with hash `but`.
    async fn delete_sessions_of(
        &self,
        tenant: TenantId,
        person: ObjectId,
        but: Option<&[u8; 32]>,
    ) -> Result<(), StoreError>;
    /// Removes sessions that ended before `now`.
    async fn purge_sessions(&self, now: Timestamp) -> Result<u64, StoreError>;
}
