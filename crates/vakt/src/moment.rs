//! A moment of the past, as people name it: `30m`, `24h` or `7d` ago, a date, or an instant.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// `2027-01-31`; a date alone means its first moment, in UTC.
const DATE_LENGTH: usize = 10;

/// A moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// So many minutes ago.
    MinutesAgo(i64),
    /// This one.
    At(Timestamp),
}

impl Moment {
    /// The instant.
    pub fn instant(self, now: Timestamp) -> Timestamp {
        match self {
            Self::MinutesAgo(minutes) => {
                now.saturating_sub(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MIN)
            }
            Self::At(instant) => instant,
        }
    }
}

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(minutes) = minutes(text) {
            return Ok(Self::MinutesAgo(minutes));
        }
        let is_date = text.parse::<Date>().is_ok() && text.len() == DATE_LENGTH;
        let instant = if is_date { format!("{text}T00:00:00Z") } else { text.to_owned() };
        instant.parse().map(Self::At).map_err(|_| {
            "give minutes, hours or days ago (30m, 24h, 7d), a date (2027-01-31) or an instant"
                .to_owned()
        })
    }
}

fn minutes(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let per_unit = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        _ => return None,
    };
    let number: u16 = text.strip_suffix(unit)?.parse().ok()?;
    Some(i64::from(number) * per_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        let now: Timestamp = "2026-01-08T12:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("30m", Some("2026-01-08T11:30:00Z")),
            ("24h", Some("2026-01-07T12:00:00Z")),
            ("7d", Some("2026-01-01T12:00:00Z")),
            ("2026-01-02", Some("2026-01-02T00:00:00Z")),
            ("2026-01-02T03:04:05+01:00", Some("2026-01-02T02:04:05Z")),
            ("yesterday", None),
            ("-1h", None),
            ("1y", None),
            ("", None),
        ] {
            let read = text.parse::<Moment>().ok().map(|moment| moment.instant(now).to_string());
            assert_eq!(read.as_deref(), expected, "for {text}");
        }
    }
}
