//! The only reader of the wall clock.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// A source of the present; tests bring their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// Any function of one's own.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present, in whole ticks.
    pub fn now(&self) -> Timestamp {
        whole_ticks((self.0)())
    }
}

/// Cuts an instant to ticks of 100 ns: the store and Microsoft's wire know nothing finer, and some
/// parsers take no more digits.
pub(crate) fn whole_ticks(time: Timestamp) -> Timestamp {
    let nanoseconds = time.as_nanosecond();
    Timestamp::from_nanosecond(nanoseconds - nanoseconds.rem_euclid(100)).unwrap_or(time)
}
