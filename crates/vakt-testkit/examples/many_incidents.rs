//! What a large store of incidents costs: importing, the first page under every documented filter,
//! and reading on while a writer changes what is read.
//!
//! `cargo run --release -p vakt-testkit --example many_incidents -- [INCIDENTS]` prints figures; with
//! `VAKT_TEST_STORE=postgres` over PostgreSQL. Client, socket and server share one process.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use vakt_testkit::cast::{IMPORTER, SIEM};
use vakt_testkit::{KeptConnection, Request, World};

const AUDIENCE: &str = "https://api.security.microsoft.com";
/// Incidents in one request.
const BATCH: usize = 2_000;
/// Requests for each filter.
const ASKED: usize = 200;
/// Changes a second while a reader pages.
const CHANGES_PER_SECOND: u64 = 200;
/// Incidents that are paged through under change.
const PAGED: usize = 100_000;

#[tokio::main]
async fn main() {
    let number = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let world = Arc::new(World::start().await);
    import(&world, number).await;
    filters(&world).await;
    if number >= PAGED {
        under_change(&world, number).await;
    }
}

fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// An incident with an alert on a device, by an account, about a file.
fn incident(id: usize) -> String {
    let (day, hour, minute) = (1 + id / 1440 % 28, id / 60 % 24, id % 60);
    let time = format!("2026-01-{day:02}T{hour:02}:{minute:02}:00.{:07}Z", id % 10_000_000);
    let severity = ["Low", "Medium", "High", "Informational"][id % 4];
    let status = ["Active", "InProgress", "Resolved"][id % 3];
    let (classification, determination) =
        [("Unknown", "NotAvailable"), ("TruePositive", "Malware"), ("FalsePositive", "Clean")]
            [id % 3];
    let owner = id % 500;
    let host = id % 20_000;
    format!(
        r#"{{"incidentId":{id},"incidentName":"Suspicious activity {id}","createdTime":"{time}","lastUpdateTime":"{time}","assignedTo":"analyst{owner}@contoso.com","classification":"{classification}","determination":"{determination}","status":"{status}","severity":"{severity}","tags":[],"comments":[],"alerts":[{{"alertId":"da{id:024x}","incidentId":{id},"serviceSource":"MicrosoftDefenderATP","creationTime":"{time}","lastUpdatedTime":"{time}","firstActivity":"{time}","lastActivity":"{time}","title":"Suspicious activity {id}","category":"Execution","status":"New","severity":"{severity}","detectionSource":"WindowsDefenderAtp","mitreTechniques":["T1059"],"devices":[{{"mdatpDeviceId":"{host:040x}","deviceDnsName":"host{host}.contoso.com","osPlatform":"Windows11"}}],"entities":[{{"entityType":"User","accountName":"user{owner}","domainName":"contoso","userSid":"S-1-5-21-1-2-3-{owner}"}},{{"entityType":"File","fileName":"tool{host}.exe","sha256":"{id:064x}"}}]}}]}}"#
    )
}

async fn import(world: &Arc<World>, number: usize) {
    let token = world.token_of(&IMPORTER, AUDIENCE).await;
    let started = Instant::now();
    let mut lanes = Vec::new();
    for lane in 0..2 {
        let (world, token) = (world.clone(), token.clone());
        lanes.push(tokio::spawn(async move {
            let mut connection = world.https().keep().await;
            let batches = (1..=number).step_by(BATCH).skip(lane).step_by(2);
            for first in batches {
                let last = (first + BATCH - 1).min(number);
                let incidents: Vec<String> = (first..=last).map(incident).collect();
                let body = format!(r#"{{"value":[{}]}}"#, incidents.join(","));
                let request = Request::post("/vakt/v1/incidents/import").bearer(&token);
                let answer = connection.send(request.body("application/json", body)).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert_eq!(answer.json()["created"], last - first + 1, "{}", answer.text());
            }
        }));
    }
    for lane in lanes {
        lane.await.unwrap();
    }
    let took = started.elapsed().as_secs_f64();
    say(&format!(
        "import: {number} incidents in {took:.1} s, {:.0} a second",
        number as f64 / took
    ));
}

async fn filters(world: &World) {
    let token = world.token_of(&SIEM, AUDIENCE).await;
    let mut connection = world.https().keep().await;
    for filter in [
        "",
        "severity eq 'High'",
        "status eq 'Active'",
        "status ne 'Resolved'",
        "assignedTo eq 'analyst77@contoso.com'",
        "classification eq 'TruePositive'",
        "determination eq 'Clean'",
        "createdTime gt 2026-01-20T00:00:00Z",
        "lastUpdateTime gt 2026-01-20T00:00:00Z",
        "severity eq 'High' and status eq 'Active' and assignedTo eq 'analyst4@contoso.com'",
        "severity eq 'Low' and classification eq 'FalsePositive'",
    ] {
        let encoded = utf8_percent_encode(filter, NON_ALPHANUMERIC);
        let target = match filter {
            "" => "/api/incidents?$top=100".to_owned(),
            _ => format!("/api/incidents?$top=100&$filter={encoded}"),
        };
        let request = Request::get(target).bearer(&token);
        let mut took = Vec::with_capacity(ASKED);
        for _ in 0..ASKED {
            let started = Instant::now();
            let answer = connection.send(request.clone()).await;
            took.push(started.elapsed().as_secs_f64() * 1e3);
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        took.sort_by(f64::total_cmp);
        let (p50, p99) = (took[ASKED / 2], took[ASKED * 99 / 100]);
        say(&format!("first page: p50 {p50:.1} ms, p99 {p99:.1} ms: {filter}"));
    }
}

/// A reader pages through the newest incidents by cursor while a writer changes others.
async fn under_change(world: &Arc<World>, number: usize) {
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn(write(world.clone(), number, stop.clone()));
    let token = world.token_of(&SIEM, AUDIENCE).await;
    let mut connection = world.https().keep().await;
    let mut seen: HashMap<i64, u32> = HashMap::new();
    let mut target = format!("/api/incidents?$top=100&$filter=incidentId%20le%20{PAGED}");
    let started = Instant::now();
    loop {
        let page = read(&mut connection, &token, &target).await;
        for incident in page["value"].as_array().unwrap() {
            *seen.entry(incident["incidentId"].as_i64().unwrap()).or_default() += 1;
        }
        let Some(next) = page["@odata.nextLink"].as_str() else { break };
        target = next.split_once("/api/").map(|(_, rest)| format!("/api/{rest}")).unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    let changed: HashSet<usize> = writer.await.unwrap();
    let lost = (1..=PAGED as i64).filter(|id| !seen.contains_key(id)).count();
    let doubled = seen.values().filter(|times| **times > 1).count();
    say(&format!(
        "paged through {} incidents in {:.1} s while {} were changed: {lost} lost, {doubled} doubled",
        seen.len(),
        started.elapsed().as_secs_f64(),
        changed.len(),
    ));
}

async fn read(connection: &mut KeptConnection, token: &str, target: &str) -> Value {
    connection.send(Request::get(target).bearer(token)).await.expect(200)
}

/// Changes incidents all over, as an importer of newer states.
async fn write(world: Arc<World>, number: usize, stop: Arc<AtomicBool>) -> HashSet<usize> {
    let token = world.token_of(&IMPORTER, AUDIENCE).await;
    let mut connection = world.https().keep().await;
    let mut changed = HashSet::new();
    let mut pace = tokio::time::interval(Duration::from_micros(1_000_000 / CHANGES_PER_SECOND));
    let mut id = 1;
    while !stop.load(Ordering::Relaxed) {
        pace.tick().await;
        id = (id * 48_271) % number.min(PAGED) + 1;
        let changed_at =
            format!("\"lastUpdateTime\":\"2026-03-01T00:00:00.{:07}Z\"", changed.len());
        let text = incident(id);
        let (before, after) = text.split_once("\"lastUpdateTime\":").unwrap();
        let rest = after.split_once(',').unwrap().1;
        let body = format!(r#"{{"value":[{before}{changed_at},{rest}]}}"#);
        let request = Request::post("/vakt/v1/incidents/import").bearer(&token);
        connection.send(request.body("application/json", body)).await.expect(200);
        changed.insert(id);
    }
    changed
}
