//! NumericDate as libraries write it: an integer, a fraction (MSAL Python), or a text of digits
//! (MSAL.NET).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::fault::AssertionFault;
use crate::validate::SKEW_MAX_SECONDS;

/// Longest text that can be a date; `253402207200.000000` is the last moment there is.
const DATE_LENGTH_MAX_CHARS: usize = 32;

/// When a token says it is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// `nbf`.
    pub not_before: Option<Timestamp>,
    /// `iat`; never a reason to refuse.
    pub issued_at: Option<Timestamp>,
    /// `exp`, which must be there.
    pub expires: Timestamp,
}

impl Validity {
    pub(super) fn of(claims: &Map<String, Value>) -> Result<Self, AssertionFault> {
        Ok(Self {
            not_before: date(claims, "nbf")?,
            issued_at: date(claims, "iat")?,
            expires: date(claims, "exp")?.ok_or(AssertionFault::Missing("exp"))?,
        })
    }

    /// Is `now` within it, with the usual patience for clocks that differ?
    pub(super) fn check(&self, now: Timestamp) -> Result<(), AssertionFault> {
        let skew = SignedDuration::from_secs(SKEW_MAX_SECONDS);
        let latest = now.saturating_add(skew).unwrap_or(Timestamp::MAX);
        let earliest = now.saturating_sub(skew).unwrap_or(Timestamp::MIN);
        let begun = self.not_before.is_none_or(|not_before| not_before <= latest);
        if begun && earliest < self.expires { Ok(()) } else { Err(self.missed(now)) }
    }

    /// The refusal of a moment outside.
    pub(super) fn missed(&self, now: Timestamp) -> AssertionFault {
        AssertionFault::Times { now, validity: *self }
    }

    /// When it began, as far as it says.
    pub fn valid_from(&self) -> Option<Timestamp> {
        self.not_before.or(self.issued_at)
    }
}

fn date(
    claims: &Map<String, Value>,
    claim: &'static str,
) -> Result<Option<Timestamp>, AssertionFault> {
    let Some(value) = claims.get(claim) else { return Ok(None) };
    let wrong = || AssertionFault::Malformed(format!("its `{claim}` is not a number of seconds"));
    numeric_date(value).map(Some).ok_or_else(wrong)
}

fn numeric_date(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(seconds) => Timestamp::from_second(seconds).ok(),
            None => of_fraction(number.as_f64()?),
        },
        Value::String(text) => of_text(text),
        _ => None,
    }
}

fn of_text(text: &str) -> Option<Timestamp> {
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    if text.len() > DATE_LENGTH_MAX_CHARS || !text.chars().all(plain) {
        return None;
    }
    match text.parse() {
        Ok(seconds) => Timestamp::from_second(seconds).ok(),
        Err(_) => of_fraction(text.parse().ok()?),
    }
}

fn of_fraction(seconds: f64) -> Option<Timestamp> {
    Timestamp::from_duration(SignedDuration::try_from_secs_f64(seconds).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_are_read_as_libraries_write_them() {
        for (value, expected) in [
            (json!(1_772_366_400), Some(1_772_366_400)),
            (json!(1_772_366_400.75), Some(1_772_366_400)),
            (json!(1.772_366_4e9), Some(1_772_366_400)),
            (json!("1772366400"), Some(1_772_366_400)),
            (json!("1772366400.5"), Some(1_772_366_400)),
            (json!(0), Some(0)),
            (json!(1e300), None),
            (json!(u64::MAX), None),
            (json!("1e9"), None),
            (json!("NaN"), None),
            (json!("inf"), None),
            (json!("-1"), None),
            (json!(""), None),
            (json!("."), None),
            (json!("9".repeat(40)), None),
            (json!(null), None),
            (json!(true), None),
            (json!([1]), None),
        ] {
            assert_eq!(numeric_date(&value).map(Timestamp::as_second), expected, "for {value}");
        }
    }

    #[test]
    fn a_validity_has_five_minutes_of_patience_at_both_ends() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let validity =
            Validity { not_before: Some(at(1_000)), issued_at: None, expires: at(2_000) };
        for (now, good) in [(699, false), (700, true), (2_299, true), (2_300, false)] {
            assert_eq!(validity.check(at(now)).is_ok(), good, "at {now}");
        }
        let open = Validity { not_before: None, ..validity };
        assert!(open.check(at(0)).is_ok());
    }
}
