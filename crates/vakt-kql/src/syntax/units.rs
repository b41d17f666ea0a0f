//! The units of timespans.

/// Ticks of 100 ns in one of a unit; nanoseconds are less than one, so they are given in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitTicks {
    /// Ticks.
    pub ticks: i64,
    /// Divided by this: 100 for nanoseconds, otherwise 1.
    pub per: i64,
}

/// The length of a unit by any spelling KQL takes: `d`, `hours`, `ms`, `tick`.
pub fn ticks_of_unit(unit: &str) -> Option<UnitTicks> {
    let ticks = match unit {
        "d" | "day" | "days" => 864_000_000_000,
        "h" | "hr" | "hrs" | "hour" | "hours" => 36_000_000_000,
        "m" | "min" | "minute" | "minutes" => 600_000_000,
        "s" | "sec" | "second" | "seconds" => 10_000_000,
        "ms" | "milli" | "millis" | "millisec" | "millisecond" | "milliseconds" => 10_000,
        "micro" | "micros" | "microsec" | "microsecond" | "microseconds" => 10,
        "nano" | "nanos" | "nanosec" | "nanosecond" | "nanoseconds" => {
            return Some(UnitTicks { ticks: 1, per: 100 });
        }
        "tick" | "ticks" => 1,
        _ => return None,
    };
    Some(UnitTicks { ticks, per: 1 })
}
