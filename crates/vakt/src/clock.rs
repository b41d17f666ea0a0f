//! The only place of the command that reads the clock.

use jiff::Timestamp;

/// The present, in whole milliseconds: nothing here is finer, and no reader wants more digits.
#[expect(clippy::disallowed_methods, reason = "the front door through which time comes in")]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}
