//! Signing keys as the service holds them.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use vakt_token::{Jwks, KeySet, SigningKey, TokenError};
use zeroize::Zeroizing;

/// A signing key between store and service, private half in clear; the store seals it.
#[derive(Clone)]
pub struct StoredSigningKey {
    /// Key id: the certificate's thumbprint.
    pub kid: String,
    /// Private key, PKCS#8 DER; destroyed when the key is retired.
    pub pkcs8: Option<Zeroizing<Vec<u8>>>,
    /// Self-signed certificate, DER.
    pub certificate_der: Vec<u8>,
    /// Creation; published from then on.
    pub created_at: Timestamp,
    /// Signs from then on, until a younger key does.
    pub signs_from: Timestamp,
    /// No longer published from then on.
    pub retired_at: Option<Timestamp>,
}

impl fmt::Debug for StoredSigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredSigningKey({})", self.kid)
    }
}

/// All published keys, ready for use.
#[derive(Debug, Clone, Default)]
pub struct SigningKeys {
    youngest_first: Vec<(Timestamp, Arc<SigningKey>)>,
    public: KeySet,
    jwks: Jwks,
}

impl SigningKeys {
    /// Reads stored keys; retired ones are left out. What is `known` already is taken over, since
    /// reading a private key checks it, which costs more than a signature.
    pub fn load(mut stored: Vec<StoredSigningKey>, known: &Self) -> Result<Self, TokenError> {
        stored.retain(|key| key.retired_at.is_none());
        stored.sort_by_key(|key| std::cmp::Reverse((key.signs_from, key.created_at)));
        let mut keys = Self::default();
        for key in stored {
            let Some(pkcs8) = &key.pkcs8 else { continue };
            let signs_from = key.signs_from;
            let key = match known.find(&key.kid) {
                Some(known) => known.clone(),
                None => Arc::new(SigningKey::new(pkcs8, key.certificate_der)?),
            };
            keys.public.insert(key.kid().to_owned(), key.public_key());
            keys.jwks.keys.push(key.jwk());
            keys.youngest_first.push((signs_from, key));
        }
        Ok(keys)
    }

    fn find(&self, kid: &str) -> Option<&Arc<SigningKey>> {
        self.youngest_first.iter().map(|(_, key)| key).find(|key| key.kid() == kid)
    }

    /// The key that signs now: the youngest whose time has come. A server whose clock is behind
    /// that of the one that made the first key signs with it all the same.
    pub fn current(&self, now: Timestamp) -> Option<&Arc<SigningKey>> {
        let due = self.youngest_first.iter().find(|(from, _)| *from <= now);
        due.or(self.youngest_first.last()).map(|(_, key)| key)
    }

    /// What validators trust.
    pub fn public(&self) -> &KeySet {
        &self.public
    }

    /// What is published.
    pub fn jwks(&self) -> &Jwks {
        &self.jwks
    }
}
