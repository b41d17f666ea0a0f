//! What writers take turns for, where the database does not make them follow one another anyway.

use vakt_ids::TenantId;

/// A turn; it lasts until the end of the transaction that took it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turn {
    /// Starting on a database: the first key, the first tenant, the seed.
    Start,
    /// Appending to the log of changes. Whoever took it commits before the next one draws a number,
    /// so that a reader who goes on from a number misses none below it.
    Events,
    /// Appending to the log of sign-ins.
    SignIns,
    /// Removing old lines of the logs: one server at a time.
    Purge,
    /// Changing incidents and alerts of a tenant: each change draws a number, and whoever drew one
    /// commits before the next one does.
    Incidents(TenantId),
    /// Taking in machines of a tenant: two who do could meet on rows that they take in different
    /// orders.
    Machines(TenantId),
    /// Storing indicators of a tenant, for the same reason.
    Indicators(TenantId),
}

impl Turn {
    /// Its number among PostgreSQL's advisory locks. Turns that share one would wait for one
    /// another, and nothing else.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Start => -1,
            Self::Events => -2,
            Self::SignIns => -3,
            Self::Purge => -4,
            Self::Incidents(tenant) => {
                let (high, low) = tenant.as_uuid().as_u64_pair();
                (high ^ low).cast_signed()
            }
            Self::Machines(tenant) => Self::Incidents(tenant).number().rotate_left(1),
            Self::Indicators(tenant) => !Self::Incidents(tenant).number(),
        }
    }
}
