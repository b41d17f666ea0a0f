//! Key documents of foreign issuers. They hold keys of every kind, members of every taste, and now
//! and then a broken entry: what can verify a federated token is taken, the rest passed over.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::envelope::malformed;
use super::fault::AssertionFault;
use crate::certificate::{KEY_LENGTH_MAX_BITS, KEY_LENGTH_MIN_BITS};
use crate::jwk::PublicKey;
use crate::jwks::KeySet;

/// Most keys that are taken out of one document; issuers have under ten.
const KEYS_MAX: usize = 100;

impl KeySet {
    /// The keys of a foreign issuer's document that can have signed a federated token: RSA of
    /// 2,048 to 8,192 bits, for signatures, for RS256 if they name an algorithm.
    pub fn read_foreign(document: &[u8]) -> Result<Self, AssertionFault> {
        let document: Value = serde_json::from_slice(document)
            .map_err(|_| malformed("the issuer's key document is not JSON"))?;
        let keys = document.get("keys").and_then(Value::as_array);
        let keys = keys.ok_or_else(|| malformed("the issuer's key document has no `keys`"))?;
        let mut set = Self::new();
        for (kid, key) in keys.iter().take(KEYS_MAX).filter_map(signature_key) {
            set.insert(kid, key);
        }
        Ok(set)
    }
}

fn signature_key(entry: &Value) -> Option<(String, PublicKey)> {
    let entry = entry.as_object()?;
    let wanted = [("kty", "RSA", false), ("use", "sig", true), ("alg", "RS256", true)];
    let fits = |(name, value, may_be_absent): &(&str, &str, bool)| match entry.get(*name) {
        Some(found) => found.as_str() == Some(value),
        None => *may_be_absent,
    };
    if !wanted.iter().all(fits) {
        return None;
    }
    let key = PublicKey::from_numbers(&number(entry, "n")?, &number(entry, "e")?);
    let lawful = (KEY_LENGTH_MIN_BITS..=KEY_LENGTH_MAX_BITS).contains(&key.length_bits());
    lawful.then_some((entry.get("kid")?.as_str()?.to_owned(), key))
}

fn number(entry: &Map<String, Value>, name: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(entry.get(name)?.as_str()?.trim_end_matches('=')).ok()
}
