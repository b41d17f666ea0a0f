//! Alerts in the dialect of Defender for Endpoint.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::{full, graph};
use vakt_testkit::{Answer, Request, World, expect_classic, fits, names};

async fn with_alerts() -> World {
    let world = World::start().await;
    world.import(&IMPORTER, &[full(7), graph()]).await;
    world
}

const FULL: &str = "da700";
const GRAPH: &str = "da637551227677560813_-961444813";

async fn get(world: &World, target: &str) -> Answer {
    let token = world.token(world.url()).await;
    world.send(Request::get(target).bearer(&token)).await
}

async fn ids(world: &World, query: &str) -> Vec<String> {
    let list = get(world, &format!("/api/alerts?{query}")).await.expect(200);
    let id = |alert: &Value| alert["id"].as_str().unwrap().to_owned();
    list["value"].as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn an_alert_has_every_member_the_documentation_names() {
    let world = with_alerts().await;
    let alert = get(&world, &format!("/api/alerts/{FULL}")).await.expect(200);
    assert_eq!(
        names(&alert),
        [
            "@odata.context",
            "aadTenantId",
            "alertCreationTime",
            "assignedTo",
            "category",
            "classification",
            "comments",
            "computerDnsName",
            "description",
            "detectionSource",
            "detectorId",
            "determination",
            "evidence",
            "firstEventTime",
            "id",
            "incidentId",
            "investigationId",
            "investigationState",
            "lastEventTime",
            "lastUpdateTime",
            "machineId",
            "mitreTechniques",
            "rbacGroupName",
            "recommendedAction",
            "relatedUser",
            "resolvedTime",
            "severity",
            "status",
            "threatFamilyName",
            "threatName",
            "title",
        ]
    );
    assert_eq!(alert["incidentId"], 7);
    assert_eq!(alert["machineId"], "24c222b0b60fe148eeece49ac83910cc6a7ef491");
    assert_eq!(alert["computerDnsName"], "ws1.contoso.com");
    assert_eq!(alert["relatedUser"], json!({ "userName": "alice", "domainName": "CONTOSO" }));
    let evidence = &alert["evidence"][0];
    assert_eq!(evidence["entityType"], "Process");
    assert_eq!(evidence["processId"], 4711);
    assert!(evidence["parentProcessFileName"].is_null());
    let versioned = get(&world, &format!("/api/v1.0/Alerts/{FULL}")).await.expect(200);
    assert_eq!(versioned["id"], FULL);
    expect_classic(&get(&world, "/api/alerts/da1").await, 404, "ResourceNotFound");
}

#[tokio::test]
async fn lists_are_filtered_ordered_counted_and_cut() {
    let world = with_alerts().await;
    for (filter, expected) in [
        ("lastUpdateTime gt 2026-02-14T00:00:00Z", &[FULL][..]),
        ("lastUpdateTime ge 2026-02-13T09:46:00Z", &[GRAPH, FULL]),
        ("alertCreationTime lt 2026-02-20T00:00:00Z", &[GRAPH]),
        ("severity eq 'Low'", &[GRAPH]),
        ("status eq 'New'", &[FULL, GRAPH]),
        ("detectionSource eq 'WindowsDefenderAv'", &[GRAPH]),
        ("incidentId eq 7", &[FULL]),
        ("category eq 'Execution' or severity eq 'Low'", &[FULL, GRAPH]),
        ("evidence/any(e: e/processId eq 4711)", &[FULL]),
    ] {
        let encoded = utf8_percent_encode(filter, NON_ALPHANUMERIC);
        assert_eq!(ids(&world, &format!("$filter={encoded}")).await, expected, "{filter}");
    }
    assert_eq!(ids(&world, "$orderby=alertCreationTime%20asc").await, [GRAPH, FULL]);
    assert_eq!(ids(&world, "$top=20000").await.len(), 2, "more than there can be is cut");
    assert_eq!(ids(&world, "$skip=1").await, [GRAPH]);
    let page = get(&world, "/api/alerts?$top=1&$count=true&$select=id").await.expect(200);
    assert_eq!(page["value"], json!([{ "id": FULL }]));
    assert_eq!(page["@odata.count"], 2);
    assert_eq!(page["@odata.context"], format!("{}/api/$metadata#Alerts", world.url()));
    let link = page["@odata.nextLink"].as_str().unwrap().strip_prefix(world.url()).unwrap();
    let last = get(&world, link).await.expect(200);
    assert_eq!(last["value"], json!([{ "id": GRAPH }]));
    assert!(last["@odata.nextLink"].is_null());
    for query in ["$filter=foo%20eq%201", "$orderby=foo", "$select=foo", "$top=x"] {
        expect_classic(&get(&world, &format!("/api/alerts?{query}")).await, 400, "ODataError");
    }
}

#[tokio::test]
async fn evidence_is_listed_on_request() {
    let world = with_alerts().await;
    for (query, count) in [("", 0), ("?$expand=evidence", 1)] {
        let list = get(&world, &format!("/api/alerts{query}")).await.expect(200);
        assert_eq!(list["value"][0]["evidence"].as_array().unwrap().len(), count, "{query}");
    }
}

#[tokio::test]
async fn an_alert_is_changed() {
    let world = with_alerts().await;
    let patch =
        |body: Value| world.write(Request::new("PATCH", format!("/api/alerts/{FULL}")).json(&body));
    for (body, field, expected) in [
        (json!({ "status": "InProgress" }), "status", json!("InProgress")),
        (json!({ "assignedTo": "ada@contoso.com" }), "assignedTo", json!("ada@contoso.com")),
        (json!({ "assignedTo": "" }), "assignedTo", json!(null)),
        (json!({ "classification": "TruePositive" }), "classification", json!("TruePositive")),
        (json!({ "determination": "Malware" }), "determination", json!("Malware")),
        (json!({ "Status": "Resolved" }), "status", json!("Resolved")),
    ] {
        let answer = patch(body.clone()).await.expect(200);
        assert_eq!(answer[field], expected, "{body}");
        assert_eq!(get(&world, &format!("/api/alerts/{FULL}")).await.expect(200), answer);
    }
    let answer = patch(json!({ "comment": "seen" })).await.expect(200);
    assert_eq!(answer["comments"][0]["comment"], "seen");
    assert_eq!(answer["comments"][0]["createdBy"], IMPORTER.name);
    let incident = world.get("/api/incidents/7").await.expect(200);
    assert_eq!(incident["alerts"][0]["status"], "Resolved", "it is the incident's alert too");
    for (body, code) in [
        (json!({ "status": "Done" }), "InvalidRequestBody"),
        (json!({ "title": "x" }), "InvalidRequestBody"),
        (json!({ "comment": "" }), "BadRequest"),
    ] {
        expect_classic(&patch(body).await, 400, code);
    }
}

#[tokio::test]
async fn alerts_are_changed_at_once_or_none() {
    let world = with_alerts().await;
    let batch = |body: Value| world.write(Request::post("/api/alerts/batchUpdate").json(&body));
    let answer = batch(json!({ "alertIds": [FULL, "da1"], "status": "Resolved" })).await;
    expect_classic(&answer, 404, "ResourceNotFound");
    assert_eq!(ids(&world, "$filter=status%20eq%20'Resolved'").await, [""; 0]);
    let answer = batch(json!({
        "alertIds": [FULL, GRAPH], "status": "Resolved", "determination": "Malware",
        "classification": "TruePositive", "assignedTo": "ada@contoso.com", "comment": "both",
    }));
    let answer = answer.await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(ids(&world, "$filter=status%20eq%20'Resolved'").await, [FULL, GRAPH]);
    expect_classic(&batch(json!({ "status": "New" })).await, 400, "MissingRequiredParameter");
    let many: Vec<String> = (0..101).map(|n| format!("da{n}")).collect();
    let answer = batch(json!({ "alertIds": many, "status": "New" })).await;
    expect_classic(&answer, 400, "MaximumBatchSizeExceeded");
}

fn reference() -> Value {
    json!({
        "machineId": "24c222b0b60fe148eeece49ac83910cc6a7ef491", "severity": "Low",
        "title": "Odd logon", "description": "Somebody logged on.",
        "recommendedAction": "Ask them.", "eventTime": "2026-02-27T07:55:00.1234567Z",
        "reportId": "20776", "category": "Exploit",
    })
}

#[tokio::test]
async fn an_alert_about_an_event_is_made_once() {
    let world = with_alerts().await;
    let create =
        |body: Value| world.write(Request::post("/api/alerts/createAlertByReference").json(&body));
    let made = create(reference()).await.expect(200);
    let id = made["id"].as_str().unwrap();
    assert!(fits("da*_*", id), "{id}");
    assert_eq!(made["computerDnsName"], "ws1.contoso.com", "known from another alert");
    assert_eq!(made["incidentId"], 7, "the same device, seven days");
    assert_eq!(made["firstEventTime"], "2026-02-27T07:55:00.1234567Z");
    assert_eq!(made["severity"], "Low");
    let view = world.get("/vakt/v1/incidents/7").await.expect(200);
    let reason = &view["placements"][1]["reason"];
    assert_eq!(reason["entity"]["kind"], "device");
    assert_eq!(reason["with"], FULL);
    assert!(fits(
        "it names the device 24c2* as alert da700 of this incident does",
        reason["text"].as_str().unwrap()
    ));
    // Again, after somebody worked on it: the same alert as it is.
    let patch =
        Request::new("PATCH", format!("/api/alerts/{id}")).json(&json!({ "status": "Resolved" }));
    let resolved = world.write(patch).await.expect(200);
    assert_eq!(create(reference()).await.expect(200), resolved);
    let mut other = reference();
    other["reportId"] = json!("20777");
    assert_ne!(create(other).await.expect(200)["id"], made["id"]);
    for member in [
        "machineId",
        "severity",
        "title",
        "description",
        "recommendedAction",
        "eventTime",
        "reportId",
        "category",
    ] {
        let mut body = reference();
        body.as_object_mut().unwrap().remove(member);
        let message = expect_classic(&create(body).await, 400, "MissingRequiredParameter");
        assert!(message.contains(member), "{message}");
    }
    for (member, value) in [("severity", "Severe"), ("eventTime", "yesterday")] {
        let mut body = reference();
        body[member] = json!(value);
        expect_classic(&create(body).await, 400, "InvalidInput");
    }
}

#[tokio::test]
async fn what_an_alert_is_about_is_listed_by_kind() {
    let world = with_alerts().await;
    let alert = json!({
        "alertId": "da9", "creationTime": "2026-02-01T00:00:00Z", "title": "t",
        "entities": [
            { "entityType": "Ip", "ipAddress": "10.0.0.1" },
            { "entityType": "Ip", "ipAddress": "10.0.0.1" },
            { "entityType": "Url", "url": "https://evil.example/a" },
            { "entityType": "File", "sha1": "5de8139332ac119239bbb5b76a9a2bd3b6c5a111" },
            { "entityType": "User", "accountName": "ada", "domainName": "CONTOSO", "userSid": "S-1-5-21-9" },
        ],
    });
    let request = Request::post("/vakt/v1/alerts").json(&json!({ "value": [alert] }));
    world.write(request).await.expect(200);
    for (what, expected) in
        [("ips", json!([{ "id": "10.0.0.1" }])), ("domains", json!([{ "host": "evil.example" }]))]
    {
        let list = get(&world, &format!("/api/alerts/da9/{what}")).await.expect(200);
        assert_eq!(list["value"], expected);
    }
    let files = get(&world, "/api/alerts/da9/files").await.expect(200);
    assert_eq!(files["value"][0]["sha1"], "5de8139332ac119239bbb5b76a9a2bd3b6c5a111");
    let user = get(&world, "/api/alerts/da9/user").await.expect(200);
    assert_eq!((&user["accountName"], &user["accountSid"]), (&json!("ada"), &json!("S-1-5-21-9")));
    expect_classic(&get(&world, "/api/alerts/da1/files").await, 404, "ResourceNotFound");
}
