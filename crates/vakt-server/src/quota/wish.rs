//! A ceiling of the operator's own: `GROUP=CALLS/SECONDS`.

use std::fmt;
use std::str::FromStr;

use super::WINDOWS_OF_GROUP_MAX;
use super::group::{Group, TABLE};

/// Longest window of a quota.
pub(crate) const WINDOW_MAX_SECONDS: u32 = 86_400;

/// A ceiling for the routes of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaWish {
    pub(crate) group: Group,
    pub(crate) calls_max: u32,
    pub(crate) window_seconds: u32,
}

/// Why a wish cannot be granted; ends with the next step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuotaWishFault {
    /// It is not `GROUP=CALLS/SECONDS`.
    #[error("`{0}` is not a quota; write GROUP=CALLS/SECONDS, such as hunting=45/60")]
    Form(String),
    /// There is no such group.
    #[error("`{name}` is no group of routes; there are {}", names())]
    UnknownGroup {
        /// What was written.
        name: String,
    },
    /// A number is zero or too large.
    #[error("`{0}` allows no call, or its window is not within 1 to {WINDOW_MAX_SECONDS} seconds")]
    Range(String),
    /// More ceilings than are counted.
    #[error("{group} has more than {WINDOWS_OF_GROUP_MAX} quotas; give at most that many")]
    TooMany {
        /// The group.
        group: &'static str,
    },
}

fn names() -> String {
    TABLE.iter().map(|row| row.name).collect::<Vec<_>>().join(", ")
}

impl FromStr for QuotaWish {
    type Err = QuotaWishFault;

    fn from_str(text: &str) -> Result<Self, QuotaWishFault> {
        let form = || QuotaWishFault::Form(text.to_owned());
        let (name, numbers) = text.split_once('=').ok_or_else(form)?;
        let (calls, seconds) = numbers.split_once('/').ok_or_else(form)?;
        let group = Group::named(name)
            .ok_or_else(|| QuotaWishFault::UnknownGroup { name: name.to_owned() })?;
        let calls_max = calls.parse().map_err(|_| form())?;
        let window_seconds = seconds.parse().map_err(|_| form())?;
        if calls_max == 0 || !(1..=WINDOW_MAX_SECONDS).contains(&window_seconds) {
            return Err(QuotaWishFault::Range(text.to_owned()));
        }
        Ok(Self { group, calls_max, window_seconds })
    }
}

impl fmt::Display for QuotaWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}/{}", self.group.row().name, self.calls_max, self.window_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read_or_say_what_is_wrong() {
        for (text, expected) in [
            ("hunting=45/60", "hunting=45/60"),
            (
                "hunting",
                "`hunting` is not a quota; write GROUP=CALLS/SECONDS, such as hunting=45/60",
            ),
            (
                "hunting=x/60",
                "`hunting=x/60` is not a quota; write GROUP=CALLS/SECONDS, such as hunting=45/60",
            ),
            (
                "hunting=0/60",
                "`hunting=0/60` allows no call, or its window is not within 1 to 86400 seconds",
            ),
            (
                "hunting=1/0",
                "`hunting=1/0` allows no call, or its window is not within 1 to 86400 seconds",
            ),
            (
                "fishing=1/1",
                "`fishing` is no group of routes; there are incidents-list, incidents-get, \
                 incidents-change, endpoint, security-alerts, security-incidents, hunting",
            ),
        ] {
            let told = match text.parse::<QuotaWish>() {
                Ok(wish) => wish.to_string(),
                Err(fault) => fault.to_string(),
            };
            assert_eq!(told, expected, "for {text}");
        }
    }
}
