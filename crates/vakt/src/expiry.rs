//! When a new secret shall end: `90d`, `2y`, a date, or an instant.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

const HOURS_PER_DAY: i64 = 24;
/// `2027-01-31`; a date alone means its first moment, in UTC.
const DATE_LENGTH: usize = 10;

/// When a secret ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// So many days from now.
    Days(i64),
    /// At this instant.
    At(Timestamp),
}

impl Expiry {
    /// The instant, if it lies ahead of `now`.
    pub fn instant(self, now: Timestamp) -> Option<Timestamp> {
        let instant = match self {
            Self::Days(days) => now.checked_add(SignedDuration::from_hours(days * HOURS_PER_DAY)),
            Self::At(instant) => Ok(instant),
        };
        instant.ok().filter(|instant| *instant > now)
    }
}

impl std::str::FromStr for Expiry {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(days) = days(text) {
            return Ok(Self::Days(days));
        }
        let is_date = text.parse::<Date>().is_ok() && text.len() == DATE_LENGTH;
        let instant = if is_date { format!("{text}T00:00:00Z") } else { text.to_owned() };
        instant.parse().map(Self::At).map_err(|_| {
            "give days, weeks or years (90d, 12w, 2y), or a date (2027-01-31)".to_owned()
        })
    }
}

fn days(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let per_unit = match unit {
        'd' => 1,
        'w' => 7,
        'y' => 365,
        _ => return None,
    };
    let number: u16 = text.strip_suffix(unit)?.parse().ok()?;
    (number > 0).then(|| i64::from(number) * per_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_read_as_people_write_them() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("90d", Some("2026-04-01T00:00:00Z")),
            ("2w", Some("2026-01-15T00:00:00Z")),
            ("2y", Some("2028-01-01T00:00:00Z")),
            ("2027-01-31", Some("2027-01-31T00:00:00Z")),
            ("2027-01-31T12:00:00+02:00", Some("2027-01-31T10:00:00Z")),
            ("0d", None),
            ("-1d", None),
            ("1m", None),
            ("soon", None),
            ("", None),
        ] {
            let read = text.parse::<Expiry>().ok().and_then(|expiry| expiry.instant(now));
            assert_eq!(read.map(|instant| instant.to_string()).as_deref(), expected, "for {text}");
        }
        assert_eq!(Expiry::At(now).instant(now), None);
    }
}
