//! What the room asks of the world around it, besides its store.

use std::sync::Arc;

use async_trait::async_trait;
use vakt_token::KeySet;

/// The world around the room.
#[async_trait]
pub trait Surroundings: Send + Sync {
    /// Is this origin, `https://host[:port]` in any case, one this server is called under?
    fn is_own_origin(&self, origin: &str) -> bool;

    /// The keys of a foreign issuer, fresh enough to hold the key `kid` if the issuer has it. The
    /// time it may take is bounded; why it failed goes into the log.
    async fn issuer_keys(&self, issuer: &str, kid: &str) -> Result<Arc<KeySet>, IssuerFault>;
}

/// Why an issuer's keys are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerFault {
    /// The operator does not allow it.
    NotAllowed,
    /// It did not answer, or not as an issuer does.
    Unreachable,
}

/// The world around one decision, loaded beforehand.
pub struct Outside<'a> {
    /// Is this origin ours?
    pub is_own_origin: &'a dyn Fn(&str) -> bool,
    /// The keys of the issuer that [`crate::foreign_issuer`] named; without them nothing foreign
    /// is believed.
    pub issuer_keys: Result<Arc<KeySet>, IssuerFault>,
}
