//! When each signing key is published, signs, and may go: plain functions over the stored keys and
//! the present. A key is published before it signs, so that validators that keep key documents for
//! a day know it when the first token comes; and it stays published after it signed, until the last
//! of its tokens has expired in the eyes of the slowest validator.

use jiff::{SignedDuration, Timestamp};

use crate::error::IdentityError;
use crate::signing_key::StoredSigningKey;

/// How long a new key is published before it signs, if nothing else is asked for: key documents
/// may be kept for a day.
pub const KEY_PUBLISHED_FIRST_HOURS: i64 = 24;
/// How long a key stays published after it signed its last token: that token's hour, the tolerance
/// for clocks, and a day, after which every validator has seen that the key is gone.
pub const KEY_OVERLAP_HOURS: i64 = 26;
/// Most published keys: each makes the key documents longer, and some validators try them all.
pub const PUBLISHED_KEYS_MAX: usize = 8;

/// What a key does at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Published, and will sign.
    Waiting,
    /// Signs.
    Signing,
    /// Signs no longer; published for the tokens it signed.
    Resting,
    /// No longer published; its private half is destroyed.
    Retired,
}

impl KeyState {
    /// The word it is shown as.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Signing => "signing",
            Self::Resting => "resting",
            Self::Retired => "retired",
        }
    }
}

/// A key and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyStatus {
    /// Key id.
    pub kid: String,
    /// What it does now.
    pub state: KeyState,
    /// Published from then on.
    pub created_at: Timestamp,
    /// Signs from then on.
    pub signs_from: Timestamp,
    /// A younger key takes over then.
    pub signs_until: Option<Timestamp>,
    /// It may be retired then without harm to any token.
    pub needed_until: Option<Timestamp>,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
}

impl KeyStatus {
    /// Has the last of its tokens expired for everybody?
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.state == KeyState::Resting && self.needed_until.is_some_and(|until| until <= now)
    }
}

/// How a key is retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retirement {
    /// Only if no token needs it any more.
    WhenOver,
    /// Now, and the tokens it signed with it: for a key that others may know.
    AtOnce,
}

/// Every key and what it does, the youngest first.
pub fn key_schedule(stored: &[StoredSigningKey], now: Timestamp) -> Vec<KeyStatus> {
    let mut keys: Vec<&StoredSigningKey> = stored.iter().collect();
    keys.sort_by_key(|key| std::cmp::Reverse((key.signs_from, key.created_at)));
    let signing = signing_kid(&keys, now);
    let mut next: Option<Timestamp> = None;
    let mut statuses = Vec::with_capacity(keys.len());
    for key in keys {
        let is_retired = key.retired_at.is_some();
        let signs_until = if is_retired { None } else { next };
        let state = match () {
            () if is_retired => KeyState::Retired,
            () if Some(key.kid.as_str()) == signing => KeyState::Signing,
            () if key.signs_from > now => KeyState::Waiting,
            () => KeyState::Resting,
        };
        statuses.push(KeyStatus {
            kid: key.kid.clone(),
            state,
            created_at: key.created_at,
            signs_from: key.signs_from,
            signs_until,
            needed_until: signs_until.map(|until| later(until, KEY_OVERLAP_HOURS)),
            retired_at: key.retired_at,
        });
        if !is_retired {
            next = Some(key.signs_from);
        }
    }
    statuses
}

/// The youngest published key whose time has come. A server whose clock is behind that of the one
/// that made the first key signs with it all the same.
fn signing_kid<'a>(youngest_first: &[&'a StoredSigningKey], now: Timestamp) -> Option<&'a str> {
    let mut published = youngest_first.iter().filter(|key| key.retired_at.is_none());
    let due = published.clone().find(|key| key.signs_from <= now);
    due.or(published.next_back()).map(|key| key.kid.as_str())
}

/// May this key be added?
pub(crate) fn check_rotation(
    stored: &[StoredSigningKey],
    new: &StoredSigningKey,
    now: Timestamp,
) -> Result<(), IdentityError> {
    let mut schedule = key_schedule(stored, now);
    schedule.retain(|key| key.state != KeyState::Retired);
    if schedule.len() >= PUBLISHED_KEYS_MAX {
        return Err(IdentityError::Invalid(format!(
            "{PUBLISHED_KEYS_MAX} keys are published, which is the most; retire one that rests"
        )));
    }
    let waiting = schedule.iter().find(|key| key.state == KeyState::Waiting);
    match waiting {
        Some(waiting) if new.signs_from > now => Err(IdentityError::Invalid(format!(
            "key {} is published already and signs from {}; wait for it, retire it, or rotate at once",
            waiting.kid, waiting.signs_from
        ))),
        _ => Ok(()),
    }
}

/// May this key be retired?
pub(crate) fn check_retirement(
    stored: &[StoredSigningKey],
    kid: &str,
    how: Retirement,
    now: Timestamp,
) -> Result<(), IdentityError> {
    let schedule = key_schedule(stored, now);
    let key = schedule.iter().find(|key| key.kid == kid);
    let key = key.ok_or_else(|| IdentityError::not_found("signing key", kid))?;
    let another_could_sign = schedule.iter().any(|key| key.state == KeyState::Resting);
    let why_not = match (key.state, how) {
        (KeyState::Retired, _) => "it is retired already".to_owned(),
        (KeyState::Waiting, _) => return Ok(()),
        (KeyState::Signing, Retirement::AtOnce) if another_could_sign => return Ok(()),
        (KeyState::Signing, _) => {
            "it signs; rotate first, at once if others may know it, and retire it then".to_owned()
        }
        (KeyState::Resting, Retirement::AtOnce) => return Ok(()),
        (KeyState::Resting, Retirement::WhenOver) => match key.needed_until {
            Some(until) if until > now => format!(
                "validators may need it until {until}; wait, or retire it by force, which ends the \
                 tokens it signed"
            ),
            _ => return Ok(()),
        },
    };
    Err(IdentityError::Invalid(format!("key {kid} cannot be retired: {why_not}")))
}

fn later(time: Timestamp, hours: i64) -> Timestamp {
    time.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
