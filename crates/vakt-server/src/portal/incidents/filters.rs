//! What the queue shows, as its address says it: the address is the view, and can be kept.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use vakt_incidents::{
    Classification, Comparison, Condition, Cursor, CursorValue, IncidentField, IncidentTest,
    NAME_LENGTH_MAX_CHARS, Order, OrderBy, OrderKey, Predicate, Severity, Status, Value, is_open,
};

use super::super::paging::search;
use super::super::problems::Problems;
use super::pick::{self, Pick};
use crate::defender::read_cursor;
use crate::pages::{Fault, Stop, Visit};

/// Incidents that are neither resolved nor merged.
const OPEN: &str = "open";
/// All of them.
const ALL: &str = "all";
/// The owner of incidents that have none.
const NOBODY: &str = "nobody";
/// The owner who is reading.
const ME: &str = "me";

/// Orders: the address's word, its label, by what, and whether backwards. Each is that of an index,
/// so that a page of a long queue costs what one of a short queue costs; there is none for names.
const ORDERS: &[(&str, &str, &[OrderBy], bool)] = &[
    ("newest", "Newest first", &[OrderBy::Created], true),
    ("oldest", "Oldest first", &[OrderBy::Created], false),
    ("changed", "Last changed first", &[OrderBy::Updated], true),
    ("severity", "Worst first", &[OrderBy::Severity, OrderBy::Created], true),
];

/// The fields of the filter, and what they ask for.
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
    pub predicate: Option<Predicate<IncidentTest>>,
    pub order: Order,
}

/// A view that is a link.
pub(super) struct View {
    pub label: &'static str,
    pub query: &'static str,
    pub is_current: bool,
}

/// What a view asks for: its label, its address, and status, severity and owner.
type Asked = (&'static str, &'static str, [&'static str; 3]);

/// The built-in views.
const VIEWS: &[Asked] = &[
    ("Open", "", [OPEN, "", ""]),
    ("Unassigned", "?assigned=nobody", [OPEN, "", NOBODY]),
    ("Mine", "?assigned=me", [OPEN, "", ME]),
    ("High", "?severity=high", [OPEN, "high", ""]),
    ("Resolved", "?status=resolved", ["resolved", "", ""]),
    ("All", "?status=all", [ALL, "", ""]),
];

/// Collects tests and what is wrong with the fields.
#[derive(Default)]
struct Tests {
    all: Vec<Predicate<IncidentTest>>,
    problems: Problems,
}

impl Filters {
    /// The views, and which of them this is, in whatever order.
    pub(super) fn views(&self) -> Vec<View> {
        let asked = [self.status.chosen(), self.severity.chosen(), self.assigned.as_str()];
        let others = [self.classification.chosen(), &self.search, &self.created, &self.updated];
        let is_plain = others.iter().all(|text| text.is_empty());
        let view = |(label, query, wanted): &Asked| View {
            label,
            query,
            is_current: is_plain && asked == *wanted,
        };
        VIEWS.iter().map(view).collect()
    }

    /// Reads the address; `me` is who reads.
    pub(super) fn read(visit: &Visit, me: &str) -> Self {
        let text = |name: &str| visit.query(name).unwrap_or_default().trim().to_owned();
        let mut tests = Tests::default();
        let status = Some(text("status")).filter(|text| !text.is_empty());
        let status = status.unwrap_or_else(|| OPEN.to_owned());
        let (severity, classification) = (text("severity"), text("classification"));
        let (assigned, search) = (text("assigned"), search(visit));
        let (created, updated) = (text("created"), text("updated"));
        tests.status(&status);
        let known = Severity::from_text(&severity).is_some();
        tests.word("severity", IncidentField::Severity, &severity, known);
        let known = Classification::from_text(&classification).is_some();
        tests.word("classification", IncidentField::Classification, &classification, known);
        tests.assigned(&assigned, me);
        tests.since("created", IncidentField::Created, &created);
        tests.since("updated", IncidentField::Updated, &updated);
        tests.search(&search);
        let sort = text("sort");
        let (order, sort) = tests.order(&sort);
        let words = [&severity, &classification, &assigned, &search, &created, &updated];
        Self {
            is_narrowed: status != OPEN || words.iter().any(|text| !text.is_empty()),
            status: Pick::of(
                &[(OPEN, "Open"), (ALL, "All")],
                Status::ALL.iter().map(|word| word.as_str()),
                &status,
            ),
            severity: Pick::of(&[("", "Any")], pick::severities(), &severity),
            classification: Pick::of(&[("", "Any")], pick::classifications(), &classification),
            sort,
            search,
            assigned,
            created,
            updated,
            problems: tests.problems,
            predicate: (!tests.all.is_empty()).then_some(Predicate::All(tests.all)),
            order,
        }
    }

    /// Where the page begins, as the address says it.
    pub(super) fn after(&self, visit: &Visit) -> Result<Option<Cursor>, Stop> {
        let Some(text) = visit.query("after") else { return Ok(None) };
        let is_number = |value: &CursorValue| matches!(value, CursorValue::Number(_));
        let fits = |cursor: &Cursor| cursor.0.iter().all(is_number);
        let cursor = read_cursor(&self.order, &text).filter(fits);
        let hint = "Begin with the first page of the queue.";
        let wrong = || Fault::malformed("The address names no place in this list.", hint);
        Ok(Some(cursor.ok_or_else(wrong)?))
    }
}

fn is(field: IncidentField, comparison: Comparison, value: Value) -> Predicate<IncidentTest> {
    Predicate::Holds(IncidentTest::Is(Condition { field, comparison, value }))
}

impl Tests {
    fn status(&mut self, text: &str) {
        let word = |word: &Status| {
            is(IncidentField::Status, Comparison::Is, Value::Text(word.as_str().into()))
        };
        match (text, Status::from_text(text)) {
            (ALL, _) => {}
            (OPEN, _) => {
                let open = Status::ALL.iter().filter(|word| is_open(**word));
                self.all.push(Predicate::Any(open.map(word).collect()));
            }
            (_, Some(known)) => self.all.push(word(&known)),
            (_, None) => self.problems.add("status", "Choose one of the list."),
        }
    }

    fn word(&mut self, name: &'static str, field: IncidentField, text: &str, is_known: bool) {
        if is_known {
            self.all.push(is(field, Comparison::Is, Value::Text(text.to_owned())));
        } else if !text.is_empty() {
            self.problems.add(name, "Choose one of the list.");
        }
    }

    fn assigned(&mut self, text: &str, me: &str) {
        let value = match text {
            "" => return,
            NOBODY => Value::Null,
            ME => Value::Text(me.to_owned()),
            name if name.chars().count() > NAME_LENGTH_MAX_CHARS => {
                return self.problems.add("assigned", "This is too long for a user name.");
            }
            name => Value::Text(name.to_owned()),
        };
        self.all.push(is(IncidentField::AssignedTo, Comparison::Is, value));
    }

    fn since(&mut self, name: &'static str, field: IncidentField, text: &str) {
        if text.is_empty() {
            return;
        }
        match day(text) {
            Some(at) => self.all.push(is(field, Comparison::AtLeast, Value::Time(at))),
            None => self.problems.add(name, "Write a day as 2026-02-27."),
        }
    }

    /// A part of the name, or the number.
    fn search(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let name = Value::Text(text.to_owned());
        let mut any = vec![is(IncidentField::Name, Comparison::Contains, name)];
        if let Ok(number) = text.parse() {
            any.push(is(IncidentField::Id, Comparison::Is, Value::Number(number)));
        }
        self.all.push(Predicate::Any(any));
    }

    fn order(&mut self, text: &str) -> (Order, Pick) {
        let found = ORDERS.iter().find(|(word, ..)| *word == text);
        if found.is_none() && !text.is_empty() {
            self.problems.add("sort", "Choose one of the list.");
        }
        let labels: Vec<_> = ORDERS.iter().map(|(word, label, ..)| (*word, *label)).collect();
        let chosen = found.map_or("newest", |(word, ..)| word);
        let order = found.map(|(_, _, keys, descending)| {
            let key = |by: &OrderBy| OrderKey { by: *by, descending: *descending };
            Order::of(keys.iter().map(key).collect())
        });
        (order.unwrap_or_default(), Pick::of(&labels, std::iter::empty(), chosen))
    }
}

/// The beginning of a day, in UTC.
fn day(text: &str) -> Option<Timestamp> {
    let date: Date = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()
}
