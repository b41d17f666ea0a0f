//! What the start page says of how much is received.

use serde_json::{Value, json};
use vakt_testkit::cast::{FABRIKAM_SIEM, IMPORTER};
use vakt_testkit::incidents::{full, plain};
use vakt_testkit::people::{CARL, GRACE, RITA};
use vakt_testkit::{Request, Visitor, World};

/// Numbers of a table's row: alerts, incidents.
fn row(page: &str, name: &str) -> [String; 2] {
    let head = format!("<tr><th scope=\"row\">{name}</th><td>");
    let (_, rest) = page.split_once(&head).unwrap_or_else(|| panic!("{name}: {page}"));
    let (alerts, rest) = rest.split_once("</td><td>").unwrap();
    [alerts.to_owned(), rest.split_once("</td>").unwrap().0.to_owned()]
}

async fn expect(visitor: &mut Visitor, expected: &[(&str, u64, u64)]) -> String {
    let page = visitor.get("/portal").await;
    assert_eq!(page.status, 200, "{}", page.text());
    for (name, alerts, incidents) in expected {
        let found = row(page.text(), name);
        assert_eq!(found, [alerts.to_string(), incidents.to_string()], "{name}");
    }
    page.text().to_owned()
}

fn advance(world: &World, seconds: i64) {
    world.clock().advance(jiff::SignedDuration::from_secs(seconds));
}

/// The heights of the bars of a kind.
fn bars(page: &str, kind: &str) -> Vec<u64> {
    let begin = format!("<rect class=\"{kind}\"");
    let bars = page.split(&begin).skip(1);
    let height = |bar: &str| bar.split(" height=\"").nth(1)?.split('"').next()?.parse().ok();
    bars.map(|bar| height(bar).unwrap()).collect()
}

#[tokio::test]
async fn what_is_received_is_seen_at_once_and_grows_old() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let empty = rita.get("/portal").await;
    for part in ["Nothing was received within a day.", "vakt incidents import incidents.json"] {
        assert!(empty.text().contains(part), "{part}: {}", empty.text());
    }
    assert!(!empty.text().contains("<rect"));
    // 12:00:00 and on.
    world
        .import(&IMPORTER, &[full(1), plain(2, "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z")])
        .await;
    let now = [("Last minute", 1, 2), ("Last hour", 1, 2), ("Last 24 hours", 1, 2)];
    let page = expect(&mut rita, &[&now[..], &[("12:00", 1, 2), ("11:00", 0, 0)]].concat()).await;
    assert_eq!((bars(&page, "alerts").len(), bars(&page, "incidents").len()), (24, 24));
    assert_eq!((bars(&page, "alerts")[23], bars(&page, "incidents")[23]), (51, 100));
    assert!(bars(&page, "alerts")[..23].iter().all(|height| *height == 0));
    assert!(page.contains("<span>13:00 UTC</span><span>now</span>"), "{page}");
    // The same again: it came, and changes nothing. What is refused did not come in.
    advance(&world, 60);
    let refused = json!({ "incidentName": "without a number" });
    world.import(&IMPORTER, &[full(1), refused]).await;
    expect(&mut rita, &[("Last minute", 2, 3), ("Last hour", 2, 3)]).await;
    advance(&world, 60);
    expect(&mut rita, &[("Last minute", 1, 1), ("Last hour", 2, 3)]).await;
    advance(&world, 60);
    expect(&mut rita, &[("Last minute", 0, 0), ("Last hour", 2, 3), ("12:00", 2, 3)]).await;
    for _ in 0..3 {
        // Whoever is not seen for half an hour has to sign in again.
        advance(&world, 20 * 60);
        assert_eq!(rita.get("/portal").await.status, 200);
    }
    expect(&mut rita, &[("Last hour", 0, 0), ("Last 24 hours", 2, 3), ("12:00", 2, 3)]).await;
}

#[tokio::test]
async fn every_way_in_is_counted() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let alert = |id: &str| -> Value {
        let mut alert = full(1)["alerts"][0].clone();
        alert["alertId"] = json!(id);
        alert
    };
    let alerts = json!({ "value": [alert("da1"), alert("da2")] });
    world.write(Request::post("/vakt/v1/alerts").json(&alerts)).await.expect(200);
    expect(&mut rita, &[("Last minute", 2, 0)]).await;
    let record = |table: &str, properties: Value| {
        json!({
            "time": "2026-02-28T10:00:05Z", "tenantId": "11111111-1111-4111-8111-111111111111",
            "category": format!("AdvancedHunting-{table}"), "properties": properties,
        })
    };
    let records = json!({ "records": [
        record("AlertInfo", json!({
            "Timestamp": "2026-02-28T10:00:00Z", "AlertId": "da3", "Title": "PowerShell",
            "Severity": "Medium", "ServiceSource": "Microsoft Defender for Endpoint",
        })),
        record("AlertEvidence", json!({
            "Timestamp": "2026-02-28T10:00:00Z", "AlertId": "da3", "EntityType": "Machine",
            "EvidenceRole": "Impacted", "DeviceId": "d1", "DeviceName": "ws1.contoso.com",
        })),
    ] });
    world.write(Request::post("/vakt/v1/records").json(&records)).await.expect(200);
    expect(&mut rita, &[("Last minute", 3, 0)]).await;
    // Another tenant counts for itself, and whoever may not see incidents is told nothing.
    world.import(&FABRIKAM_SIEM, &[full(1)]).await;
    expect(&mut rita, &[("Last minute", 3, 0)]).await;
    let mut grace = Visitor::signed_in(&world, &GRACE).await;
    expect(&mut grace, &[("Last minute", 1, 1)]).await;
    let mut carl = Visitor::signed_in(&world, &CARL).await;
    assert!(!carl.get("/portal").await.text().contains("received"));
}
