//! Limits on failed credentials. Only failures are counted, and only failures are slowed down: a
//! right credential is never refused because of somebody's mistakes, since it is verified first,
//! which is cheap, and since the secrets made here cannot be guessed. What the limits protect is
//! the log, the audit trail and the machine's time; and they tell a client that repeats one mistake
//! for ever to wait.
//!
//! People's passwords can be guessed and cost time to verify: for them an attempt is counted before
//! it is looked at ([`Throttle::try_password`]), and taken off again when it was right.

mod meter;
mod source;

use jiff::Timestamp;
use vakt_ids::AppId;

use meter::{Limit, Meter};
pub(crate) use source::Source;

/// Failures of one client from one address. Twenty at once are a person with a wrong secret, or a
/// service whose replicas start together; after that one every three seconds still shows a mended
/// configuration soon, and keeps `Retry-After` small, which some client libraries obey for the
/// client even when its secret has been put right meanwhile.
const OF_CLIENT: Limit = Limit { at_once: 20, interval_milliseconds: 3_000 };
/// Failures from one address, whichever clients: a whole company may share it.
const OF_SOURCE: Limit = Limit { at_once: 200, interval_milliseconds: 250 };
/// Passwords tried from one address: a few people who mistype, and no dictionary.
const PASSWORDS: Limit = Limit { at_once: 30, interval_milliseconds: 10_000 };

/// Refusals of one address that are recorded one by one.
const RECORDED_OF_SOURCE: Limit = Limit { at_once: 300, interval_milliseconds: 200 };
/// Refusals of everybody that are recorded one by one: 4.3 million lines a day at most.
const RECORDED_OF_ALL: Limit = Limit { at_once: 10_000, interval_milliseconds: 20 };

/// Counts failures, in memory: a restart forgets them, and each server counts its own.
pub(crate) struct Throttle {
    clients: Meter<(Source, AppId)>,
    sources: Meter<Source>,
    passwords: Meter<Source>,
    recorded: Meter<Source>,
    all_recorded: Meter<()>,
}

/// There were too many failures; the caller should wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany {
    /// How long, in whole seconds, at least one.
    pub retry_after_seconds: u32,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self {
            clients: Meter::new(OF_CLIENT),
            sources: Meter::new(OF_SOURCE),
            passwords: Meter::new(PASSWORDS),
            recorded: Meter::new(RECORDED_OF_SOURCE),
            all_recorded: Meter::new(RECORDED_OF_ALL),
        }
    }

    /// Counts a client's failed credential. The first ones are the caller's to hear about; an error
    /// means that the failure is one too many, and is what should be answered in its place.
    pub(crate) fn credential_failed(
        &self,
        source: Source,
        client: AppId,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        // Both are counted: a flood under one client's id must not leave its address unmarked.
        let of_client = self.clients.count((source, client), now);
        let of_source = self.sources.count(source, now);
        of_client.and(of_source)
    }

    /// Is a refusal recorded by itself? Beyond the limit refusals are only counted.
    pub(crate) fn may_record_refusal(&self, source: Source, now: Timestamp) -> bool {
        self.recorded.count(source, now).is_ok() && self.all_recorded.count((), now).is_ok()
    }

    /// Counts an attempt with a password before it is looked at. An error means that nothing should
    /// be looked at, and no time spent.
    pub(crate) fn try_password(&self, source: Source, now: Timestamp) -> Result<(), TooMany> {
        self.passwords.count(source, now)
    }

    /// The password was right: the attempt does not count.
    pub(crate) fn password_was_right(&self, source: Source, now: Timestamp) {
        self.passwords.give_back(source, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn source(text: &str) -> Source {
        Source::from(text.parse().ok())
    }

    fn fail(throttle: &Throttle, from: &str, client: u128, times: u32) -> u32 {
        let one = |_: &u32| {
            throttle.credential_failed(source(from), AppId::from_u128(client), NOW).is_ok()
        };
        u32::try_from((0..times).filter(one).count()).unwrap()
    }

    #[test]
    fn one_client_at_one_address_is_slowed_down_alone() {
        let throttle = Throttle::new();
        assert_eq!(fail(&throttle, "192.0.2.1", 1, 50), OF_CLIENT.at_once);
        assert_eq!(fail(&throttle, "192.0.2.1", 2, 1), 1, "another client at the address");
        assert_eq!(fail(&throttle, "192.0.2.2", 1, 1), 1, "the client at another address");
    }

    #[test]
    fn an_address_is_slowed_down_whichever_clients_it_names() {
        let throttle = Throttle::new();
        let told: u32 = (0..500).map(|client| fail(&throttle, "192.0.2.1", client, 1)).sum();
        assert_eq!(told, OF_SOURCE.at_once);
        assert_eq!(fail(&throttle, "192.0.2.2", 1, 1), 1);
    }

    #[test]
    fn right_passwords_cost_nothing_and_wrong_ones_run_out() {
        let throttle = Throttle::new();
        let here = source("2001:db8::1");
        for _ in 0..100 {
            throttle.try_password(here, NOW).unwrap();
            throttle.password_was_right(here, NOW);
        }
        let tried = (0..100).filter(|_| throttle.try_password(here, NOW).is_ok()).count();
        assert_eq!(tried, PASSWORDS.at_once as usize);
        let wait = TooMany { retry_after_seconds: 10 };
        assert_eq!(throttle.try_password(source("2001:db8::2"), NOW), Err(wait), "a neighbour");
    }
}
