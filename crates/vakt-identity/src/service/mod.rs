//! The identity service: load, decide, sign, record. The only files of this room that await.

mod applications;
mod consent;
mod principals;
mod tenants;
mod tokens;

use std::sync::{Arc, PoisonError, RwLock};

use crate::error::IdentityError;
use crate::signing_key::SigningKeys;
use crate::store::IdentityStore;
use moka::sync::Cache;

pub use tenants::NewTenant;
use tokens::{CachedRegistration, RegistrationKey};
pub use tokens::{Issuers, TokenIssued};

/// Most registrations kept in memory; each takes about 4 KiB.
const CACHED_REGISTRATIONS_MAX: u64 = 2_000;

/// The service.
pub struct Identity {
    store: Arc<dyn IdentityStore>,
    keys: RwLock<Arc<SigningKeys>>,
    registrations: Cache<RegistrationKey, CachedRegistration>,
}

impl Identity {
    /// Opens the service over a store and reads its signing keys.
    pub async fn open(store: Arc<dyn IdentityStore>) -> Result<Self, IdentityError> {
        let keys = SigningKeys::load(store.signing_keys().await?)?;
        Ok(Self {
            store,
            keys: RwLock::new(Arc::new(keys)),
            registrations: Cache::new(CACHED_REGISTRATIONS_MAX),
        })
    }

    /// The signing keys of this moment.
    pub fn keys(&self) -> Arc<SigningKeys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The store, for reading pages.
    pub fn store(&self) -> &dyn IdentityStore {
        self.store.as_ref()
    }
}
