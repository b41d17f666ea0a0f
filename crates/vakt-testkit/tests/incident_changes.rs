//! Changing incidents as clients of the classic API do, and by Vakt's own routes.

use serde_json::{Value, json};
use vakt_testkit::cast::{IMPORTER, SIEM};
use vakt_testkit::incidents::{full, plain};
use vakt_testkit::{Answer, Request, World, expect_classic, fits};

async fn with_two() -> World {
    let world = World::start().await;
    let other = plain(8, "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z");
    world.import(&IMPORTER, &[full(7), other]).await;
    world
}

async fn patch(world: &World, id: i64, body: &Value) -> Answer {
    world.write(Request::new("PATCH", format!("/api/incidents/{id}")).json(body)).await
}

async fn get(world: &World, id: i64) -> Value {
    world.get(&format!("/api/incidents/{id}")).await.expect(200)
}

#[tokio::test]
async fn each_field_is_changed_alone() {
    let world = with_two().await;
    let mut before = get(&world, 7).await;
    for (body, field, expected) in [
        (json!({ "status": "Resolved" }), "status", json!("Resolved")),
        (json!({ "status": "active" }), "status", json!("Active")),
        (json!({ "assignedTo": "ada@contoso.com" }), "assignedTo", json!("ada@contoso.com")),
        (json!({ "assignedTo": "" }), "assignedTo", json!(null)),
        (json!({ "AssignedTo": "bob" }), "assignedTo", json!("bob")),
        (json!({ "assignedTo": null }), "assignedTo", json!(null)),
        (json!({ "classification": "FalsePositive" }), "classification", json!("FalsePositive")),
        (
            json!({ "determination": "CompromisedUser" }),
            "determination",
            json!("CompromisedAccount"),
        ),
        (
            json!({ "determination": "CompromisedAccount" }),
            "determination",
            json!("CompromisedAccount"),
        ),
        (
            json!({ "determination": "ConfirmedUserActivity" }),
            "determination",
            json!("ConfirmedActivity"),
        ),
        (
            json!({ "determination": "InsufficientData" }),
            "determination",
            json!("NoEnoughDataToValidate"),
        ),
        (json!({ "determination": "Clean" }), "determination", json!("Clean")),
        (json!({ "tags": ["a", "b"] }), "tags", json!(["a", "b"])),
        (json!({ "tags": [] }), "tags", json!([])),
        (json!({ "severity": "low" }), "severity", json!("Low")),
        (json!({ "incidentName": "renamed" }), "incidentName", json!("renamed")),
    ] {
        let answer = patch(&world, 7, &body).await.expect(200);
        let context = format!("{}/api/$metadata#Incidents/$entity", world.url());
        assert_eq!(answer["@odata.context"], context, "{body}");
        let mut after = get(&world, 7).await;
        assert_eq!(answer, after, "{body}");
        assert_eq!(after[field], expected, "{body}");
        let times =
            (before["lastUpdateTime"].as_str().unwrap(), after["lastUpdateTime"].as_str().unwrap());
        let is_news = before[field] != after[field];
        let instant = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        assert_eq!(instant(times.0) < instant(times.1), is_news, "{body}: {times:?}");
        // Nothing else has changed, but for the alerts of an incident that is resolved.
        for name in [field, "lastUpdateTime", "alerts"] {
            (before[name], after[name]) = (Value::Null, Value::Null);
        }
        assert_eq!(before, after, "{body}");
        before = get(&world, 7).await;
    }
}

#[tokio::test]
async fn a_comment_is_appended_under_the_callers_name() {
    let world = with_two().await;
    patch(&world, 7, &json!({ "comment": "seen it before" })).await.expect(200);
    let comments = get(&world, 7).await["comments"].clone();
    assert_eq!(comments.as_array().unwrap().len(), 2);
    assert_eq!(comments[0]["comment"], "isolated the machine");
    assert_eq!(comments[1]["comment"], "seen it before");
    assert_eq!(comments[1]["createdBy"], IMPORTER.name);
    assert!(fits("2026-*Z", comments[1]["createdTime"].as_str().unwrap()));
}

#[tokio::test]
async fn resolving_an_incident_resolves_its_alerts() {
    let world = with_two().await;
    let incident = patch(&world, 7, &json!({ "status": "Resolved" })).await.expect(200);
    assert_eq!(incident["alerts"][0]["status"], "Resolved");
    assert!(incident["alerts"][0]["resolvedTime"].is_string());
    let incident = patch(&world, 7, &json!({ "status": "Active" })).await.expect(200);
    assert_eq!(incident["alerts"][0]["status"], "Resolved", "an alert stays done");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_a_way_out() {
    let world = with_two().await;
    let long = "x".repeat(10_001);
    for (path, body, status, code, told) in [
        (
            "/api/incidents/7",
            json!({ "status": "Done" }),
            400,
            "InvalidRequestBody",
            "*`Done` is not a status; use one of Active,*",
        ),
        (
            "/api/incidents/7",
            json!({ "status": 3 }),
            400,
            "InvalidRequestBody",
            "*`status` cannot be read*",
        ),
        (
            "/api/incidents/7",
            json!({ "owner": "x" }),
            400,
            "InvalidRequestBody",
            "*`owner` cannot be changed here; use status,*",
        ),
        ("/api/incidents/7", json!([]), 400, "InvalidRequestBody", "*not a JSON object*"),
        (
            "/api/incidents/7",
            json!({ "status": "Redirected" }),
            400,
            "BadRequest",
            "*merge it into another one",
        ),
        (
            "/api/incidents/7",
            json!({ "comment": " " }),
            400,
            "BadRequest",
            "the comment is empty;*",
        ),
        (
            "/api/incidents/7",
            json!({ "comment": long }),
            400,
            "BadRequest",
            "*more than 10000 characters; shorten it",
        ),
        (
            "/api/incidents/99",
            json!({ "status": "Active" }),
            404,
            "ResourceNotFound",
            "*incident 99*",
        ),
        ("/api/incidents/x", json!({ "status": "Active" }), 400, "InvalidInput", "*`x`*"),
        ("/api/v1.0/incidents/99", json!({}), 404, "ResourceNotFound", "*incident 99*"),
    ] {
        let answer = world.write(Request::new("PATCH", path).json(&body)).await;
        let message = expect_classic(&answer, status, code);
        assert!(fits(told, &message), "{body}: {message}");
    }
    assert_eq!(get(&world, 7).await["status"], "InProgress");
    let token = world.token(world.url()).await;
    let request = Request::new("PATCH", "/api/incidents/7").json(&json!({})).bearer(&token);
    let message = expect_classic(&world.send(request).await, 403, "Forbidden");
    assert!(message.contains("Incident.ReadWrite.All"), "{} reads only: {message}", SIEM.name);
}

#[tokio::test]
async fn a_merged_incident_says_where_it_went() {
    let world = with_two().await;
    let merge = |id: i64, sources: Value| {
        world.write(
            Request::post(format!("/vakt/v1/incidents/{id}/merge"))
                .json(&json!({ "sources": sources })),
        )
    };
    for (id, sources, status, code) in [
        (8, json!([]), 400, "InvalidRequestBody"),
        (8, json!([0]), 400, "InvalidRequestBody"),
        (8, json!([8]), 400, "BadRequest"),
        (8, json!([99]), 404, "ResourceNotFound"),
        (99, json!([7]), 404, "ResourceNotFound"),
        (8, json!([1, 2, 3, 4, 5, 6]), 400, "BadRequest"),
    ] {
        expect_classic(&merge(id, sources).await, status, code);
    }
    let merged = merge(8, json!([7])).await.expect(200);
    assert_eq!(merged["placements"][0]["reason"]["kind"], "merged");
    assert_eq!(merged["placements"][0]["reason"]["from"], 7);
    assert_eq!(merged["placements"][0]["reason"]["by"], IMPORTER.name);
    assert_eq!(merged["severity"], "High", "as severe as what joined it");
    let left = get(&world, 7).await;
    assert_eq!((&left["status"], &left["redirectIncidentId"]), (&json!("Redirected"), &json!(8)));
    assert_eq!(left["alerts"], json!([]));
    assert_eq!(left["comments"].as_array().unwrap().len(), 1, "comments stay behind");
    assert_eq!(get(&world, 8).await["alerts"][0]["alertId"], "da700");
    let message =
        expect_classic(&patch(&world, 7, &json!({ "status": "Active" })).await, 400, "BadRequest");
    assert!(message.contains("was merged into incident 8"), "{message}");
    patch(&world, 7, &json!({ "comment": "too late" })).await.expect(200);
    expect_classic(&merge(7, json!([8])).await, 400, "BadRequest");
}

#[tokio::test]
async fn many_are_changed_at_once_or_none() {
    let world = with_two().await;
    let batch =
        |body: Value| world.write(Request::post("/vakt/v1/incidents/batchUpdate").json(&body));
    expect_classic(
        &batch(json!({ "incidentIds": [7, 99], "status": "Resolved" })).await,
        404,
        "ResourceNotFound",
    );
    assert_eq!(get(&world, 7).await["status"], "InProgress");
    let list = batch(json!({ "incidentIds": [7, 8], "status": "Resolved", "comment": "all" }));
    let list = list.await.expect(200);
    assert_eq!(list["value"].as_array().unwrap().len(), 2);
    assert_eq!(get(&world, 8).await["comments"][0]["comment"], "all");
    for body in [json!({}), json!({ "incidentIds": [] }), json!({ "incidentIds": [7], "x": 1 })] {
        expect_classic(&batch(body).await, 400, "InvalidRequestBody");
    }
    let many: Vec<i64> = (1..=101).collect();
    let answer = batch(json!({ "incidentIds": many, "status": "Active" })).await;
    assert!([400, 404].contains(&answer.status));
}

#[tokio::test]
async fn the_history_tells_who_did_what() {
    let world = with_two().await;
    patch(&world, 7, &json!({ "status": "Resolved", "comment": "done" })).await.expect(200);
    patch(&world, 7, &json!({ "status": "Resolved" })).await.expect(200);
    let history = world.get("/vakt/v1/incidents/7/history").await.expect(200);
    let entries = history["value"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "what changes nothing leaves nothing: {history}");
    assert_eq!(entries[0]["by"], IMPORTER.name);
    let steps = entries[0]["steps"].as_array().unwrap();
    let step = |what: &str, alert: Value| {
        steps.iter().find(|step| step["what"] == what && step["alertId"] == alert).unwrap()
    };
    assert_eq!(step("status", Value::Null)["from"], "in_progress");
    assert_eq!(step("status", json!("da700"))["to"], "resolved");
    assert_eq!(step("comment", Value::Null)["to"], "done");
    let view = world.get("/vakt/v1/incidents/7").await.expect(200);
    assert_eq!(view["changeNumber"], entries[0]["changeNumber"]);
    assert_eq!(view["lastModifiedBy"], IMPORTER.name);
}

#[tokio::test]
async fn lists_answer_with_the_selected_members_only() {
    let world = with_two().await;
    let list = world.get("/api/incidents?$select=incidentId,Status&$count=true").await.expect(200);
    assert_eq!(
        list["value"],
        json!([
            { "incidentId": 7, "status": "InProgress" },
            { "incidentId": 8, "status": "Active" },
        ])
    );
    assert_eq!(list["@odata.count"], 2);
    let answer = world.get("/api/incidents?$select=foo").await;
    let message = expect_classic(&answer, 400, "ODataError");
    assert!(message.contains("`foo` is not a property; use one of"), "{message}");
}
