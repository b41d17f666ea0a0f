//! Many callers at once: each is answered as if it had been alone, before or after the others.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use vakt_testkit::cast::{ADMIN, IMPORTER, SIEM};
use vakt_testkit::incidents::plain;
use vakt_testkit::{Answer, TokenAsk, World};

const MTP_ID: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const INCIDENT_READ: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";
/// How many ask at once.
const CALLERS: i64 = 12;

/// Sends one request per caller, all at once.
async fn at_once(
    world: &Arc<World>,
    method: &'static str,
    path: &str,
    body: impl Fn(i64) -> Value,
) -> Vec<Answer> {
    let mut running = JoinSet::new();
    for caller in 0..CALLERS {
        let (world, path, body) = (world.clone(), path.to_owned(), body(caller));
        running.spawn(async move {
            let directory = world.directory(&ADMIN).await;
            directory.send(method, &path, Some(&body)).await
        });
    }
    running.join_all().await
}

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_wins_and_the_others_are_told() {
    let world = Arc::new(World::start().await);
    let directory = world.directory(&ADMIN).await;
    let new = json!({ "displayName": "wanted" });
    let app = directory.post("/applications", 201, &new).await;
    let new = json!({ "appId": app["appId"] });
    let answers = at_once(&world, "POST", "/servicePrincipals", |_| new.clone()).await;
    assert_eq!((count(&answers, 201), count(&answers, 409)), (1, answers.len() - 1));

    let principal = directory.principal_of(app["appId"].as_str().unwrap()).await["id"].clone();
    let mtp = directory.principal_of(MTP_ID).await["id"].clone();
    let path = format!("/servicePrincipals/{}/appRoleAssignments", principal.as_str().unwrap());
    let grant = json!({ "principalId": principal, "resourceId": mtp, "appRoleId": INCIDENT_READ });
    let answers = at_once(&world, "POST", &path, |_| grant.clone()).await;
    assert_eq!((count(&answers, 201), count(&answers, 400)), (1, answers.len() - 1));
    for refused in answers.iter().filter(|answer| answer.status == 400) {
        let message = &refused.json()["error"]["message"];
        assert_eq!(message, "Permission being assigned already exists on the object");
    }
}

/// Each caller changes a member of its own; a change that was acknowledged must not be undone by
/// somebody who never saw it.
#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_change_is_lost() {
    let world = Arc::new(World::start().await);
    let directory = world.directory(&ADMIN).await;
    let app = directory.register("contended", json!({})).await;
    let path = format!("/applications/{}", app.object);
    for round in 0..10 {
        let value = format!("round {round}");
        let bodies = [
            json!({ "displayName": value }),
            json!({ "notes": value }),
            json!({ "tags": [value] }),
            json!({ "web": { "redirectUris": [format!("https://x/{round}")] } }),
        ];
        let body = |caller: i64| bodies[usize::try_from(caller).unwrap() % 4].clone();
        let answers = at_once(&world, "PATCH", &path, body).await;
        assert_eq!(count(&answers, 204), answers.len());
        let shown = directory.get(&path).await;
        assert_eq!(shown["displayName"], json!(value), "round {round}");
        assert_eq!(shown["notes"], json!(value), "round {round}");
        assert_eq!(shown["tags"], json!([value]), "round {round}");
        let uri = &shown["web"]["redirectUris"][0];
        assert_eq!(uri, &json!(format!("https://x/{round}")), "round {round}");
    }
}

/// The same for principals, where it matters most: what was switched off stays off.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_switched_off_stays_off_whatever_else_is_changed() {
    let world = Arc::new(World::start().await);
    let directory = world.directory(&ADMIN).await;
    let app = directory.register("to be stopped", json!({})).await;
    let path = format!("/servicePrincipals/{}", app.principal);
    for round in 0..10 {
        directory.patch(&path, &json!({ "accountEnabled": true })).await;
        let body = |caller: i64| match caller % 3 {
            0 => json!({ "accountEnabled": false }),
            1 => json!({ "tags": [format!("round {round}")] }),
            _ => json!({ "appRoleAssignmentRequired": round % 2 == 0 }),
        };
        let answers = at_once(&world, "PATCH", &path, body).await;
        assert_eq!(count(&answers, 204), answers.len());
        let shown = directory.get(&path).await;
        assert_eq!(shown["accountEnabled"], json!(false), "round {round}");
        assert_eq!(shown["tags"], json!([format!("round {round}")]), "round {round}");
        assert_eq!(shown["appRoleAssignmentRequired"], json!(round % 2 == 0), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_made_at_once_all_work() {
    let world = Arc::new(World::start().await);
    let directory = world.directory(&ADMIN).await;
    let app = directory.register("popular", json!({})).await;
    let path = format!("/applications/{}/addPassword", app.object);
    let answers = at_once(&world, "POST", &path, |_| json!({})).await;
    for answer in answers {
        let secret = answer.expect(200)["secretText"].as_str().unwrap().to_owned();
        let ask = TokenAsk::v2(&SIEM, MTP_ID).set("client_id", &app.app_id);
        world.send(ask.set("client_secret", &secret)).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_at_once_are_all_counted_once() {
    let world = Arc::new(World::start().await);
    let mut running = JoinSet::new();
    for _ in 0..CALLERS {
        let world = world.clone();
        running.spawn(async move {
            let time = "2026-02-01T00:00:00Z";
            let incidents: Vec<Value> = (1..=20).map(|id| plain(id, time, time)).collect();
            world.import(&IMPORTER, &incidents).await
        });
    }
    let answers = running.join_all().await;
    let sum = |outcome: &str| answers.iter().map(|one| one[outcome].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum("created"), 20);
    assert_eq!(sum("unchanged"), 20 * (answers.len() as u64 - 1));
}
