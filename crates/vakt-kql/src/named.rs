//! Maps by names. Names come from queries, so their hash is seeded anew in each process; it is several
//! times quicker than the standard one, and maps by names are asked for nearly every word of a query.

use std::collections::HashMap;

/// A map by names.
pub(crate) type Named<N, V> = HashMap<N, V, foldhash::quality::RandomState>;

/// An empty map that has room.
pub(crate) fn with_room<N, V>(count: usize) -> Named<N, V> {
    Named::with_capacity_and_hasher(count, Default::default())
}
