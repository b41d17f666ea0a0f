//! What real clients of Graph's security API send, as their published sources and configurations
//! have it, and what they make of the answers.

use jiff::Timestamp;
use serde_json::{Value, json};
use vakt_testkit::cast::{App, HOARDER, IMPORTER, Tenant};
use vakt_testkit::incidents::{full, graph};
use vakt_testkit::{Answer, Request, TokenAsk, World};

const GRAPH: &str = "https://graph.microsoft.com";

/// Nine incidents with alerts; some changed at the same instant, as a bulk change leaves them.
async fn world() -> World {
    let world = World::start().await;
    let one = |id: i64| {
        let mut incident = full(id);
        incident["createdTime"] = json!(format!("2026-02-{id:02}T00:00:00Z"));
        incident["lastUpdateTime"] = json!(format!("2026-02-{:02}T00:00:00.5Z", 10 + id / 3));
        incident["alerts"][0]["creationTime"] = json!(format!("2026-02-{id:02}T00:00:00Z"));
        incident
    };
    let mut incidents: Vec<Value> = (1..=8).map(one).collect();
    incidents.push(graph());
    world.import(&IMPORTER, &incidents).await;
    world
}

fn value(answer: &Answer) -> Vec<Value> {
    answer.expect(200)["value"].as_array().unwrap().clone()
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_else(|| panic!("{name} of {object}"))
}

/// Elastic's `incident` and `alert` streams: HTTP Basic for the token, then pages by `$top` and
/// `$skip` while they are full; the next run starts at the last change it saw.
#[tokio::test]
async fn elastic_pages_by_skip_and_resumes_at_the_last_change() {
    let world = world().await;
    let token = world.token_of(&HOARDER, GRAPH).await;
    for (set, expand, number) in [("incidents", "&$expand=alerts", 9), ("alerts_v2", "", 9)] {
        // One run: pages while they are full.
        let run = async |since: &str| {
            let mut seen: Vec<Value> = Vec::new();
            loop {
                let target = format!(
                    "/v1.0/security/{set}?$top=2&$skip={}&$filter=lastUpdateDateTime+ge+{since}\
                     &$orderby=lastUpdateDateTime+asc{expand}",
                    seen.len()
                );
                let page = value(&world.send(Request::get(target).bearer(&token)).await);
                let is_full = page.len() == 2;
                seen.extend(page);
                if !is_full {
                    return seen;
                }
            }
        };
        let seen = run("2015-01-01T00:00:00Z").await;
        let changed =
            |one: &Value| -> Timestamp { text(one, "lastUpdateDateTime").parse().unwrap() };
        assert!(seen.is_sorted_by_key(changed), "{set}");
        let mut ids: Vec<&str> = seen.iter().map(|one| text(one, "id")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), number, "{set}");
        for one in &seen {
            let alerts = if set == "incidents" { &one["alerts"] } else { &json!([one]) };
            for alert in alerts.as_array().unwrap() {
                assert!(alert["evidence"].is_array(), "{alert}");
            }
        }
        let last = text(seen.last().unwrap(), "lastUpdateDateTime");
        let again = run(last).await;
        assert!(again.contains(seen.last().unwrap()), "{set}");
        assert!(again.iter().all(|one| seen.contains(one)), "{set}");
    }
}

/// OpenCTI's incident connector: the token without `Bearer`, an offset in the filter, links followed
/// as they are, entities switched on by their `@odata.type`.
#[tokio::test]
async fn opencti_follows_links_and_switches_on_types() {
    let world = world().await;
    let token = world.token_of(&HOARDER, GRAPH).await;
    let mut target = "/v1.0/security/incidents?%24expand=alerts&%24filter=lastUpdateDateTime%20gt\
                      %202026-02-01T00%3A00%3A00%2B00%3A00&$top=4"
        .to_owned();
    let mut kinds = std::collections::BTreeSet::new();
    let mut number = 0;
    loop {
        let request = Request::get(&target).header("authorization", &token);
        let page = world.send(request).await.expect(200);
        for incident in page["value"].as_array().unwrap() {
            number += 1;
            for name in ["id", "displayName", "severity", "createdDateTime", "incidentWebUrl"] {
                text(incident, name);
            }
            for alert in incident["alerts"].as_array().unwrap() {
                for name in ["id", "title", "category"] {
                    text(alert, name);
                }
                assert!(alert["mitreTechniques"].is_array());
                for piece in alert["evidence"].as_array().unwrap() {
                    kinds.insert(text(piece, "@odata.type").to_owned());
                }
            }
        }
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        target = link.strip_prefix(world.url()).unwrap().to_owned();
    }
    assert_eq!(number, 9);
    for kind in ["device", "file", "process", "user"] {
        let kind = format!("#microsoft.graph.security.{kind}Evidence");
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}

/// Wazuh's module for Graph: a short token although twenty roles are granted, `expires_in` as a
/// number, and the first page of what falls into a span of time.
#[tokio::test]
async fn wazuh_reads_the_first_page_of_a_span() {
    let world = world().await;
    let body = world.send(TokenAsk::v2(&HOARDER, GRAPH)).await.expect(200);
    assert!(body["expires_in"].is_u64());
    let token = text(&body, "access_token");
    for (version, set, number) in
        [("v1.0", "incidents", 3), ("beta", "incidents", 3), ("v1.0", "alerts_v2", 3)]
    {
        let target = format!(
            "/{version}/security/{set}?$filter=createdDateTime+ge+2026-02-03T00:00:00Z+and+\
             createdDateTime+lt+2026-02-06T00:00:00Z"
        );
        let request = Request::get(target).bearer(token).header("accept", "application/json");
        assert_eq!(value(&world.send(request).await).len(), number, "{version} {set}");
    }
    let target = "/v1.0/security/incidents?$filter=lastUpdateDateTime+ge+2030-01-01T00:00:00Z";
    assert!(value(&world.send(Request::get(target).bearer(token)).await).is_empty());
}

/// graph2otel: windows between two instants, pages of fifty, links; alerts with an order.
#[tokio::test]
async fn graph2otel_reads_windows() {
    let world = world().await;
    let token = world.token_of(&HOARDER, GRAPH).await;
    let get = async |target: &str| {
        let request = Request::get(target).bearer(&token).header("client-request-id", GUID);
        let answer = world.send(request).await;
        assert_eq!(answer.header("client-request-id"), Some(GUID));
        answer
    };
    let window = ("2026-02-11T00:00:00Z", "2026-02-13T00:00:00Z");
    let target = format!(
        "/v1.0/security/incidents?$top=50&$filter=lastUpdateDateTime%20gt%20{}%20and%20\
         lastUpdateDateTime%20lt%20{}",
        window.0, window.1
    );
    let incidents = value(&get(&target).await);
    assert_eq!(incidents.len(), 6);
    for incident in &incidents {
        assert!(
            incident["priorityScore"].is_null() && incident.get("redirectIncidentId").is_some()
        );
    }
    let target = "/v1.0/security/alerts_v2?$filter=createdDateTime%20ge%202026-02-02T00:00:00Z\
                  %20and%20createdDateTime%20le%202026-02-04T00:00:00Z&$orderby=createdDateTime%20asc";
    let alerts = value(&get(target).await);
    let ids: Vec<&str> = alerts.iter().map(|alert| text(alert, "id")).collect();
    assert_eq!(ids, ["da200", "da300", "da400"]);
    for alert in &alerts {
        assert_eq!(alert["tenantId"], tenant_of(&HOARDER));
    }
}

const GUID: &str = "7d1a0000-0000-4000-8000-000000000007";

fn tenant_of(app: &App) -> &'static str {
    Tenant::of(app).id
}
