//! Quotas: how many calls of a kind an application may make in a tenant within a window of time.
//! Calls are always counted; they are refused only where there is a ceiling, which is Microsoft's
//! in strict mode, or the operator's own. Counting takes one look-up and no more, whatever has been
//! counted before.

mod group;
mod window;
mod wish;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;
use http::header::RETRY_AFTER;
use http::{HeaderName, StatusCode};
use jiff::Timestamp;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use vakt_ids::{AppId, TenantId};

use crate::problem::Problem;
use crate::strict::Strictness;
pub(crate) use group::{GROUPS, Group, MicrosoftCeiling, TABLE, unversioned};
pub(crate) use window::Ceiling;
use window::Window;
pub(crate) use wish::WINDOW_MAX_SECONDS;
pub use wish::{QuotaWish, QuotaWishFault};

/// Most pairs of tenant and application whose calls are remembered, about 350 bytes each. Those
/// that have not called for longest are forgotten, and count from nothing again.
pub(crate) const COUNTED_APPLICATIONS_MAX: u64 = 65_536;
/// Most windows of one group.
pub(crate) const WINDOWS_OF_GROUP_MAX: usize = 2;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// The ceilings of one group.
type Ceilings = [Option<Ceiling>; WINDOWS_OF_GROUP_MAX];

/// All ceilings, and all counts, in memory: a restart forgets them, and each server counts its own.
pub(crate) struct Quotas {
    ceilings: [Ceilings; GROUPS],
    counts: Cache<(TenantId, AppId), Arc<Mutex<Counts>>>,
}

/// What one application has called in one tenant.
#[derive(Debug, Default)]
struct Counts([[Window; WINDOWS_OF_GROUP_MAX]; GROUPS]);

/// Where a caller stands after a call: the ceiling that it will meet first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub calls_max: u32,
    pub remaining_calls: u32,
    pub reset_seconds: u32,
}

/// A call was one too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exceeded {
    pub calls_max: u32,
    pub window_seconds: u32,
    pub reset_seconds: u32,
}

/// One window of a group, as a caller has used it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    pub ceiling: Ceiling,
    pub calls: u32,
    pub reset_seconds: u32,
}

impl Quotas {
    /// Microsoft's ceilings in strict mode, none otherwise; a group that `wishes` name has those
    /// and no other.
    pub(crate) fn new(strict: Strictness, wishes: &[QuotaWish]) -> Result<Self, QuotaWishFault> {
        let mut ceilings = [[None; WINDOWS_OF_GROUP_MAX]; GROUPS];
        for (row, places) in TABLE.iter().zip(&mut ceilings) {
            let own = wishes.iter().filter(|wish| wish.group == row.group);
            let own: Vec<Ceiling> = own.map(ceiling_of_wish).collect();
            let microsofts = row.microsofts.iter().map(|one| Ceiling {
                window_seconds: one.window_seconds,
                calls_max: one.calls_max.filter(|_| strict.is_strict()),
            });
            let wanted = if own.is_empty() { microsofts.collect() } else { own };
            if wanted.len() > WINDOWS_OF_GROUP_MAX {
                return Err(QuotaWishFault::TooMany { group: row.name });
            }
            for (place, one) in places.iter_mut().zip(wanted) {
                *place = Some(one);
            }
        }
        let counts = Cache::builder()
            .max_capacity(COUNTED_APPLICATIONS_MAX)
            .eviction_policy(EvictionPolicy::lru())
            .time_to_idle(Duration::from_secs(u64::from(WINDOW_MAX_SECONDS)))
            .build();
        Ok(Self { ceilings, counts })
    }

    /// Counts a call. One that is refused counts nowhere. `None` where there is no ceiling.
    pub(crate) fn count(
        &self,
        group: Group,
        caller: (TenantId, AppId),
        now: Timestamp,
    ) -> Result<Option<Standing>, Exceeded> {
        let Some(ceilings) = self.ceilings.get(group as usize) else { return Ok(None) };
        let counts = self.counts.get_with(caller, Arc::default);
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(windows) = counts.0.get_mut(group as usize) else { return Ok(None) };
        count_in(ceilings, windows, now)
    }

    /// What a caller has used of a group.
    pub(crate) fn used(
        &self,
        group: Group,
        caller: (TenantId, AppId),
        now: Timestamp,
    ) -> Vec<Used> {
        let counts = self.counts.get(&caller);
        let counts = counts.as_ref().map(|one| one.lock().unwrap_or_else(PoisonError::into_inner));
        let windows = counts.as_ref().and_then(|counts| counts.0.get(group as usize).copied());
        let ceilings = self.ceilings.get(group as usize).copied().unwrap_or_default();
        let of_window = |(ceiling, window): (Option<Ceiling>, Window)| {
            let ceiling = ceiling?;
            let window = window.at(ceiling, now);
            let reset_seconds = window.remaining_seconds(ceiling, now);
            Some(Used { ceiling, calls: window.calls(), reset_seconds })
        };
        ceilings.into_iter().zip(windows.unwrap_or_default()).filter_map(of_window).collect()
    }
}

fn ceiling_of_wish(wish: &QuotaWish) -> Ceiling {
    Ceiling { window_seconds: wish.window_seconds, calls_max: Some(wish.calls_max) }
}

fn count_in(
    ceilings: &Ceilings,
    windows: &mut [Window; WINDOWS_OF_GROUP_MAX],
    now: Timestamp,
) -> Result<Option<Standing>, Exceeded> {
    let mut exceeded: Option<Exceeded> = None;
    for (ceiling, window) in with_ceiling(ceilings, windows) {
        *window = window.at(ceiling, now);
        let full = window.is_full(ceiling).then_some(ceiling.calls_max).flatten();
        let Some(calls_max) = full else { continue };
        let reset_seconds = window.remaining_seconds(ceiling, now);
        if exceeded.is_none_or(|other| other.reset_seconds < reset_seconds) {
            let window_seconds = ceiling.window_seconds;
            exceeded = Some(Exceeded { calls_max, window_seconds, reset_seconds });
        }
    }
    if let Some(exceeded) = exceeded {
        return Err(exceeded);
    }
    let mut standing: Option<Standing> = None;
    for (ceiling, window) in with_ceiling(ceilings, windows) {
        window.count();
        let Some(calls_max) = ceiling.calls_max else { continue };
        let remaining_calls = calls_max.saturating_sub(window.calls());
        if standing.is_none_or(|other| remaining_calls < other.remaining_calls) {
            let reset_seconds = window.remaining_seconds(ceiling, now);
            standing = Some(Standing { calls_max, remaining_calls, reset_seconds });
        }
    }
    Ok(standing)
}

fn with_ceiling<'a>(
    ceilings: &'a Ceilings,
    windows: &'a mut [Window; WINDOWS_OF_GROUP_MAX],
) -> impl Iterator<Item = (Ceiling, &'a mut Window)> {
    let pairs = ceilings.iter().zip(windows.iter_mut());
    pairs.filter_map(|(ceiling, window)| ceiling.map(|ceiling| (ceiling, window)))
}

impl Standing {
    /// Tells the caller. The three fields are those that client libraries read; the numbers are of
    /// the ceiling that will be met first.
    pub(crate) fn mark(self, response: &mut Response) {
        mark(response, (self.calls_max, self.remaining_calls, self.reset_seconds));
    }
}

impl Exceeded {
    /// Microsoft's text, word for word: clients look into it for when to come back.
    pub(crate) fn problem(self) -> Problem {
        let message = text(self.calls_max, self.window_seconds);
        Problem::new(StatusCode::TOO_MANY_REQUESTS, CODE, message)
    }

    /// Tells the caller when to come back.
    pub(crate) fn mark(self, response: &mut Response) {
        mark(response, (self.calls_max, 0, self.reset_seconds));
        response.headers_mut().insert(RETRY_AFTER, self.reset_seconds.into());
    }
}

/// The classic dialect's code of a refused call; Graph has another word for it.
pub(crate) const CODE: &str = "429";

/// What is said of a call that was one too many.
pub(crate) fn text(calls_max: u32, window_seconds: u32) -> String {
    let (hours, minutes) = (window_seconds / 3_600, window_seconds / 60 % 60);
    let seconds = window_seconds % 60;
    format!(
        "API calls quota exceeded! maximum allowed {calls_max} per \
         {hours:02}:{minutes:02}:{seconds:02}"
    )
}

fn mark(response: &mut Response, (limit, remaining, reset): (u32, u32, u32)) {
    let headers = response.headers_mut();
    headers.insert(LIMIT, limit.into());
    headers.insert(REMAINING, remaining.into());
    headers.insert(RESET, reset.into());
}

#[cfg(test)]
mod tests;
