//! Reading on while a writer changes what is read: one reader pages by cursor, one by delta.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;
use vakt_testkit::cast::{HOARDER, IMPORTER, SIEM};
use vakt_testkit::{KeptConnection, Request, World};

use super::sample::Sample;
use crate::say;

const AUDIENCE: &str = "https://api.security.microsoft.com";
const GRAPH: &str = "https://graph.microsoft.com";
/// Changes a second while the readers read.
const CHANGES_PER_SECOND: u64 = 200;

/// The last state of an incident: when it was changed.
type States = HashMap<usize, Timestamp>;

/// Two readers and a writer at once; then what the readers know is compared with what was written.
pub async fn under_change(world: &Arc<World>, number: usize, sample: Sample) {
    let (finished, stop) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let written = tokio::spawn(write(world.clone(), (number, sample), stop.clone()));
    let by_delta = tokio::spawn(by_delta(world.clone(), finished.clone()));
    by_cursor(world, number).await;
    stop.store(true, Ordering::Relaxed);
    let written = written.await.unwrap();
    finished.store(true, Ordering::Relaxed);
    let read = by_delta.await.unwrap();
    let lost = (1..=number).filter(|id| !read.states.contains_key(id)).count();
    let is_stale = |(id, at): &(&usize, &Timestamp)| read.states.get(*id) != Some(*at);
    let stale = written.states.iter().filter(is_stale).count();
    say(&format!(
        "by delta: {} incidents in {:.1} s, {} states in {} rounds while {} changes were made to {}: \
         {lost} lost, {stale} stale, {} doubled",
        read.states.len(),
        read.took.as_secs_f64(),
        read.given.len(),
        read.rounds,
        written.changes,
        written.states.len(),
        read.doubled
    ));
}

/// Pages through everything by cursor.
async fn by_cursor(world: &World, number: usize) {
    let token = world.token_of(&SIEM, AUDIENCE).await;
    let mut connection = world.https().keep().await;
    let mut seen: HashMap<i64, u32> = HashMap::new();
    let mut target = "/api/incidents?$top=100".to_owned();
    let started = Instant::now();
    loop {
        let request = Request::get(&target).bearer(&token);
        let page = connection.send(request).await.expect(200);
        for incident in page["value"].as_array().unwrap() {
            *seen.entry(incident["incidentId"].as_i64().unwrap()).or_default() += 1;
        }
        let Some(next) = page["@odata.nextLink"].as_str() else { break };
        target = next.split_once("/api/").map(|(_, rest)| format!("/api/{rest}")).unwrap();
    }
    let lost = (1..=number as i64).filter(|id| !seen.contains_key(id)).count();
    let doubled = seen.values().filter(|times| **times > 1).count();
    let took = started.elapsed().as_secs_f64();
    say(&format!(
        "by cursor: {} incidents in {took:.1} s: {lost} lost, {doubled} doubled",
        seen.len()
    ));
}

#[derive(Default)]
struct Read {
    states: States,
    /// Every state that came: number and last change.
    given: HashSet<(usize, Timestamp)>,
    doubled: usize,
    rounds: usize,
    took: Duration,
}

/// Reads by delta, round after round, and a last time when nothing is written any more.
async fn by_delta(world: Arc<World>, finished: Arc<AtomicBool>) -> Read {
    let token = world.token_of(&HOARDER, GRAPH).await;
    let mut graph = (world.https().keep().await, token);
    let mut target = "/v1.0/security/incidents/delta?$top=100".to_owned();
    let mut read = Read::default();
    let started = Instant::now();
    loop {
        let last = finished.load(Ordering::Relaxed);
        target = round(&world, &mut graph, target, &mut read).await;
        read.rounds += 1;
        if last {
            read.took = started.elapsed();
            return read;
        }
    }
}

/// Follows links up to the one that is for later.
async fn round(
    world: &World,
    (connection, token): &mut (KeptConnection, String),
    mut target: String,
    read: &mut Read,
) -> String {
    loop {
        let request = Request::get(&target).bearer(token);
        let page: Value = connection.send(request).await.expect(200);
        for one in page["value"].as_array().unwrap() {
            let id = one["id"].as_str().unwrap().parse().unwrap();
            let at: Timestamp = one["lastUpdateDateTime"].as_str().unwrap().parse().unwrap();
            if !read.given.insert((id, at)) {
                read.doubled += 1;
            }
            read.states.insert(id, at);
        }
        let (next, later) = (&page["@odata.nextLink"], &page["@odata.deltaLink"]);
        let link = next.as_str().or(later.as_str()).unwrap();
        target = link.strip_prefix(world.url()).unwrap().to_owned();
        if later.is_string() {
            return target;
        }
    }
}

struct Written {
    states: States,
    changes: usize,
}

/// Changes incidents all over, as an importer of newer states.
async fn write(
    world: Arc<World>,
    (number, sample): (usize, Sample),
    stop: Arc<AtomicBool>,
) -> Written {
    let token = world.token_of(&IMPORTER, AUDIENCE).await;
    let mut connection = world.https().keep().await;
    let mut written = Written { states: States::new(), changes: 0 };
    let mut pace = tokio::time::interval(Duration::from_micros(1_000_000 / CHANGES_PER_SECOND));
    let mut id = 1;
    while !stop.load(Ordering::Relaxed) {
        pace.tick().await;
        id = (id * 48_271) % number + 1;
        written.changes += 1;
        let at = format!("2026-03-01T00:00:00.{:07}Z", written.changes);
        let mut body = r#"{"value":["#.to_owned();
        sample.write(&mut body, id, Some(&at));
        body.push_str("]}");
        let request = Request::post("/vakt/v1/incidents/import").bearer(&token);
        connection.send(request.body("application/json", body)).await.expect(200);
        written.states.insert(id, at.parse().unwrap());
    }
    written
}
