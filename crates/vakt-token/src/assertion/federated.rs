//! Tokens of foreign issuers that stand for an application: a build job's, a pod's.

use jiff::Timestamp;

use super::envelope::{Envelope, Form, shown};
use super::fault::AssertionFault;
use crate::header::TOKEN_LENGTH_MAX_BYTES;
use crate::jwk::Algorithm;
use crate::jwks::KeySet;

const FORM: Form = Form {
    length_max_bytes: TOKEN_LENGTH_MAX_BYTES,
    algorithms: &[("RS256", Algorithm::Rs256)],
    algorithm_names: "RS256",
    types: &["jwt", "http://openid.net/specs/jwt/1.0"],
};

/// What a federated credential trusts; all three are compared exactly, in their case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trusted<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `sub`.
    pub subject: &'a str,
    /// `aud`.
    pub audience: &'a str,
}

/// A foreign issuer's token, taken apart and not yet believed.
pub struct FederatedToken {
    envelope: Envelope,
}

impl FederatedToken {
    /// Takes a token apart.
    pub fn read(token: &str) -> Result<Self, AssertionFault> {
        Envelope::open(token, &FORM).map(|envelope| Self { envelope })
    }

    /// Who it says it is. Whether somebody trusts that is for the caller to look up, before any
    /// key is fetched.
    pub fn claims(&self) -> Result<Trusted<'_>, AssertionFault> {
        Ok(Trusted {
            issuer: self.envelope.text("iss")?,
            subject: self.envelope.text("sub")?,
            audience: self.envelope.audience()?,
        })
    }

    /// The name of its key in the issuer's document; empty if it names none.
    pub fn kid(&self) -> &str {
        self.envelope.kid().unwrap_or_default()
    }

    /// Does it speak for a person, rather than for a workload?
    pub fn is_delegated(&self) -> bool {
        self.envelope.has("scp")
    }

    /// Is it what was trusted, signed by one of its issuer's keys, at this time? `keys` are those
    /// of `trusted.issuer` and of nobody else.
    pub fn verify(
        &self,
        trusted: &Trusted<'_>,
        keys: &KeySet,
        now: Timestamp,
    ) -> Result<(), AssertionFault> {
        let claims = self.claims()?;
        if claims.issuer != trusted.issuer || claims.subject != trusted.subject {
            return Err(AssertionFault::Speaker(shown(claims.subject)));
        }
        if claims.audience != trusted.audience {
            return Err(AssertionFault::Audience(shown(claims.audience)));
        }
        let unknown = |_| AssertionFault::UnknownKey(shown(self.kid()));
        let key = keys.get(self.kid()).map_err(unknown)?;
        if !self.envelope.is_signed_by(key) {
            return Err(AssertionFault::Signature);
        }
        self.envelope.validity()?.check(now)
    }
}
