//! Ids that are texts of someone else's making.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::NotAnId;

/// An alert's id: a two-letter prefix of the product and that product's own id, case kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlertId(String);

impl AlertId {
    /// Longest id accepted, in bytes; the longest seen in the wild has 66.
    pub const LENGTH_MAX_BYTES: usize = 256;

    /// The text inside.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AlertId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let good = !text.is_empty()
            && text.len() <= Self::LENGTH_MAX_BYTES
            && !text.chars().any(|c| c.is_control() || c.is_whitespace());
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnId::new(text, "an alert id (1 to 256 bytes without white space)"))
        }
    }
}
