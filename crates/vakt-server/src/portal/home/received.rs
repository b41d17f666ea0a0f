//! How much was received: in the last minute, hour and day, and hour by hour as bars.

use jiff::Timestamp;
use vakt_incidents::{Arrivals, IngestRate};

use crate::pages::{Stop, Visit};
use crate::portal::desk::{Desk, Right};
use crate::problem::Problem;

/// Height of the highest bar, in units of the picture. One that is not nothing is seen: it has
/// [`BAR_HEIGHT_MIN`] at least.
const BAR_HEIGHT_MAX: u64 = 100;
const BAR_HEIGHT_MIN: u64 = 2;
/// Width of an hour, and of one of its two bars.
const HOUR_WIDTH: u64 = 10;
const BAR_WIDTH: u64 = 4;

/// What the start page says of it, to those who may see incidents.
pub(super) struct Received {
    pub spans: [Span; 3],
    pub hours: Vec<Hour>,
    pub is_nothing: bool,
    pub width: u64,
    pub height: u64,
    pub bar_width: u64,
}

/// A span that ends now.
pub(super) struct Span {
    pub name: &'static str,
    pub alerts: String,
    pub incidents: String,
}

/// An hour of the clock.
pub(super) struct Hour {
    /// Its beginning.
    pub begin: String,
    pub alerts: Bar,
    pub incidents: Bar,
}

/// A number, and the bar that shows it.
pub(super) struct Bar {
    pub number: String,
    pub left: u64,
    pub top: u64,
    pub height: u64,
}

/// The figures, if this person may see incidents.
pub(super) async fn lately(visit: &Visit, desk: &Desk) -> Result<Option<Received>, Stop> {
    if !desk.may(Right::SeeIncidents) {
        return Ok(None);
    }
    let rate = visit.app.incidents.ingest_rate(desk.tenant.id, visit.now).await;
    Ok(Some(Received::of(&rate.map_err(Problem::from)?)))
}

impl Received {
    fn of(rate: &IngestRate) -> Self {
        let most = rate.hours.iter().map(|(_, received)| received.alerts.max(received.incidents));
        let most = most.max().unwrap_or_default();
        let hours = (0..).zip(&rate.hours);
        Self {
            spans: [
                span("Last minute", rate.minute),
                span("Last hour", rate.hour),
                span("Last 24 hours", rate.day),
            ],
            hours: hours.map(|(index, one)| Hour::of(index, *one, most)).collect(),
            is_nothing: rate.day.is_nothing(),
            width: rate.hours.len() as u64 * HOUR_WIDTH,
            height: BAR_HEIGHT_MAX,
            bar_width: BAR_WIDTH,
        }
    }

    /// When the first of the hours begins.
    pub(super) fn first(&self) -> &str {
        self.hours.first().map_or("", |hour| &hour.begin)
    }
}

impl Hour {
    fn of(index: u64, (begin, received): (Timestamp, Arrivals), most: u64) -> Self {
        let left = index * HOUR_WIDTH + 1;
        Self {
            begin: begin.strftime("%H:%M").to_string(),
            alerts: Bar::of(left, received.alerts, most),
            incidents: Bar::of(left + BAR_WIDTH, received.incidents, most),
        }
    }
}

impl Bar {
    fn of(left: u64, number: u64, most: u64) -> Self {
        let rest = BAR_HEIGHT_MAX - BAR_HEIGHT_MIN;
        let height = match number {
            0 => 0,
            number => BAR_HEIGHT_MIN + number.saturating_mul(rest) / most.max(1),
        };
        Self { number: grouped(number), left, top: BAR_HEIGHT_MAX - height, height }
    }
}

fn span(name: &'static str, received: Arrivals) -> Span {
    Span { name, alerts: grouped(received.alerts), incidents: grouped(received.incidents) }
}

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_their_thousands() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")]
        {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn a_bar_is_as_high_as_its_number_and_seen_if_there_is_one() {
        for (number, most, expected) in [
            (0, 0, (100, 0)),
            (0, 7, (100, 0)),
            (1, 1, (0, 100)),
            (1, 1_000_000, (98, 2)),
            (500_000, 1_000_000, (49, 51)),
        ] {
            let bar = Bar::of(3, number, most);
            assert_eq!((bar.top, bar.height), expected, "{number} of {most}");
        }
    }
}
