//! Lists that other systems write as null when they are empty.

use serde::{Deserialize, Deserializer};

/// Reads null as an empty list.
pub(crate) fn null_is_empty<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
