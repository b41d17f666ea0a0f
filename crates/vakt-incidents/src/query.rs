//! The list queries: filter, order, page.

use jiff::Timestamp;

use crate::alert::PlacedAlert;
use crate::incident::Incident;

/// Most incidents on one page, as Microsoft's classic API has it.
pub const PAGE_SIZE_MAX: u32 = 100;
/// Most alerts on one page.
pub const ALERT_PAGE_SIZE_MAX: u32 = 1_000;
/// Most keys of an order.
pub const ORDER_KEYS_MAX: usize = 4;

/// A property of incidents that can be asked for. Texts compare without regard to case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentField {
    /// Number.
    Id,
    /// Name.
    Name,
    /// Creation.
    Created,
    /// Last change.
    Updated,
    /// Owner.
    AssignedTo,
    /// Status.
    Status,
    /// Severity.
    Severity,
    /// Classification.
    Classification,
    /// Determination.
    Determination,
    /// The incident it was merged into.
    Redirect,
    /// Who changed it last.
    UpdatedBy,
    /// Urgency.
    Priority,
}

/// A property of alerts that can be asked for. Texts compare without regard to case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertField {
    /// Id.
    Id,
    /// Its incident's number.
    Incident,
    /// Title.
    Title,
    /// Service.
    Service,
    /// Detector.
    Detector,
    /// The detector's rule.
    DetectorId,
    /// Product.
    Product,
    /// Policy.
    PolicyId,
    /// Category.
    Category,
    /// Status.
    Status,
    /// Severity.
    Severity,
    /// Classification; absent means unknown.
    Classification,
    /// Determination; absent means not available.
    Determination,
    /// Creation.
    Created,
    /// Last change.
    Updated,
    /// Resolution.
    Resolved,
    /// First activity.
    FirstActivity,
    /// Last activity.
    LastActivity,
    /// Owner.
    AssignedTo,
    /// State of the automated investigation.
    InvestigationState,
    /// Activity group.
    Actor,
    /// Name of the threat.
    ThreatName,
    /// Malware family.
    ThreatFamily,
}

/// A property of a piece of evidence that can be asked for. Texts compare without regard to case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceField {
    /// Kind, in the stored spelling.
    Kind,
    /// When it was added to the alert.
    Added,
    /// Verdict.
    Verdict,
    /// What became of it.
    Remediation,
    /// The endpoint product's id of the device.
    DeviceId,
    /// The directory's id of the device.
    DeviceDirectoryId,
    /// Name of the device.
    DeviceName,
    /// Account name.
    AccountName,
    /// Account's domain.
    AccountDomain,
    /// Account's security identifier.
    AccountSid,
    /// The directory's id of the account.
    AccountDirectoryId,
    /// Sign-in name.
    PrincipalName,
    /// IP address.
    IpAddress,
    /// URL.
    Url,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// File name.
    FileName,
    /// Folder.
    FilePath,
    /// Process id.
    ProcessId,
    /// Command line.
    CommandLine,
    /// Mailbox's address.
    MailboxAddress,
    /// Sender.
    Sender,
    /// Recipient.
    Recipient,
    /// Subject.
    Subject,
    /// Registry key.
    RegistryKey,
    /// Name of the registry value.
    RegistryValueName,
}

/// Lists of words that alerts and incidents carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// An incident's tags of people.
    Tag,
    /// An incident's tags of the service.
    SystemTag,
    /// An alert's techniques.
    Technique,
    /// An alert's categories.
    Category,
    /// An alert's tags of the service.
    AlertTag,
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

/// One condition on a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<F> {
    /// What.
    pub field: F,
    /// How.
    pub comparison: Comparison,
    /// Against what.
    pub value: Value,
}

/// A condition on a list of words: one of them fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Which list.
    pub label: Label,
    /// How.
    pub comparison: Comparison,
    /// Against what.
    pub word: String,
}

/// A test of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentTest {
    /// Of a property.
    Is(Condition<IncidentField>),
    /// Of a list.
    Has(Labelled),
    /// One of its alerts fits.
    AnyAlert(Predicate<AlertTest>),
}

/// A test of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlertTest {
    /// Of a property.
    Is(Condition<AlertField>),
    /// Of a list.
    Has(Labelled),
    /// One piece of its evidence fits.
    AnyEvidence(Predicate<Condition<EvidenceField>>),
}

/// Tests combined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate<T> {
    /// One test.
    Holds(T),
    /// All of them.
    All(Vec<Predicate<T>>),
    /// One of them.
    Any(Vec<Predicate<T>>),
    /// Not this.
    Not(Box<Predicate<T>>),
}

impl<T> Predicate<T> {
    /// Does everything that fits pass a test that `is_bound` knows?
    fn is_bound_by(&self, is_bound: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Holds(test) => is_bound(test),
            Self::All(parts) => parts.iter().any(|part| part.is_bound_by(is_bound)),
            Self::Any(parts) => {
                !parts.is_empty() && parts.iter().all(|part| part.is_bound_by(is_bound))
            }
            Self::Not(_) => false,
        }
    }
}

fn is_from(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Greater | Comparison::AtLeast)
}

impl Predicate<IncidentTest> {
    /// Does every incident that fits have a lower bound on its last change? Such questions come
    /// from readers that go on from where they were, and want the oldest change first.
    pub fn bounds_updates_from_below(&self) -> bool {
        self.is_bound_by(&|test| match test {
            IncidentTest::Is(condition) => {
                condition.field == IncidentField::Updated && is_from(condition.comparison)
            }
            _ => false,
        })
    }
}

impl Predicate<AlertTest> {
    /// The same for alerts.
    pub fn bounds_updates_from_below(&self) -> bool {
        self.is_bound_by(&|test| match test {
            AlertTest::Is(condition) => {
                condition.field == AlertField::Updated && is_from(condition.comparison)
            }
            _ => false,
        })
    }
}

/// What incidents and alerts are ordered by. The last resort is always the id, so that every order
/// is total and therefore stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// Creation.
    Created,
    /// Last change.
    Updated,
    /// Number of the last change.
    Change,
    /// Number, or id.
    Id,
    /// Severity, the least first.
    Severity,
    /// Name or title, without regard to case.
    Name,
    /// First activity; of alerts only.
    FirstActivity,
    /// Last activity; of alerts only.
    LastActivity,
}

/// One key of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderKey {
    /// By what.
    pub by: OrderBy,
    /// Backwards.
    pub descending: bool,
}

/// An order, of [`ORDER_KEYS_MAX`] keys at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order(Vec<OrderKey>);

impl Order {
    /// By one key.
    pub fn by(by: OrderBy, descending: bool) -> Self {
        Self::of(vec![OrderKey { by, descending }])
    }

    /// By several keys; what comes after the id, or is one too many, changes nothing.
    pub fn of(mut keys: Vec<OrderKey>) -> Self {
        if let Some(id) = keys.iter().position(|key| key.by == OrderBy::Id) {
            keys.truncate(id + 1);
        }
        keys.truncate(ORDER_KEYS_MAX);
        let descending = keys.last().is_some_and(|key| key.descending);
        if keys.last().is_none_or(|key| key.by != OrderBy::Id) {
            keys.push(OrderKey { by: OrderBy::Id, descending });
        }
        Self(keys)
    }

    /// Its keys; the last one is the id.
    pub fn keys(&self) -> &[OrderKey] {
        &self.0
    }
}

impl Default for Order {
    /// Newest first.
    fn default() -> Self {
        Self::by(OrderBy::Created, true)
    }
}

/// The place of a row in an order: one value per key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub Vec<CursorValue>);

/// The value of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorValue {
    /// A number: a time in ticks of 100 ns, a rank, a count.
    Number(i64),
    /// A text, folded.
    Text(String),
}

/// A page to read.
#[derive(Debug, Clone)]
pub struct Query<T> {
    /// Which.
    pub predicate: Option<Predicate<T>>,
    /// In which order.
    pub order: Order,
    /// At most so many.
    pub top: u32,
    /// Pass over so many first.
    pub skip: u32,
    /// Start after this place, whatever has changed since it was written down.
    pub after: Option<Cursor>,
    /// Also count all that fit.
    pub count: bool,
    /// Leave the alerts of incidents out.
    pub without_alerts: bool,
}

/// A page of incidents to read.
pub type IncidentQuery = Query<IncidentTest>;
/// A page of alerts to read.
pub type AlertQuery = Query<AlertTest>;

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// The place of the last item, also when nothing comes after it.
    pub end: Option<Cursor>,
    /// Is there a next page?
    pub more: bool,
    /// How many fit in all, if asked.
    pub count: Option<u64>,
}

impl<T> Page<T> {
    /// Where the next page starts, if there is one.
    pub fn next(&self) -> Option<&Cursor> {
        self.end.as_ref().filter(|_| self.more)
    }
}

/// A page of incidents.
pub type IncidentPage = Page<Incident>;
/// A page of alerts.
pub type AlertPage = Page<PlacedAlert>;
