//! The identity service: load, decide, sign, record. The only files of this room that await.

mod applications;
mod consent;
mod principals;
mod tenants;
mod tokens;

use std::sync::{Arc, PoisonError, RwLock};

use moka::sync::Cache;
use vakt_token::TokenError;

use crate::application::ApplicationFault;
use crate::refusal::Refusal;
use crate::signing_key::SigningKeys;
use crate::store::{IdentityStore, StoreError};

pub use tenants::NewTenant;
use tokens::{CachedRegistration, RegistrationKey};
pub use tokens::{Issuers, TokenIssued};

/// Most registrations kept in memory; each takes about 4 KiB.
const CACHED_REGISTRATIONS_MAX: u64 = 2_000;

/// Why the service could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A token was refused.
    #[error("AADSTS{}: {}", .0.code(), .0.text())]
    Refused(Refusal),
    /// Something named in the request is not there.
    #[error("{what} `{name}` does not exist")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// As named.
        name: String,
    },
    /// The request contradicts itself or the state.
    #[error("{0}")]
    Invalid(String),
    /// The role is granted already.
    #[error("the permission is granted already")]
    AlreadyGranted,
    /// A registration is not acceptable.
    #[error(transparent)]
    Application(#[from] ApplicationFault),
    /// The store failed or found a conflict.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key failed; the text is for the log.
    #[error("signing failed: {0}")]
    Signing(#[from] TokenError),
}

impl IdentityError {
    pub(crate) fn not_found(what: &'static str, name: impl ToString) -> Self {
        Self::NotFound { what, name: name.to_string() }
    }
}

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
