//! How ids are read from text.

use uuid::Uuid;

/// A text that was read as an id and is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct NotAnId {
    /// What was given, cut to 64 characters.
    pub text: String,
    /// What was wanted, in words.
    pub expected: &'static str,
}

impl NotAnId {
    pub(crate) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.chars().take(64).collect(), expected }
    }
}

/// Reads the hyphenated form only, in any case: braces and URNs are not ids on Microsoft's wire.
pub(crate) fn parse_guid(text: &str, expected: &'static str) -> Result<Uuid, NotAnId> {
    if text.len() != uuid::fmt::Hyphenated::LENGTH {
        return Err(NotAnId::new(text, expected));
    }
    Uuid::try_parse(text).map_err(|_| NotAnId::new(text, expected))
}
