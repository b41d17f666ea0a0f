//! What a token is good for: its parts, the verdict on its signature, and the calls its roles
//! open. [`Inspection`] is the finding, [`words`] and [`json`] say it.

mod api;
mod call;
mod json;
mod words;

use jiff::Timestamp;
use vakt_client::Verification;
use vakt_token::UntrustedToken;

use api::Api;
use call::{Call, calls_of};

/// What was found.
#[derive(Debug)]
pub struct Inspection {
    token: UntrustedToken,
    verification: Verification,
    now: Timestamp,
    api: Option<Api>,
    can: Vec<&'static Call>,
    cannot: Vec<&'static Call>,
}

impl Inspection {
    /// Draws the conclusions from a token that was taken apart and checked.
    pub fn new(token: UntrustedToken, verification: Verification, now: Timestamp) -> Self {
        let api = token.claims.aud.as_deref().and_then(Api::of_audience);
        let roles = token.claims.roles.as_deref().unwrap_or_default();
        let calls = api.map_or(&[][..], calls_of);
        let (can, cannot) = calls.iter().partition(|call| call.is_open_to(roles));
        Self { token, verification, now, api, can, cannot }
    }

    /// False if the token is proved to be somebody else's making.
    pub fn is_acceptable(&self) -> bool {
        !matches!(self.verification, Verification::Wrong { .. })
    }

    fn is_expired(&self) -> bool {
        self.token.claims.exp.is_some_and(|expiry| expiry <= self.now)
    }

    fn roles(&self) -> &[String] {
        self.token.claims.roles.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
