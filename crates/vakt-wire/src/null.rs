//! Members that other systems write as null when they are empty.

use serde::{Deserialize, Deserializer};

/// Reads null as the empty value of its type.
pub(crate) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
