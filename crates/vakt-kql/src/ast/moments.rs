//! Dates and spans of time as literals write them.

use crate::syntax::units::ticks_of_unit;

const TICKS_PER_SECOND: i64 = 10_000_000;
const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Ticks of 100 ns of a timespan: `1.5h`, `2` (days), `1.02:03:04.5`, `-00:30`.
pub fn timespan_ticks(text: &str) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let ticks = if text.contains(':') { clock_ticks(text)? } else { unit_ticks(text)? };
    Some(if negative { -ticks } else { ticks })
}

/// A number with a unit; a lonely one counts days.
fn unit_ticks(text: &str) -> Option<i64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = ticks_of_unit(if unit.is_empty() { "d" } else { unit.trim_start() })?;
    if let Ok(whole) = number.parse::<i64>() {
        return whole.checked_mul(unit.ticks).map(|ticks| ticks / unit.per);
    }
    let ticks = number.parse::<f64>().ok()? * unit.ticks as f64 / unit.per as f64;
    (ticks.abs() < i64::MAX as f64).then(|| ticks.round() as i64)
}

/// `[d.]hh:mm[:ss[.fffffff]]`.
fn clock_ticks(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (first, minutes) = (parts.next()?, parts.next()?);
    let seconds = parts.next().unwrap_or("0");
    if parts.next().is_some() {
        return None;
    }
    let (days, hours) = first.split_once('.').unwrap_or(("0", first));
    let (days, hours, minutes) = (number(days, 8)?, number(hours, 2)?, number(minutes, 2)?);
    let second = seconds_ticks(seconds)?;
    if hours > 23 || minutes > 59 || second >= TICKS_PER_MINUTE {
        return None;
    }
    let day = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE + second;
    days.checked_mul(TICKS_PER_DAY)?.checked_add(day)
}

/// `ss[.f…]`; more than seven digits of a fraction are cut.
fn seconds_ticks(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let mut ticks = number(whole, 2)? * TICKS_PER_SECOND;
    let mut unit = TICKS_PER_SECOND / 10;
    for digit in fraction.bytes().take(7) {
        ticks += i64::from(digit - b'0') * unit;
        unit /= 10;
    }
    Some(ticks)
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= digits;
    (plain && text.bytes().all(|digit| digit.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Ticks of 100 ns since the year 1 of a datetime: ISO 8601 with any precision from the month on, or
/// with the month in letters (`8 Nov 2022 15:05:02 GMT`). Without an offset it is UTC.
pub fn datetime_ticks(text: &str) -> Option<i64> {
    let text = text.trim();
    iso_ticks(text).or_else(|| worded_ticks(text))
}

fn iso_ticks(text: &str) -> Option<i64> {
    let split = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, clock) = text.split_at(split);
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(|year| number(year, 4))?;
    let month = parts.next().map_or(Some(1), |month| number(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| number(day, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let clock = clock.get(1..).unwrap_or_default().trim();
    days_ticks(year, month, day)?.checked_add(time_ticks(clock)?).filter(|ticks| *ticks >= 0)
}

/// `hh:mm[:ss[.f]][Z|±hh:mm| GMT]`, or nothing.
fn time_ticks(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let end =
        text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (clock, zone) = text.split_at(end);
    let mut parts = clock.split(':');
    let hours = number(parts.next()?, 2)?;
    let minutes = parts.next().map_or(Some(0), |minutes| number(minutes, 2))?;
    let seconds = parts.next().map_or(Some(0), seconds_ticks)?;
    if hours > 23 || minutes > 59 || seconds >= TICKS_PER_MINUTE || parts.next().is_some() {
        return None;
    }
    let ticks = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE + seconds;
    let zone = zone.trim();
    if zone.is_empty() || matches!(zone, "Z" | "z" | "GMT" | "UTC") {
        return Some(ticks);
    }
    let (sign, offset) = match (zone.strip_prefix('+'), zone.strip_prefix('-')) {
        (Some(offset), _) => (1, offset),
        (_, Some(offset)) => (-1, offset),
        _ => return None,
    };
    let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "0"));
    let offset = number(hours, 2)? * TICKS_PER_HOUR + number(minutes, 2)? * TICKS_PER_MINUTE;
    Some(ticks - sign * offset)
}

/// `[Day,] dd Mon yy[yy] [time]`, parted by blanks or dashes.
fn worded_ticks(text: &str) -> Option<i64> {
    let text = text.split_once(',').map_or(text, |(_, rest)| rest).trim();
    let mut parts = text.splitn(3, [' ', '-']);
    let day = number(parts.next()?, 2)?;
    let word = parts.next()?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == word)? + 1;
    let rest = parts.next()?;
    let (year, clock) = rest.split_once(' ').unwrap_or((rest, ""));
    let year = match (year.len(), number(year, 4)?) {
        (2, short) if short < 50 => 2000 + short,
        (2, short) => 1900 + short,
        (_, year) => year,
    };
    days_ticks(year, i64::try_from(month).ok()?, day)?.checked_add(time_ticks(clock.trim())?)
}

/// Ticks of the days before a date of the Gregorian calendar.
fn days_ticks(year: i64, month: i64, day: i64) -> Option<i64> {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let index = usize::try_from(month).ok()?.checked_sub(1)?;
    let length = LENGTHS.get(index)? + i64::from(leap && month == 2);
    if !(1..=9999).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    let months: i64 = LENGTHS.iter().take(index).sum::<i64>() + i64::from(leap && month > 2);
    Some((years + months + day - 1) * TICKS_PER_DAY)
}
