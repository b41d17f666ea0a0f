//! Questions to the directory: which object, or which page of objects.

use vakt_ids::{AppId, ObjectId};

/// How one object is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKey {
    /// By object id.
    Object(ObjectId),
    /// By client id.
    App(AppId),
}

/// A property that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// `id`
    ObjectId,
    /// `appId`
    AppId,
    /// `displayName`
    DisplayName,
    /// `identifierUris` or `servicePrincipalNames`, folded.
    Name,
    /// `accountEnabled`, as `true` or `false`.
    Enabled,
}

/// How it is compared; texts without regard to case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// The same.
    Is,
    /// Begins with.
    StartsWith,
    /// Contains (for `$search`).
    Contains,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What.
    pub property: Property,
    /// How.
    pub how: Match,
    /// Against which text.
    pub value: String,
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

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As created.
    #[default]
    Creation,
    /// By name, then as created.
    Name,
    /// By name backwards.
    NameBackwards,
}

/// A page to read.
#[derive(Debug, Clone, Default)]
pub struct DirectoryQuery {
    /// Which.
    pub predicate: Option<Predicate>,
    /// In which order.
    pub order: Order,
    /// At most so many.
    pub top: u32,
    /// After the item this cursor came with.
    pub after: Option<String>,
    /// Also count them all.
    pub count: bool,
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct DirectoryPage<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page starts, if there is one.
    pub next: Option<String>,
    /// How many there are in all, if asked.
    pub count: Option<u64>,
}
