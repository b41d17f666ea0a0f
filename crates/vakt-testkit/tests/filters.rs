//! Any filter at all: the server's answer is compared with that of a few lines that read the
//! filter literally, incident by incident.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::plain;
use vakt_testkit::{Request, World};

/// How many filters are tried in one run.
const CASES: u32 = 150;

/// A filter, in the form it is both written and judged from.
#[derive(Debug, Clone)]
enum Filter {
    Compare(&'static str, &'static str, Literal),
    In(&'static str, Vec<Literal>),
    Call(&'static str, &'static str, &'static str),
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
}

#[derive(Debug, Clone)]
enum Literal {
    Null,
    Number(i64),
    Text(&'static str),
    /// A time in the corpus's own spelling, so that texts compare as times do.
    Time(&'static str),
}

const TIMES: &[&str] = &[
    "2026-02-01T00:00:00Z",
    "2026-02-02T00:00:00Z",
    "2026-02-03T00:00:00Z",
    "2026-02-04T00:00:00Z",
];
const STATUSES: &[&str] = &["Active", "InProgress", "Resolved"];
const SEVERITIES: &[&str] = &["Low", "Medium", "High"];
const NAMES: &[&str] = &["Phishing", "phishing 100%", "a_b", "it's", "Malware", ""];
const OWNERS: &[&str] = &["ann@contoso.com", "Bob@contoso.com"];
const ORDERED: &[&str] = &["eq", "ne", "gt", "ge", "lt", "le"];

/// Forty-eight incidents in which every value meets many others.
fn corpus() -> Vec<Value> {
    let one = |id: i64| {
        let at = |list: &[&'static str], step: i64| list[(id / step) as usize % list.len()];
        let mut incident = plain(id, at(TIMES, 1), at(TIMES, 3));
        incident["incidentName"] = json!(at(NAMES, 1));
        incident["status"] = json!(at(STATUSES, 2));
        incident["severity"] = json!(at(SEVERITIES, 5));
        incident["assignedTo"] =
            [json!(null), json!(OWNERS[0]), json!(OWNERS[1])][id as usize % 3].clone();
        incident
    };
    (1..=48).map(one).collect()
}

impl Filter {
    fn text(&self) -> String {
        match self {
            Self::Compare(name, op, value) => format!("{name} {op} {}", value.text()),
            Self::In(name, values) => {
                let values: Vec<String> = values.iter().map(Literal::text).collect();
                format!("{name} in ({})", values.join(", "))
            }
            Self::Call(function, name, text) => {
                format!("{function}({name},{})", Literal::Text(text).text())
            }
            Self::And(a, b) => format!("{} and {}", a.operand(), b.operand()),
            Self::Or(a, b) => format!("{} or {}", a.operand(), b.operand()),
            Self::Not(inner) => format!("not ({})", inner.text()),
        }
    }

    /// In parentheses where precedence would read it differently; and not where it would not.
    fn operand(&self) -> String {
        match self {
            Self::And(..) | Self::Or(..) => format!("({})", self.text()),
            _ => self.text(),
        }
    }

    fn holds(&self, incident: &Value) -> bool {
        match self {
            Self::Compare(name, op, value) => compare(&incident[*name], op, value),
            Self::In(name, values) => values.iter().any(|v| compare(&incident[*name], "eq", v)),
            Self::Call(function, name, text) => {
                let Some(have) = incident[*name].as_str() else { return false };
                let (have, text) = (have.to_ascii_lowercase(), text.to_ascii_lowercase());
                match *function {
                    "startswith" => have.starts_with(&text),
                    "endswith" => have.ends_with(&text),
                    _ => have.contains(&text),
                }
            }
            Self::And(a, b) => a.holds(incident) && b.holds(incident),
            Self::Or(a, b) => a.holds(incident) || b.holds(incident),
            Self::Not(inner) => !inner.holds(incident),
        }
    }
}

impl Literal {
    fn text(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Self::Time(text) => (*text).into(),
        }
    }
}

fn compare(have: &Value, op: &str, literal: &Literal) -> bool {
    let order = match literal {
        Literal::Null => return have.is_null() == (op == "eq"),
        Literal::Number(number) => have.as_i64().map(|have| have.cmp(number)),
        Literal::Text(text) | Literal::Time(text) => {
            have.as_str().map(|have| have.to_ascii_lowercase().cmp(&text.to_ascii_lowercase()))
        }
    };
    let Some(order) = order else { return op == "ne" };
    match op {
        "eq" => order.is_eq(),
        "ne" => order.is_ne(),
        "gt" => order.is_gt(),
        "ge" => order.is_ge(),
        "lt" => order.is_lt(),
        _ => order.is_le(),
    }
}

fn word(name: &'static str, words: &'static [&'static str]) -> impl Strategy<Value = Filter> {
    let value = || prop::sample::select(words).prop_map(Literal::Text);
    prop_oneof![
        (prop::sample::select(&["eq", "ne"][..]), value())
            .prop_map(move |(op, value)| Filter::Compare(name, op, value)),
        prop::collection::vec(value(), 1..3).prop_map(move |values| Filter::In(name, values)),
    ]
}

fn ordered(
    name: &'static str,
    value: impl Strategy<Value = Literal>,
) -> impl Strategy<Value = Filter> {
    (prop::sample::select(ORDERED), value)
        .prop_map(move |(op, value)| Filter::Compare(name, op, value))
}

fn text(name: &'static str, texts: &'static [&'static str]) -> impl Strategy<Value = Filter> {
    let pieces: &'static [&'static str] = &["ph", "%", "_", "A", "'", "contoso", "com", "\\", ""];
    let functions: &'static [&'static str] = &["startswith", "endswith", "contains"];
    prop_oneof![
        word(name, texts),
        (prop::sample::select(functions), prop::sample::select(pieces))
            .prop_map(move |(function, piece)| Filter::Call(function, name, piece)),
    ]
}

fn condition() -> impl Strategy<Value = Filter> {
    let time = || prop::sample::select(TIMES).prop_map(Literal::Time);
    let null = prop::sample::select(&["eq", "ne"][..])
        .prop_map(|op| Filter::Compare("assignedTo", op, Literal::Null));
    prop_oneof![
        word("status", STATUSES),
        word("severity", SEVERITIES),
        ordered("createdTime", time()),
        ordered("lastUpdateTime", time()),
        ordered("incidentId", (0_i64..50).prop_map(Literal::Number)),
        text("incidentName", NAMES),
        text("assignedTo", OWNERS),
        null,
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    condition().prop_recursive(4, 12, 2, |inner| {
        let pair = || (inner.clone(), inner.clone());
        prop_oneof![
            pair().prop_map(|(a, b)| Filter::And(Box::new(a), Box::new(b))),
            pair().prop_map(|(a, b)| Filter::Or(Box::new(a), Box::new(b))),
            inner.clone().prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

#[test]
fn any_filter_finds_exactly_the_incidents_it_holds_for() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let corpus = corpus();
    let (world, token) = runtime.block_on(async {
        let world = World::start().await;
        world.import(&IMPORTER, &corpus).await;
        let token = world.token("https://api.security.microsoft.com").await;
        (world, token)
    });
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    // The same filters in every run: a change that breaks nothing must not turn red.
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, chance).run(&filter(), |filter| {
        let encoded = utf8_percent_encode(&filter.text(), NON_ALPHANUMERIC).to_string();
        let target = format!("/api/incidents?$filter={encoded}&$orderby=incidentId");
        let list = runtime.block_on(world.send(Request::get(target).bearer(&token)));
        prop_assert_eq!(list.status, 200, "{}: {}", filter.text(), list.text());
        let found: Vec<Value> = list.json()["value"].as_array().unwrap().clone();
        let found: Vec<i64> = found.iter().map(|one| one["incidentId"].as_i64().unwrap()).collect();
        let held = corpus.iter().filter(|incident| filter.holds(incident));
        let held: Vec<i64> = held.map(|one| one["incidentId"].as_i64().unwrap()).collect();
        prop_assert_eq!(found, held, "{}", filter.text());
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}
