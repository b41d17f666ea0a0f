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
    /// Private key, PKCS#8 DER.
    pub pkcs8: Zeroizing<Vec<u8>>,
    /// Self-signed certificate, DER.
    pub certificate_der: Vec<u8>,
    /// Creation; the newest key signs.
    pub created_at: Timestamp,
}

impl fmt::Debug for StoredSigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredSigningKey({})", self.kid)
    }
}

/// All keys, ready for use.
#[derive(Debug, Clone, Default)]
pub struct SigningKeys {
    newest_first: Vec<Arc<SigningKey>>,
    public: KeySet,
    jwks: Jwks,
}

impl SigningKeys {
    /// Reads stored keys.
    pub fn load(mut stored: Vec<StoredSigningKey>) -> Result<Self, TokenError> {
        stored.sort_by_key(|key| std::cmp::Reverse(key.created_at));
        let mut keys = Self::default();
        for key in stored {
            let key = SigningKey::new(&key.pkcs8, key.certificate_der)?;
            keys.public.insert(key.kid().to_owned(), key.public_key());
            keys.jwks.keys.push(key.jwk());
            keys.newest_first.push(Arc::new(key));
        }
        Ok(keys)
    }

    /// The key that signs now.
    pub fn current(&self) -> Option<&Arc<SigningKey>> {
        self.newest_first.first()
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
