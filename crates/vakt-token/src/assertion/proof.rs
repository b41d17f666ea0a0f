//! Proofs of possession: before a certificate is added or removed, the caller signs with one that
//! is registered already (Graph's `addKey` and `removeKey`).

use jiff::{SignedDuration, Timestamp};

use super::envelope::{Envelope, Form, malformed, shown};
use super::fault::AssertionFault;
use super::hint::KeyHint;
use crate::header::TOKEN_LENGTH_MAX_BYTES;
use crate::jwk::{Algorithm, PublicKey};
use crate::validate::SKEW_MAX_SECONDS;

/// Accepted audiences: the directory graph that preceded Microsoft Graph, which documentation and
/// samples name, and Microsoft Graph itself, which a later edition of the same page named.
pub const PROOF_AUDIENCES: [&str; 2] =
    ["00000002-0000-0000-c000-000000000000", "00000003-0000-0000-c000-000000000000"];
/// Longest time between a proof's beginning and its end, in seconds (Graph's own limit).
pub const PROOF_LIFETIME_MAX_SECONDS: i64 = 600;

const FORM: Form = Form {
    length_max_bytes: TOKEN_LENGTH_MAX_BYTES,
    algorithms: &[("RS256", Algorithm::Rs256), ("PS256", Algorithm::Ps256)],
    algorithm_names: "RS256,PS256",
    types: &["jwt"],
};

/// A proof of possession, taken apart and not yet believed.
pub struct KeyProof {
    envelope: Envelope,
}

impl KeyProof {
    /// Takes a proof apart.
    pub fn read(token: &str) -> Result<Self, AssertionFault> {
        Envelope::open(token, &FORM).map(|envelope| Self { envelope })
    }

    /// Which certificate it names.
    pub fn hint(&self) -> KeyHint {
        self.envelope.hint()
    }

    /// Is it signed with this key?
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        self.envelope.is_signed_by(key)
    }

    /// Does it speak for this object, to the directory, at this time and for a short one?
    /// `object_id` is that of the application or service principal, never the client id.
    pub fn check(&self, object_id: &str, now: Timestamp) -> Result<(), AssertionFault> {
        let issuer = self.envelope.text("iss")?;
        if !issuer.eq_ignore_ascii_case(object_id) {
            return Err(AssertionFault::Speaker(shown(issuer)));
        }
        let audience = self.envelope.audience()?;
        if !PROOF_AUDIENCES.contains(&audience) {
            return Err(AssertionFault::Audience(shown(audience)));
        }
        let validity = self.envelope.validity()?;
        validity.check(now)?;
        let begun = validity.valid_from().ok_or_else(|| malformed("it has no `nbf`"))?;
        let lifetime = validity.expires.duration_since(begun);
        let longest = SignedDuration::from_secs(PROOF_LIFETIME_MAX_SECONDS);
        let skew = SignedDuration::from_secs(SKEW_MAX_SECONDS);
        let remaining = validity.expires.duration_since(now);
        if lifetime > longest || remaining > longest.saturating_add(skew) {
            return Err(validity.missed(now));
        }
        Ok(())
    }
}
