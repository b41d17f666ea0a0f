//! Client secrets. Only salted hashes are kept: secrets made here have 238 random bits, so a slow
//! password hash would protect nothing and cost every token request.

use std::fmt;

use aws_lc_rs::digest::{Context, SHA256};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use vakt_ids::KeyId;

/// Length of the secrets made here, as Microsoft's have it.
pub const SECRET_LENGTH_CHARS: usize = 40;
/// Longest secret that is compared; longer ones are wrong.
const SECRET_LENGTH_MAX_BYTES: usize = 1024;
/// Lifetime when none is asked for: two years.
const LIFETIME_DEFAULT_HOURS: i64 = 2 * 365 * 24;

/// A secret as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretCredential {
    /// Key id.
    pub key_id: KeyId,
    /// Description.
    pub description: Option<String>,
    /// First three characters, to tell secrets apart.
    pub hint: String,
    /// Not valid before.
    pub starts_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
    /// Random, per secret.
    pub salt: [u8; 16],
    /// SHA-256 over salt and secret.
    pub hash: [u8; 32],
}

impl fmt::Debug for SecretCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretCredential")
            .field("key_id", &self.key_id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// What a new secret is made of; ids, salt and value are brought by the caller.
pub struct NewSecret {
    /// Key id.
    pub key_id: KeyId,
    /// Salt.
    pub salt: [u8; 16],
    /// Value.
    pub value: SecretString,
    /// Description.
    pub description: Option<String>,
    /// Start; the present if absent.
    pub starts_at: Option<Timestamp>,
    /// End; two years after the start if absent.
    pub expires_at: Option<Timestamp>,
}

impl NewSecret {
    /// The form to keep.
    pub fn seal(&self, now: Timestamp) -> SecretCredential {
        let starts_at = self.starts_at.unwrap_or(now);
        let lifetime = SignedDuration::from_hours(LIFETIME_DEFAULT_HOURS);
        let end = || starts_at.saturating_add(lifetime).unwrap_or(Timestamp::MAX);
        SecretCredential {
            key_id: self.key_id,
            description: self.description.clone(),
            hint: self.value.expose_secret().chars().take(3).collect(),
            starts_at,
            expires_at: self.expires_at.unwrap_or_else(end),
            salt: self.salt,
            hash: hash(&self.salt, self.value.expose_secret()),
        }
    }

    /// Turns random bytes into a value of [`SECRET_LENGTH_CHARS`] characters out of 62 letters and
    /// digits, `~` and `_`: nothing a shell, a URL or a form could damage.
    pub fn value_from(random: [u8; SECRET_LENGTH_CHARS]) -> SecretString {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_";
        let pick = |byte: &u8| ALPHABET.get(usize::from(byte % 64)).copied().unwrap_or(b'A');
        random.iter().map(pick).map(char::from).collect::<String>().into()
    }
}

impl SecretCredential {
    /// Is it within its lifetime?
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.starts_at <= now && now < self.expires_at
    }

    /// Is this the secret? Takes the same time for every wrong value.
    pub fn matches(&self, value: &SecretString) -> bool {
        let value = value.expose_secret();
        value.len() <= SECRET_LENGTH_MAX_BYTES
            && bool::from(hash(&self.salt, value).ct_eq(&self.hash))
    }
}

fn hash(salt: &[u8; 16], value: &str) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(salt);
    context.update(value.as_bytes());
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_no_face_and_matches_only_itself() {
        let value = NewSecret::value_from([7; SECRET_LENGTH_CHARS]);
        let new = NewSecret {
            key_id: KeyId::from_u128(1),
            salt: [1; 16],
            value: value.clone(),
            description: None,
            starts_at: None,
            expires_at: None,
        };
        let kept = new.seal(Timestamp::UNIX_EPOCH);
        assert!(kept.matches(&value));
        assert!(!kept.matches(&format!("{} ", value.expose_secret()).into()), "never trimmed");
        assert!(!format!("{kept:?}").contains(&value.expose_secret()[..3]));
        assert!(!kept.is_live(kept.expires_at), "the end is not part of the lifetime");
    }
}
