//! Signing keys come and go under load: no request is lost, and no live token dies before its time.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::SignedDuration;
use serde_json::{Value, json};
use vakt_testkit::cast::{OPERATOR, SIEM};
use vakt_testkit::{Answer, Request, TokenAsk, World, decode, expect_classic};

const MTP: &str = "https://api.security.microsoft.com";
const VAKT: &str = "api://vakt";
const KEYS: &str = "/vakt/v1/keys";

async fn operator(world: &World) -> String {
    world.token_of(&OPERATOR, VAKT).await
}

/// Makes a key, a second after what was before; gives its id.
async fn rotate(world: &World, at_once: bool) -> String {
    world.clock().advance(SignedDuration::from_secs(1));
    let request = Request::post(KEYS).bearer(&operator(world).await);
    let made = world.send(request.json(&json!({ "signAtOnce": at_once }))).await.expect(201);
    made["kid"].as_str().unwrap().to_owned()
}

async fn retire(world: &World, kid: &str, force: bool) -> Answer {
    let request = Request::post(format!("{KEYS}/{kid}/retire")).bearer(&operator(world).await);
    world.send(request.json(&json!({ "force": force }))).await
}

async fn published(world: &World) -> BTreeSet<String> {
    let body = world.send(Request::get("/common/discovery/keys")).await.expect(200);
    let kid = |key: &Value| key["kid"].as_str().unwrap().to_owned();
    body["keys"].as_array().unwrap().iter().map(kid).collect()
}

fn kid_of(token: &str) -> String {
    decode(token).0["kid"].as_str().unwrap().to_owned()
}

async fn call(world: &World, token: &str) -> Answer {
    world.send(Request::get("/api/incidents").bearer(token)).await
}

#[tokio::test]
async fn a_new_key_is_published_for_a_day_before_it_signs() {
    let world = World::start().await;
    let old = kid_of(&world.token(MTP).await);
    let new = rotate(&world, false).await;
    assert_eq!(published(&world).await, BTreeSet::from([old.clone(), new.clone()]));
    assert_eq!(kid_of(&world.token(MTP).await), old);
    let again = Request::post(KEYS).bearer(&operator(&world).await).json(&json!({}));
    expect_classic(&world.send(again).await, 400, "BadRequest");
    world.clock().advance(SignedDuration::from_secs(24 * 3600 - 1));
    let last = world.token(MTP).await;
    assert_eq!(kid_of(&last), old);
    world.clock().advance(SignedDuration::from_secs(1));
    assert_eq!(kid_of(&world.token(MTP).await), new);
    call(&world, &last).await.expect(200);
    // The old one is needed for a day and two hours more.
    let refused = expect_classic(&retire(&world, &old, false).await, 400, "BadRequest");
    assert!(refused.contains("validators may need it until"), "{refused}");
    world.clock().advance(SignedDuration::from_hours(26));
    retire(&world, &old, false).await.expect(200);
    assert_eq!(published(&world).await, BTreeSet::from([new]));
}

#[tokio::test]
async fn the_server_retires_by_itself_what_nothing_needs_any_more() {
    let world = World::start().await;
    let old = kid_of(&world.token(MTP).await);
    let new = rotate(&world, true).await;
    world.clock().advance(SignedDuration::from_hours(26));
    let world = world.restart().await;
    for _ in 0..100 {
        if published(&world).await == BTreeSet::from([new.clone()]) {
            let keys = Request::get(KEYS).bearer(&operator(&world).await);
            let keys = world.send(keys).await.expect(200);
            let states: Vec<_> = keys["value"].as_array().unwrap().iter().collect();
            assert_eq!((&states[0]["kid"], &states[0]["state"]), (&json!(new), &json!("signing")));
            assert_eq!((&states[1]["kid"], &states[1]["state"]), (&json!(old), &json!("retired")));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{old} is still published");
}

#[tokio::test]
async fn a_key_that_others_may_know_goes_at_once_with_what_it_signed() {
    let world = World::start().await;
    let stolen = world.token(MTP).await;
    call(&world, &stolen).await.expect(200);
    let kid = kid_of(&stolen);
    let refused = expect_classic(&retire(&world, &kid, true).await, 400, "BadRequest");
    assert!(refused.contains("it signs; rotate first"), "{refused}");
    rotate(&world, true).await;
    call(&world, &stolen).await.expect(200);
    retire(&world, &kid, true).await.expect(200);
    // Also where the token was validated before, and is remembered.
    let refused = expect_classic(&call(&world, &stolen).await, 401, "Unauthorized");
    assert!(refused.contains("is not one of the issuer's keys"), "{refused}");
    let fresh = world.token(MTP).await;
    call(&world, &fresh).await.expect(200);
}

/// Three clients ask for tokens and use the new one and the first one all the time, while the key
/// changes five times.
#[tokio::test]
async fn rotation_under_load_loses_no_request_and_no_token() {
    let world = Arc::new(World::start().await);
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::new(AtomicUsize::new(0));
    let first = world.token(MTP).await;
    let client = || {
        let (world, stop, asked) = (world.clone(), stop.clone(), asked.clone());
        let first = first.clone();
        async move {
            let mut kids = BTreeSet::new();
            while !stop.load(Ordering::Relaxed) {
                let body = world.send(TokenAsk::v2(&SIEM, MTP)).await.expect(200);
                let token = body["access_token"].as_str().unwrap().to_owned();
                kids.insert(kid_of(&token));
                call(&world, &token).await.expect(200);
                call(&world, &first).await.expect(200);
                asked.fetch_add(1, Ordering::Relaxed);
            }
            kids
        }
    };
    let clients: Vec<_> = (0..3).map(|_| tokio::spawn(client())).collect();
    let mut made = BTreeSet::from([kid_of(&first)]);
    for _ in 0..5 {
        made.insert(rotate(&world, true).await);
        let seen = asked.load(Ordering::Relaxed);
        while asked.load(Ordering::Relaxed) < seen + 6 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
    stop.store(true, Ordering::Relaxed);
    let mut used = BTreeSet::new();
    for client in clients {
        used.extend(client.await.unwrap());
    }
    assert_eq!(used, made, "each key signed");
}
