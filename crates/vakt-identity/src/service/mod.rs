//! The identity service: load, decide, sign, record. The only files of this room that await.

mod applications;
mod certificates;
mod consent;
mod delegation;
mod deleted;
mod keys;
mod people;
mod principal_secrets;
mod principals;
mod sign_in;
mod tenants;
mod tokens;

use std::sync::{Arc, RwLock};

use crate::audit::AuditStore;
use crate::delegation::DelegationStore;
use crate::error::IdentityError;
use crate::people::PeopleStore;
use crate::store::{IdentityStore, Stores};
use crate::surroundings::Surroundings;
use moka::sync::Cache;
use vakt_ids::TenantId;

pub use consent::Offered;
use keys::LoadedKeys;
pub use people::PasswordOwner;
pub use sign_in::{Cookie, Stepped};
pub use tenants::{CompletedTenants, NewTenant};
pub use tokens::{Attempt, Issuers, TokenIssued};
use tokens::{CachedRegistration, RegistrationKey};

/// Most registrations kept in memory; each takes about 4 KiB.
const CACHED_REGISTRATIONS_MAX: u64 = 2_000;
/// Most tenants that are remembered to be there; each takes a few bytes.
const CACHED_TENANTS_MAX: u64 = 10_000;

/// The service.
pub struct Identity {
    store: Arc<dyn Stores>,
    surroundings: Arc<dyn Surroundings>,
    keys: RwLock<LoadedKeys>,
    registrations: Cache<RegistrationKey, CachedRegistration>,
    /// Tenants that are there, and the generation under which they were seen.
    tenants_seen: Cache<TenantId, u64>,
}

impl Identity {
    /// Opens the service over a store and reads its signing keys.
    pub async fn open(
        store: Arc<dyn Stores>,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, IdentityError> {
        let identity = Self {
            store,
            surroundings,
            keys: RwLock::default(),
            registrations: Cache::new(CACHED_REGISTRATIONS_MAX),
            tenants_seen: Cache::new(CACHED_TENANTS_MAX),
        };
        identity.keys().await?;
        Ok(identity)
    }

    /// Grows with every change of what this room keeps; `None` where the store cannot say so at
    /// once.
    pub fn generation_at_hand(&self) -> Option<u64> {
        self.store.generation_at_hand()
    }

    /// The store, for reading pages.
    pub fn store(&self) -> &dyn IdentityStore {
        self.store.as_ref()
    }

    /// People and sessions, for reading.
    pub fn people_store(&self) -> &dyn PeopleStore {
        self.store.as_ref()
    }

    /// Delegated permissions, for reading.
    pub fn delegation_store(&self) -> &dyn DelegationStore {
        self.store.as_ref()
    }

    /// The logs.
    pub fn audit_store(&self) -> &dyn AuditStore {
        self.store.as_ref()
    }
}
