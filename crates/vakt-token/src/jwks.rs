//! Sets of public keys, looked up by `kid`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::error::TokenError;
use crate::jwk::{Jwk, PublicKey};

/// A key document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwks {
    /// The keys.
    pub keys: Vec<Jwk>,
}

/// The keys a validator trusts, by `kid`.
#[derive(Debug, Clone, Default)]
pub struct KeySet {
    keys: HashMap<String, PublicKey>,
}

impl KeySet {
    /// An empty set: trusts nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key; a second key with the same `kid` replaces the first.
    pub fn insert(&mut self, kid: String, key: PublicKey) {
        self.keys.insert(kid, key.prepared());
    }

    /// The usable keys of a document; keys that are not RSA signature keys are passed over.
    pub fn from_jwks(document: &Jwks) -> Self {
        let mut set = Self::new();
        for jwk in &document.keys {
            let for_signatures = jwk.usage.as_deref().is_none_or(|usage| usage == "sig");
            if let (true, Ok(key)) = (for_signatures, PublicKey::from_jwk(jwk)) {
                set.insert(jwk.kid.clone(), key);
            }
        }
        set
    }

    /// Is there a key with this `kid`?
    pub fn knows(&self, kid: &str) -> bool {
        self.keys.contains_key(kid)
    }

    pub(crate) fn get(&self, kid: &str) -> Result<&PublicKey, TokenError> {
        let unknown = || TokenError::UnknownKey(kid.chars().take(64).collect());
        self.keys.get(kid).ok_or_else(unknown)
    }
}
