//! Answers that the server keeps and gives again: to nobody else, nowhere else, and not a moment
//! longer than they are right. Each case asks twice before, so that there is something kept.

use jiff::SignedDuration;
use serde_json::json;
use vakt_testkit::cast::{self, BARE, FABRIKAM_SIEM, IMPORTER, OPERATOR, SIEM};
use vakt_testkit::incidents::full;
use vakt_testkit::{Answer, Request, StartWith, World, decode, expect_classic};

const MTP: &str = "https://api.security.microsoft.com";
const INCIDENT: &str = "/api/incidents/7";

/// A world with an incident, and the token with which it was asked for twice.
async fn asked_twice() -> (World, String) {
    kept_in(World::start().await).await
}

async fn kept_in(world: World) -> (World, String) {
    world.import(&IMPORTER, &[full(7)]).await;
    let token = world.token(MTP).await;
    let first = ask(&world, &token).await;
    let second = ask(&world, &token).await;
    assert_eq!(first.expect(200), second.expect(200));
    for field in ["content-type", "cache-control", "x-content-type-options", "content-length"] {
        assert_eq!(first.header(field), second.header(field), "{field}");
        assert!(second.header(field).is_some(), "{field}");
    }
    (world, token)
}

async fn ask(world: &World, token: &str) -> Answer {
    world.send(Request::get(INCIDENT).bearer(token)).await
}

#[tokio::test]
async fn they_are_for_one_token_only() {
    let (world, _) = asked_twice().await;
    for (app, status) in [(&FABRIKAM_SIEM, 404), (&BARE, 403), (&SIEM, 200)] {
        let token = world.token_of(app, MTP).await;
        ask(&world, &token).await.expect(status);
        ask(&world, &token).await.expect(status);
    }
    world.send(Request::get(INCIDENT)).await.expect(401);
}

#[tokio::test]
async fn they_are_for_one_address_only() {
    let (world, token) = kept_in(World::taking_over().await).await;
    let context =
        |answer: Answer| answer.expect(200)["@odata.context"].as_str().unwrap().to_owned();
    let own = context(ask(&world, &token).await);
    assert!(own.starts_with(world.url()), "{own}");
    let host = "api.security.microsoft.com";
    let elsewhere = Request::get(INCIDENT).bearer(&token).host(host);
    let elsewhere = context(world.send(elsewhere).await);
    assert!(elsewhere.starts_with(&format!("https://{host}/")), "{elsewhere}");
    world.send(Request::get("/api/incidents/8").bearer(&token)).await.expect(404);
}

#[tokio::test]
async fn they_end_with_the_tokens_time() {
    let (world, token) = asked_twice().await;
    world.clock().advance(SignedDuration::from_secs(3_600 + 299));
    ask(&world, &token).await.expect(200);
    world.clock().advance(SignedDuration::from_secs(1));
    let told = expect_classic(&ask(&world, &token).await, 401, "Unauthorized");
    assert!(told.contains("token expired at"), "{told}");
    world.clock().advance(SignedDuration::from_hours(-3));
    let told = expect_classic(&ask(&world, &token).await, 401, "Unauthorized");
    assert!(told.contains("not valid before"), "{told}");
}

#[tokio::test]
async fn they_end_with_the_key_that_signed_the_token() {
    let (world, token) = asked_twice().await;
    let kid = decode(&token).0["kid"].as_str().unwrap().to_owned();
    world.clock().advance(SignedDuration::from_secs(1));
    for (path, body) in [
        ("/vakt/v1/keys".to_owned(), json!({ "signAtOnce": true })),
        (format!("/vakt/v1/keys/{kid}/retire"), json!({ "force": true })),
    ] {
        ask(&world, &token).await.expect(200);
        let operator = world.token_of(&OPERATOR, "api://vakt").await;
        let done = world.send(Request::post(path).bearer(&operator).json(&body)).await;
        assert!([200, 201].contains(&done.status), "{}", done.text());
    }
    expect_classic(&ask(&world, &token).await, 401, "Unauthorized");
}

#[tokio::test]
async fn they_end_with_the_incidents_state() {
    let (world, token) = asked_twice().await;
    let change = json!({ "assignedTo": "ada@contoso.com" });
    world.write(Request::new("PATCH", INCIDENT).json(&change)).await.expect(200);
    for _ in 0..2 {
        assert_eq!(ask(&world, &token).await.expect(200)["assignedTo"], "ada@contoso.com");
    }
}

#[tokio::test]
async fn each_time_counts() {
    let quotas = vec!["incidents-get=3/60".parse().unwrap()];
    let with = StartWith { quotas, ..StartWith::of(cast::seed()) };
    let (world, token) = kept_in(World::start_with(with).await).await;
    let third = ask(&world, &token).await;
    third.expect(200);
    assert_eq!(third.header("ratelimit-remaining"), Some("0"));
    for _ in 0..2 {
        let refused = ask(&world, &token).await;
        expect_classic(&refused, 429, "429");
        assert_eq!(refused.header("retry-after"), Some("60"));
    }
    world.clock().advance(SignedDuration::from_secs(60));
    assert_eq!(ask(&world, &token).await.header("ratelimit-remaining"), Some("2"));
}

#[tokio::test]
async fn what_is_refused_of_a_request_is_refused_all_the_same() {
    let (world, token) = asked_twice().await;
    let long = Request::get(INCIDENT).bearer(&token).header("x-long", &"x".repeat(33 * 1024));
    world.send(long).await.expect(431);
    let delete = Request::new("DELETE", INCIDENT).bearer(&token);
    world.send(delete).await.expect(405);
}
