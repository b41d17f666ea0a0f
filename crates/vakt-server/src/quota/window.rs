//! A window of time in which calls are counted: it begins with a call, and the first call after its
//! end begins the next one.

use jiff::Timestamp;

/// A window, and what may happen in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ceiling {
    pub window_seconds: u32,
    /// `None`: calls are counted and none is refused.
    pub calls_max: Option<u32>,
}

/// What has happened in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Window {
    /// Milliseconds since 1970.
    begun_at: i64,
    calls: u32,
}

impl Window {
    /// The window at this moment: a new one if this one is over, or the clock was set back.
    pub(super) fn at(self, ceiling: Ceiling, now: Timestamp) -> Self {
        let now = now.as_millisecond();
        let is_over = now < self.begun_at || now >= self.ends_at(ceiling);
        if is_over || self.calls == 0 { Self { begun_at: now, calls: 0 } } else { self }
    }

    pub(super) fn calls(self) -> u32 {
        self.calls
    }

    pub(super) fn count(&mut self) {
        self.calls = self.calls.saturating_add(1);
    }

    /// Is there no place for one more call?
    pub(super) fn is_full(self, ceiling: Ceiling) -> bool {
        ceiling.calls_max.is_some_and(|calls_max| self.calls >= calls_max)
    }

    /// How long the window still lasts, in whole seconds, at least one.
    pub(super) fn remaining_seconds(self, ceiling: Ceiling, now: Timestamp) -> u32 {
        let left = self.ends_at(ceiling) - now.as_millisecond();
        let seconds = left.max(1).unsigned_abs().div_ceil(1_000);
        u32::try_from(seconds).unwrap_or(u32::MAX)
    }

    fn ends_at(self, ceiling: Ceiling) -> i64 {
        self.begun_at + i64::from(ceiling.window_seconds) * 1_000
    }
}
