//! Times as people say them.

use jiff::Timestamp;

/// `in 59 minutes`, `3 days ago`; the largest whole unit only.
pub fn from_now(instant: Timestamp, now: Timestamp) -> String {
    let seconds = instant.as_second().saturating_sub(now.as_second());
    let (number, unit) = match seconds.unsigned_abs() {
        seconds @ 0..120 => (seconds, "second"),
        seconds @ 120..7200 => (seconds / 60, "minute"),
        seconds @ 7200..172_800 => (seconds / 3600, "hour"),
        seconds => (seconds / 86_400, "day"),
    };
    let plural = if number == 1 { "" } else { "s" };
    if seconds < 0 {
        format!("{number} {unit}{plural} ago")
    } else {
        format!("in {number} {unit}{plural}")
    }
}

/// `2026-01-05 10:58:44Z`: to the second.
pub fn to_second(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_said_in_one_unit() {
        let now = Timestamp::UNIX_EPOCH;
        for (seconds, expected) in [
            (0, "in 0 seconds"),
            (1, "in 1 second"),
            (-90, "90 seconds ago"),
            (3599, "in 59 minutes"),
            (-7200, "2 hours ago"),
            (172_800, "in 2 days"),
        ] {
            assert_eq!(from_now(Timestamp::from_second(seconds).unwrap(), now), expected);
        }
        assert_eq!(to_second(now), "1970-01-01 00:00:00Z");
    }
}
