//! What the queue shows, as its address says it: the address is the view, and can be kept.

use form_urlencoded::Serializer;
use jiff::civil::Date;
use vakt_incidents::{
    Classification, Cursor, CursorValue, NAME_LENGTH_MAX_CHARS, QueueOrder, QueueView, SavedView,
    Severity, Status, WantedOwner, WantedStatus, begin_of_day,
};

use super::super::paging::search;
use super::super::problems::Problems;
use super::INCIDENTS;
use super::pick::{self, Pick};
use crate::defender::read_cursor;
use crate::pages::{Fault, Stop, Visit};

/// The owner of incidents that have none.
const NOBODY: &str = "nobody";
/// The owner who is reading.
const ME: &str = "me";

/// Orders and their labels. There is none for names, which have no index.
const ORDERS: [(QueueOrder, &str); 4] = [
    (QueueOrder::Newest, "Newest first"),
    (QueueOrder::Oldest, "Oldest first"),
    (QueueOrder::Changed, "Last changed first"),
    (QueueOrder::Severity, "Worst first"),
];

/// The fields of the filter as they are shown, and what they ask for.
pub(super) struct Filters {
    pub search: String,
    pub status: Pick,
    pub severity: Pick,
    pub classification: Pick,
    pub assigned: String,
    pub created: String,
    pub updated: String,
    pub sort: Pick,
    pub problems: Problems,
    /// Something beside the usual view is asked for.
    pub is_narrowed: bool,
    /// What is asked, as far as it can be read.
    pub asks: QueueView,
}

/// A view that is a link.
pub(super) struct Tab {
    pub label: String,
    pub address: String,
    pub is_current: bool,
    /// The person's own.
    pub is_own: bool,
}

/// The views that everybody has.
pub(super) fn built_in() -> [(&'static str, QueueView); 6] {
    let open = QueueView::default;
    let of = |owner| QueueView { owner, ..open() };
    let in_state = |status| QueueView { status, ..open() };
    [
        ("Open", open()),
        ("Unassigned", of(WantedOwner::Nobody)),
        ("Mine", of(WantedOwner::Me)),
        ("High", QueueView { severity: Some(Severity::High), ..open() }),
        ("Resolved", in_state(WantedStatus::Is(Status::Resolved))),
        ("All", in_state(WantedStatus::All)),
    ]
}

/// Where the queue shows this. Made of what was read, never of what somebody wrote.
pub(super) fn address(view: &QueueView) -> String {
    match query(view) {
        query if query.is_empty() => INCIDENTS.to_owned(),
        query => format!("{INCIDENTS}?{query}"),
    }
}

/// The parameters of that address.
pub(super) fn query(view: &QueueView) -> String {
    let usual = QueueView::default();
    let status = (view.status != usual.status).then(|| view.status.as_str().to_owned());
    let owner = match &view.owner {
        WantedOwner::Anybody => None,
        WantedOwner::Nobody => Some(NOBODY.to_owned()),
        WantedOwner::Me => Some(ME.to_owned()),
        WantedOwner::Name(name) => Some(name.clone()),
    };
    let order = (view.order != usual.order).then(|| view.order.as_str().to_owned());
    let mut pairs = Serializer::new(String::new());
    for (name, text) in [
        ("search", view.search.clone()),
        ("status", status),
        ("severity", view.severity.map(|word| word.as_str().to_owned())),
        ("classification", view.classification.map(|word| word.as_str().to_owned())),
        ("assigned", owner),
        ("created", view.created_since.map(|day| day.to_string())),
        ("updated", view.updated_since.map(|day| day.to_string())),
        ("sort", order),
    ] {
        if let Some(text) = text {
            pairs.append_pair(name, &text);
        }
    }
    pairs.finish()
}

/// The label of an order.
pub(super) fn order_label(order: QueueOrder) -> &'static str {
    ORDERS.iter().find(|(one, _)| *one == order).map_or("", |(_, label)| label)
}

impl Filters {
    /// The views that everybody has and those of the person, and which of them this is.
    pub(super) fn tabs(&self, own: &[SavedView]) -> Vec<Tab> {
        let is_lawful = self.problems.is_empty();
        let tab = |label: &str, view: &QueueView, is_own| Tab {
            label: label.to_owned(),
            address: address(view),
            is_current: is_lawful && view.is_same_as(&self.asks),
            is_own,
        };
        let everybodys = built_in();
        let everybodys = everybodys.iter().map(|(label, view)| tab(label, view, false));
        everybodys.chain(own.iter().map(|view| tab(&view.name, &view.asks, true))).collect()
    }

    /// Reads the address.
    pub(super) fn read(visit: &Visit) -> Self {
        let text = |name: &str| visit.query(name).unwrap_or_default().trim().to_owned();
        let status = Some(text("status")).filter(|text| !text.is_empty());
        let status = status.unwrap_or_else(|| WantedStatus::Open.as_str().to_owned());
        let (severity, classification) = (text("severity"), text("classification"));
        let (assigned, search) = (text("assigned"), search(visit));
        let (created, updated, sort) = (text("created"), text("updated"), text("sort"));
        let mut problems = Problems::none();
        let asks = QueueView {
            status: word(&mut problems, ("status", &status), WantedStatus::from_text)
                .unwrap_or_default(),
            severity: word(&mut problems, ("severity", &severity), Severity::from_text),
            classification: word(
                &mut problems,
                ("classification", &classification),
                Classification::from_text,
            ),
            owner: owner(&mut problems, &assigned),
            search: Some(search.clone()).filter(|text| !text.is_empty()),
            created_since: day(&mut problems, ("created", &created)),
            updated_since: day(&mut problems, ("updated", &updated)),
            order: word(&mut problems, ("sort", &sort), QueueOrder::from_text)
                .unwrap_or(QueueOrder::Newest),
        };
        let words = [&severity, &classification, &assigned, &search, &created, &updated];
        let (open, all) = (WantedStatus::Open.as_str(), WantedStatus::All.as_str());
        let orders = ORDERS.map(|(order, label)| (order.as_str(), label));
        Self {
            is_narrowed: status != open || words.iter().any(|text| !text.is_empty()),
            status: Pick::of(
                &[(open, "Open"), (all, "All")],
                Status::ALL.iter().map(|word| word.as_str()),
                &status,
            ),
            severity: Pick::of(&[("", "Any")], pick::severities(), &severity),
            classification: Pick::of(&[("", "Any")], pick::classifications(), &classification),
            sort: Pick::of(&orders, std::iter::empty(), asks.order.as_str()),
            search,
            assigned,
            created,
            updated,
            problems,
            asks,
        }
    }

    /// Where the page begins, as the address says it.
    pub(super) fn after(&self, visit: &Visit) -> Result<Option<Cursor>, Stop> {
        let Some(text) = visit.query("after") else { return Ok(None) };
        let is_number = |value: &CursorValue| matches!(value, CursorValue::Number(_));
        let fits = |cursor: &Cursor| cursor.0.iter().all(is_number);
        let cursor = read_cursor(&self.asks.order.order(), &text).filter(fits);
        let hint = "Begin with the first page of the queue.";
        let wrong = || Fault::malformed("The address names no place in this list.", hint);
        Ok(Some(cursor.ok_or_else(wrong)?))
    }
}

/// A word of a list; empty is none.
fn word<T>(
    problems: &mut Problems,
    (field, text): (&'static str, &str),
    from_text: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let found = from_text(text);
    if found.is_none() && !text.is_empty() {
        problems.add(field, "Choose one of the list.");
    }
    found
}

fn owner(problems: &mut Problems, text: &str) -> WantedOwner {
    match text {
        "" => WantedOwner::Anybody,
        NOBODY => WantedOwner::Nobody,
        ME => WantedOwner::Me,
        name if name.chars().count() > NAME_LENGTH_MAX_CHARS => {
            problems.add("assigned", "This is too long for a user name.");
            WantedOwner::Anybody
        }
        name => WantedOwner::Name(name.to_owned()),
    }
}

fn day(problems: &mut Problems, (field, text): (&'static str, &str)) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok().filter(|day| begin_of_day(*day).is_some());
    if day.is_none() {
        problems.add(field, "Write a day as 2026-02-27.");
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_have_one_address_each() {
        let search = Some("a&b=c #1".to_owned());
        let view = QueueView {
            status: WantedStatus::All,
            owner: WantedOwner::Name("ann@contoso.com".into()),
            created_since: "2026-02-05".parse().ok(),
            order: QueueOrder::Severity,
            search,
            ..QueueView::default()
        };
        let all = "search=a%26b%3Dc+%231&status=all&assigned=ann%40contoso.com\
                   &created=2026-02-05&sort=severity";
        for (view, expected) in [(QueueView::default(), ""), (view, all)] {
            assert_eq!(query(&view), expected);
        }
        let addresses = built_in().map(|(_, view)| address(&view));
        assert_eq!(addresses[0], "/portal/incidents");
        assert_eq!(addresses[1], "/portal/incidents?assigned=nobody");
    }
}
