//! A limit on how often something may happen, per key: so many at once, then one per interval.
//! One instant per key is all that is kept: when the key's allowance will be whole again.

use std::hash::Hash;
use std::time::Duration;

use jiff::Timestamp;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use super::TooMany;

/// Most keys remembered, about 100 bytes each. When there are more, those that were seen longest
/// ago are forgotten: a flood from very many addresses is then counted less exactly, and memory
/// stays bounded.
const KEYS_MAX: u64 = 65_536;

/// So many at once, then one per interval.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub at_once: u32,
    pub interval_milliseconds: i64,
}

impl Limit {
    /// How long an allowance that was used up takes to be whole again.
    fn whole_after_milliseconds(self) -> i64 {
        i64::from(self.at_once) * self.interval_milliseconds
    }
}

/// Counts by key.
pub(super) struct Meter<K> {
    limit: Limit,
    /// When each key's allowance will be whole again, in milliseconds since 1970.
    whole_at: Cache<K, i64>,
}

impl<K: Hash + Eq + Copy + Send + Sync + 'static> Meter<K> {
    pub(super) fn new(limit: Limit) -> Self {
        let idle = u64::try_from(limit.whole_after_milliseconds()).unwrap_or(u64::MAX);
        let whole_at = Cache::builder()
            .max_capacity(KEYS_MAX)
            .eviction_policy(EvictionPolicy::lru())
            .time_to_idle(Duration::from_millis(idle))
            .build();
        Self { limit, whole_at }
    }

    /// Counts one. What is over the limit does not lengthen the wait.
    pub(super) fn count(&self, key: K, now: Timestamp) -> Result<(), TooMany> {
        let now = now.as_millisecond();
        let mut wait_milliseconds = 0;
        self.whole_at.entry(key).and_upsert_with(|kept| {
            let whole_at = self.sane(kept.map(moka::Entry::into_value), now);
            let next = whole_at + self.limit.interval_milliseconds;
            wait_milliseconds = (next - now - self.limit.whole_after_milliseconds()).max(0);
            if wait_milliseconds == 0 { next } else { whole_at }
        });
        match u32::try_from(wait_milliseconds.unsigned_abs().div_ceil(1000)) {
            Ok(0) => Ok(()),
            seconds => Err(TooMany { retry_after_seconds: seconds.unwrap_or(u32::MAX) }),
        }
    }

    /// Takes one off again.
    pub(super) fn give_back(&self, key: K, now: Timestamp) {
        let now = now.as_millisecond();
        self.whole_at.entry(key).and_upsert_with(|kept| {
            let whole_at = self.sane(kept.map(moka::Entry::into_value), now);
            (whole_at - self.limit.interval_milliseconds).max(now)
        });
    }

    /// Between now and the longest wait there is, even if the clock was set back.
    fn sane(&self, whole_at: Option<i64>, now: i64) -> i64 {
        whole_at.unwrap_or(now).clamp(now, now + self.limit.whole_after_milliseconds())
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    const THREE: Limit = Limit { at_once: 3, interval_milliseconds: 2_000 };

    #[test]
    fn so_many_at_once_then_one_per_interval() {
        let meter = Meter::new(THREE);
        let at = |milliseconds| {
            Timestamp::UNIX_EPOCH.saturating_add(SignedDuration::from_millis(milliseconds)).unwrap()
        };
        for (milliseconds, wait_seconds) in [
            (0, None),
            (0, None),
            (0, None),
            (0, Some(2)),
            (1, Some(2)),
            (1_500, Some(1)),
            (2_000, None),
            (2_000, Some(2)),
            (60_000, None),
            (60_000, None),
            (60_000, None),
            (60_000, Some(2)),
            // The clock was set back: nobody waits longer than for a used-up allowance.
            (-3_600_000, Some(2)),
            (-3_598_000, None),
        ] {
            let counted = meter.count("key", at(milliseconds));
            let expected = wait_seconds.map(|seconds| TooMany { retry_after_seconds: seconds });
            assert_eq!(counted.err(), expected, "at {milliseconds} ms");
        }
    }
}
