//! Times as people say them.

use jiff::Timestamp;

pub use vakt_token::explain::{from_now, to_second};

/// Both: `2026-01-05 10:58:44Z (3 days ago)`.
pub fn said(instant: Timestamp, now: Timestamp) -> String {
    format!("{} ({})", to_second(instant), from_now(instant, now))
}

/// As [`to_second`], or nothing.
pub fn to_second_or_nothing(instant: Option<Timestamp>) -> String {
    instant.map(to_second).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_come_with_their_distance() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(said(now, now), "1970-01-01 00:00:00Z (in 0 seconds)");
        assert_eq!(to_second_or_nothing(None), "");
    }
}
