//! Issuers' keys, remembered. However many tokens come, an issuer is asked by one request at a
//! time, seldom, and hardly more often when it fails or when tokens name keys it does not have.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use vakt_identity::IssuerFault;
use vakt_token::KeySet;

use super::address::Reach;
use super::discovery::Discovery;
use crate::clock::Clock;

/// After this long keys are asked for again; a key that an issuer has withdrawn is good here for
/// no longer.
const FRESH_MAX_SECONDS: i64 = 3600;
/// While an issuer does not answer, its last keys are good for this long: builds must not stop
/// because its pages are down for an hour.
const STALE_MAX_SECONDS: i64 = 24 * 3600;
/// An unknown key is worth another question if the last answer is this old.
const ASK_AGAIN_MIN_SECONDS: i64 = 60;
/// After a failure nothing is asked for this long.
const PAUSE_SECONDS: i64 = 10;
/// Issuers remembered; a few KiB each.
const ISSUERS_MAX: u64 = 500;
/// Issuers asked at once. The others wait, and their callers with them.
const QUESTIONS_AT_ONCE_MAX: usize = 8;
/// How long a caller waits until its question is asked; the question itself takes 8 seconds at most.
const WAIT_MAX_SECONDS: u64 = 8;

/// The memory, and whom to ask.
pub(super) struct IssuerCache {
    slots: Cache<String, Arc<Slot>>,
    questions: Arc<Semaphore>,
    discovery: Arc<Discovery>,
    clock: Clock,
}

/// What is known of one issuer.
#[derive(Default)]
struct Slot {
    known: RwLock<Known>,
    /// Held by the one who asks.
    turn: Arc<Mutex<()>>,
}

#[derive(Clone, Default)]
struct Known {
    keys: Option<Arc<KeySet>>,
    asked_at: Option<Timestamp>,
    answered_at: Option<Timestamp>,
}

impl IssuerCache {
    pub(super) fn new(discovery: Discovery, clock: Clock) -> Self {
        Self {
            slots: Cache::new(ISSUERS_MAX),
            questions: Arc::new(Semaphore::new(QUESTIONS_AT_ONCE_MAX)),
            discovery: Arc::new(discovery),
            clock,
        }
    }

    /// The keys of an issuer, with `kid` among them if it has it.
    pub(super) async fn keys(
        &self,
        issuer: &str,
        kid: &str,
        reach: Reach,
    ) -> Result<Arc<KeySet>, IssuerFault> {
        let slot = self.slots.get_with_by_ref(issuer, Arc::default);
        if let Some(answer) = slot.known().answer(kid, self.clock.now()) {
            return answer;
        }
        let limit = Duration::from_secs(WAIT_MAX_SECONDS);
        let waited = timeout(limit, self.turn(&slot)).await;
        let Ok(Some(turn)) = waited else {
            tracing::warn!(issuer, "an issuer was not asked: too many wait for theirs");
            return Err(IssuerFault::Unreachable);
        };
        // Whoever had the turn before may have brought the answer.
        if let Some(answer) = slot.known().answer(kid, self.clock.now()) {
            return answer;
        }
        // In a task of its own: a caller that leaves must not leave the question to the next one.
        let (discovery, clock, issuer) =
            (self.discovery.clone(), self.clock.clone(), issuer.to_owned());
        let question = tokio::spawn(async move {
            let _turn = turn;
            slot.ask(&discovery, &clock, &issuer, reach).await
        });
        question.await.unwrap_or(Err(IssuerFault::Unreachable))
    }

    async fn turn(&self, slot: &Slot) -> Option<(OwnedMutexGuard<()>, OwnedSemaphorePermit)> {
        let turn = slot.turn.clone().lock_owned().await;
        let place = self.questions.clone().acquire_owned().await.ok()?;
        Some((turn, place))
    }
}

impl Slot {
    async fn ask(
        &self,
        discovery: &Discovery,
        clock: &Clock,
        issuer: &str,
        reach: Reach,
    ) -> Result<Arc<KeySet>, IssuerFault> {
        let asked = discovery.keys(issuer, reach).await;
        let now = clock.now();
        let mut known = self.known();
        known.asked_at = Some(now);
        match asked {
            Ok(keys) => (known.keys, known.answered_at) = (Some(keys), Some(now)),
            Err(fault) => tracing::warn!(issuer, reason = %fault, "an issuer's keys were not had"),
        }
        let answer = known.settled(now);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        answer
    }

    fn known(&self) -> Known {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Known {
    /// The answer, if nobody has to be asked for it.
    fn answer(&self, kid: &str, now: Timestamp) -> Option<Result<Arc<KeySet>, IssuerFault>> {
        let has_kid = self.keys.as_ref().is_some_and(|keys| keys.knows(kid));
        let fresh = is_within(self.answered_at, now, FRESH_MAX_SECONDS);
        let answered_just_now = is_within(self.answered_at, now, ASK_AGAIN_MIN_SECONDS);
        let asked_just_now = is_within(self.asked_at, now, PAUSE_SECONDS);
        let settled = (fresh && has_kid) || answered_just_now || asked_just_now;
        settled.then(|| self.settled(now))
    }

    /// What can be said without asking.
    fn settled(&self, now: Timestamp) -> Result<Arc<KeySet>, IssuerFault> {
        let usable = is_within(self.answered_at, now, STALE_MAX_SECONDS);
        self.keys.clone().filter(|_| usable).ok_or(IssuerFault::Unreachable)
    }
}

/// Was it less than this long ago? A clock that went back makes everything old.
fn is_within(at: Option<Timestamp>, now: Timestamp, seconds: i64) -> bool {
    let limit = SignedDuration::from_secs(seconds);
    at.is_some_and(|at| at <= now && now.duration_since(at) < limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_asked_only_when_its_answer_could_be_new() {
        let keys = r#"{"keys":[{"kty":"RSA","kid":"k","e":"AQAB","n":"N"}]}"#;
        let keys = keys.replace('N', &format!("{}w", "_".repeat(341)));
        let keys = Some(Arc::new(KeySet::read_foreign(keys.as_bytes()).unwrap()));
        let at = |seconds: i64| Timestamp::from_second(1_000_000 + seconds).unwrap();
        let answered = Known { keys, asked_at: Some(at(0)), answered_at: Some(at(0)) };
        let failed_later = Known { asked_at: Some(at(4_000)), ..answered.clone() };
        let failed = Known { asked_at: Some(at(0)), ..Known::default() };
        for (name, known, kid, seconds, expected) in [
            ("nothing known", &Known::default(), "k", 0, None),
            ("known", &answered, "k", 3_599, Some(true)),
            ("no longer fresh", &answered, "k", 3_600, None),
            ("unknown key at once", &answered, "x", 59, Some(true)),
            ("unknown key later", &answered, "x", 60, None),
            ("just failed, keys kept", &failed_later, "k", 4_009, Some(true)),
            ("failed a while ago", &failed_later, "k", 4_010, None),
            ("just failed", &failed, "k", 9, Some(false)),
            ("may be asked again", &failed, "k", 10, None),
            ("clock went back", &answered, "k", -1, None),
        ] {
            let answer = known.answer(kid, at(seconds)).map(|answer| answer.is_ok());
            assert_eq!(answer, expected, "{name}");
        }
        assert!(answered.settled(at(86_399)).is_ok());
        assert!(answered.settled(at(86_400)).is_err(), "keys do not live for ever");
    }
}
