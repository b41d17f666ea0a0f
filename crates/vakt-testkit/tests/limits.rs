//! The published limits say what holds.

use serde_json::{Value, json};
use vakt_server::Strictness;
use vakt_testkit::cast::{self, BARE};
use vakt_testkit::{Request, StartWith, World, expect_classic};

const MTP: &str = "https://api.security.microsoft.com";

fn limit<'a>(limits: &'a Value, name: &str) -> &'a Value {
    let all = limits["limits"].as_array().unwrap();
    all.iter().find(|limit| limit["name"] == name).unwrap_or(&Value::Null)
}

fn quota<'a>(limits: &'a Value, group: &str, window_seconds: u32) -> &'a Value {
    let all = limits["quotas"].as_array().unwrap();
    let fits = |quota: &&Value| quota["group"] == group && quota["windowSeconds"] == window_seconds;
    all.iter().find(fits).unwrap()
}

#[tokio::test]
async fn both_addresses_tell_the_same_to_whoever_may_call() {
    let world = World::start().await;
    let short = world.get("/limits").await.expect(200);
    let long = world.get("/vakt/v1/limits").await.expect(200);
    assert_eq!(short, long);
    expect_classic(&world.send(Request::get("/limits")).await, 401, "Unauthorized");
    let bare = world.token_of(&BARE, MTP).await;
    expect_classic(&world.send(Request::get("/limits").bearer(&bare)).await, 403, "Forbidden");
}

#[tokio::test]
async fn limits_are_those_that_hold() {
    let with = |strict, quotas: &[&str]| StartWith {
        strict,
        quotas: quotas.iter().map(|quota| quota.parse().unwrap()).collect(),
        ..StartWith::of(cast::seed())
    };
    for (start, strict, top, list, hunting) in [
        (with(Strictness::Lenient, &[]), false, Value::Null, Value::Null, Value::Null),
        (with(Strictness::Strict, &[]), true, json!(100), json!(50), json!(45)),
        (with(Strictness::Strict, &["hunting=7/60"]), true, json!(100), json!(50), json!(7)),
    ] {
        let world = World::start_with(start).await;
        let limits = world.get("/limits").await.expect(200);
        assert_eq!((&limits["strict"], &limits["faults"]), (&json!(strict), &json!(false)));
        assert_eq!(limit(&limits, "$top of GET /api/incidents")["max"], top);
        assert_eq!(limit(&limits, "body of an import")["max"], 16 * 1024 * 1024);
        assert_eq!(quota(&limits, "incidents-list", 60)["callsMax"], list);
        assert_eq!(quota(&limits, "hunting", 60)["callsMax"], hunting);
        let routes = quota(&limits, "incidents-get", 3_600)["routes"].clone();
        assert!(routes.as_array().unwrap().contains(&json!("GET /api/incidents/{id}")), "{routes}");
    }
}
