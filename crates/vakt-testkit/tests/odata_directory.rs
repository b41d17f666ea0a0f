//! Filters over a small directory give the rows that a naive evaluation gives, whatever the
//! filter; and orders and pages give each row once.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use vakt_testkit::cast::ADMIN;
use vakt_testkit::{Directory, World};

/// Name, tags, identifier URIs.
type App = (&'static str, &'static [&'static str], &'static [&'static str]);

const APPS: &[App] = &[
    ("alpha", &["red"], &["api://alpha"]),
    ("Alpha two", &["red", "blue"], &[]),
    ("beta_1", &[], &["api://beta", "https://beta.corp"]),
    ("beta%1", &["blue"], &[]),
    ("o'neil", &["Red"], &["api://oneil"]),
];
/// How many filters are tried.
const FILTERS_COUNT: usize = 120;

/// A filter, and what it means.
#[derive(Debug, Clone)]
enum Asked {
    Name(&'static str, &'static str),
    NameStarts(&'static str),
    Tag(&'static str),
    Uri(&'static str),
    HasTags,
    Not(Box<Asked>),
    And(Box<Asked>, Box<Asked>),
    Or(Box<Asked>, Box<Asked>),
}

impl Asked {
    fn text(&self) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        match self {
            Self::Name(how, text) => format!("displayName {how} {}", quoted(text)),
            Self::NameStarts(text) => format!("startswith(displayName,{})", quoted(text)),
            Self::Tag(tag) => format!("tags/any(t:t eq {})", quoted(tag)),
            Self::Uri(start) => format!("identifierUris/any(u:startswith(u,{}))", quoted(start)),
            Self::HasTags => "tags/any()".into(),
            Self::Not(inner) => format!("not({})", inner.text()),
            Self::And(a, b) => format!("({}) and ({})", a.text(), b.text()),
            Self::Or(a, b) => format!("({}) or ({})", a.text(), b.text()),
        }
    }

    fn holds(&self, app: &App) -> bool {
        let (name, tags, uris) = app;
        let name = name.to_lowercase();
        match self {
            Self::Name("eq", text) => name == text.to_lowercase(),
            Self::Name("ne", text) => name != text.to_lowercase(),
            Self::Name("ge", text) => name >= text.to_lowercase(),
            Self::Name(_, text) => name <= text.to_lowercase(),
            Self::NameStarts(text) => name.starts_with(&text.to_lowercase()),
            Self::Tag(tag) => tags.contains(tag),
            Self::Uri(start) => uris.iter().any(|uri| uri.starts_with(start)),
            Self::HasTags => !tags.is_empty(),
            Self::Not(inner) => !inner.holds(app),
            Self::And(a, b) => a.holds(app) && b.holds(app),
            Self::Or(a, b) => a.holds(app) || b.holds(app),
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let texts =
        || prop::sample::select(vec!["alpha", "ALPHA", "beta", "beta_", "beta%1", "o'", ""]);
    let how = prop::sample::select(vec!["eq", "ne", "ge", "le"]);
    let leaf = prop_oneof![
        (how, texts()).prop_map(|(how, text)| Asked::Name(how, text)),
        texts().prop_map(Asked::NameStarts),
        prop::sample::select(vec!["red", "blue", "Red", "green"]).prop_map(Asked::Tag),
        prop::sample::select(vec!["api://", "https://", "api://alpha", "x"]).prop_map(Asked::Uri),
        Just(Asked::HasTags),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let both = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|one| Asked::Not(Box::new(one))),
            both.clone().prop_map(|(a, b)| Asked::And(Box::new(a), Box::new(b))),
            both.prop_map(|(a, b)| Asked::Or(Box::new(a), Box::new(b))),
        ]
    })
}

async fn small_directory(graph: &Directory) {
    for (name, tags, uris) in APPS {
        let new = json!({ "displayName": name, "tags": tags, "identifierUris": uris });
        graph.post("/applications", 201, &new).await;
    }
}

fn ours(list: &Value) -> Vec<String> {
    let names = list["value"].as_array().unwrap().iter();
    let names = names.map(|one| one["displayName"].as_str().unwrap().to_owned());
    names.filter(|name| APPS.iter().any(|app| app.0 == name)).collect()
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn every_filter_gives_the_rows_of_a_naive_evaluation() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    small_directory(&graph).await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..FILTERS_COUNT {
        let asked = asked().new_tree(&mut runner).unwrap().current();
        let path = format!("/applications?$filter={}&$top=999", encoded(&asked.text()));
        let expected: Vec<String> =
            APPS.iter().filter(|app| asked.holds(app)).map(|app| app.0.to_owned()).collect();
        assert_eq!(ours(&graph.get(&path).await), expected, "{}", asked.text());
    }
}

#[tokio::test]
async fn times_are_compared_as_they_are_shown() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    small_directory(&graph).await;
    let now = "2026-03-01T12:00:00Z";
    for (filter, all) in [
        (format!("createdDateTime eq {now}"), true),
        (format!("createdDateTime ne {now}"), false),
        (format!("createdDateTime ge {now}"), true),
        (format!("createdDateTime gt {now}"), false),
        (format!("createdDateTime le {now}"), true),
        (format!("createdDateTime lt {now}"), false),
        ("createdDateTime lt 2026-03-01T12:00:00.00000001Z".into(), true),
        ("deletedDateTime eq null".into(), true),
    ] {
        let list = graph.get(&format!("/applications?$filter={}", encoded(&filter))).await;
        assert_eq!(ours(&list).len(), if all { APPS.len() } else { 0 }, "{filter}");
    }
}
