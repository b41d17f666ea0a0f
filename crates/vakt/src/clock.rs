//! The only place of the command that reads the clock.

use jiff::Timestamp;

/// The present.
#[expect(clippy::disallowed_methods, reason = "the front door through which time comes in")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
