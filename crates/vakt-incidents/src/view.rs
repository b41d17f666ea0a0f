//! Views of the queue: what is asked of it and in which order, and those that people save under a
//! name of their own.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use vakt_ids::ViewId;

use crate::query::{
    Comparison, Condition, IncidentField, IncidentTest, Order, OrderBy, OrderKey, Predicate, Value,
};
use crate::store::IncidentStoreError;
use crate::transition::{NAME_LENGTH_MAX_CHARS, is_open};
use crate::words::{Classification, QueueOrder, Severity, Status};

/// Most views that a person keeps: they stand side by side above the queue.
pub const VIEWS_OF_PERSON_MAX: usize = 50;
/// Longest name of a view.
pub const VIEW_NAME_LENGTH_MAX_CHARS: usize = 60;
/// Longest text that is searched for in the queue.
pub const SEARCH_LENGTH_MAX_CHARS: usize = 120;

/// Incidents in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WantedStatus {
    /// Neither resolved nor merged.
    #[default]
    Open,
    /// All of them.
    All,
    /// This one.
    Is(Status),
}

/// Incidents of whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum WantedOwner {
    /// Of everybody, and of nobody.
    #[default]
    Anybody,
    /// Of nobody.
    Nobody,
    /// Of whoever looks.
    Me,
    /// Of this user name.
    Name(String),
}

/// What is asked of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueView {
    /// In which state.
    pub status: WantedStatus,
    /// How bad.
    pub severity: Option<Severity>,
    /// How it was judged.
    pub classification: Option<Classification>,
    /// Whose.
    pub owner: WantedOwner,
    /// A part of the name, or the number.
    pub search: Option<String>,
    /// Created on this day (UTC) or later.
    pub created_since: Option<Date>,
    /// Changed on this day (UTC) or later.
    pub updated_since: Option<Date>,
    /// In which order.
    pub order: QueueOrder,
}

/// A view that a person saved. Names of a person's views differ by more than case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// What it is called.
    pub name: String,
    /// What it asks.
    pub asks: QueueView,
}

/// What became of a view that was to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is a further one.
    Added,
    /// It took the place of the one with this name, and that one's id.
    Replaced,
    /// The person has as many as a person keeps; nothing was saved.
    Full,
    /// There is no such person; nothing was saved.
    Nobody,
}

/// What is wrong with a view that is to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ViewFault {
    /// No letter of the name would be seen.
    #[error("a view needs a name that can be seen")]
    NoName,
    /// The name is too long.
    #[error("a view's name has at most {VIEW_NAME_LENGTH_MAX_CHARS} characters")]
    LongName,
    /// The name has control characters.
    #[error("a view's name has no control characters")]
    ControlInName,
    /// A text of the filter is too long.
    #[error("what a view searches for, or a user name in it, is too long")]
    LongText,
    /// The person has [`VIEWS_OF_PERSON_MAX`].
    #[error("a person keeps at most {VIEWS_OF_PERSON_MAX} views; remove one first")]
    TooMany,
    /// The person is not there.
    #[error("there is no such person")]
    Nobody,
}

/// Why a view was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveViewError {
    /// It, or the number of views, is not lawful.
    #[error(transparent)]
    Fault(#[from] ViewFault),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] IncidentStoreError),
}

impl WantedStatus {
    /// The house's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::All => "all",
            Self::Is(status) => status.as_str(),
        }
    }

    /// Reads [`Self::as_str`] back.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "open" => Some(Self::Open),
            "all" => Some(Self::All),
            other => Status::from_text(other).map(Self::Is),
        }
    }
}

impl Default for QueueView {
    /// What is open, newest first.
    fn default() -> Self {
        Self {
            status: WantedStatus::Open,
            severity: None,
            classification: None,
            owner: WantedOwner::Anybody,
            search: None,
            created_since: None,
            updated_since: None,
            order: QueueOrder::Newest,
        }
    }
}

impl QueueView {
    /// Do both show the same, in the same order? Texts compare without regard to case, as they do
    /// in the queue.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }

    fn folded(&self) -> Self {
        let mut view = self.clone();
        view.search = view.search.as_deref().map(fold);
        if let WantedOwner::Name(name) = &view.owner {
            view.owner = WantedOwner::Name(fold(name));
        }
        view
    }

    /// Which incidents it shows to the holder of a user name; `None` if all of them.
    pub fn predicate(&self, me: &str) -> Option<Predicate<IncidentTest>> {
        let severity = self.severity.map(|word| word.as_str());
        let classification = self.classification.map(|word| word.as_str());
        let tests = [
            self.status.predicate(),
            severity.map(|word| is(IncidentField::Severity, Value::Text(word.into()))),
            classification.map(|word| is(IncidentField::Classification, Value::Text(word.into()))),
            self.owner.value(me).map(|value| is(IncidentField::AssignedTo, value)),
            self.created_since.and_then(|day| since(IncidentField::Created, day)),
            self.updated_since.and_then(|day| since(IncidentField::Updated, day)),
            self.search.as_deref().map(search),
        ];
        let tests: Vec<_> = tests.into_iter().flatten().collect();
        (!tests.is_empty()).then_some(Predicate::All(tests))
    }

    /// What is wrong with saving it under a name.
    pub fn check(&self, name: &str) -> Result<(), ViewFault> {
        let is_longer = |text: &str, max: usize| text.chars().count() > max;
        let search = self.search.as_deref().unwrap_or_default();
        let owner = match &self.owner {
            WantedOwner::Name(name) => name.as_str(),
            WantedOwner::Anybody | WantedOwner::Nobody | WantedOwner::Me => "",
        };
        if name.chars().any(char::is_control) {
            Err(ViewFault::ControlInName)
        } else if !name.chars().any(is_seen) {
            Err(ViewFault::NoName)
        } else if is_longer(name, VIEW_NAME_LENGTH_MAX_CHARS) {
            Err(ViewFault::LongName)
        } else if is_longer(search, SEARCH_LENGTH_MAX_CHARS)
            || is_longer(owner, NAME_LENGTH_MAX_CHARS)
        {
            Err(ViewFault::LongText)
        } else {
            Ok(())
        }
    }
}

impl WantedStatus {
    fn predicate(self) -> Option<Predicate<IncidentTest>> {
        let word = |word: &Status| is(IncidentField::Status, Value::Text(word.as_str().into()));
        match self {
            Self::All => None,
            Self::Open => {
                let open = Status::ALL.iter().filter(|word| is_open(**word));
                Some(Predicate::Any(open.map(word).collect()))
            }
            Self::Is(status) => Some(word(&status)),
        }
    }
}

impl WantedOwner {
    fn value(&self, me: &str) -> Option<Value> {
        match self {
            Self::Anybody => None,
            Self::Nobody => Some(Value::Null),
            Self::Me => Some(Value::Text(me.to_owned())),
            Self::Name(name) => Some(Value::Text(name.clone())),
        }
    }
}

impl QueueOrder {
    /// The order of the list. Each is that of an index, so that a page of a long queue costs what
    /// one of a short queue costs.
    pub fn order(self) -> Order {
        let (keys, descending): (&[OrderBy], bool) = match self {
            Self::Newest => (&[OrderBy::Created], true),
            Self::Oldest => (&[OrderBy::Created], false),
            Self::Changed => (&[OrderBy::Updated], true),
            Self::Severity => (&[OrderBy::Severity, OrderBy::Created], true),
        };
        Order::of(keys.iter().map(|by| OrderKey { by: *by, descending }).collect())
    }
}

fn is(field: IncidentField, value: Value) -> Predicate<IncidentTest> {
    test(field, Comparison::Is, value)
}

fn test(field: IncidentField, comparison: Comparison, value: Value) -> Predicate<IncidentTest> {
    Predicate::Holds(IncidentTest::Is(Condition { field, comparison, value }))
}

fn since(field: IncidentField, day: Date) -> Option<Predicate<IncidentTest>> {
    Some(test(field, Comparison::AtLeast, Value::Time(begin_of_day(day)?)))
}

/// The beginning of a day in UTC; `None` at the end of the calendar.
pub fn begin_of_day(day: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

/// A part of the name, or the number.
fn search(text: &str) -> Predicate<IncidentTest> {
    let name = Value::Text(text.to_owned());
    let mut any = vec![test(IncidentField::Name, Comparison::Contains, name)];
    if let Ok(number) = text.parse() {
        any.push(is(IncidentField::Id, Value::Number(number)));
    }
    Predicate::Any(any)
}

fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Does a character leave something to see? Spaces and marks of direction or joining do not.
fn is_seen(character: char) -> bool {
    let is_mark = matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    );
    !character.is_whitespace() && !is_mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(owner: &str, search: &str) -> QueueView {
        QueueView {
            owner: WantedOwner::Name(owner.into()),
            search: Some(search.into()),
            ..QueueView::default()
        }
    }

    #[test]
    fn views_are_the_same_when_they_show_the_same() {
        let worst = QueueView { order: QueueOrder::Severity, ..QueueView::default() };
        let mine = QueueView { owner: WantedOwner::Me, ..QueueView::default() };
        for (one, other, expected) in [
            (QueueView::default(), QueueView::default(), true),
            (QueueView::default(), worst, false),
            (QueueView::default(), mine.clone(), false),
            (named("Ann", "PHISHING"), named("ann", "phishing"), true),
            (named("ann", "phishing"), named("ann", "phish"), false),
            (named("me", "x"), QueueView { search: Some("x".into()), ..mine }, false),
        ] {
            assert_eq!(one.is_same_as(&other), expected, "{one:?} and {other:?}");
        }
    }

    #[test]
    fn a_view_needs_a_name_that_people_can_read() {
        let name = |length: usize| "n".repeat(length);
        let (plain, long) = (QueueView::default(), named("a", &"s".repeat(121)));
        for (view, name, expected) in [
            (&plain, "Phishing, worst first".to_owned(), Ok(())),
            (&plain, name(VIEW_NAME_LENGTH_MAX_CHARS), Ok(())),
            (&plain, name(VIEW_NAME_LENGTH_MAX_CHARS + 1), Err(ViewFault::LongName)),
            (&plain, String::new(), Err(ViewFault::NoName)),
            (&plain, "\u{200b}\u{202e} \u{feff}".into(), Err(ViewFault::NoName)),
            (&plain, "a\nb".into(), Err(ViewFault::ControlInName)),
            (&plain, "\0".into(), Err(ViewFault::ControlInName)),
            (&long, "Long".into(), Err(ViewFault::LongText)),
            (&named(&name(1_001), ""), "Owner".into(), Err(ViewFault::LongText)),
        ] {
            assert_eq!(view.check(&name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_asked_becomes_tests() {
        let everything = QueueView { status: WantedStatus::All, ..QueueView::default() };
        assert_eq!(everything.predicate("me"), None);
        let day: Date = "2026-02-05".parse().unwrap();
        let view = QueueView {
            status: WantedStatus::Is(Status::Resolved),
            severity: Some(Severity::High),
            owner: WantedOwner::Me,
            search: Some("7".into()),
            created_since: Some(day),
            ..QueueView::default()
        };
        let text = |word: &str| Value::Text(word.into());
        let begin = Value::Time("2026-02-05T00:00:00Z".parse().unwrap());
        let expected = Predicate::All(vec![
            is(IncidentField::Status, text("resolved")),
            is(IncidentField::Severity, text("high")),
            is(IncidentField::AssignedTo, text("ada")),
            test(IncidentField::Created, Comparison::AtLeast, begin),
            Predicate::Any(vec![
                test(IncidentField::Name, Comparison::Contains, text("7")),
                is(IncidentField::Id, Value::Number(7)),
            ]),
        ]);
        assert_eq!(view.predicate("ada"), Some(expected));
        let nobodys = QueueView { owner: WantedOwner::Nobody, ..everything };
        let expected = Predicate::All(vec![is(IncidentField::AssignedTo, Value::Null)]);
        assert_eq!(nobodys.predicate("ada"), Some(expected));
    }

    #[test]
    fn words_of_states_are_read_back() {
        for status in [WantedStatus::Open, WantedStatus::All, WantedStatus::Is(Status::Active)] {
            assert_eq!(WantedStatus::from_text(status.as_str()), Some(status));
        }
        assert_eq!(WantedStatus::from_text("asleep"), None);
    }
}
