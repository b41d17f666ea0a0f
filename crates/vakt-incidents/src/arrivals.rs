//! How much arrives: counted by the minute, in the transaction that stores it.

use jiff::Timestamp;

/// How many hours a rate shows one by one.
pub const HOURS_SHOWN: i64 = 24;
/// Minutes that are kept: a day and an hour.
pub const ARRIVALS_KEPT_MINUTES: i64 = 25 * MINUTES_OF_HOUR;

const MINUTES_OF_HOUR: i64 = 60;
const SECONDS_OF_MINUTE: i64 = 60;

/// A minute, counted since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(pub i64);

/// What was received. Whatever came and was read counts, each time it comes, also when it was known
/// already and changes nothing; what was refused does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrivals {
    /// Incidents, as another system recorded them. An incident that began here with an alert is
    /// none.
    pub incidents: u64,
    /// Alerts, those of such incidents included. Parts of one alert that come together are one.
    pub alerts: u64,
}

/// How much was received, lately. A span begins with the minute in which it begins, so that it is
/// up to a minute longer than its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IngestRate {
    /// In the last minute.
    pub minute: Arrivals,
    /// In the last hour.
    pub hour: Arrivals,
    /// In the last 24 hours.
    pub day: Arrivals,
    /// In each of the last [`HOURS_SHOWN`] hours of the clock (UTC), by their beginnings. The
    /// present one comes last.
    pub hours: Vec<(Timestamp, Arrivals)>,
}

impl Minute {
    /// The minute of an instant.
    pub fn of(at: Timestamp) -> Self {
        Self(at.as_second().div_euclid(SECONDS_OF_MINUTE))
    }

    /// The oldest minute that is kept at an instant.
    pub fn oldest_kept(at: Timestamp) -> Self {
        Self(Self::of(at).0 - ARRIVALS_KEPT_MINUTES)
    }

    fn begin(self) -> Timestamp {
        let second = self.0.saturating_mul(SECONDS_OF_MINUTE);
        Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl Arrivals {
    /// Nothing?
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    fn add(&mut self, more: Self) {
        self.incidents = self.incidents.saturating_add(more.incidents);
        self.alerts = self.alerts.saturating_add(more.alerts);
    }
}

impl IngestRate {
    /// The rate at an instant, from what was received minute by minute.
    pub fn of(minutes: &[(Minute, Arrivals)], now: Timestamp) -> Self {
        let now = Minute::of(now).0;
        let within = |span: i64| {
            let mut sum = Arrivals::default();
            let those = minutes.iter().filter(|(minute, _)| (now - span..=now).contains(&minute.0));
            those.for_each(|(_, received)| sum.add(*received));
            sum
        };
        let this_hour = now.div_euclid(MINUTES_OF_HOUR);
        let hour = |hour: i64| {
            let mut sum = Arrivals::default();
            let is_of = |minute: &Minute| minute.0.div_euclid(MINUTES_OF_HOUR) == hour;
            let those = minutes.iter().filter(|(minute, _)| is_of(minute) && minute.0 <= now);
            those.for_each(|(_, received)| sum.add(*received));
            (Minute(hour * MINUTES_OF_HOUR).begin(), sum)
        };
        let first = this_hour + 1 - HOURS_SHOWN;
        Self {
            minute: within(1),
            hour: within(MINUTES_OF_HOUR),
            day: within(24 * MINUTES_OF_HOUR),
            hours: (first..=this_hour).map(hour).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn received(alerts: u64) -> Arrivals {
        Arrivals { incidents: 1, alerts }
    }

    #[test]
    fn spans_begin_with_the_minute_in_which_they_begin() {
        let now = at("2026-02-05T12:30:59Z");
        for (text, minute, hour, day) in [
            ("2026-02-05T12:30:00Z", 1, 1, 1),
            ("2026-02-05T12:29:00Z", 1, 1, 1),
            ("2026-02-05T12:28:59Z", 0, 1, 1),
            ("2026-02-05T11:30:00Z", 0, 1, 1),
            ("2026-02-05T11:29:59Z", 0, 0, 1),
            ("2026-02-04T12:30:00Z", 0, 0, 1),
            ("2026-02-04T12:29:59Z", 0, 0, 0),
            // A clock that was set back.
            ("2026-02-05T12:31:00Z", 0, 0, 0),
        ] {
            let rate = IngestRate::of(&[(Minute::of(at(text)), received(7))], now);
            let found = (rate.minute.incidents, rate.hour.incidents, rate.day.incidents);
            assert_eq!(found, (minute, hour, day), "{text}");
            assert_eq!(rate.day.alerts, day * 7);
        }
    }

    #[test]
    fn hours_are_those_of_the_clock() {
        let now = at("2026-02-05T12:30:00Z");
        let minutes = [
            "2026-02-04T12:59:00Z",
            "2026-02-04T13:00:00Z",
            "2026-02-05T11:00:00Z",
            "2026-02-05T11:59:59Z",
            "2026-02-05T12:00:00Z",
        ]
        .map(|text| (Minute::of(at(text)), received(1)));
        let rate = IngestRate::of(&minutes, now);
        let begins: Vec<_> = rate.hours.iter().map(|(begin, _)| begin.to_string()).collect();
        assert_eq!(begins.len(), 24);
        assert_eq!(begins[0], "2026-02-04T13:00:00Z");
        assert_eq!(begins[23], "2026-02-05T12:00:00Z");
        let alerts: Vec<_> = rate.hours.iter().map(|(_, received)| received.alerts).collect();
        assert_eq!((alerts[0], alerts[22], alerts[23]), (1, 2, 1));
        assert_eq!(alerts.iter().sum::<u64>(), 4, "what is older has no hour");
    }

    #[test]
    fn what_a_rate_needs_is_kept() {
        let now = at("2026-02-05T12:59:59Z");
        let kept = Minute::oldest_kept(now);
        let rate = IngestRate::of(&[], now);
        assert!(kept <= Minute::of(rate.hours[0].0));
        assert!(kept.0 <= Minute::of(now).0 - 24 * 60);
        assert!(rate.day.is_nothing());
    }
}
