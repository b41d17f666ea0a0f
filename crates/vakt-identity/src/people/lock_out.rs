//! How long an account rests after failed sign-ins: some tries are free, then each failure doubles
//! the wait, up to a limit. Never for good, or anybody could lock everybody out.

use jiff::{SignedDuration, Timestamp};

use super::person::Person;

/// Failures that cost no wait: people mistype.
pub const FREE_FAILURES_MAX: u32 = 5;
/// The first wait.
const FIRST_WAIT_SECONDS: i64 = 30;
/// The longest wait. It leaves a guesser about a hundred tries a day, and an owner who is being
/// guessed at a way in.
pub const LONGEST_WAIT_SECONDS: i64 = 15 * 60;

/// Until when sign-ins are refused; `None` if they are not.
pub fn rests_until(
    failures: u32,
    last_failure_at: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let doublings = failures.checked_sub(FREE_FAILURES_MAX)?;
    let wait = FIRST_WAIT_SECONDS.checked_shl(doublings.min(16)).unwrap_or(i64::MAX);
    let wait = SignedDuration::from_secs(wait.min(LONGEST_WAIT_SECONDS));
    let until = last_failure_at?.saturating_add(wait).unwrap_or(Timestamp::MAX);
    (now < until).then_some(until)
}

impl Person {
    /// Until when sign-ins of this person are refused; `None` if they are not.
    pub fn rests_until(&self, now: Timestamp) -> Option<Timestamp> {
        rests_until(self.failures, self.last_failure_at, now)
    }

    /// Notes a failed sign-in.
    pub fn note_failure(&mut self, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        self.last_failure_at = Some(now);
    }

    /// Forgets failed sign-ins.
    pub fn forget_failures(&mut self) {
        self.failures = 0;
        self.last_failure_at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_after_the_free_failures_up_to_a_limit() {
        let last = Timestamp::UNIX_EPOCH;
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        for (failures, wait) in [
            (0, None),
            (4, None),
            (5, Some(30)),
            (6, Some(60)),
            (7, Some(120)),
            (9, Some(480)),
            (10, Some(900)),
            (11, Some(900)),
            (u32::MAX, Some(900)),
        ] {
            let found = rests_until(failures, Some(last), last);
            assert_eq!(found, wait.map(at), "for {failures} failures");
            if let Some(wait) = wait {
                assert!(rests_until(failures, Some(last), at(wait - 1)).is_some());
                assert_eq!(rests_until(failures, Some(last), at(wait)), None);
            }
        }
        assert_eq!(rests_until(9, None, last), None);
    }
}
