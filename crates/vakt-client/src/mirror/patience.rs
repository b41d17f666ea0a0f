//! How long to wait after a failed call, and when not to try again. Chance comes from the caller:
//! many mirrors that were refused together should not come back together.

use std::time::Duration;

use crate::error::{ClientError, ErrorKind};

/// Longest pause of our own.
const BACKOFF_MAX_SECONDS: u64 = 60;
/// Longest pause that a server may ask for: the longest window of Microsoft's quotas.
const ASKED_MAX_SECONDS: u64 = 3_600;
/// Further wait after what a server asked for, at most; in parts of a thousand of it.
const ASKED_SPREAD_PER_MILLE: u64 = 100;
/// Refusals for too many calls, one after another, after which something else must be wrong.
const THROTTLED_IN_A_ROW_MAX: u32 = 100;

/// What was tried of one call.
#[derive(Debug)]
pub(super) struct Patience {
    tries_max: u32,
    failures: u32,
    throttled: u32,
    has_new_token: bool,
}

/// What to do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Wait, then try again.
    Wait(Duration),
    /// Try again at once, with a new token.
    NewToken,
    /// It will not get better.
    GiveUp,
}

impl Patience {
    /// For a call that may fail `tries_max` times.
    pub(super) fn new(tries_max: u32) -> Self {
        Self { tries_max, failures: 0, throttled: 0, has_new_token: false }
    }

    /// How often the server or the way to it failed.
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    /// Judges the next failure; `chance` is any number, each as likely.
    pub(super) fn judge(&mut self, error: &ClientError, chance: u64) -> Verdict {
        match error.kind() {
            ErrorKind::Unauthorized if !self.has_new_token => {
                self.has_new_token = true;
                Verdict::NewToken
            }
            ErrorKind::Throttled => {
                self.throttled += 1;
                let asked = error.retry_after_seconds();
                let again = self.throttled <= THROTTLED_IN_A_ROW_MAX;
                give_up_unless(again, pause(asked, self.throttled, chance))
            }
            _ if is_passing(error) => {
                self.failures += 1;
                let again = self.failures < self.tries_max;
                give_up_unless(again, pause(error.retry_after_seconds(), self.failures, chance))
            }
            _ => Verdict::GiveUp,
        }
    }
}

/// May the same call succeed later, with nobody doing anything about it?
pub(super) fn is_passing(error: &ClientError) -> bool {
    match error.kind() {
        ErrorKind::Connection
        | ErrorKind::Server
        | ErrorKind::Throttled
        | ErrorKind::UnexpectedAnswer => true,
        // Not the API's refusal, which has a code, but that of something in front of it.
        ErrorKind::Forbidden => error.code().is_none(),
        ErrorKind::Configuration
        | ErrorKind::TokenRefused
        | ErrorKind::Unauthorized
        | ErrorKind::NotFound
        | ErrorKind::Ambiguous
        | ErrorKind::Refused => false,
    }
}

fn give_up_unless(again: bool, pause: Duration) -> Verdict {
    if again { Verdict::Wait(pause) } else { Verdict::GiveUp }
}

/// What the server asked for and a little more; or 1, 2, 4 … seconds, and of that half to all.
fn pause(asked: Option<u64>, times: u32, chance: u64) -> Duration {
    if let Some(seconds) = asked {
        let milliseconds = seconds.min(ASKED_MAX_SECONDS) * 1_000;
        let spread = milliseconds * ASKED_SPREAD_PER_MILLE / 1_000;
        return Duration::from_millis(milliseconds + chance % (spread + 1));
    }
    let doublings = times.saturating_sub(1).min(BACKOFF_MAX_SECONDS.ilog2() + 1);
    let milliseconds = (1_u64 << doublings).min(BACKOFF_MAX_SECONDS) * 1_000;
    Duration::from_millis(milliseconds / 2 + chance % (milliseconds / 2 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: ErrorKind) -> ClientError {
        ClientError::new(kind, "x")
    }

    #[test]
    fn failures_are_judged_by_their_sort() {
        let seconds = |seconds| Verdict::Wait(Duration::from_secs(seconds));
        let half = Verdict::Wait(Duration::from_millis(500));
        let asked = error(ErrorKind::Throttled).with_retry_after(Some(7));
        let page = || error(ErrorKind::Forbidden);
        for (failures, expected) in [
            (vec![error(ErrorKind::Server), error(ErrorKind::Server)], vec![half, seconds(1)]),
            (vec![asked], vec![seconds(7)]),
            (
                vec![error(ErrorKind::Unauthorized), error(ErrorKind::Unauthorized)],
                vec![Verdict::NewToken, Verdict::GiveUp],
            ),
            (vec![page()], vec![half]),
            (vec![page().with_code("Forbidden")], vec![Verdict::GiveUp]),
            (vec![error(ErrorKind::TokenRefused)], vec![Verdict::GiveUp]),
            (vec![error(ErrorKind::Refused)], vec![Verdict::GiveUp]),
        ] {
            let mut patience = Patience::new(9);
            let judged: Vec<_> = failures.iter().map(|error| patience.judge(error, 0)).collect();
            assert_eq!(judged, expected, "{failures:?}");
        }
    }

    #[test]
    fn failures_are_counted_and_throttling_is_not_one() {
        let mut patience = Patience::new(3);
        let judged = [ErrorKind::Connection, ErrorKind::Throttled, ErrorKind::Server]
            .map(|kind| patience.judge(&error(kind), 0) == Verdict::GiveUp);
        assert_eq!(judged, [false; 3]);
        assert_eq!(patience.judge(&error(ErrorKind::Server), 0), Verdict::GiveUp);
        assert_eq!(patience.failures(), 3);
        let mut patience = Patience::new(1);
        let throttled = || error(ErrorKind::Throttled);
        let waits = (0..THROTTLED_IN_A_ROW_MAX + 9)
            .take_while(|_| patience.judge(&throttled(), 0) != Verdict::GiveUp);
        assert_eq!(waits.count(), 100);
    }

    #[test]
    fn pauses_grow_to_a_limit_and_differ_by_chance() {
        let milliseconds = |asked, times, chance| pause(asked, times, chance).as_millis();
        for (asked, times, shortest, longest) in [
            (None, 1, 500, 1_000),
            (None, 3, 2_000, 4_000),
            (None, 6, 16_000, 32_000),
            (None, 7, 30_000, 60_000),
            (None, u32::MAX, 30_000, 60_000),
            (Some(0), 1, 0, 0),
            (Some(30), 9, 30_000, 33_000),
            (Some(u64::MAX), 1, 3_600_000, 3_960_000),
        ] {
            let all = (0..400_000).step_by(99).map(|chance| milliseconds(asked, times, chance));
            let (least, most) = all.fold((u128::MAX, 0), |(a, b), x| (a.min(x), b.max(x)));
            assert!(least >= shortest && most <= longest, "{asked:?} {times}: {least} {most}");
            assert_eq!(milliseconds(asked, times, 0), shortest);
        }
    }
}
