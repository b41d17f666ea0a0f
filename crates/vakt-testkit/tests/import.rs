//! Importing incidents as Microsoft's two APIs return them: what is taken, what is refused, and
//! that doing it again changes nothing.

use serde_json::{Value, json};
use vakt_testkit::World;
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::{full, graph, plain};

#[tokio::test]
async fn importing_again_changes_nothing_and_newer_states_replace_older_ones() {
    let world = World::start().await;
    let at = |updated: &str, name: &str| {
        let mut incident = plain(1, "2026-02-01T00:00:00Z", updated);
        incident["incidentName"] = json!(name);
        incident
    };
    for (incident, outcome, name) in [
        (at("2026-02-02T00:00:00Z", "first"), "created", "first"),
        (at("2026-02-02T00:00:00Z", "same time"), "unchanged", "first"),
        (at("2026-02-01T23:59:59Z", "older"), "unchanged", "first"),
        (at("2026-02-02T00:00:00.0000001Z", "newer by a tick"), "updated", "newer by a tick"),
        (at("2026-02-02T00:00:00.0000001Z", "same tick"), "unchanged", "newer by a tick"),
    ] {
        let answer = world.import(&IMPORTER, &[incident]).await;
        let mut expected = counts(0, 0, 0);
        expected[outcome] = json!(1);
        assert_eq!(answer, expected, "{name}");
        let stored = world.get("/api/incidents/1").await.expect(200);
        assert_eq!(stored["incidentName"], name);
    }
}

fn counts(created: u64, updated: u64, unchanged: u64) -> Value {
    json!({
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "refused": [],
        "ignoredMembers": [],
    })
}

#[tokio::test]
async fn a_page_read_from_one_server_goes_into_another() {
    let from = World::start().await;
    let incidents: Vec<Value> = (1..=30).map(full).collect();
    assert_eq!(from.import(&IMPORTER, &incidents).await, counts(30, 0, 0));
    let page = from.get("/api/incidents").await.expect(200);
    let into = World::start().await;
    let exported = page["value"].as_array().unwrap();
    assert_eq!(into.import(&IMPORTER, exported).await, counts(30, 0, 0));
    assert_eq!(into.get("/api/incidents").await.expect(200)["value"], page["value"]);
    assert_eq!(into.import(&IMPORTER, exported).await, counts(0, 0, 30));
}

#[tokio::test]
async fn a_newer_state_without_alerts_keeps_those_that_were_there() {
    let world = World::start().await;
    world.import(&IMPORTER, &[full(1)]).await;
    let mut newer = full(1);
    newer["lastUpdateTime"] = json!("2026-03-01T00:00:00Z");
    newer["status"] = json!("Resolved");
    newer.as_object_mut().unwrap().remove("alerts");
    assert_eq!(world.import(&IMPORTER, &[newer]).await, counts(0, 1, 0));
    let one = world.get("/api/incidents/1").await.expect(200);
    assert_eq!(one["status"], "Resolved");
    assert_eq!(one["alerts"][0]["alertId"], "da100");
}

#[tokio::test]
async fn bad_items_are_named_and_the_good_ones_are_stored() {
    let world = World::start().await;
    let broken = |member: &str, value: Value| {
        let mut incident = full(50);
        incident[member] = value;
        incident
    };
    let in_alert = |member: &str, value: Value| {
        let mut incident = full(50);
        incident["alerts"][0][member] = value;
        incident
    };
    let items = [
        full(1),
        json!({}),
        json!("text"),
        json!(null),
        broken("incidentId", json!("x")),
        broken("incidentId", json!(-3)),
        broken("status", json!("Sleeping")),
        broken("severity", json!(3)),
        broken("createdTime", json!("yesterday")),
        broken("alerts", json!({})),
        in_alert("alertId", json!("")),
        in_alert("alertId", json!("has space")),
        in_alert("firstActivity", json!(5)),
        in_alert("classification", json!("Perhaps")),
        full(2),
    ];
    let answer = world.import(&IMPORTER, &items).await;
    assert_eq!((&answer["created"], &answer["updated"]), (&json!(2), &json!(0)));
    let reasons: Vec<(u64, &str)> = answer["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["index"].as_u64().unwrap(), one["reason"].as_str().unwrap()))
        .collect();
    let expected = [
        (1, "neither `incidentId`"),
        (2, "neither `incidentId`"),
        (3, "neither `incidentId`"),
        (4, "incidentId: "),
        (5, "incidentId -3 is not a positive number"),
        (6, "`Sleeping` is not a status; use one of Active, "),
        (7, "severity: "),
        (8, "createdTime: "),
        (9, "alerts: "),
        (10, "is not an alert id"),
        (11, "is not an alert id"),
        (12, "alerts[0].firstActivity: "),
        (13, "`Perhaps` is not a classification"),
    ];
    assert_eq!(reasons.len(), expected.len(), "{reasons:?}");
    for ((index, reason), (wanted_index, wanted)) in reasons.iter().zip(expected) {
        assert_eq!(*index, wanted_index);
        assert!(reason.contains(wanted), "{index}: `{reason}` does not say `{wanted}`");
    }
    let list = world.get("/api/incidents?$orderby=incidentId").await.expect(200);
    assert_eq!(list["value"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn members_nobody_knows_are_named_once() {
    let world = World::start().await;
    let mut incident = full(1);
    incident["incidentUri"] = json!("https://x");
    let alert = |id: &str| {
        let mut alert = full(1)["alerts"][0].clone();
        alert["alertId"] = json!(id);
        alert["detectorId"] = json!("d");
        alert["entities"][0]["verdict"] = json!("Suspicious");
        alert
    };
    incident["alerts"] = json!([alert("da1"), alert("da2")]);
    let answer = world.import(&IMPORTER, &[incident]).await;
    assert_eq!(answer["refused"], json!([]));
    let expected = json!(["alerts[].detectorId", "alerts[].entities[].verdict", "incidentUri"]);
    assert_eq!(answer["ignoredMembers"], expected);
}

#[tokio::test]
async fn words_are_read_in_any_case_and_every_synonym() {
    let world = World::start().await;
    for (id, (member, given, stored)) in (1..).zip([
        ("status", "inprogress", "InProgress"),
        ("status", "AWAITINGACTION", "AwaitingAction"),
        ("severity", "unknown", "UnSpecified"),
        ("classification", "benignPositive", "InformationalExpectedActivity"),
        ("determination", "CompromisedUser", "CompromisedAccount"),
        ("determination", "ConfirmedUserActivity", "ConfirmedActivity"),
        ("determination", "InsufficientData", "NoEnoughDataToValidate"),
        ("determination", "apt", "Apt"),
    ]) {
        let mut incident = plain(id, "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z");
        incident[member] = json!(given);
        world.import(&IMPORTER, &[incident]).await;
        let one = world.get(&format!("/api/incidents/{id}")).await.expect(200);
        assert_eq!(one[member], stored, "{given}");
    }
}

#[tokio::test]
async fn graphs_dialect_becomes_the_classic_one() {
    let world = World::start().await;
    let answer = world.import(&IMPORTER, &[graph()]).await;
    assert_eq!((&answer["created"], &answer["refused"]), (&json!(1), &json!([])));
    let one = world.get("/api/incidents/2972395").await.expect(200);
    for (name, value) in [
        ("incidentName", json!("Multi-stage incident")),
        ("createdTime", json!("2026-02-13T09:43:03.6966667Z")),
        ("lastUpdateTime", json!("2026-02-13T09:46:53.89Z")),
        ("status", json!("Active")),
        ("severity", json!("Medium")),
        ("classification", json!("TruePositive")),
        ("determination", json!("MultiStagedAttack")),
        ("assignedTo", json!("kai@contoso.com")),
        ("tags", json!(["Demo", "Defender Experts"])),
    ] {
        assert_eq!(one[name], value, "{name}");
    }
    assert_eq!(one["comments"][0]["createdBy"], "kai@contoso.com");
    let alert = &one["alerts"][0];
    assert_eq!(alert["serviceSource"], "MicrosoftDefenderATP");
    assert_eq!(alert["detectionSource"], "WindowsDefenderAv");
    assert_eq!(alert["incidentId"], 2_972_395);
    let device = &alert["devices"][0];
    assert_eq!(device["mdatpDeviceId"], "73e7e2de709dff64ef64b1d0c30e67fab63279db");
    assert_eq!(
        (&device["healthStatus"], &device["riskScore"]),
        (&json!("Active"), &json!("Medium"))
    );
    let kinds: Vec<&Value> =
        alert["entities"].as_array().unwrap().iter().map(|one| &one["entityType"]).collect();
    assert_eq!(kinds, ["File", "User", "KubernetesPod"]);
    assert_eq!(alert["entities"][0]["fileName"], "MsSense.exe");
}

#[tokio::test]
async fn one_request_may_mix_the_dialects_and_repeat_itself() {
    let world = World::start().await;
    let mut newer = full(1);
    newer["lastUpdateTime"] = json!("2026-03-01T00:00:00Z");
    let answer = world.import(&IMPORTER, &[full(1), graph(), full(1), newer]).await;
    for (outcome, count) in [("created", 2), ("updated", 1), ("unchanged", 1)] {
        assert_eq!(answer[outcome], count, "{outcome}");
    }
}

#[tokio::test]
async fn what_an_import_acknowledged_is_there_after_a_restart() {
    let world = World::start().await;
    world.import(&IMPORTER, &[full(1), full(2)]).await;
    let before = world.get("/api/incidents").await.expect(200)["value"].clone();
    let world = world.restart().await;
    assert_eq!(world.get("/api/incidents").await.expect(200)["value"], before);
}
