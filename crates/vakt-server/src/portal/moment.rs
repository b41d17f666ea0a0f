//! Times as people read them. Pages show UTC: servers and logs speak it, and no script is needed.

use jiff::Timestamp;

/// How soon an end is called near: thirty days.
const NEAR_HOURS: i64 = 30 * 24;

/// How long something lasts still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// It has ended.
    Over,
    /// It has not begun.
    Ahead,
    /// It ends within so many days.
    Near { days: i64 },
    /// It lasts.
    Long,
}

/// Day and time.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// The day.
pub(crate) fn day(at: Timestamp) -> String {
    at.strftime("%-d %b %Y").to_string()
}

impl Rest {
    /// What is left at `now` of a time from `starts_at` until `expires_at`.
    pub(crate) fn of(starts_at: Timestamp, expires_at: Timestamp, now: Timestamp) -> Self {
        let hours = expires_at.duration_since(now).as_hours();
        if expires_at <= now {
            Self::Over
        } else if now < starts_at {
            Self::Ahead
        } else if hours < NEAR_HOURS {
            Self::Near { days: hours / 24 }
        } else {
            Self::Long
        }
    }

    /// In words.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Over => "expired".into(),
            Self::Ahead => "not valid yet".into(),
            Self::Near { days: 0 } => "expires within a day".into(),
            Self::Near { days: 1 } => "expires in 1 day".into(),
            Self::Near { days } => format!("expires in {days} days"),
            Self::Long => "valid".into(),
        }
    }

    /// The mark's class in the style.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Over => "mark severe",
            Self::Ahead | Self::Near { .. } => "mark bad",
            Self::Long => "mark good",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_before_they_come() {
        let at = |hours: i64| Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap();
        for (start, end, expected) in [
            (-1, 0, "expired"),
            (-1, 1, "expires within a day"),
            (-1, 30, "expires in 1 day"),
            (-1, 49, "expires in 2 days"),
            (-1, 24 * 40, "valid"),
            (1, 24 * 40, "not valid yet"),
        ] {
            assert_eq!(Rest::of(at(start), at(end), at(0)).words(), expected, "{start} {end}");
        }
        assert_eq!(moment(at(0)), "15 Jan 2027, 08:00 UTC");
        assert_eq!(day(at(0)), "15 Jan 2027");
    }
}
