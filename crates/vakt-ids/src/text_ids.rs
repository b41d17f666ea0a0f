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

/// A device's id, as the endpoint product numbers it: 40 hex digits there, a short word of letters,
/// digits, `-` and `_` here. Lower case; read in any case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MachineId(String);

impl MachineId {
    /// Longest id accepted, in bytes; Microsoft's have 40.
    pub const LENGTH_MAX_BYTES: usize = 128;

    /// The text inside.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MachineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for MachineId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let good = (1..=Self::LENGTH_MAX_BYTES).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if good {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotAnId::new(text, "a machine id (1 to 128 letters, digits, `-` and `_`)"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MachineId;

    #[test]
    fn machine_ids_have_one_spelling_and_are_no_names() {
        let id: MachineId = "1E5BC9D7E413DDD7902C2932E418702B84D0CC07".parse().unwrap();
        assert_eq!(id.as_str(), "1e5bc9d7e413ddd7902c2932e418702b84d0cc07");
        for text in ["", "ws1.contoso.com", "a b", "ä", &"a".repeat(129)] {
            assert!(text.parse::<MachineId>().is_err(), "{text} was read as an id");
        }
    }
}
