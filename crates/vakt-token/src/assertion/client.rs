//! Client assertions: a client signs who it is with a key whose certificate it has registered.

use jiff::{SignedDuration, Timestamp};

use super::envelope::{Envelope, Form, shown};
use super::fault::AssertionFault;
use super::hint::KeyHint;
use crate::jwk::{Algorithm, PublicKey};
use crate::validate::SKEW_MAX_SECONDS;

/// Longest assertion, in bytes: a chain of four long certificates in `x5c`, in base64 of PEM in
/// base64url, has 20 KiB.
pub const ASSERTION_LENGTH_MAX_BYTES: usize = 32 * 1024;
/// Longest time an assertion may be good for from now on, in seconds. Libraries make them for 5 to
/// 30 minutes, and an assertion that outlives its day is a password that was never changed.
pub const ASSERTION_LIFETIME_MAX_SECONDS: i64 = 24 * 3600;

const FORM: Form = Form {
    length_max_bytes: ASSERTION_LENGTH_MAX_BYTES,
    algorithms: &[("RS256", Algorithm::Rs256), ("PS256", Algorithm::Ps256)],
    algorithm_names: "RS256,PS256",
    types: &["jwt", "client-authentication+jwt", "http://openid.net/specs/jwt/1.0"],
};

/// A client assertion, taken apart and not yet believed.
pub struct ClientAssertion {
    envelope: Envelope,
}

impl ClientAssertion {
    /// Takes an assertion apart.
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

    /// Does it speak for this client, to this server, at this time? `is_us` knows our token
    /// endpoints. A repeated `jti` is lawful: libraries send one assertion many times.
    pub fn check(
        &self,
        is_client: &dyn Fn(&str) -> bool,
        is_us: &dyn Fn(&str) -> bool,
        now: Timestamp,
    ) -> Result<(), AssertionFault> {
        for claim in ["iss", "sub"] {
            let speaker = self.envelope.text(claim)?;
            if !is_client(speaker) {
                return Err(AssertionFault::Speaker(shown(speaker)));
            }
        }
        let audience = self.envelope.audience()?;
        if !is_us(audience) {
            return Err(AssertionFault::Audience(shown(audience)));
        }
        let validity = self.envelope.validity()?;
        validity.check(now)?;
        let longest = SignedDuration::from_secs(ASSERTION_LIFETIME_MAX_SECONDS + SKEW_MAX_SECONDS);
        let latest = now.saturating_add(longest).unwrap_or(Timestamp::MAX);
        if validity.expires > latest { Err(validity.missed(now)) } else { Ok(()) }
    }
}
