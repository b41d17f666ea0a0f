//! The keys that sign tokens.

use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use vakt_token::KeySet;

use super::Identity;
use crate::audit::{Act, Activity, ChangedProperty, DirectoryEvent, Target, TargetKind};
use crate::error::IdentityError;
use crate::key_schedule::{KeyStatus, Retirement, check_retirement, check_rotation, key_schedule};
use crate::signing_key::{SigningKeys, StoredSigningKey};
use crate::surroundings::IssuerFault;

/// Keys as they were read, and under which generation.
#[derive(Clone, Default)]
pub(super) struct LoadedKeys {
    generation: Option<u64>,
    keys: Arc<SigningKeys>,
}

impl Identity {
    /// The signing keys of this moment, other servers' changes included.
    pub async fn keys(&self) -> Result<Arc<SigningKeys>, IdentityError> {
        self.keys_of(self.store.generation().await?).await
    }

    /// The signing keys of a generation of the store, or of a later one.
    pub(super) async fn keys_of(&self, generation: u64) -> Result<Arc<SigningKeys>, IdentityError> {
        let known = self.keys.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known.generation == Some(generation) {
            return Ok(known.keys);
        }
        let keys = Arc::new(SigningKeys::load(self.store.signing_keys().await?, &known.keys)?);
        let loaded = LoadedKeys { generation: Some(generation), keys: keys.clone() };
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(keys)
    }

    /// The keys of a foreign issuer, if the operator lets it be asked; with `kid` among them if it
    /// has it.
    pub async fn issuer_keys(&self, issuer: &str, kid: &str) -> Result<Arc<KeySet>, IssuerFault> {
        self.surroundings.issuer_keys(issuer, kid).await
    }

    /// Every key, retired ones too, and what it does now; the youngest first.
    pub async fn key_schedule(&self, now: Timestamp) -> Result<Vec<KeyStatus>, IdentityError> {
        Ok(key_schedule(&self.store.signing_keys().await?, now))
    }

    /// Adds a key that will sign from its time on: published at once, to all servers over the
    /// store.
    pub async fn rotate_keys(
        &self,
        new: &StoredSigningKey,
        act: &Act,
    ) -> Result<(), IdentityError> {
        check_rotation(&self.store.signing_keys().await?, new, act.at)?;
        let event = about(&new.kid, Activity::AddSigningKey, act);
        let from = ChangedProperty::added("signsFrom", new.signs_from);
        Ok(self.store.insert_signing_key(new, &[event.changing(vec![from])]).await?)
    }

    /// Retires a key: it is published no longer, its private half is destroyed, and what it signed
    /// is no token any more.
    pub async fn retire_key(
        &self,
        kid: &str,
        how: Retirement,
        act: &Act,
    ) -> Result<(), IdentityError> {
        check_retirement(&self.store.signing_keys().await?, kid, how, act.at)?;
        let mut event = about(kid, Activity::RetireSigningKey, act);
        event.reason = (how == Retirement::AtOnce).then(|| "by force".to_owned());
        if self.store.retire_signing_key(kid, act.at, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("signing key", kid))
    }

    /// Retires the keys that nothing needs any more; gives their ids. Several servers may try at
    /// once: a key is retired once.
    pub async fn retire_keys_that_are_over(&self, act: &Act) -> Result<Vec<String>, IdentityError> {
        let mut retired = Vec::new();
        for key in self.key_schedule(act.at).await? {
            let event = about(&key.kid, Activity::RetireSigningKey, act);
            if key.is_over(act.at)
                && self.store.retire_signing_key(&key.kid, act.at, &[event]).await?
            {
                retired.push(key.kid);
            }
        }
        Ok(retired)
    }
}

fn about(kid: &str, activity: Activity, act: &Act) -> DirectoryEvent {
    let target = Target { kind: TargetKind::SigningKey, id: kid.to_owned(), name: String::new() };
    DirectoryEvent::done(None, act, activity, target)
}
