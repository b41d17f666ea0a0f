//! A browser in which a person has signed in.

use jiff::Timestamp;
use vakt_ids::{ObjectId, TenantId};

/// A session. The cookie's value is known to the browser only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub hash: [u8; 32],
    /// The person's tenant.
    pub tenant: TenantId,
    /// The person.
    pub person: ObjectId,
    /// When the password was last given.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
}
