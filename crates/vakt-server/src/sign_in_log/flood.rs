//! Refusals beyond the limit, counted: one line for all that are alike within a minute.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::{SignedDuration, Timestamp};
use vakt_identity::audit::SignIn;
use vakt_ids::AppId;

use crate::throttle::Source;

/// How long refusals are counted before the count becomes a line.
const COUNTED_SECONDS: i64 = 60;
/// Most lines of one minute; what comes from still more sources is counted together by its number.
const LINES_MAX: usize = 1_000;

/// Refusals with the same of these are alike: where from, which client, which number. Without a
/// source: from here and there.
type Kind = (Option<Source>, Option<AppId>, u32);

/// The counts of the present minute.
#[derive(Default)]
pub(super) struct Flood {
    started_at: Option<Timestamp>,
    lines: HashMap<Kind, SignIn>,
}

impl Flood {
    /// Counts a refusal. The line has what the first of its kind had.
    pub(super) fn count(&mut self, source: Source, refusal: SignIn) {
        self.started_at.get_or_insert(refusal.at);
        let is_full = self.lines.len() >= LINES_MAX;
        let kind = (Some(source), refusal.app, refusal.error_code);
        let (kind, line) = match is_full && !self.lines.contains_key(&kind) {
            true => ((None, None, refusal.error_code), anonymous(refusal)),
            false => (kind, refusal),
        };
        match self.lines.entry(kind) {
            Entry::Occupied(mut line) => {
                let line = line.get_mut();
                line.count = line.count.saturating_add(1);
            }
            Entry::Vacant(place) => {
                place.insert(line);
            }
        }
    }

    /// The lines, if their minute is over.
    pub(super) fn take_over(&mut self, now: Timestamp) -> Vec<SignIn> {
        let minute = SignedDuration::from_secs(COUNTED_SECONDS);
        // A clock that was set back must not hold the lines for ever.
        let is_over = |start: &Timestamp| now.duration_since(*start).abs() >= minute;
        if self.started_at.as_ref().is_some_and(is_over) { self.take_all() } else { Vec::new() }
    }

    /// The lines.
    pub(super) fn take_all(&mut self) -> Vec<SignIn> {
        self.started_at = None;
        let mut lines: Vec<SignIn> = self.lines.drain().map(|(_, line)| line).collect();
        lines.sort_by_key(|line| line.at);
        lines
    }
}

/// A refusal that stands for others of many clients and addresses.
fn anonymous(refusal: SignIn) -> SignIn {
    SignIn {
        tenant: None,
        app: None,
        app_name: String::new(),
        principal: None,
        address: None,
        user_agent: String::new(),
        correlation: String::new(),
        ..refusal
    }
}
