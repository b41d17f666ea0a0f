//! What a token is good for, for people: what it is, for whom, until when, and the calls that its
//! roles open. Nothing here believes a token; whoever looked at its signature says what came of it
//! by a [`Verification`]. Start with [`read_pasted`] and [`Explanation`].

mod api;
mod call;
mod claim;
mod distance;
mod kind;
mod pasted;
mod verification;
mod words;

use jiff::Timestamp;

use crate::inspect::UntrustedToken;

pub use api::Api;
pub use call::{Call, calls_of};
pub use claim::{is_time, meaning_of};
pub use distance::{from_now, to_second};
pub use kind::Kind;
pub use pasted::{Unreadable, bare, read_pasted};
pub use verification::Verification;

/// What was found.
#[derive(Debug)]
pub struct Explanation {
    /// The token, taken apart.
    pub token: UntrustedToken,
    /// What became of its signature.
    pub verification: Verification,
    /// When it was looked at.
    pub now: Timestamp,
    /// The API that it is for, if it is a well-known one.
    pub api: Option<Api>,
    /// The API's calls that its roles open.
    pub can: Vec<&'static Call>,
    /// The others.
    pub cannot: Vec<&'static Call>,
}

impl Explanation {
    /// Draws the conclusions from a token that was taken apart and checked.
    pub fn new(token: UntrustedToken, verification: Verification, now: Timestamp) -> Self {
        let api = token.claims.aud.as_deref().and_then(Api::of_audience);
        Self::of_api(token, verification, now, api)
    }

    /// The same, for an API that is known by other means than the audience.
    pub fn of_api(
        token: UntrustedToken,
        verification: Verification,
        now: Timestamp,
        api: Option<Api>,
    ) -> Self {
        let roles = token.claims.roles.as_deref().unwrap_or_default();
        let calls = api.map_or(&[][..], calls_of);
        let (can, cannot) = calls.iter().partition(|call| call.is_open_to(roles));
        Self { token, verification, now, api, can, cannot }
    }

    /// False if the token is proved to be somebody else's making.
    pub fn is_acceptable(&self) -> bool {
        !matches!(self.verification, Verification::Wrong { .. })
    }

    /// Has it ended?
    pub fn is_expired(&self) -> bool {
        self.token.claims.exp.is_some_and(|expiry| expiry <= self.now)
    }

    /// Its roles.
    pub fn roles(&self) -> &[String] {
        self.token.claims.roles.as_deref().unwrap_or_default()
    }
}
