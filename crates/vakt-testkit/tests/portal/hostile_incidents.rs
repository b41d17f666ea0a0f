//! Texts that are made to be more than texts stand in every field of an incident, its alerts and
//! their evidence that an import fills, and go through every page on which these are shown. Each
//! page keeps the markup that it has for harmless texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::{full, graph};
use vakt_testkit::people::ADA;
use vakt_testkit::{Answer, Visitor, World};

use super::hostile::{NAMES, expect_harmless};
use super::markup::{links, skeleton};

const QUEUE: &str = "/portal/incidents";

/// What no other corpus here has.
const MORE: &[&str] = &[
    "--><!--<![CDATA[<base href=//evil.example>]]>",
    "`;alert(1);//\\x3cscript\\x3e\\u003cscript\\u003e",
    "nul\u{0}\u{1}\u{7f}\u{fffe}&#0;%00\\0",
    "first line\r\nSet-Cookie: x=y\r\n\r\n<h1>second</h1>",
    "<a href=\"//evil.example\">{{constructor.constructor('x')()}} <%= 7*7 %> #{7*7} *{7*7}",
    "../../../etc/passwd?x=1&y=2#z/%2e%2e%2f//evil.example",
    "\u{202e}\u{2066}evil\u{2067}\u{200f}a\u{300}\u{301}\u{302}\u{1f468}\u{200d}\u{1f469}",
];

/// Members whose values come from a closed list, or name the dialect.
const CLOSED: &[&str] = &["status", "severity", "classification", "determination"];

/// Puts the text where an import takes any.
fn spoil(value: &mut Value, key: &str, text: &str) {
    match value {
        Value::Object(members) => {
            members.iter_mut().for_each(|(key, member)| spoil(member, key, text));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, key, text)),
        Value::String(old) => {
            let is_moment =
                key.ends_with("Time") || key.ends_with("Activity") || key == "firstSeen";
            let is_type = key.starts_with('@') || key == "entityType";
            if !CLOSED.contains(&key) && !is_moment && !is_type && key != "id" {
                text.clone_into(old);
            }
        }
        _ => {}
    }
}

/// An entity of the classic dialect with every text it can have.
fn entity(kind: &str) -> Value {
    let mut entity = json!({ "entityType": kind });
    for member in [
        "sha1",
        "sha256",
        "fileName",
        "filePath",
        "processCommandLine",
        "ipAddress",
        "url",
        "accountName",
        "domainName",
        "userSid",
        "aadUserId",
        "userPrincipalName",
        "mailboxDisplayName",
        "mailboxAddress",
        "clusterBy",
        "sender",
        "recipient",
        "subject",
        "deliveryAction",
        "securityGroupId",
        "securityGroupName",
        "registryHive",
        "registryKey",
        "registryValueType",
        "registryValue",
        "deviceId",
        "verdict",
        "remediationStatus",
    ] {
        entity[member] = json!("x");
    }
    entity
}

/// Two incidents, one of each dialect, in which every text is this one.
fn incidents(id: i64, text: &str) -> [Value; 2] {
    let (mut classic, mut graph) = (full(id), graph());
    let kinds = [
        "User",
        "Ip",
        "Url",
        "File",
        "Process",
        "MailBox",
        "MailMessage",
        "MailCluster",
        "Registry",
        "SecurityGroup",
        text,
    ];
    classic["alerts"][0]["entities"] = kinds.into_iter().map(entity).collect();
    let evidence = graph["alerts"][0]["evidence"].as_array_mut().unwrap();
    evidence.push(json!({ "@odata.type": format!("#microsoft.graph.security.{text}Evidence") }));
    for incident in [&mut classic, &mut graph] {
        spoil(incident, "", text);
    }
    let word: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    classic["alerts"][0]["alertId"] = json!(format!("da{id}{:.80}", word));
    graph["alerts"][0]["id"] = json!(format!("fa{id}"));
    graph["id"] = json!((id + 1).to_string());
    graph["displayName"] = json!(text);
    [classic, graph]
}

/// The pages of these two incidents, by what they are: everything that a page links to is followed.
async fn pages(ada: &mut Visitor, id: i64, text: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let query: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let wrong = format!("status={query}&severity={query}&created={query}&sort={query}");
    let mut found: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut to_see: Vec<(String, String)> = vec![
        ("queue".into(), format!("{QUEUE}?status=all&assigned={query}")),
        ("search".into(), format!("{QUEUE}?search={query}&assigned=no-such-person")),
        ("wrong filter".into(), format!("{QUEUE}?{wrong}&assigned={query}&search={query}")),
        ("incident".into(), format!("{QUEUE}/{id}")),
        ("incident of Graph".into(), format!("{QUEUE}/{}", id + 1)),
        ("no entity".into(), format!("{QUEUE}/entities/{query}?key={query}")),
    ];
    let mut seen = BTreeSet::new();
    while let Some((kind, place)) = to_see.pop() {
        let page = ada.get(&place).await;
        assert!([200, 400, 404].contains(&page.status), "{place}: {}", page.status);
        harmless(&page, &place);
        if kind.starts_with("incident") {
            assert_eq!(page.status, 200, "{place}");
            for link in links(page.text()) {
                let kind = link.split(['?', '/']).nth(3).unwrap_or_default().to_owned();
                if ["alerts", "entities"].contains(&kind.as_str()) && seen.insert(link.clone()) {
                    to_see.push((kind, link));
                }
            }
        } else if ["alerts", "entities"].contains(&kind.as_str()) {
            assert_eq!(page.status, 200, "a link of a page leads there: {place}");
        }
        found.entry(kind).or_default().push(skeleton(page.text()));
    }
    found.values_mut().for_each(|pages| pages.sort());
    found
}

fn harmless(page: &Answer, place: &str) {
    expect_harmless(page.text(), place);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}

/// What forms show again when something in them is wrong, and what they keep.
async fn forms(ada: &mut Visitor, id: i64, text: &str) -> Vec<Vec<String>> {
    let (place, tick) = (format!("{QUEUE}/{id}"), format!("i-{id}"));
    let mut shown = Vec::new();
    let page = ada.get(&place).await;
    let wrong = [("status", text), ("assigned_to", text), ("tags", text), ("severity", text)];
    shown.push(ada.submit(&page, &wrong).await);
    let long = format!("{text}{}", "c".repeat(10_001));
    shown.push(ada.submit(&page, &[("comment", long.as_str())]).await);
    let query: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let queue = ada.get(&format!("{QUEUE}?status=all&assigned={query}")).await;
    let wrong = [("assign", text), ("owner", text), (tick.as_str(), text), ("i-<b>", "on")];
    shown.push(ada.submit(&queue, &wrong).await);
    let owner = format!("{text}+");
    let ticks = [(tick.as_str(), "on"), ("i-99999", "on")];
    let fields = [[("assign", "other"), ("owner", owner.as_str())], ticks].concat();
    shown.push(ada.submit(&queue, &fields).await);
    for page in &shown {
        assert!([200, 400].contains(&page.status), "{}", page.status);
        harmless(page, &place);
    }
    let work = [
        ("status", "in_progress"),
        ("severity", "low"),
        ("classification", "true_positive"),
        ("determination", "malware"),
        ("assigned_to", text),
        ("tags", "a, b"),
    ];
    for fields in [&[("comment", text)][..], &work] {
        let page = ada.get(&place).await;
        let kept = ada.submit(&page, fields).await;
        assert_eq!(kept.status, 303, "{fields:?}: {}", kept.text());
    }
    shown.push(ada.get(&place).await);
    harmless(&shown[4], &place);
    shown.iter().map(|page| skeleton(page.text())).collect()
}

#[tokio::test]
async fn hostile_texts_stay_text_on_every_page() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    // Entities are found by their first 500 characters, and one of them is the text twice.
    let long = "Long\u{a0}word".repeat(27);
    let harmless = ["harmless"].iter().chain(NAMES).chain(MORE).copied().chain([long.as_str()]);
    let mut expected = None;
    for (id, text) in (1..).step_by(2).zip(harmless) {
        world.import(&IMPORTER, &incidents(id, text)).await;
        let found = (pages(&mut ada, id, text).await, forms(&mut ada, id, text).await);
        assert!(found.0.len() == 8, "{:?}", found.0.keys());
        let expected = expected.get_or_insert_with(|| found.clone());
        for (kind, pages) in &found.0 {
            assert_eq!(pages, &expected.0[kind], "{kind}: {text}");
        }
        for (number, (form, expected)) in found.1.iter().zip(&expected.1).enumerate() {
            assert_eq!(form, expected, "form {number}: {text}");
        }
    }
}
