//! Ids that are numbers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::NotAnId;

/// An incident's number within its tenant, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentId(i64);

impl IncidentId {
    /// The first number.
    pub const FIRST: Self = Self(1);

    /// Wraps a number; `None` unless it is positive.
    pub const fn new(number: i64) -> Option<Self> {
        if number > 0 { Some(Self(number)) } else { None }
    }

    /// The number inside.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for IncidentId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = || NotAnId::new(text, "an incident id (a positive number)");
        text.parse().ok().and_then(Self::new).ok_or_else(wrong)
    }
}

/// An indicator's number within its tenant, counted from 1 and never used again. On the wire it is
/// a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorId(i64);

impl IndicatorId {
    /// Wraps a number; `None` unless it is positive.
    pub const fn new(number: i64) -> Option<Self> {
        if number > 0 { Some(Self(number)) } else { None }
    }

    /// The number inside.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for IndicatorId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = || NotAnId::new(text, "an indicator id (a positive number)");
        text.parse().ok().and_then(Self::new).ok_or_else(wrong)
    }
}
