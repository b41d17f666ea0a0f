//! The keys that sign tokens.

use std::sync::{Arc, PoisonError};

use super::Identity;
use crate::audit::{Act, Activity, DirectoryEvent, Target, TargetKind};
use crate::error::IdentityError;
use crate::signing_key::{SigningKeys, StoredSigningKey};

/// Keys as they were read, and under which generation.
pub(super) struct LoadedKeys {
    generation: u64,
    keys: Arc<SigningKeys>,
}

impl Identity {
    /// The signing keys of this moment, other servers' changes included.
    pub async fn keys(&self) -> Result<Arc<SigningKeys>, IdentityError> {
        let generation = self.store.generation().await?;
        let known = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = known.as_ref().filter(|loaded| loaded.generation == generation) {
            return Ok(loaded.keys.clone());
        }
        drop(known);
        let keys = Arc::new(SigningKeys::load(self.store.signing_keys().await?)?);
        let loaded = LoadedKeys { generation, keys: keys.clone() };
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some(loaded);
        Ok(keys)
    }

    /// Adds a signing key.
    pub async fn add_signing_key(
        &self,
        key: &StoredSigningKey,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let target =
            Target { kind: TargetKind::SigningKey, id: key.kid.clone(), name: String::new() };
        let event = DirectoryEvent::done(None, act, Activity::AddSigningKey, target);
        Ok(self.store.insert_signing_key(key, &[event]).await?)
    }
}
