//! What real clients send, in their order, and what they need of the answers.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_testkit::cast::{CONTOSO, IMPORTER};
use vakt_testkit::incidents::{full, plain};
use vakt_testkit::{Request, TokenAsk, World};

const ENDPOINT: &str = "https://api.securitycenter.microsoft.com";

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn texts<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    list["value"].as_array().unwrap().iter().map(|one| one[member].as_str().unwrap()).collect()
}

async fn with_incidents(count: i64) -> World {
    let world = World::start().await;
    let incident = |id: i64| {
        let time = format!("2026-02-10T{:02}:{:02}:00Z", id / 60, id % 60);
        plain(id, &time, &time)
    };
    let mut all: Vec<Value> = (1..count).map(incident).collect();
    all.push(full(count));
    world.import(&IMPORTER, &all).await;
    world
}

/// Cortex XSOAR: pages by `$top` and `$skip` until one is short, then works on an incident.
#[tokio::test]
async fn xsoar_fetches_and_updates() {
    let world = with_incidents(250).await;
    let mut seen = BTreeSet::new();
    let mut lengths = Vec::new();
    for skip in (0..).step_by(100) {
        let filter = encoded("createdTime gt 2021-01-01T00:00:00Z");
        let target = format!("/api/incidents?$top=100&$skip={skip}&$filter={filter}");
        let page = world.get(&target).await.expect(200);
        let rows = page["value"].as_array().unwrap();
        for row in rows {
            seen.insert(row["incidentId"].as_i64().unwrap());
            for alert in row["alerts"].as_array().unwrap() {
                assert!(alert["firstActivity"].is_string(), "its date parser fails on null");
                assert!(alert["devices"].is_array() && alert["entities"].is_array());
            }
        }
        lengths.push(rows.len());
        if rows.len() < 100 {
            break;
        }
    }
    assert_eq!((lengths, seen.len()), (vec![100, 100, 50], 250));
    let update = |body: Value| world.write(Request::new("PATCH", "/api/incidents/250").json(&body));
    let updated = update(json!({
        "status": "InProgress", "assignedTo": "ada@contoso.com", "classification": "TruePositive",
        "determination": "MultiStagedAttack", "tags": ["xsoar"], "comment": "by a playbook",
    }));
    let updated = updated.await.expect(200);
    assert_eq!(updated["determination"], "MultiStagedAttack");
    assert!(update(json!({ "assignedTo": "" })).await.expect(200)["assignedTo"].is_null());
    assert_eq!(world.get("/api/incidents/250").await.expect(200)["tags"], json!(["xsoar"]));
}

/// Elastic's log stream: no page size, and a cursor that is the last change of the last event.
#[tokio::test]
async fn elastic_goes_on_from_the_last_event() {
    let world = with_incidents(150).await;
    let mut cursor = "2020-08-06T12:07:55.32Z".to_owned();
    let mut seen = Vec::new();
    for round in 0..5 {
        let filter = encoded(&format!("lastUpdateTime gt {cursor}"));
        let page = world.get(&format!("/api/incidents?$filter={filter}")).await.expect(200);
        for row in page["value"].as_array().unwrap() {
            seen.push(row["incidentId"].as_i64().unwrap());
            row["alerts"].as_array().unwrap();
            let time = row["lastUpdateTime"].as_str().unwrap();
            let instant = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
            assert!(instant(&cursor) < instant(time), "the cursor goes forward");
            time.clone_into(&mut cursor);
        }
        if round == 2 {
            let request = Request::new("PATCH", "/api/incidents/3");
            world.write(request.json(&json!({ "comment": "news" }))).await.expect(200);
        }
    }
    let news = seen.pop().unwrap();
    assert_eq!(news, 3, "what changed comes again, once");
    assert_eq!(seen.len(), 150, "and nothing else is doubled or lost");
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 150);
}

/// Filebeat's `defender_atp`: a token by resource, alerts with evidence, a cursor.
#[tokio::test]
async fn filebeat_polls_alerts_with_evidence() {
    let world = with_incidents(3).await;
    let ask = TokenAsk::v1(&IMPORTER, ENDPOINT);
    let token = world.send(ask).await.expect(200)["access_token"].as_str().unwrap().to_owned();
    let filter = encoded("lastUpdateTime gt 2026-02-01T00:00:00.0000000Z");
    let target = format!("/api/alerts?$expand=evidence&$filter={filter}");
    let page = world.send(Request::get(&target).bearer(&token)).await.expect(200);
    assert_eq!(texts(&page, "id"), ["da300"]);
    let alert = &page["value"][0];
    assert_eq!(alert["evidence"][0]["entityType"], "Process");
    let cursor = alert["lastUpdateTime"].as_str().unwrap();
    let filter = encoded(&format!("lastUpdateTime gt {cursor}"));
    let target = format!("/api/alerts?$expand=evidence&$filter={filter}");
    let page = world.send(Request::get(&target).bearer(&token)).await.expect(200);
    assert_eq!(page["value"], json!([]));
}

/// SEKOIA: a token by GET with a form, then one alert; errors are read member by member.
#[tokio::test]
async fn sekoia_reads_and_updates_an_alert() {
    let world = with_incidents(3).await;
    let ask = TokenAsk::v1(&IMPORTER, ENDPOINT).method("GET");
    let answer = world.send(ask).await.expect(200);
    assert!(answer["expires_in"].is_string(), "the v1 endpoint writes texts");
    let token = answer["access_token"].as_str().unwrap();
    let send = |method: &str, id: &str, body: Value| {
        let request = Request::new(method, format!("/api/alerts/{id}")).bearer(token);
        world.send(if method == "GET" { request } else { request.json(&body) })
    };
    let alert = send("GET", "da300", json!(null)).await.expect(200);
    assert_eq!(alert["machineId"], "24c222b0b60fe148eeece49ac83910cc6a7ef491");
    let body = json!({
        "status": "Resolved", "assignedTo": "soc@contoso.com", "classification": "FalsePositive",
        "determination": "Clean", "comment": "benign",
    });
    let alert = send("PATCH", "da300", body).await.expect(200);
    assert_eq!((&alert["status"], &alert["determination"]), (&json!("Resolved"), &json!("Clean")));
    assert_eq!(alert["aadTenantId"], CONTOSO.id);
    for (id, body, status) in [("da1", json!({}), 404), ("da300", json!({ "status": "x" }), 400)] {
        let error = send("PATCH", id, body).await.expect(status)["error"].clone();
        for member in ["code", "message", "target"] {
            assert!(error[member].is_string(), "{member}: {error}");
        }
    }
}

/// Whoever follows links loses and doubles nothing, whatever is changed meanwhile.
#[tokio::test]
async fn links_lose_and_double_nothing_under_change() {
    let world = with_incidents(60).await;
    let mut target = "/api/incidents?$top=7".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = world.get(&target).await.expect(200);
        let rows = page["value"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| row["incidentId"].as_i64().unwrap()));
        for id in [1, 30, 60] {
            let body = json!({ "tags": [seen.len().to_string()] });
            let request = Request::new("PATCH", format!("/api/incidents/{id}")).json(&body);
            world.write(request).await.expect(200);
        }
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        target = link.strip_prefix(world.url()).unwrap().to_owned();
    }
    assert_eq!(seen.len(), 60);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 60);
}
