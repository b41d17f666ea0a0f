//! A browser in which a person has signed in.

use aws_lc_rs::digest::{Context, SHA256};
use jiff::{SignedDuration, Timestamp};
use vakt_ids::{ObjectId, TenantId};

use super::person::Person;

/// A session ends after so long without a request: an unattended browser.
pub const SESSION_IDLE_MAX_MINUTES: i64 = 30;
/// A session ends after so long in any case: a working day.
pub const SESSION_MAX_HOURS: i64 = 8;
/// How long the second step of a sign-in may take.
pub const STEP_MAX_MINUTES: i64 = 10;
/// How old a sign-in may be when something is granted or an account changed; then the password is
/// asked for again.
pub const FRESH_MAX_MINUTES: i64 = 10;
/// How often the last use is written down; each time costs a commit.
const SEEN_EVERY_SECONDS: i64 = 60;

/// A session. The cookie's value is known to the browser only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of what it is good for and of the cookie's value.
    pub hash: [u8; 32],
    /// The person's tenant.
    pub tenant: TenantId,
    /// The person.
    pub person: ObjectId,
    /// When the password was last given.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
}

/// What a session is good for. It goes into the hash, so that the cookie of a half-done sign-in is
/// never found where a whole one is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// Everything: the person has signed in.
    SignedIn,
    /// The password was right; the code is still to come.
    AwaitsCode,
    /// Password and code were right; a password of one's own is still to be chosen.
    AwaitsPassword,
}

impl Session {
    /// A session that begins now.
    pub fn begin(kind: SessionKind, cookie: &[u8; 32], person: &Person, now: Timestamp) -> Self {
        let lifetime = match kind {
            SessionKind::SignedIn => SignedDuration::from_hours(SESSION_MAX_HOURS),
            SessionKind::AwaitsCode | SessionKind::AwaitsPassword => {
                SignedDuration::from_mins(STEP_MAX_MINUTES)
            }
        };
        Self {
            hash: Self::hash_of(kind, cookie),
            tenant: person.tenant,
            person: person.object_id,
            signed_in_at: now,
            seen_at: now,
            expires_at: later(now, lifetime),
        }
    }

    /// Under which hash a session of this kind and cookie is kept.
    pub fn hash_of(kind: SessionKind, cookie: &[u8; 32]) -> [u8; 32] {
        let label: &[u8] = match kind {
            SessionKind::SignedIn => b"vakt session: signed in",
            SessionKind::AwaitsCode => b"vakt session: awaits code",
            SessionKind::AwaitsPassword => b"vakt session: awaits password",
        };
        let mut context = Context::new(&SHA256);
        context.update(label);
        context.update(cookie);
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        hash
    }

    /// Does it still count for that person? A new password ends the sessions of the old one.
    pub fn is_live(&self, person: &Person, now: Timestamp) -> bool {
        let idle = SignedDuration::from_mins(SESSION_IDLE_MAX_MINUTES);
        now < self.expires_at
            && now < later(self.seen_at, idle)
            && self.signed_in_at >= person.password_set_at
            && person.is_enabled
    }

    /// Was the password given a moment ago?
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now < later(self.signed_in_at, SignedDuration::from_mins(FRESH_MAX_MINUTES))
    }

    /// Is it time to write down that it is in use?
    pub(crate) fn should_note_use(&self, now: Timestamp) -> bool {
        now >= later(self.seen_at, SignedDuration::from_secs(SEEN_EVERY_SECONDS))
    }
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use vakt_ids::{ObjectId, TenantId};

    use super::*;
    use crate::people::{PersonRole, StoredPassword};

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap()
    }

    fn person() -> Person {
        Person {
            tenant: TenantId::from_u128(1),
            object_id: ObjectId::from_u128(2),
            user_name: "ada@contoso.com".into(),
            display_name: "Ada".into(),
            role: PersonRole::Reader,
            is_enabled: true,
            password: StoredPassword::nobodys(),
            must_change_password: false,
            totp: None,
            totp_last_step: None,
            failures: 0,
            last_failure_at: None,
            created_at: at(0),
            password_set_at: at(0),
        }
    }

    #[test]
    fn sessions_end_when_idle_at_their_limit_and_with_the_password() {
        let person = person();
        let begun = Session::begin(SessionKind::SignedIn, &[1; 32], &person, at(0));
        let seen = |minutes| Session { seen_at: at(minutes), ..begun.clone() };
        for (session, minutes, live) in [
            (seen(0), 29, true),
            (seen(0), 30, false),
            (seen(460), 479, true),
            (seen(460), 480, false),
            (Session::begin(SessionKind::AwaitsCode, &[1; 32], &person, at(0)), 9, true),
            (Session::begin(SessionKind::AwaitsCode, &[1; 32], &person, at(0)), 10, false),
        ] {
            assert_eq!(session.is_live(&person, at(minutes)), live, "{session:?} at {minutes}");
        }
        let disabled = Person { is_enabled: false, ..person.clone() };
        let renewed = Person { password_set_at: at(1), ..person };
        assert!(!begun.is_live(&disabled, at(2)) && !begun.is_live(&renewed, at(2)));
        assert!(begun.is_fresh(at(9)) && !begun.is_fresh(at(10)));
    }

    #[test]
    fn a_cookie_is_good_for_one_kind_of_session() {
        let of = |kind| Session::hash_of(kind, &[1; 32]);
        assert_ne!(of(SessionKind::SignedIn), of(SessionKind::AwaitsCode));
        assert_ne!(of(SessionKind::SignedIn), of(SessionKind::AwaitsPassword));
        assert_ne!(of(SessionKind::AwaitsCode), of(SessionKind::AwaitsPassword));
        assert_ne!(of(SessionKind::SignedIn), Session::hash_of(SessionKind::SignedIn, &[2; 32]));
    }
}
