//! Any filter at all, in Graph's dialect: the server's answer is compared with that of a few lines
//! that read the filter literally, object by object, lists and evidence included.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use vakt_testkit::cast::{HOARDER, IMPORTER};
use vakt_testkit::{Answer, Request, World};

/// How many filters are tried of each list.
const CASES: u32 = 250;
/// Incidents of the corpus; each has two alerts.
const INCIDENTS: i64 = 40;
const GRAPH: &str = "https://graph.microsoft.com";

/// A filter, in the form it is both written and judged from.
#[derive(Debug, Clone)]
enum Filter {
    Compare(&'static str, &'static str, Literal),
    In(&'static str, Vec<Literal>),
    Call(&'static str, &'static str, &'static str),
    Any(&'static str, Box<Filter>),
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
}

#[derive(Debug, Clone)]
enum Literal {
    Null,
    Number(i64),
    Text(&'static str),
    /// In the corpus's own spelling, so that texts compare as times do.
    Time(&'static str),
}

const TIMES: &[&str] = &["2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z"];
const SEVERITIES: &[&str] = &["low", "medium", "high"];
const STATUSES: &[&str] = &["active", "inProgress", "resolved"];
const ALERT_STATUSES: &[&str] = &["new", "inProgress", "resolved"];
const SERVICES: &[&str] = &["microsoftDefenderForEndpoint", "azureAdIdentityProtection"];
const TAGS: &[&str] = &["vip", "100%", "a_b", "VIP lounge"];
const TITLES: &[&str] = &["Phishing", "it's odd", "a_b 100%"];
const OWNERS: &[&str] = &["ann@contoso.com", "Bob@contoso.com"];
const NAMES: &[&str] = &["alice", "Bob", "a_b"];
const VERDICTS: &[&str] = &["malicious", "suspicious"];
const ADDRESSES: &[&str] = &["10.0.0.1", "10.0.0.2"];
const TYPES: &[&str] = &[
    "#microsoft.graph.security.userEvidence",
    "#microsoft.graph.security.ipEvidence",
    "#microsoft.graph.security.deviceEvidence",
];
const CAST: &str = "microsoft.graph.security.userEvidence/";

fn pick<T: Copy>(list: &[T], n: i64) -> T {
    list[n as usize % list.len()]
}

/// Incidents in which every value meets many others.
fn corpus() -> Vec<Value> {
    (1..=INCIDENTS).map(incident).collect()
}

fn incident(n: i64) -> Value {
    let tags: Vec<&str> =
        TAGS.iter().copied().filter(|tag| (n as usize + tag.len()).is_multiple_of(3)).collect();
    json!({
        "id": n.to_string(),
        "displayName": pick(TITLES, n),
        "createdDateTime": pick(TIMES, n),
        "lastUpdateDateTime": pick(TIMES, n / 3),
        "severity": pick(SEVERITIES, n / 2),
        "status": pick(STATUSES, n / 5),
        "assignedTo": owner(n),
        "priorityScore": if n % 4 == 0 { json!(null) } else { json!(n % 7) },
        "customTags": tags,
        "alerts": [alert(2 * n), alert(2 * n + 1)],
    })
}

fn owner(n: i64) -> Value {
    [json!(null), json!(OWNERS[0]), json!(OWNERS[1])][n as usize % 3].clone()
}

fn alert(n: i64) -> Value {
    let techniques: &[&str] = [&[][..], &["T1566"], &["T1059.001", "T1566"]][n as usize % 3];
    json!({
        "id": format!("da{n}"),
        "incidentId": (n / 2).to_string(),
        "title": pick(TITLES, n / 2),
        "severity": pick(SEVERITIES, n),
        "status": pick(ALERT_STATUSES, n / 4),
        "serviceSource": pick(SERVICES, n / 3),
        "assignedTo": owner(n / 2),
        "createdDateTime": pick(TIMES, n / 2),
        "lastUpdateDateTime": pick(TIMES, n / 2),
        "mitreTechniques": techniques,
        "evidence": (0..n % 4).map(|i| piece(n + 5 * i)).collect::<Vec<_>>(),
    })
}

fn piece(n: i64) -> Value {
    let mut piece = match n % 3 {
        0 => json!({ "userAccount": { "accountName": pick(NAMES, n / 3) } }),
        1 => json!({ "ipAddress": pick(ADDRESSES, n / 3) }),
        _ => json!({ "deviceDnsName": pick(NAMES, n / 2), "osBuild": 1 }),
    };
    piece["@odata.type"] = json!(pick(TYPES, n));
    piece["verdict"] = if n % 5 == 0 { json!(null) } else { json!(pick(VERDICTS, n)) };
    piece
}

impl Filter {
    /// As it is written; inside an `any`, names are those of `x`.
    fn text(&self, inside: bool) -> String {
        let spelt = |name: &str| match (inside, name) {
            (false, _) => name.to_owned(),
            (true, "") => "x".to_owned(),
            (true, _) => format!("x/{name}"),
        };
        match self {
            Self::Compare(name, op, value) => format!("{} {op} {}", spelt(name), value.text()),
            Self::In(name, values) => {
                let values: Vec<String> = values.iter().map(Literal::text).collect();
                format!("{} in ({})", spelt(name), values.join(", "))
            }
            Self::Call(function, name, text) => {
                format!("{function}({},{})", spelt(name), Literal::Text(text).text())
            }
            Self::Any(list, inner) => format!("{list}/any(x:{})", inner.text(true)),
            Self::And(a, b) => format!("({}) and ({})", a.text(inside), b.text(inside)),
            Self::Or(a, b) => format!("({}) or ({})", a.text(inside), b.text(inside)),
            Self::Not(inner) => format!("not ({})", inner.text(inside)),
        }
    }

    fn holds(&self, object: &Value) -> bool {
        match self {
            Self::Compare(name, op, value) => {
                is_of_type(object, name) && compare(at(object, name), op, value)
            }
            Self::In(name, values) => {
                is_of_type(object, name)
                    && values.iter().any(|value| compare(at(object, name), "eq", value))
            }
            Self::Call(function, name, text) => {
                let Some(have) = at(object, name).as_str() else { return false };
                let (have, text) = (have.to_ascii_lowercase(), text.to_ascii_lowercase());
                is_of_type(object, name)
                    && match *function {
                        "startswith" => have.starts_with(&text),
                        "endswith" => have.ends_with(&text),
                        _ => have.contains(&text),
                    }
            }
            Self::Any(list, inner) => {
                object[*list].as_array().unwrap().iter().any(|one| inner.holds(one))
            }
            Self::And(a, b) => a.holds(object) && b.holds(object),
            Self::Or(a, b) => a.holds(object) || b.holds(object),
            Self::Not(inner) => !inner.holds(object),
        }
    }
}

/// A property that is reached through a type is one of that type only.
fn is_of_type(object: &Value, name: &str) -> bool {
    !name.starts_with(CAST) || object["@odata.type"] == TYPES[0]
}

fn at<'a>(object: &'a Value, name: &str) -> &'a Value {
    let name = name.strip_prefix(CAST).unwrap_or(name);
    let parts = name.split('/').filter(|part| !part.is_empty());
    parts.fold(object, |object, part| &object[part])
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

type Filters = BoxedStrategy<Filter>;

fn word(name: &'static str, words: &'static [&'static str]) -> Filters {
    let value = || prop::sample::select(words).prop_map(Literal::Text);
    prop_oneof![
        (prop::sample::select(&["eq", "ne"][..]), value())
            .prop_map(move |(op, value)| Filter::Compare(name, op, value)),
        prop::collection::vec(value(), 1..3).prop_map(move |values| Filter::In(name, values)),
    ]
    .boxed()
}

fn text(name: &'static str, texts: &'static [&'static str]) -> Filters {
    let null = prop::sample::select(&["eq", "ne"][..])
        .prop_map(move |op| Filter::Compare(name, op, Literal::Null));
    prop_oneof![word(name, texts), call(name), null].boxed()
}

fn call(name: &'static str) -> Filters {
    let pieces: &'static [&'static str] = &["a", "%", "_", "P", "'", "contoso", "0.2", "\\", ""];
    let functions: &'static [&'static str] = &["startswith", "endswith", "contains"];
    (prop::sample::select(functions), prop::sample::select(pieces))
        .prop_map(move |(function, piece)| Filter::Call(function, name, piece))
        .boxed()
}

fn ordered(name: &'static str, value: impl Strategy<Value = Literal> + 'static) -> Filters {
    let ops: &'static [&'static str] = &["eq", "ne", "gt", "ge", "lt", "le"];
    (prop::sample::select(ops), value)
        .prop_map(move |(op, value)| Filter::Compare(name, op, value))
        .boxed()
}

fn time(name: &'static str) -> Filters {
    ordered(name, prop::sample::select(TIMES).prop_map(Literal::Time))
}

/// A list of texts, whose element is asked by itself.
fn words(list: &'static str, known: &'static [&'static str]) -> Filters {
    let value = || prop::sample::select(known).prop_map(Literal::Text);
    let is = value().prop_map(|value| Filter::Compare("", "eq", value));
    let within = prop::collection::vec(value(), 1..3).prop_map(|values| Filter::In("", values));
    prop_oneof![is, within, call("")]
        .prop_map(move |inner| Filter::Any(list, Box::new(inner)))
        .boxed()
}

fn combined(one: Filters, depth: u32) -> Filters {
    one.prop_recursive(depth, 10, 2, |inner| {
        let pair = || (inner.clone(), inner.clone());
        prop_oneof![
            pair().prop_map(|(a, b)| Filter::And(Box::new(a), Box::new(b))),
            pair().prop_map(|(a, b)| Filter::Or(Box::new(a), Box::new(b))),
            inner.clone().prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

fn of_evidence() -> Filters {
    prop_oneof![
        word("@odata.type", TYPES),
        text("verdict", VERDICTS),
        text("userAccount/accountName", NAMES),
        text("microsoft.graph.security.userEvidence/userAccount/accountName", NAMES),
        text("ipAddress", ADDRESSES),
        text("deviceDnsName", NAMES),
    ]
    .boxed()
}

/// Conditions on an alert itself, without its evidence: those that an incident can be asked.
fn of_alert_itself() -> Filters {
    prop_oneof![
        word("severity", SEVERITIES),
        word("status", ALERT_STATUSES),
        word("serviceSource", SERVICES),
        text("title", TITLES),
        text("assignedTo", OWNERS),
        time("createdDateTime"),
    ]
    .boxed()
}

fn of_alert() -> Filters {
    let evidence =
        combined(of_evidence(), 2).prop_map(|inner| Filter::Any("evidence", Box::new(inner)));
    let techniques = words("mitreTechniques", &["T1566", "t1059.001", "T1"]);
    prop_oneof![2 => of_alert_itself(), 2 => evidence, 1 => techniques].boxed()
}

fn of_incident() -> Filters {
    let alerts =
        combined(of_alert_itself(), 2).prop_map(|inner| Filter::Any("alerts", Box::new(inner)));
    let own = prop_oneof![
        word("severity", SEVERITIES),
        word("status", STATUSES),
        text("displayName", TITLES),
        text("assignedTo", OWNERS),
        time("createdDateTime"),
        time("lastUpdateDateTime"),
        ordered("priorityScore", (0_i64..7).prop_map(Literal::Number)),
    ];
    prop_oneof![3 => own, 2 => alerts, 1 => words("customTags", TAGS)].boxed()
}

fn check(list: &str, filters: Filters, objects: &[Value]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for world in runtime.block_on(World::over_both_databases()) {
        let token = runtime.block_on(async {
            world.import(&IMPORTER, &corpus()).await;
            world.token_of(&HOARDER, GRAPH).await
        });
        let ask =
            |target: String| runtime.block_on(world.send(Request::get(target).bearer(&token)));
        check_with(list, &filters, objects, &ask);
    }
}

fn check_with(list: &str, filters: &Filters, objects: &[Value], ask: &impl Fn(String) -> Answer) {
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    // The same filters in every run: a change that breaks nothing must not turn red.
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, chance).run(filters, |filter| {
        let text = filter.text(false);
        let encoded = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
        let answer = ask(format!("/v1.0/security/{list}?$top=100&$select=id&$filter={encoded}"));
        prop_assert_eq!(answer.status, 200, "{}: {}", text, answer.text());
        let found = answer.json()["value"].as_array().unwrap().clone();
        let mut found: Vec<String> = found.iter().map(id).collect();
        let held = objects.iter().filter(|one| filter.holds(one));
        let mut held: Vec<String> = held.map(id).collect();
        found.sort();
        held.sort();
        prop_assert_eq!(found, held, "{}", text);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn any_filter_finds_exactly_the_incidents_it_holds_for() {
    check("incidents", combined(of_incident(), 3), &corpus());
}

#[test]
fn any_filter_finds_exactly_the_alerts_it_holds_for() {
    let alerts: Vec<Value> = corpus()
        .into_iter()
        .flat_map(|incident| incident["alerts"].as_array().unwrap().clone())
        .collect();
    check("alerts_v2", combined(of_alert(), 3), &alerts);
}
