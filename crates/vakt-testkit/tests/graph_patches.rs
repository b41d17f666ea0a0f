//! Any sequence of changes over Graph ends where a model of a few lines says, lawful or not.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use vakt_testkit::cast::{HOARDER, IMPORTER};
use vakt_testkit::incidents::plain;
use vakt_testkit::{Directory, World};

/// How many sequences are tried.
const CASES: u32 = 60;

/// Names of a status, classification or determination as clients write them, and as it is answered;
/// `None` is refused.
type Words = &'static [(&'static str, Option<&'static str>)];

const STATUSES: Words = &[
    ("active", Some("active")),
    ("InProgress", Some("inProgress")),
    ("RESOLVED", Some("resolved")),
    ("redirected", None),
    ("open", None),
];
const ALERT_STATUSES: Words = &[
    ("new", Some("new")),
    ("inprogress", Some("inProgress")),
    ("Resolved", Some("resolved")),
    ("redirected", None),
];
const CLASSIFICATIONS: Words = &[
    ("truePositive", Some("truePositive")),
    ("BenignPositive", Some("informationalExpectedActivity")),
    ("unknown", Some("unknown")),
    ("perhaps", None),
];
const DETERMINATIONS: Words = &[
    ("CompromisedUser", Some("compromisedAccount")),
    ("clean", Some("notMalicious")),
    ("NotEnoughDataToValidate", Some("notEnoughDataToValidate")),
    ("apt", Some("apt")),
    ("notAvailable", Some("unknown")),
    ("certain", None),
];

/// One request.
#[derive(Debug, Clone)]
enum Step {
    /// Members of the incident, as sent and as answered; `None` is refused, and all with it.
    Incident(Vec<Change>),
    /// The same of an alert, by its place.
    Alert(usize, Vec<Change>),
    /// A comment on the incident.
    Comment(&'static str),
    /// A comment on an alert.
    AlertComment(usize, &'static str),
}

#[derive(Debug, Clone)]
struct Change {
    member: &'static str,
    sent: Value,
    answered: Option<Value>,
}

/// What must be answered.
#[derive(Debug, Clone)]
struct Model {
    incident: Value,
    comments: Vec<&'static str>,
    alerts: [Value; 2],
    alert_comments: [Vec<&'static str>; 2],
}

impl Model {
    fn new() -> Self {
        let alert = json!({
            "status": "new", "classification": null, "determination": null, "assignedTo": null,
        });
        Self {
            incident: json!({
                "status": "active", "classification": "unknown", "determination": "unknown",
                "assignedTo": null, "customTags": [], "displayName": "Incident 1",
                "resolvingComment": null,
            }),
            comments: Vec::new(),
            alerts: [alert.clone(), alert],
            alert_comments: [Vec::new(), Vec::new()],
        }
    }

    /// Takes a step; false if it is refused, and then nothing has changed.
    fn take(&mut self, step: &Step) -> bool {
        match step {
            Step::Incident(changes) => {
                let was = self.incident["status"].clone();
                if !set(&mut self.incident, changes) {
                    return false;
                }
                if was != "resolved" && self.incident["status"] == "resolved" {
                    self.alerts.iter_mut().for_each(|alert| alert["status"] = json!("resolved"));
                }
            }
            Step::Alert(place, changes) => return set(&mut self.alerts[*place], changes),
            Step::Comment(text) | Step::AlertComment(_, text) if text.trim().is_empty() => {
                return false;
            }
            Step::Comment(text) => self.comments.push(text),
            Step::AlertComment(place, text) => self.alert_comments[*place].push(text),
        }
        true
    }
}

fn set(object: &mut Value, changes: &[Change]) -> bool {
    if changes.iter().any(|change| change.answered.is_none()) {
        return false;
    }
    for change in changes {
        object[change.member] = change.answered.clone().unwrap();
    }
    true
}

impl Step {
    async fn send(&self, graph: &Directory, id: i64) -> u16 {
        let alert = |place: &usize| format!("/security/alerts_v2/da{id}-{place}");
        let incident = format!("/security/incidents/{id}");
        let body = |changes: &[Change]| {
            let members = changes.iter().map(|one| (one.member.to_owned(), one.sent.clone()));
            Value::Object(members.collect())
        };
        let comment = |text: &str| json!({ "comment": text });
        let (method, path, body) = match self {
            Self::Incident(changes) => ("PATCH", incident, body(changes)),
            Self::Alert(place, changes) => ("PATCH", alert(place), body(changes)),
            Self::Comment(text) => ("POST", format!("{incident}/comments"), comment(text)),
            Self::AlertComment(place, text) => {
                ("POST", format!("{}/comments", alert(place)), comment(text))
            }
        };
        graph.send(method, &path, Some(&body)).await.status
    }
}

fn word(member: &'static str, words: Words) -> BoxedStrategy<Change> {
    let change = move |(sent, answered): (&str, Option<&str>)| Change {
        member,
        sent: json!(sent),
        answered: answered.map(|word| json!(word)),
    };
    prop::sample::select(words).prop_map(change).boxed()
}

fn value(member: &'static str, values: Vec<(Value, Option<Value>)>) -> BoxedStrategy<Change> {
    prop::sample::select(values)
        .prop_map(move |(sent, answered)| Change { member, sent, answered })
        .boxed()
}

fn owner() -> BoxedStrategy<Change> {
    let same = |value: Value| (value.clone(), Some(value));
    let values = vec![
        same(json!("ann@contoso.com")),
        same(json!(null)),
        (json!(""), Some(json!(null))),
        (json!(7), None),
    ];
    value("assignedTo", values)
}

fn of_incident() -> BoxedStrategy<Change> {
    let same = |value: Value| (value.clone(), Some(value));
    let tags = vec![same(json!([])), same(json!(["a", "b"])), (json!("a"), None)];
    let names = vec![same(json!("Renamed")), (json!(" "), None), (json!(null), None)];
    let texts = vec![same(json!("because")), same(json!(null)), (json!({}), None)];
    prop_oneof![
        2 => word("status", STATUSES),
        1 => word("classification", CLASSIFICATIONS),
        1 => word("determination", DETERMINATIONS),
        1 => owner(),
        1 => value("customTags", tags),
        1 => value("displayName", names),
        1 => value("resolvingComment", texts),
        1 => value("createdDateTime", vec![(json!("2026-01-01T00:00:00Z"), None)]),
    ]
    .boxed()
}

fn of_alert() -> BoxedStrategy<Change> {
    prop_oneof![
        word("status", ALERT_STATUSES),
        word("classification", CLASSIFICATIONS),
        word("determination", DETERMINATIONS),
        owner(),
    ]
    .boxed()
}

/// Each member once: what two values of one member mean, JSON does not say.
fn some(change: BoxedStrategy<Change>) -> BoxedStrategy<Vec<Change>> {
    let once = |mut changes: Vec<Change>| {
        changes.sort_by_key(|change| change.member);
        changes.dedup_by_key(|change| change.member);
        changes
    };
    prop::collection::vec(change, 0..3).prop_map(once).boxed()
}

fn step() -> BoxedStrategy<Step> {
    let text = || prop::sample::select(&["seen", "done", " "][..]);
    prop_oneof![
        4 => some(of_incident()).prop_map(Step::Incident),
        3 => (0..2_usize, some(of_alert())).prop_map(|(place, some)| Step::Alert(place, some)),
        1 => text().prop_map(Step::Comment),
        1 => (0..2_usize, text()).prop_map(|(place, text)| Step::AlertComment(place, text)),
    ]
    .boxed()
}

fn texts(comments: &Value) -> Vec<&str> {
    comments.as_array().unwrap().iter().map(|one| one["comment"].as_str().unwrap()).collect()
}

/// Does an object have what the model says?
fn agree(object: &Value, model: &Value) -> Result<(), TestCaseError> {
    for (member, expected) in model.as_object().unwrap() {
        prop_assert_eq!(&object[member], expected, "{}", member);
    }
    Ok(())
}

async fn play(graph: &Directory, id: i64, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut model = Model::new();
    model.incident["displayName"] = json!(format!("Incident {id}"));
    for step in steps {
        let expected = if model.take(step) { 200 } else { 400 };
        prop_assert_eq!(step.send(graph, id).await, expected, "{:?}", step);
    }
    let incident = graph.get(&format!("/security/incidents/{id}?$expand=alerts")).await;
    agree(&incident, &model.incident)?;
    prop_assert_eq!(texts(&incident["comments"]), model.comments);
    for place in 0..2 {
        let name = format!("da{id}-{place}");
        let alert = graph.get(&format!("/security/alerts_v2/{name}")).await;
        agree(&alert, &model.alerts[place])?;
        prop_assert_eq!(texts(&alert["comments"]), model.alert_comments[place].clone());
        let inside = incident["alerts"].as_array().unwrap().iter();
        let inside = inside.into_iter().find(|one| one["id"] == name.as_str()).unwrap();
        agree(inside, &model.alerts[place])?;
    }
    Ok(())
}

#[test]
fn every_sequence_of_changes_ends_where_the_model_says() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let one = |id: i64| {
        let mut incident = plain(id, "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z");
        let alert = |place: i64| json!({ "alertId": format!("da{id}-{place}"), "title": "x" });
        incident["alerts"] = json!([alert(0), alert(1)]);
        incident
    };
    let (_world, graph) = runtime.block_on(async {
        let world = World::start().await;
        world.import(&IMPORTER, &(1..=200).map(one).collect::<Vec<_>>()).await;
        let graph = world.directory(&HOARDER).await;
        (world, graph)
    });
    let next = std::cell::Cell::new(0);
    let config = Config {
        cases: CASES,
        max_shrink_iters: 100,
        failure_persistence: None,
        ..Config::default()
    };
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let steps = prop::collection::vec(step(), 1..12);
    let outcome = TestRunner::new_with_rng(config, chance).run(&steps, |steps| {
        next.set(next.get() + 1);
        runtime.block_on(play(&graph, next.get(), &steps))
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}
