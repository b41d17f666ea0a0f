//! Every alert is in an incident: which one, why, and that the order of arrival makes no difference.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::{Answer, Request, World, expect_classic, fits};

/// An alert on the first day of March and later, naming devices.
fn alert(id: &str, day: u8, devices: &[&str]) -> Value {
    let at = format!("2026-03-{day:02}T12:00:00Z");
    let device = |name: &&str| json!({ "mdatpDeviceId": name });
    json!({
        "alertId": id, "title": format!("Alert {id}"), "severity": "Low", "creationTime": at,
        "firstActivity": at, "lastActivity": at, "lastUpdatedTime": at,
        "devices": devices.iter().map(device).collect::<Vec<_>>(),
    })
}

async fn send(world: &World, alerts: &[Value]) -> Answer {
    world.write(Request::post("/vakt/v1/alerts").json(&json!({ "value": alerts }))).await
}

/// Where each of the alerts went.
async fn place(world: &World, alerts: &[Value]) -> Vec<i64> {
    let answer = send(world, alerts).await.expect(200);
    let number = |one: &Value| one["incidentId"].as_i64().unwrap();
    answer["stored"].as_array().unwrap().iter().map(number).collect()
}

#[tokio::test]
async fn alerts_that_share_an_entity_meet_in_an_open_incident_within_the_window() {
    let world = World::start().await;
    let first = place(&world, &[alert("da1", 1, &["d1"])]).await[0];
    let placed = place(
        &world,
        &[
            alert("da2", 8, &["d1"]),
            alert("da3", 20, &["d1"]),
            alert("da4", 1, &["d2"]),
            alert("da5", 1, &[]),
            alert("da6", 1, &[]),
        ],
    )
    .await;
    assert_eq!(placed[0], first, "seven days are within the window");
    let different: BTreeSet<i64> = placed.into_iter().collect();
    assert_eq!(different.len(), 5, "twelve days, another device, and nothing are not");
    // A closed incident takes nothing more.
    let body = json!({ "status": "Resolved" });
    let request = Request::new("PATCH", format!("/api/incidents/{first}")).json(&body);
    world.write(request).await.expect(200);
    assert_ne!(place(&world, &[alert("da7", 2, &["d1"])]).await[0], first);
}

#[tokio::test]
async fn the_answer_says_why() {
    let world = World::start().await;
    let answer = send(&world, &[alert("da1", 1, &["D1"]), alert("da2", 2, &["d1", "d2"])]).await;
    let stored = answer.expect(200)["stored"].clone();
    assert_eq!(stored[0]["reason"]["kind"], "unrelated");
    assert_eq!(
        stored[1]["reason"],
        json!({
            "kind": "shared", "with": "da1", "entity": { "kind": "device", "key": "d1" },
            "text": "it names the device d1, as alert da1 of this incident does",
        })
    );
    let view = world.get(&format!("/vakt/v1/incidents/{}", stored[0]["incidentId"])).await;
    let view = view.expect(200);
    assert_eq!(view["placements"][1]["reason"], stored[1]["reason"]);
    assert_eq!(view["incidentName"], "Alert da1");
    let history = format!("/vakt/v1/incidents/{}/history", stored[0]["incidentId"]);
    let history = world.get(&history).await.expect(200);
    let whats: Vec<&Value> =
        history["value"].as_array().unwrap().iter().map(|one| &one["steps"][0]["what"]).collect();
    assert_eq!(whats, ["created", "alert_added"]);
}

#[tokio::test]
async fn the_same_alert_again_stays_where_it_is_and_undoes_nothing() {
    let world = World::start().await;
    let number = place(&world, &[alert("da1", 1, &["d1"])]).await[0];
    let request = Request::new("PATCH", "/api/alerts/da1").json(&json!({ "status": "Resolved" }));
    world.write(request).await.expect(200);
    let before = world.get(&format!("/api/incidents/{number}")).await.expect(200);
    assert_eq!(place(&world, &[alert("da1", 1, &["d1"])]).await, [number]);
    assert_eq!(world.get(&format!("/api/incidents/{number}")).await.expect(200), before);
    let unreadable = [
        json!({ "alertId": "da2" }),
        json!({ "x": 1 }),
        json!({ "creationTime": "2026-03-01T00:00:00Z" }),
    ];
    let refused = send(&world, &unreadable).await.expect(200)["refused"].clone();
    for (index, told) in
        [(0, "it has no time;*"), (1, "it has no time;*"), (2, "it has neither `alertId`*")]
    {
        assert_eq!(refused[index]["index"], index);
        assert!(fits(told, refused[index]["reason"].as_str().unwrap()), "{refused}");
    }
    expect_classic(&send(&world, &vec![json!({}); 2_001]).await, 400, "InvalidRequestBody");
}

#[tokio::test]
async fn what_a_person_takes_apart_stays_apart() {
    let world = World::start().await;
    let number = place(&world, &[alert("da1", 1, &["d1"]), alert("da2", 1, &["d1"])]).await[0];
    let split = |body: Value| world.write(Request::post("/vakt/v1/incidents/split").json(&body));
    let fresh = split(json!({ "alerts": ["da2"] })).await.expect(200);
    let other = fresh["incidentId"].as_i64().unwrap();
    assert_ne!(other, number);
    assert_eq!(fresh["incidentName"], "Alert da2");
    let reason = &fresh["placements"][0]["reason"];
    assert_eq!(
        (&reason["kind"], &reason["from"], &reason["by"]),
        (&json!("moved"), &json!(number), &json!(IMPORTER.name))
    );
    // A third alert of the same device joins the oldest, and the two stay two.
    assert_eq!(place(&world, &[alert("da3", 1, &["d1"])]).await, [number]);
    assert_eq!(world.get(&format!("/api/incidents/{other}")).await.expect(200)["status"], "Active");
    let back = split(json!({ "alerts": ["da2"], "into": number })).await.expect(200);
    assert_eq!(back["alerts"].as_array().unwrap().len(), 3);
    for (body, status, code) in [
        (json!({}), 400, "InvalidRequestBody"),
        (json!({ "alerts": ["da2"], "into": 99 }), 404, "ResourceNotFound"),
        (json!({ "alerts": ["da2"], "into": -1 }), 400, "InvalidRequestBody"),
        (json!({ "alerts": ["da99"] }), 404, "ResourceNotFound"),
        (json!({ "alerts": ["a b"] }), 400, "InvalidInput"),
    ] {
        expect_classic(&split(body).await, status, code);
    }
}

#[tokio::test]
async fn different_decisions_keep_incidents_apart() {
    let world = World::start().await;
    let placed = place(&world, &[alert("da1", 1, &["d1"]), alert("da2", 1, &["d2"])]).await;
    for (number, owner) in [(placed[0], "ada"), (placed[1], "bob")] {
        let body = json!({ "assignedTo": owner });
        world
            .write(Request::new("PATCH", format!("/api/incidents/{number}")).json(&body))
            .await
            .expect(200);
    }
    assert_eq!(place(&world, &[alert("da3", 1, &["d1", "d2"])]).await, [placed[0]]);
    let other = world.get(&format!("/api/incidents/{}", placed[1])).await.expect(200);
    assert_eq!(other["status"], "Active", "two people work on them");
}

#[tokio::test]
async fn incidents_are_found_by_what_they_are_about() {
    let world = World::start().await;
    let placed = place(&world, &[alert("da1", 1, &["D1"]), alert("da2", 20, &["d1"])]).await;
    let found = world.get("/vakt/v1/entities/device/D1/incidents").await.expect(200);
    let numbers: BTreeSet<i64> = found["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["incidentId"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, placed.into_iter().collect());
    assert_eq!(found["entity"], json!({ "kind": "device", "key": "d1" }));
    for path in ["device/d9", "planet/d1"] {
        let answer = world.get(&format!("/vakt/v1/entities/{path}/incidents")).await;
        expect_classic(&answer, 404, "ResourceNotFound");
    }
}

/// An alert of a generated case: its day, and the numbers of its devices.
type Made = (u8, BTreeSet<u8>);

/// Which alerts belong together: those that a chain of shared devices within seven days connects.
fn expected(alerts: &[Made]) -> BTreeSet<BTreeSet<usize>> {
    let mut group: Vec<usize> = (0..alerts.len()).collect();
    for (i, one) in alerts.iter().enumerate() {
        for (j, other) in alerts.iter().enumerate() {
            if one.0.abs_diff(other.0) <= 7 && !one.1.is_disjoint(&other.1) {
                let (from, to) = (group[i], group[j]);
                group.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
            }
        }
    }
    let mut sets: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    group.into_iter().enumerate().for_each(|(alert, of)| {
        sets.entry(of).or_default().insert(alert);
    });
    sets.into_values().collect()
}

/// The records that tell of the alerts, each piece by itself. Cases have devices of their own.
fn records(case: usize, alerts: &[Made]) -> Vec<Value> {
    let mut all = Vec::new();
    for (number, (day, devices)) in alerts.iter().enumerate() {
        let base = json!({
            "Timestamp": format!("2026-03-{:02}T12:00:00Z", day + 1), "AlertId": format!("da{case}-{number}"),
        });
        let with = |table: &str, more: Value| {
            let mut properties = base.clone();
            properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({ "category": format!("AdvancedHunting-{table}"), "properties": properties })
        };
        all.push(with(
            "AlertInfo",
            json!({ "Title": format!("Alert {number}"), "Severity": "Low" }),
        ));
        for device in devices {
            let device = format!("c{case}d{device}");
            all.push(with("AlertEvidence", json!({ "EntityType": "Machine", "DeviceId": device })));
        }
    }
    all
}

#[tokio::test]
async fn the_order_of_arrival_makes_no_difference() {
    let world = World::start().await;
    let alert = (0_u8..20, prop::collection::btree_set(0_u8..4, 0..3));
    let cases = prop::collection::vec(alert, 2..7).prop_flat_map(|alerts| {
        let pieces = records(0, &alerts).len();
        let order = Just((0..pieces).collect::<Vec<_>>()).prop_shuffle();
        (Just(alerts), order, 1_usize..4)
    });
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let mut merged = 0;
    for case in 0..40 {
        let (alerts, order, at_once) = cases.new_tree(&mut runner).unwrap().current();
        let records = records(case, &alerts);
        let shuffled: Vec<&Value> = order.iter().map(|place| &records[*place]).collect();
        for piece in shuffled.chunks(at_once) {
            let body = json!({ "records": piece });
            world.write(Request::post("/vakt/v1/records").json(&body)).await.expect(200);
        }
        let mut found: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
        for number in 0..alerts.len() {
            let target = format!("/api/alerts/da{case}-{number}");
            let alert = world.write(Request::get(target)).await.expect(200);
            assert_eq!(alert["title"], format!("Alert {number}"));
            found.entry(alert["incidentId"].as_i64().unwrap()).or_default().insert(number);
        }
        merged += usize::from(found.len() < alerts.len());
        let found: BTreeSet<BTreeSet<usize>> = found.into_values().collect();
        assert_eq!(
            found,
            expected(&alerts),
            "{alerts:?} in the order {order:?}, {at_once} at once"
        );
    }
    assert!(merged > 10, "only {merged} cases had anything in common");
}
