//! `kill -9` at random points of a stream of changes: what was acknowledged is there after a
//! restart, and nothing is there in part.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use vakt_client::{
    ApplicationQuery, Client, ClientError, ClientSecret, Cloud, HttpsTransport, IncidentQuery,
    NewPassword,
};
use vakt_wire::graph::ApplicationChanges;

use crate::server::{CLIENT, SECRET, Server, TENANT, folder};

const ROUNDS: u64 = 50;
/// Incidents of one import; they are stored together or not at all.
const BATCH: i64 = 20;
/// Alerts of each incident.
const ALERTS: i64 = 3;
/// Most that is read back at once.
const READ_MAX: usize = 100_000;

/// What the server said is done.
#[derive(Default)]
struct Acknowledged {
    applications: Vec<String>,
    secrets: Vec<(String, String)>,
    batches: Vec<i64>,
}

fn client(server: &Server) -> Client {
    let cloud = Cloud::vakt(&server.url, Some(server.ca.clone())).unwrap();
    let transport = Arc::new(HttpsTransport::new(&cloud).unwrap());
    let credential = ClientSecret::new(CLIENT, SECRET.into());
    let now = || jiff::Timestamp::UNIX_EPOCH;
    Client::new(cloud, TENANT, credential, transport, Arc::new(now))
}

/// Changes things until the server is gone.
async fn stream(client: &Client, round: u64, done: &mut Acknowledged) -> Result<(), ClientError> {
    for step in 0_i64.. {
        let name = Some(format!("app {round}.{step}"));
        let wish = ApplicationChanges { display_name: name, ..ApplicationChanges::default() };
        let application = client.graph().create_application(&wish).await?;
        done.applications.push(application.id.clone());
        let secret = client.graph().add_password(&application.id, NewPassword::default()).await?;
        done.secrets.push((application.id, secret.key_id.unwrap()));
        let batch = i64::try_from(round).unwrap() * 1000 + step;
        client.incidents().import(incidents(batch).into_iter().map(Ok::<_, ClientError>)).await?;
        done.batches.push(batch);
    }
    Ok(())
}

fn incidents(batch: i64) -> Vec<Value> {
    let alerts = |id: i64| {
        let alert = |n| json!({"alertId": format!("da{id}_{n}"), "title": "t"});
        (0..ALERTS).map(alert).collect::<Vec<_>>()
    };
    let first = batch * BATCH + 1;
    (first..first + BATCH).map(|id| json!({"incidentId": id, "alerts": alerts(id)})).collect()
}

/// Reads everything back and compares.
async fn check(client: &Client, done: &Acknowledged, round: u64) {
    let all = client.graph().applications(&ApplicationQuery::All).collect(READ_MAX).await.unwrap();
    let find = |id: &String| all.iter().find(|application| application.id == *id);
    for id in &done.applications {
        assert!(find(id).is_some(), "round {round}: acknowledged application {id} is lost");
    }
    for (id, key) in &done.secrets {
        let secrets = &find(id).unwrap().password_credentials;
        let there = secrets.iter().any(|secret| secret.key_id.as_ref() == Some(key));
        assert!(there, "round {round}: acknowledged secret {key} is lost");
    }
    let stored = client.incidents().list(&IncidentQuery::default(), READ_MAX).await.unwrap();
    let mut counts = std::collections::BTreeMap::<i64, i64>::new();
    for incident in &stored {
        let alerts = i64::try_from(incident.alerts.len()).unwrap();
        assert_eq!(alerts, ALERTS, "round {round}: incident {} is in part", incident.incident_id);
        *counts.entry((incident.incident_id - 1) / BATCH).or_default() += 1;
    }
    for (batch, count) in &counts {
        assert_eq!(*count, BATCH, "round {round}: batch {batch} is in part");
    }
    for batch in &done.batches {
        assert!(counts.contains_key(batch), "round {round}: acknowledged batch {batch} is lost");
    }
}

/// A small generator: the points differ from round to round, and are the same in every run.
fn delay(round: u64) -> Duration {
    let mixed = round.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
    Duration::from_micros(mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) % 300_000)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_is_half_written() {
    let folder = folder();
    let mut done = Acknowledged::default();
    for round in 0..ROUNDS {
        let mut server = Server::start_seeded(folder.path());
        let client = client(&server);
        check(&client, &done, round).await;
        let running = stream(&client, round, &mut done);
        let _ = tokio::time::timeout(delay(round), running).await;
        server.child.kill().unwrap();
        server.child.wait().unwrap();
    }
    let server = Server::start_seeded(folder.path());
    check(&client(&server), &done, ROUNDS).await;
    assert!(done.batches.len() > 10, "the rounds were too short to try anything");
}
