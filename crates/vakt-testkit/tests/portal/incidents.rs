//! The queue of incidents: what it shows, page by page, and what is changed in it together.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::plain;
use vakt_testkit::people::{ADA, CARL, GRACE, RITA};
use vakt_testkit::{Request, Visitor, World};

const QUEUE: &str = "/portal/incidents";

fn with(id: i64, day: u32, more: &Value) -> Value {
    let time = format!("2026-02-{day:02}T00:00:00Z");
    let mut incident = plain(id, &time, &time);
    incident.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    incident
}

/// Five incidents that differ in what can be filtered by.
pub async fn world() -> World {
    let world = World::with_people().await;
    let all = [
        with(1, 1, &json!({ "incidentName": "Ransomware on ws1", "severity": "High" })),
        with(
            2,
            2,
            &json!({
                "incidentName": "Phishing mail", "status": "Resolved", "severity": "Low",
                "assignedTo": "Ann@contoso.com", "classification": "TruePositive",
            }),
        ),
        with(
            3,
            3,
            &json!({
                "incidentName": "phishing 7 again", "status": "InProgress", "severity": "Medium",
                "assignedTo": ADA.user_name,
            }),
        ),
        with(
            4,
            4,
            &json!({
                "incidentName": "100% odd_name", "status": "Redirected", "redirectIncidentId": 3,
            }),
        ),
        with(
            7,
            5,
            &json!({
                "incidentName": "Test", "severity": "High", "classification": "FalsePositive",
            }),
        ),
    ];
    world.import(&IMPORTER, &all).await;
    world
}

/// The incidents of a page, in its order.
fn shown(page: &str) -> Vec<i64> {
    let links = page.split("<th scope=\"row\">").skip(1);
    let number = |row: &str| {
        let rest = row.split("href=\"/portal/incidents/").nth(1)?;
        rest.split('"').next()?.parse().ok()
    };
    links.filter_map(number).collect()
}

#[tokio::test]
async fn the_address_says_what_is_shown() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    for (query, expected) in [
        ("", &[7, 3, 1][..]),
        ("?status=open&sort=oldest", &[1, 3, 7]),
        ("?status=all", &[7, 4, 3, 2, 1]),
        ("?status=resolved", &[2]),
        ("?status=redirected", &[4]),
        ("?assigned=nobody", &[7, 1]),
        ("?assigned=me", &[3]),
        ("?status=all&assigned=ann%40CONTOSO.com", &[2]),
        ("?severity=high", &[7, 1]),
        ("?severity=high&classification=false_positive", &[7]),
        ("?status=all&search=PHISHING", &[3, 2]),
        ("?search=7", &[7, 3]),
        ("?status=all&search=100%25", &[4]),
        ("?search=nothing+like+it", &[]),
        ("?created=2026-02-05", &[7]),
        ("?status=all&updated=2026-02-04&sort=changed", &[7, 4]),
        ("?status=all&sort=severity", &[7, 1, 3, 2, 4]),
    ] {
        let page = ada.get(&format!("{QUEUE}{query}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        let found = shown(page.text());
        assert_eq!(found, expected, "{query}");
    }
    for (query, text) in [
        ("?status=asleep", "Choose one of the list."),
        ("?severity=huge", "Choose one of the list."),
        ("?classification=x", "Choose one of the list."),
        ("?sort=name", "Choose one of the list."),
        ("?created=yesterday", "Write a day as"),
        ("?updated=2026-02-31", "Write a day as"),
        ("?after=x", "names no place in this list"),
        ("?after=%5B%22a%22%2C%22b%22%5D", "names no place in this list"),
        ("?after=%5B1%5D", "names no place in this list"),
    ] {
        let page = ada.get(&format!("{QUEUE}{query}")).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(page.text().contains(text), "{query}: {}", page.text());
    }
}

#[tokio::test]
async fn a_long_queue_is_read_page_by_page() {
    let world = World::with_people().await;
    let all: Vec<Value> =
        (1..=60).map(|id| with(id, u32::try_from(id % 3 + 1).unwrap(), &json!({}))).collect();
    world.import(&IMPORTER, &all).await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    for sort in ["newest", "oldest", "changed", "severity"] {
        let (mut place, mut seen) = (format!("{QUEUE}?sort={sort}"), Vec::new());
        for _ in 0..3 {
            let page = rita.get(&place).await;
            seen.extend(shown(page.text()));
            let Some((before, _)) = page.text().split_once("\" rel=\"next\"") else { break };
            let next = before.rsplit("href=\"").next().unwrap();
            place = next.replace("&#38;", "&");
        }
        let different: BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), different.len()), (60, 60), "{sort}");
    }
}

#[tokio::test]
async fn what_is_ticked_is_changed_and_what_is_refused_is_told() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let queue = ada.get(&format!("{QUEUE}?status=all")).await;
    let fields = [
        ("to_status", "resolved"),
        ("to_classification", "true_positive"),
        ("assign", "me"),
        ("i-1", "on"),
        ("i-4", "on"),
        ("i-7", "on"),
        ("i-999", "on"),
    ];
    let done = ada.submit(&queue, &fields).await;
    assert_eq!(done.status, 200, "{}", done.text());
    for part in [
        "2 changed.",
        "2 could not be changed.",
        "Incident 4 was merged into incident 3; change that one instead.",
        "There is no such incident here.",
        "href=\"/portal/incidents?status=all\"",
    ] {
        assert!(done.text().contains(part), "{part}: {}", done.text());
    }
    let again = ada.submit(&queue, &fields).await;
    assert!(again.text().contains("was so already"), "{}", again.text());
    assert_eq!(shown(ada.get(&format!("{QUEUE}?status=resolved")).await.text()), [7, 2, 1]);
    let mine = ada.get(&format!("{QUEUE}?status=resolved&assigned=me")).await;
    assert_eq!(shown(mine.text()), [7, 1]);
    let given = [("to_status", ""), ("assign", "other"), ("owner", "bo@x.example"), ("i-1", "on")];
    assert!(ada.submit(&queue, &given).await.text().contains("1 changed."));
    let freed = [("to_status", ""), ("assign", "nobody"), ("i-1", "on")];
    assert!(ada.submit(&queue, &freed).await.text().contains("1 changed."));
}

#[tokio::test]
async fn wrong_input_of_the_bulk_form_is_answered_beside_its_field() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let queue = ada.get(QUEUE).await;
    let long = "o".repeat(1_001);
    for (fields, field, text) in [
        (vec![("to_status", "resolved")], "", "Tick at least one incident"),
        (vec![("to_status", "resolved"), ("i-x", "on")], "", "Tick at least one incident"),
        (vec![("to_status", ""), ("i-1", "on")], "to_status", "Choose what to change."),
        (vec![("to_status", "done"), ("i-1", "on")], "to_status", "Choose one of the list."),
        (vec![("to_determination", "x"), ("i-1", "on")], "to_determination", "Choose one"),
        (vec![("assign", "x"), ("i-1", "on")], "assign", "Choose one of the list."),
        (vec![("assign", "other"), ("i-1", "on")], "owner", "Write who it is."),
        (
            vec![("assign", "other"), ("owner", long.as_str()), ("i-1", "on")],
            "owner",
            "longer than 1000",
        ),
        (vec![("assign", ""), ("owner", "bo"), ("i-1", "on")], "assign", "Somebody else"),
    ] {
        let answer = ada.submit(&queue, &fields).await;
        assert_eq!(answer.status, 400, "{fields:?}");
        assert!(answer.text().contains(text), "{text}: {}", answer.text());
        let beside = format!("id=\"{field}-problem\"");
        assert!(field.is_empty() || answer.text().contains(&beside), "{field}");
        let keeps = answer.text().contains("name=\"i-1\" value=\"on\" checked");
        assert_eq!(keeps, fields.contains(&("i-1", "on")), "ticks stay: {fields:?}");
    }
    let refused = [("to_status", "redirected"), ("i-1", "on")];
    let answer = ada.submit(&queue, &refused).await;
    assert!(answer.text().contains("by a merge, not by its status"), "{}", answer.text());
    assert_eq!(shown(ada.get(QUEUE).await.text()), [7, 3, 1], "nothing was changed");
}

#[tokio::test]
async fn whoever_may_only_look_changes_nothing() {
    let world = world().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let queue = rita.get(QUEUE).await;
    assert_eq!(shown(queue.text()), [7, 3, 1]);
    assert!(!queue.text().contains("type=\"checkbox\"") && !queue.text().contains("to_status"));
    let token = queue.text().split("name=\"csrf\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    for place in [QUEUE, "/portal/incidents/1"] {
        let fields = [("csrf", token.as_str()), ("to_status", "resolved"), ("i-1", "on")];
        assert_eq!(rita.send(Request::post(place).form(&fields)).await.status, 403, "{place}");
    }
    let mut carl = Visitor::signed_in(&world, &CARL).await;
    assert!(!carl.get("/portal").await.text().contains(QUEUE), "no way leads there");
    for place in [QUEUE, "/portal/incidents/1", "/portal/incidents/alerts/da1"] {
        let page = carl.get(place).await;
        assert_eq!(page.status, 403, "{place}");
        let why = "this is for Global Administrators and Global Readers, because incidents tell of";
        assert!(page.text().contains(why) && !page.text().contains("Ransomware"), "{place}");
    }
    let mut grace = Visitor::signed_in(&world, &GRACE).await;
    let queue = grace.get(&format!("{QUEUE}?status=all")).await;
    assert!(shown(queue.text()).is_empty() && !queue.text().contains("Ransomware"));
    assert_eq!(grace.get("/portal/incidents/1").await.status, 404);
}
