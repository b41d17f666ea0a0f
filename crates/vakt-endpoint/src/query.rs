//! The list questions: which, in which order, from where on. One form for the three nouns.

use jiff::Timestamp;

/// Most things on one page, as Microsoft's API has it.
pub const PAGE_SIZE_MAX: u32 = 10_000;

/// What kind of value a property has, and so how it may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text, compared without regard to case.
    Text,
    /// A word of a closed vocabulary.
    Word,
    /// A number.
    Number,
    /// An instant.
    Time,
    /// A list of texts, of which one must fit.
    Texts,
}

/// A property that can be asked for.
pub trait Property: Copy + PartialEq + Send + Sync + 'static {
    /// Kind of its values.
    fn kind(self) -> Kind;
    /// May it be unknown?
    fn may_be_null(self) -> bool;
    /// The property that settles ties, different for each thing.
    fn identity() -> Self;
}

/// Properties of machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineField {
    /// Id.
    Id,
    /// Full name; an unknown one is the empty text.
    Name,
    /// First seen.
    FirstSeen,
    /// Last seen.
    LastSeen,
    /// Operating system.
    Platform,
    /// Its release.
    Release,
    /// State of the sensor.
    Health,
    /// Onboarding.
    Onboarding,
    /// Risk.
    Risk,
    /// Exposure.
    Exposure,
    /// Value.
    Value,
    /// The directory's id.
    Directory,
    /// Last address.
    Address,
    /// Last external address.
    ExternalAddress,
    /// Device group's name.
    GroupName,
    /// Device group's number.
    GroupId,
    /// Tags.
    Tags,
}

impl Property for MachineField {
    fn kind(self) -> Kind {
        match self {
            Self::Id
            | Self::Name
            | Self::Platform
            | Self::Release
            | Self::Directory
            | Self::Address
            | Self::ExternalAddress
            | Self::GroupName => Kind::Text,
            Self::FirstSeen | Self::LastSeen => Kind::Time,
            Self::Health | Self::Onboarding | Self::Risk | Self::Exposure | Self::Value => {
                Kind::Word
            }
            Self::GroupId => Kind::Number,
            Self::Tags => Kind::Texts,
        }
    }

    fn may_be_null(self) -> bool {
        !matches!(
            self,
            Self::Id
                | Self::Name
                | Self::FirstSeen
                | Self::LastSeen
                | Self::Health
                | Self::Value
                | Self::Tags
        )
    }

    fn identity() -> Self {
        Self::Id
    }
}

/// Properties of machine actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionField {
    /// Id.
    Id,
    /// Where it stands.
    Status,
    /// The machine.
    Machine,
    /// What is to be done.
    Kind,
    /// Who asked for it.
    Requestor,
    /// Creation.
    Created,
    /// Last change.
    Updated,
}

impl Property for ActionField {
    fn kind(self) -> Kind {
        match self {
            Self::Id | Self::Machine | Self::Requestor => Kind::Text,
            Self::Status | Self::Kind => Kind::Word,
            Self::Created | Self::Updated => Kind::Time,
        }
    }

    fn may_be_null(self) -> bool {
        false
    }

    fn identity() -> Self {
        Self::Id
    }
}

/// Properties of indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndicatorField {
    /// Number.
    Id,
    /// Value.
    Value,
    /// Kind.
    Kind,
    /// What is to happen.
    Response,
    /// How bad it is.
    Severity,
    /// Title.
    Title,
    /// The application it is about.
    Application,
    /// Creation.
    Created,
    /// Last change.
    Updated,
    /// Its end.
    Expires,
    /// Id of who made it.
    MadeBy,
    /// Name of who made it.
    MadeByName,
    /// `true` or `false`: is an alert wanted?
    WantsAlert,
    /// The caller's own id.
    ExternalId,
}

impl Property for IndicatorField {
    fn kind(self) -> Kind {
        match self {
            Self::Id => Kind::Number,
            Self::Kind | Self::Response | Self::Severity | Self::WantsAlert => Kind::Word,
            Self::Created | Self::Updated | Self::Expires => Kind::Time,
            Self::Value
            | Self::Title
            | Self::Application
            | Self::MadeBy
            | Self::MadeByName
            | Self::ExternalId => Kind::Text,
        }
    }

    fn may_be_null(self) -> bool {
        matches!(self, Self::Application | Self::Expires | Self::ExternalId)
    }

    fn identity() -> Self {
        Self::Id
    }
}

/// How a property is compared.
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
pub struct Condition<F> {
    /// What.
    pub field: F,
    /// How.
    pub comparison: Comparison,
    /// Against what.
    pub value: Value,
}

/// Conditions combined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate<F> {
    /// One condition.
    Holds(Condition<F>),
    /// All of them.
    All(Vec<Predicate<F>>),
    /// One of them.
    Any(Vec<Predicate<F>>),
    /// Not this.
    Not(Box<Predicate<F>>),
}

/// An order; ties are settled by identity in the same direction, which makes it total. The
/// property may not be unknown, and is no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<F> {
    /// By what.
    pub by: F,
    /// Backwards.
    pub descending: bool,
}

impl<F: Property> Order<F> {
    /// An order by this property, if there can be one.
    pub fn by(by: F, descending: bool) -> Option<Self> {
        let can = !by.may_be_null() && by.kind() != Kind::Texts;
        can.then_some(Self { by, descending })
    }
}

/// A value that is ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A number, or ticks of 100 ns since 1970.
    Number(i64),
    /// A text, folded.
    Text(String),
}

/// The last thing of a page: the next page starts after it, whatever has changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Its place in the order.
    pub at: Key,
    /// Its identity.
    pub id: Key,
}

/// A page to read.
#[derive(Debug, Clone)]
pub struct Query<F> {
    /// Which.
    pub predicate: Option<Predicate<F>>,
    /// In which order.
    pub order: Order<F>,
    /// At most so many.
    pub top: u32,
    /// Pass over so many first.
    pub skip: u32,
    /// Start after this one.
    pub after: Option<Cursor>,
    /// Also count all that fit.
    pub count: bool,
}

impl<F: Property> Query<F> {
    /// The first `top` things by identity.
    pub fn first(top: u32) -> Self {
        let order = Order { by: F::identity(), descending: false };
        Self { predicate: None, order, top, skip: 0, after: None, count: false }
    }

    /// Only those of which this holds too.
    #[must_use]
    pub fn and(mut self, condition: Condition<F>) -> Self {
        let holds = Predicate::Holds(condition);
        self.predicate = Some(match self.predicate {
            Some(other) => Predicate::All(vec![other, holds]),
            None => holds,
        });
        self
    }
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The things.
    pub items: Vec<T>,
    /// Where the next page starts, if there is one.
    pub next: Option<Cursor>,
    /// How many fit in all, if asked.
    pub count: Option<u64>,
}
