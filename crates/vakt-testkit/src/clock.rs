//! A clock that stands still until a test moves it.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use vakt_server::Clock;

/// When every test begins, in seconds since 1970: 2026-03-01T12:00:00Z.
const BEGINNING_SECONDS: i64 = 1_772_366_400;

/// A settable clock; clones show the same time.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<Timestamp>>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Self::beginning())))
    }
}

impl TestClock {
    /// When every test begins.
    pub fn beginning() -> Timestamp {
        Timestamp::from_second(BEGINNING_SECONDS).unwrap()
    }

    /// The time it shows.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    /// Moves it; backwards with a negative duration.
    pub fn advance(&self, by: SignedDuration) {
        let mut shown = self.0.lock().unwrap();
        *shown = shown.checked_add(by).unwrap();
    }

    /// The same clock as the server takes it.
    pub fn for_server(&self) -> Clock {
        let clock = self.clone();
        Clock::from_fn(move || clock.now())
    }
}
