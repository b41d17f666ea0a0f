//! What a source is asked, and what it answers.

use jiff::Timestamp;
use serde_json::Value;

/// One page of incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Only what changed at this time or later.
    pub from: Timestamp,
    /// Only what changed before this time.
    pub before: Option<Timestamp>,
    /// In which order.
    pub order: Order,
    /// Where the page begins.
    pub place: Place,
    /// Most incidents on the page.
    pub top: u32,
}

/// The order of incidents on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By the time of the last change, the oldest first.
    Ascending,
    /// As the source likes.
    Any,
}

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// With the first incident that fits.
    Start,
    /// Where the source's own link leads.
    Link(String),
    /// After so many incidents that fit.
    Skip(u32),
}

/// A page as it came.
#[derive(Debug, Clone, Default)]
pub struct SourcePage {
    /// Its incidents.
    pub incidents: Vec<Found>,
    /// The source's link to the next page.
    pub next_link: Option<String>,
}

/// An incident as it came.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its number, as text.
    pub id: String,
    /// When it changed last; `None` if it does not say.
    pub changed_at: Option<Timestamp>,
    /// All of it.
    pub json: Value,
}

impl SourcePage {
    /// The earliest change on it.
    pub(super) fn earliest(&self) -> Option<Timestamp> {
        self.times().min()
    }

    /// The latest change on it.
    pub(super) fn latest(&self) -> Option<Timestamp> {
        self.times().max()
    }

    /// Is it in the order of changes?
    pub(super) fn is_ascending(&self) -> bool {
        self.times().is_sorted()
    }

    fn times(&self) -> impl Iterator<Item = Timestamp> {
        self.incidents.iter().filter_map(|incident| incident.changed_at)
    }
}
