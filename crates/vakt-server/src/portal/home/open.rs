//! Incidents that are open, by severity, and those that are new. Each is counted up to a page and no further, so that the
//! start page costs the same however many there are.

use jiff::SignedDuration;
use vakt_identity::Tenant;
use vakt_incidents::{
    Comparison, Condition, IncidentField, IncidentQuery, IncidentTest, Order, PAGE_SIZE_MAX,
    Predicate, Severity, Status, Value,
};

use crate::pages::{Stop, Visit};
use crate::problem::Problem;

/// Severities as they are shown, the worst first.
const SEVERITIES: [(Severity, &str); 5] = [
    (Severity::High, "High"),
    (Severity::Medium, "Medium"),
    (Severity::Low, "Low"),
    (Severity::Informational, "Informational"),
    (Severity::Unspecified, "Not said"),
];
/// Where work is still to be done.
const OPEN: [Status; 3] = [Status::Active, Status::InProgress, Status::AwaitingAction];

/// What counts as new: a day.
const NEW_HOURS: i64 = 24;

/// How many of a severity are open.
pub(super) struct Count {
    pub severity: &'static str,
    /// A number, or that there are more.
    pub number: String,
}

/// The counts of all severities.
pub(super) async fn counts(visit: &Visit, tenant: &Tenant) -> Result<Vec<Count>, Stop> {
    let mut counts = Vec::new();
    for (severity, label) in SEVERITIES {
        let number = number(visit, tenant, is_open(severity)).await?;
        counts.push(Count { severity: label, number });
    }
    Ok(counts)
}

/// How many were created within a day, in whatever state they are by now.
pub(super) async fn new(visit: &Visit, tenant: &Tenant) -> Result<String, Stop> {
    let begin = visit.now - SignedDuration::from_hours(NEW_HOURS);
    let (field, comparison) = (IncidentField::Created, Comparison::AtLeast);
    let created = Condition { field, comparison, value: Value::Time(begin) };
    number(visit, tenant, Predicate::Holds(IncidentTest::Is(created))).await
}

fn is_open(severity: Severity) -> Predicate<IncidentTest> {
    let is = |field, word: &str| {
        let value = Value::Text(word.to_owned());
        Predicate::Holds(IncidentTest::Is(Condition { field, comparison: Comparison::Is, value }))
    };
    let open = OPEN.map(|status| is(IncidentField::Status, status.as_str()));
    let severity = is(IncidentField::Severity, severity.as_str());
    Predicate::All(vec![severity, Predicate::Any(open.into())])
}

async fn number(
    visit: &Visit,
    tenant: &Tenant,
    predicate: Predicate<IncidentTest>,
) -> Result<String, Stop> {
    let query = IncidentQuery {
        predicate: Some(predicate),
        order: Order::default(),
        top: PAGE_SIZE_MAX,
        skip: 0,
        after: None,
        count: false,
        without_alerts: true,
    };
    let found = visit.app.incidents.list(tenant.id, query).await.map_err(Problem::from)?;
    let more = if found.more { " and more" } else { "" };
    Ok(format!("{}{more}", found.items.len()))
}
