//! The list query: filter, order, page.

use jiff::Timestamp;
use vakt_ids::IncidentId;

use crate::incident::Incident;

/// Most incidents on one page, as Microsoft's API has it.
pub const PAGE_SIZE_MAX: u32 = 100;

/// A property that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Number.
    Id,
    /// Name, without regard to case.
    Name,
    /// Creation.
    Created,
    /// Last change.
    Updated,
    /// Owner, without regard to case.
    AssignedTo,
    /// Status.
    Status,
    /// Severity.
    Severity,
    /// Classification.
    Classification,
    /// Determination.
    Determination,
}

/// How it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Is,
    /// Less, or earlier.
    Less,
    /// Less or the same.
    AtMost,
    /// Greater, or later.
    Greater,
    /// Greater or the same.
    AtLeast,
    /// Begins with.
    StartsWith,
    /// Ends with.
    EndsWith,
    /// Contains.
    Contains,
}

/// Against what it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// An instant.
    Time(Timestamp),
    /// A text, or the house's word of a closed vocabulary.
    Text(String),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What.
    pub field: Field,
    /// How.
    pub comparison: Comparison,
    /// Against what.
    pub value: Value,
}

/// Conditions combined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// One condition.
    Holds(Condition),
    /// All of them.
    All(Vec<Predicate>),
    /// One of them.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
}

impl Predicate {
    /// Does every incident that fits have a lower bound on its last change? Such questions come
    /// from readers that go on from where they were, and want the oldest change first.
    pub fn bounds_updates_from_below(&self) -> bool {
        match self {
            Self::Holds(condition) => {
                condition.field == Field::Updated
                    && matches!(condition.comparison, Comparison::Greater | Comparison::AtLeast)
            }
            Self::All(parts) => parts.iter().any(Self::bounds_updates_from_below),
            Self::Any(parts) => {
                !parts.is_empty() && parts.iter().all(Self::bounds_updates_from_below)
            }
            Self::Not(_) => false,
        }
    }
}

/// What incidents are ordered by; ties are settled by number in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// Creation.
    Created,
    /// Last change.
    Updated,
    /// Number.
    Id,
}

/// An order, total and therefore stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Key.
    pub by: OrderBy,
    /// Backwards.
    pub descending: bool,
}

impl Default for Order {
    /// Newest first.
    fn default() -> Self {
        Self { by: OrderBy::Created, descending: true }
    }
}

/// The last incident of a page: the next page starts after it, whatever has changed meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Its key in the order; for [`OrderBy::Id`] this is not looked at.
    pub at: Timestamp,
    /// Its number.
    pub id: IncidentId,
}

/// A page to read.
#[derive(Debug, Clone)]
pub struct IncidentQuery {
    /// Which.
    pub predicate: Option<Predicate>,
    /// In which order.
    pub order: Order,
    /// At most so many.
    pub top: u32,
    /// Pass over so many first.
    pub skip: u32,
    /// Start after this one.
    pub after: Option<Cursor>,
    /// Also count all that fit.
    pub count: bool,
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct IncidentPage {
    /// The incidents.
    pub incidents: Vec<Incident>,
    /// Where the next page starts, if there is one.
    pub next: Option<Cursor>,
    /// How many fit in all, if asked.
    pub count: Option<u64>,
}
