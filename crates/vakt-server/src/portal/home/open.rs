//! Incidents that are open, by severity, and those that are new. Each is counted up to a page and no
//! further, so that the start page costs the same however many there are.

use jiff::SignedDuration;
use vakt_identity::Tenant;
use vakt_incidents::{
    Comparison, Condition, IncidentField, IncidentQuery, IncidentTest, Order, PAGE_SIZE_MAX,
    Predicate, Severity, Status, Value, is_open,
};

use crate::pages::{Stop, Visit};
use crate::portal::desk::{Desk, Right};
use crate::problem::Problem;

/// Severities as they are shown, the worst first.
const SEVERITIES: [(Severity, &str); 5] = [
    (Severity::High, "High"),
    (Severity::Medium, "Medium"),
    (Severity::Low, "Low"),
    (Severity::Informational, "Informational"),
    (Severity::Unspecified, "Not said"),
];
/// Where the queue is.
const QUEUE: &str = "/portal/incidents";
/// What counts as new: a day.
const NEW_HOURS: i64 = 24;

/// What the start page says of incidents, to those who may see them.
pub(super) struct Incidents {
    pub open: Vec<Count>,
    /// How many were created within a day, in whatever state they are by now.
    pub new: String,
}

/// How many of a severity are open.
pub(super) struct Count {
    pub severity: &'static str,
    /// The queue of them.
    pub queue: String,
    /// A number, or that there are more.
    pub number: String,
}

/// The counts, if this person may see incidents.
pub(super) async fn incidents(visit: &Visit, desk: &Desk) -> Result<Option<Incidents>, Stop> {
    if !desk.may(Right::SeeIncidents) {
        return Ok(None);
    }
    let mut open = Vec::new();
    for (severity, label) in SEVERITIES {
        let word = severity.as_str();
        let queue = format!("{QUEUE}?severity={word}");
        let number = number(visit, &desk.tenant, open_of(severity)).await?;
        open.push(Count { severity: label, queue, number });
    }
    let begin = visit.now - SignedDuration::from_hours(NEW_HOURS);
    let (field, comparison) = (IncidentField::Created, Comparison::AtLeast);
    let created = Condition { field, comparison, value: Value::Time(begin) };
    let created = Predicate::Holds(IncidentTest::Is(created));
    let new = number(visit, &desk.tenant, created).await?;
    Ok(Some(Incidents { open, new }))
}

fn open_of(severity: Severity) -> Predicate<IncidentTest> {
    let is = |field, word: &str| {
        let value = Value::Text(word.to_owned());
        Predicate::Holds(IncidentTest::Is(Condition { field, comparison: Comparison::Is, value }))
    };
    let open = Status::ALL.iter().filter(|status| is_open(**status));
    let open = open.map(|status| is(IncidentField::Status, status.as_str()));
    let severity = is(IncidentField::Severity, severity.as_str());
    Predicate::All(vec![severity, Predicate::Any(open.collect())])
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
