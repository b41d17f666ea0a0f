//! Faults on request: by a header, and set for an application's next calls.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde_json::{Value, json};
use vakt_server::FaultMode;
use vakt_testkit::cast::{self, App, FABRIKAM_OPERATOR, FABRIKAM_SIEM, IMPORTER, OPERATOR, SIEM};
use vakt_testkit::{Answer, Request, StartWith, TokenAsk, World, expect_aadsts, expect_classic};

const MTP: &str = "https://api.security.microsoft.com";
const VAKT: &str = "api://vakt";

async fn with_faults() -> World {
    let with = StartWith { faults: FaultMode::OnRequest, ..StartWith::of(cast::seed()) };
    World::start_with(with).await
}

/// Asks `/vakt/v1/faults` as an application.
async fn ask(world: &World, app: &App, request: Request) -> Answer {
    let token = world.token_of(app, VAKT).await;
    world.send(request.bearer(&token)).await
}

async fn set(world: &World, fault: Value) -> Value {
    let request = Request::post("/vakt/v1/faults").json(&fault);
    ask(world, &OPERATOR, request).await.expect(201)
}

async fn waiting(world: &World, app: &App) -> usize {
    let list = ask(world, app, Request::get("/vakt/v1/faults")).await.expect(200);
    list["value"].as_array().unwrap().len()
}

/// The codes that the dialects have for a status.
const CODES: &[(u16, &str, &str)] = &[
    (401, "Unauthorized", "InvalidAuthenticationToken"),
    (403, "Forbidden", "Authorization_RequestDenied"),
    (404, "ResourceNotFound", "ResourceNotFound"),
    (429, "429", "TooManyRequests"),
    (500, "InternalServerError", "InternalServerError"),
    (503, "ServiceUnavailable", "ServiceUnavailable"),
];

#[tokio::test]
async fn a_header_gets_every_status_in_the_callers_dialect() {
    let world = with_faults().await;
    for (status, classic, graph) in CODES {
        let text = status.to_string();
        for (path, code) in [("/api/incidents", classic), ("/v1.0/applications", graph)] {
            let answer = world.send(Request::get(path).header("x-vakt-fault", &text)).await;
            assert_eq!(answer.status, *status, "{path}");
            let error = answer.json()["error"].clone();
            assert_eq!(error["code"], *code, "{path}");
            let inner = (*status == 429 && path.starts_with("/v1.0")).then_some("429");
            assert_eq!(error["innerError"]["code"].as_str(), inner, "{path} {status}");
            assert_eq!(answer.header("x-vakt-fault"), Some("injected"));
            let waits = answer.header("retry-after").is_some();
            assert_eq!(waits, matches!(status, 429 | 503), "{path} {status}");
        }
    }
}

#[tokio::test]
async fn the_text_of_a_429_is_microsofts_and_the_wait_is_the_callers() {
    let world = with_faults().await;
    let request = Request::get("/api/incidents").header("x-vakt-fault", "429; retry-after=7");
    let answer = world.send(request).await;
    let message = expect_classic(&answer, 429, "429");
    assert_eq!(message, "API calls quota exceeded! maximum allowed 45 per 00:01:00");
    assert_eq!(answer.header("retry-after"), Some("7"));
}

#[tokio::test]
async fn token_endpoints_meet_faults_in_their_own_words() {
    let world = with_faults().await;
    for (status, code, error) in [
        (503, 90_033, "temporarily_unavailable"),
        (429, 90_055, "temporarily_unavailable"),
        (500, 900_000, "server_error"),
    ] {
        let by_header = TokenAsk::v2(&SIEM, MTP).header("x-vakt-fault", &status.to_string());
        let body = expect_aadsts(&world.send(by_header).await, status, code);
        assert_eq!(body["error"], error);
        set(&world, json!({ "appId": SIEM.id, "status": status, "target": "token" })).await;
        let body = expect_aadsts(&world.send(TokenAsk::v1(&SIEM, MTP)).await, status, code);
        assert_eq!(body["error"], error);
        world.send(TokenAsk::v1(&SIEM, MTP)).await.expect(200);
    }
}

#[tokio::test]
async fn a_server_without_faults_knows_none() {
    let world = World::start().await;
    let token = world.token(MTP).await;
    let request = Request::get("/api/incidents").header("x-vakt-fault", "500").bearer(&token);
    world.send(request).await.expect(200);
    let fault = Request::post("/vakt/v1/faults").json(&json!({ "appId": SIEM.id, "status": 500 }));
    let message = expect_classic(&ask(&world, &OPERATOR, fault).await, 403, "DisabledFeature");
    assert!(message.contains("--faults"), "{message}");
    world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
}

#[tokio::test]
async fn the_next_calls_of_one_application_meet_what_was_set_for_it() {
    let world = with_faults().await;
    let fault = json!({ "appId": SIEM.id, "next": 2, "status": 429, "retryAfterSeconds": 3 });
    let made = set(&world, fault).await;
    assert_eq!((&made["next"], &made["target"]), (&json!(2), &json!("api")));
    set(&world, json!({ "appId": SIEM.id, "status": 404, "routePrefix": "/api/incidents/" })).await;
    let siem = world.token(MTP).await;
    let importer = world.token_of(&IMPORTER, MTP).await;
    let get = async |token: &str, path: &str| world.send(Request::get(path).bearer(token)).await;
    assert_eq!(get(&importer, "/api/incidents").await.status, 200, "another application");
    assert_eq!(get(&siem, "/api/incidents").await.header("retry-after"), Some("3"));
    assert_eq!(get(&siem, "//api/Incidents/").await.status, 429);
    assert_eq!(get(&siem, "/api/incidents").await.status, 200, "it was for two calls");
    let gone = get(&siem, "/api/incidents/9").await;
    assert_eq!(gone.header("x-vakt-fault"), Some("injected"));
    assert_eq!(waiting(&world, &OPERATOR).await, 0);
}

#[tokio::test]
async fn a_slow_call_is_answered_in_the_end() {
    let world = with_faults().await;
    set(&world, json!({ "appId": SIEM.id, "delayMilliseconds": 300 })).await;
    let token = world.token(MTP).await;
    let began = Instant::now();
    world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
    assert!(began.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn faults_stay_in_their_tenant_and_can_be_taken_back() {
    let world = with_faults().await;
    let made = set(&world, json!({ "appId": SIEM.id, "status": 500, "next": 5 })).await;
    let path = format!("/vakt/v1/faults/{}", made["id"].as_str().unwrap());
    // Fabrikam sees it as little as its application, and cannot take it back.
    assert_eq!(waiting(&world, &FABRIKAM_OPERATOR).await, 0);
    let answer = ask(&world, &FABRIKAM_OPERATOR, Request::new("DELETE", &path)).await;
    expect_classic(&answer, 404, "ResourceNotFound");
    ask(&world, &FABRIKAM_OPERATOR, Request::new("DELETE", "/vakt/v1/faults")).await.expect(204);
    let theirs = json!({ "appId": SIEM.id, "status": 500 });
    let answer = ask(&world, &FABRIKAM_OPERATOR, Request::post("/vakt/v1/faults").json(&theirs));
    expect_classic(&answer.await, 404, "ResourceNotFound");
    let token = world.token_of(&FABRIKAM_SIEM, MTP).await;
    world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
    assert_eq!(waiting(&world, &OPERATOR).await, 1);
    ask(&world, &OPERATOR, Request::new("DELETE", &path)).await.expect(204);
    expect_classic(
        &ask(&world, &OPERATOR, Request::new("DELETE", &path)).await,
        404,
        "ResourceNotFound",
    );
    world.get("/api/incidents").await.expect(200);
    set(&world, json!({ "appId": SIEM.id, "status": 500 })).await;
    world.clock().advance(SignedDuration::from_hours(24));
    assert_eq!(waiting(&world, &OPERATOR).await, 0, "a day later");
}

#[tokio::test]
async fn wishes_that_cannot_be_met_say_why() {
    let world = with_faults().await;
    for (wish, told) in [
        (json!({ "appId": SIEM.id }), "a fault has a status, a delay, or both"),
        (json!({ "appId": SIEM.id, "status": 418 }), "one of 401, 403, 404, 429, 500, 503"),
        (json!({ "appId": SIEM.id, "status": 500, "next": 0 }), "`next` is 1 to 100000 calls"),
        (json!({ "appId": SIEM.id, "delayMilliseconds": 20_001 }), "at most 20000 milliseconds"),
        (json!({ "appId": SIEM.id, "status": 500, "retryAfterSeconds": 1 }), "only 429 and 503"),
        (json!({ "appId": SIEM.id, "status": 500, "routePrefix": "api" }), "starts with `/`"),
        (json!({ "appId": SIEM.id, "status": 500, "target": "x" }), "`api` or `token`"),
        (json!({ "appId": SIEM.id, "status": 401, "target": "token" }), "429, 500, 503 or a delay"),
        (json!({ "appId": SIEM.id, "status": 500, "often": true }), "unknown field `often`"),
        (json!({ "appId": "x", "status": 500 }), "`appId`"),
    ] {
        let request = Request::post("/vakt/v1/faults").json(&wish);
        let message = expect_classic(&ask(&world, &OPERATOR, request).await, 400, "BadRequest");
        assert!(message.contains(told), "{wish}: {message}");
    }
    let request = Request::get("/api/incidents").header("x-vakt-fault", "often");
    let message = expect_classic(&world.send(request).await, 400, "BadRequest");
    assert!(message.contains("cannot be read"), "{message}");
    assert_eq!(waiting(&world, &OPERATOR).await, 0);
}
