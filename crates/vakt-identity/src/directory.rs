//! Questions to the directory: which object, or which page of objects.

use jiff::Timestamp;
use vakt_ids::{AppId, ObjectId};

/// How one object is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKey {
    /// By object id.
    Object(ObjectId),
    /// By client id.
    App(AppId),
}

/// An object that has credentials and owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A registration.
    Application(ObjectKey),
    /// A service principal.
    ServicePrincipal(ObjectKey),
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
    /// One of the tags.
    Tag,
    /// `accountEnabled`, as `true` or `false`; of service principals only.
    Enabled,
    /// `appRoleAssignmentRequired`, as `true` or `false`; of service principals only.
    AssignmentRequired,
    /// `appOwnerOrganizationId`; of service principals only.
    Home,
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
    /// The same or later in the order of names.
    AtLeast,
    /// The same or earlier in the order of names.
    AtMost,
    /// There is one, whatever it is.
    Any,
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
    /// Created not before `from`, and before `until`; of deleted objects: deleted.
    When {
        /// First instant.
        from: Option<Timestamp>,
        /// First instant after the last.
        until: Option<Timestamp>,
    },
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
    /// By the time of creation (of deleted objects: of deletion), then as created.
    Time,
    /// The same backwards.
    TimeBackwards,
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
