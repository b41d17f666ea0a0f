//! Time comes in through the front door.

use jiff::Timestamp;

/// Tells the present. Any `Fn() -> Timestamp` will do.
pub trait Clock: Send + Sync {
    /// The present.
    fn now(&self) -> Timestamp;
}

impl<F: Fn() -> Timestamp + Send + Sync> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}
