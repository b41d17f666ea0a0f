//! One reading of a source, from a time on: which page is asked for next, and up to which time
//! everything is then known. No clock, no waiting.
//!
//! Links to a next page count positions in many services: when an incident of an earlier page
//! changes, it leaves its position, and one that was not read yet slips into the pages that were.
//! So no position is relied on where a time will do. From a source that keeps the order of changes
//! the next page is asked for by the time of the last incident. From one that does not, windows of
//! time are read that fit on one page: one that does not fit is halved. Links are followed only
//! among incidents that changed in the same instant, or in one second of a source without order.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::ask::{Ask, Order, Place, SourcePage};

/// A window that is not halved any more.
const WINDOW_MIN_SECONDS: i64 = 1;

/// Where a reading stands.
#[derive(Debug)]
pub(super) struct Reading {
    from: Timestamp,
    /// Length of a window; `None` for one without an end.
    span: Option<SignedDuration>,
    /// The present, or the latest change that was seen if that is later: clocks differ.
    horizon: Timestamp,
    order: Order,
    place: Place,
    top: u32,
    /// What was seen since `from` or the order last changed.
    seen: Seen,
    complete_up_to: Option<Timestamp>,
    is_finished: bool,
}

#[derive(Debug, Default)]
struct Seen {
    ids: HashSet<String>,
    links: HashSet<String>,
    count: u32,
    earliest: Option<Timestamp>,
    latest: Option<Timestamp>,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is to be imported; what changed before [`Reading::complete_up_to`] has then been.
    Take,
    /// It is asked for otherwise, since its order was not kept.
    Unordered,
    /// It is asked for otherwise, since there is more than fits on it.
    TooMany,
    /// The source gives the same incidents again and again.
    Stuck,
}

impl Reading {
    /// A reading of all that changed at `from` or later, `top` incidents a page.
    pub(super) fn start(from: Timestamp, order: Order, top: u32, now: Timestamp) -> Self {
        Self {
            from,
            span: None,
            horizon: now,
            order,
            place: Place::Start,
            top: top.max(1),
            seen: Seen::default(),
            complete_up_to: None,
            is_finished: false,
        }
    }

    /// What to ask next; `None` when there is nothing more.
    pub(super) fn ask(&self) -> Option<Ask> {
        let (from, before) = (self.from, self.window_end());
        let (order, place, top) = (self.order, self.place.clone(), self.top);
        (!self.is_finished).then_some(Ask { from, before, order, place, top })
    }

    /// All that changed before this time has been taken.
    pub(super) fn complete_up_to(&self) -> Option<Timestamp> {
        self.complete_up_to
    }

    /// Goes on without order, in windows.
    pub(super) fn lose_order(&mut self) {
        self.order = Order::Any;
        self.go_to(self.from);
    }

    /// Asks for shorter pages from now on. False when they cannot be shorter.
    pub(super) fn shorten_pages(&mut self) -> bool {
        let can = self.top > 1 && self.place == Place::Start;
        if can {
            self.top /= 2;
        }
        can
    }

    /// Takes the answer to [`Reading::ask`].
    pub(super) fn take(&mut self, page: &SourcePage) -> Step {
        self.horizon = self.horizon.max(page.latest().unwrap_or(self.horizon));
        let length = u32::try_from(page.incidents.len()).unwrap_or(u32::MAX);
        // Not every service has links: a full page may be followed by another.
        let has_more = page.next_link.is_some() || length >= self.top;
        match self.order {
            Order::Ascending => self.take_ordered(page, has_more),
            Order::Any => self.take_window(page, has_more),
        }
    }

    /// The next page begins where this one ended, in time, once the order has been seen: a page
    /// whose incidents all changed in one instant shows none.
    fn take_ordered(&mut self, page: &SourcePage, has_more: bool) -> Step {
        let goes_on = page.earliest().is_none_or(|earliest| self.seen.latest <= Some(earliest));
        if has_more && !(page.is_ascending() && goes_on) {
            self.lose_order();
            return Step::Unordered;
        }
        let fresh = self.seen.note(page);
        let latest = self.seen.latest;
        if !has_more {
            self.is_finished = true;
        } else if let Some(time) = latest.filter(|_| self.seen.earliest < latest) {
            self.go_to(time);
        } else {
            return if fresh && self.follow(page) { Step::Take } else { Step::Stuck };
        }
        self.complete_up_to = self.complete_up_to.max(latest);
        Step::Take
    }

    fn take_window(&mut self, page: &SourcePage, has_more: bool) -> Step {
        let end = self.window_end();
        let length = end.unwrap_or(self.horizon).duration_since(self.from);
        let can_be_halved = length > SignedDuration::from_secs(WINDOW_MIN_SECONDS);
        if has_more && can_be_halved && self.place == Place::Start {
            self.span = Some(length / 2);
            return Step::TooMany;
        }
        let fresh = self.seen.note(page);
        if has_more {
            return if fresh && self.follow(page) { Step::Take } else { Step::Stuck };
        }
        self.complete_up_to = self.complete_up_to.max(self.seen.latest);
        match end {
            None => self.is_finished = true,
            Some(end) => {
                if self.seen.count <= self.top / 2 {
                    self.span = self.span.and_then(|span| span.checked_mul(2));
                }
                self.go_to(end);
            }
        }
        Step::Take
    }

    fn window_end(&self) -> Option<Timestamp> {
        let end = self.from.checked_add(self.span.filter(|_| self.order == Order::Any)?).ok()?;
        (end < self.horizon).then_some(end)
    }

    fn go_to(&mut self, from: Timestamp) {
        (self.from, self.place, self.seen) = (from, Place::Start, Seen::default());
    }

    /// The page after this one by link, or by count where there is none. False for a link that
    /// leads back.
    fn follow(&mut self, page: &SourcePage) -> bool {
        match &page.next_link {
            Some(link) => {
                self.place = Place::Link(link.clone());
                self.seen.links.insert(link.clone())
            }
            None => {
                self.place = Place::Skip(self.seen.count);
                true
            }
        }
    }
}

impl Seen {
    /// Notes a page. False when it has incidents and none of them is new.
    fn note(&mut self, page: &SourcePage) -> bool {
        let before = self.ids.len();
        self.ids.extend(page.incidents.iter().map(|incident| incident.id.clone()));
        self.count = self.count.saturating_add(u32::try_from(page.incidents.len()).unwrap_or(0));
        self.earliest = self.earliest.or(page.earliest()).min(page.earliest().or(self.earliest));
        self.latest = self.latest.max(page.latest());
        page.incidents.is_empty() || self.ids.len() > before
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::mirror::ask::Found;

    const TOP: u32 = 4;
    const NOW: i64 = 1_000;

    /// How a source answers.
    #[derive(Debug, Clone, Copy)]
    enum Manner {
        /// Oldest change first, with links.
        OldestFirst,
        /// Newest change first, whatever is asked, with links.
        NewestFirst,
        /// By id, whatever is asked, without links.
        ById,
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// What the source answers, if these incidents (id, second of the last change) are there.
    fn answer(there: &[(usize, i64)], manner: Manner, ask: &Ask) -> SourcePage {
        let fits = |second: i64| {
            at(second) >= ask.from && ask.before.is_none_or(|before| at(second) < before)
        };
        let mut all: Vec<(usize, i64)> =
            there.iter().copied().filter(|(_, second)| fits(*second)).collect();
        match manner {
            Manner::OldestFirst => all.sort_by_key(|(id, second)| (*second, *id)),
            Manner::NewestFirst => all.sort_by_key(|(id, second)| (-second, *id)),
            Manner::ById => all.sort_unstable(),
        }
        let skip = match &ask.place {
            Place::Start => 0,
            Place::Link(link) => link.parse().unwrap(),
            Place::Skip(count) => usize::try_from(*count).unwrap(),
        };
        let top = usize::try_from(ask.top).unwrap();
        let page: Vec<_> = all.iter().skip(skip).take(top).collect();
        let has_link = !matches!(manner, Manner::ById) && skip + top < all.len();
        let found = page.iter().map(|(id, second)| Found {
            id: id.to_string(),
            changed_at: Some(at(*second)),
            json: Value::from(*id),
        });
        let incidents = found.collect();
        SourcePage { incidents, next_link: has_link.then(|| (skip + top).to_string()) }
    }

    /// Reads to the end; gives the ids taken, the time up to which all is known, and the calls.
    fn read(
        there: &[(usize, i64)],
        manner: Manner,
    ) -> (BTreeSet<String>, Option<Timestamp>, usize) {
        let mut reading = Reading::start(at(0), Order::Ascending, TOP, at(NOW));
        let (mut taken, mut calls) = (BTreeSet::new(), 0);
        while let Some(ask) = reading.ask() {
            calls += 1;
            assert!(calls < 1_000, "it never ends: {there:?} {manner:?} {ask:?}");
            let page = answer(there, manner, &ask);
            match reading.take(&page) {
                Step::Take => taken.extend(page.incidents.iter().map(|found| found.id.clone())),
                Step::Stuck => panic!("stuck: {there:?} {manner:?} {ask:?}"),
                Step::Unordered | Step::TooMany => {}
            }
            if let Some(up_to) = reading.complete_up_to() {
                for (id, second) in there.iter().filter(|(_, second)| at(*second) < up_to) {
                    assert!(taken.contains(&id.to_string()), "{id} of {second}: not taken yet");
                }
            }
        }
        (taken, reading.complete_up_to(), calls)
    }

    #[test]
    fn everything_is_read_whatever_the_source_makes_of_order_and_links() {
        let ties = |count: usize, second| (0..count).map(move |id| (id, second)).collect();
        let spread = |count: usize| {
            (0..count).map(|id| (id, i64::try_from(id * 7919 % 997).unwrap())).collect()
        };
        let tables: Vec<Vec<(usize, i64)>> = vec![
            vec![],
            vec![(1, 5)],
            spread(3),
            spread(4),
            spread(5),
            spread(100),
            ties(4, 7),
            ties(9, 7),
            [ties(9, 7), (20..30).map(|id| (id, 8)).collect()].concat(),
            // The source's clock is ahead of ours.
            (0..9).map(|id| (id, NOW * 3 + i64::try_from(id).unwrap())).collect(),
        ];
        for table in &tables {
            let all: BTreeSet<String> = table.iter().map(|(id, _)| id.to_string()).collect();
            let latest = table.iter().map(|(_, second)| at(*second)).max();
            for manner in [Manner::OldestFirst, Manner::NewestFirst, Manner::ById] {
                let (taken, up_to, _) = read(table, manner);
                assert_eq!((&taken, up_to), (&all, latest), "{table:?} {manner:?}");
            }
        }
        let (_, _, calls) = read(&tables[5], Manner::OldestFirst);
        assert_eq!(calls, 34, "three new incidents on each page of four, and a last look");
    }

    #[test]
    fn an_incident_that_changes_while_pages_are_read_hides_no_other() {
        let before: Vec<(usize, i64)> =
            (0..8).map(|id| (id, 10 + i64::try_from(id).unwrap())).collect();
        let mut after = before.clone();
        after[0].1 = 500;
        for manner in [Manner::OldestFirst, Manner::NewestFirst] {
            let mut reading = Reading::start(at(0), Order::Ascending, TOP, at(NOW));
            let mut taken = BTreeSet::new();
            while let Some(ask) = reading.ask() {
                let there = if taken.is_empty() { &before } else { &after };
                let page = answer(there, manner, &ask);
                if reading.take(&page) == Step::Take {
                    taken.extend(page.incidents.iter().map(|found| found.id.clone()));
                }
            }
            assert_eq!(taken.len(), 8, "{manner:?}");
        }
    }

    #[test]
    fn a_source_that_goes_in_circles_is_left() {
        let table: Vec<(usize, i64)> = (0..9).map(|id| (id, 7)).collect();
        for link in [None, Some("again".to_owned())] {
            let mut reading = Reading::start(at(0), Order::Ascending, TOP, at(NOW));
            let mut last = Step::Take;
            for _ in 0..9 {
                let Some(ask) = reading.ask() else { break };
                let first = Ask { place: Place::Start, ..ask };
                let page = answer(&table, Manner::OldestFirst, &first);
                last = reading.take(&SourcePage { next_link: link.clone(), ..page });
                if last == Step::Stuck {
                    break;
                }
            }
            assert_eq!(last, Step::Stuck);
        }
    }

    #[test]
    fn pages_get_shorter_to_one_incident() {
        let mut reading = Reading::start(at(0), Order::Ascending, TOP, at(NOW));
        assert_eq!([(); 3].map(|()| reading.shorten_pages()), [true, true, false]);
        assert_eq!(reading.ask().unwrap().top, 1);
    }
}
