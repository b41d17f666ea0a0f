//! Strict mode: Microsoft's ceilings in Microsoft's words; and lenient mode, in which the same calls
//! are only counted.

use jiff::SignedDuration;
use serde_json::Value;
use vakt_server::Strictness;
use vakt_testkit::cast::{self, IMPORTER, ODD_SECRET};
use vakt_testkit::{Answer, Request, StartWith, World, expect_classic};

const MTP: &str = "https://api.security.microsoft.com";

async fn strict() -> World {
    let with = StartWith { strict: Strictness::Strict, ..StartWith::of(cast::seed()) };
    World::start_with(with).await
}

async fn with_quotas(quotas: &[&str]) -> World {
    let quotas = quotas.iter().map(|quota| quota.parse().unwrap()).collect();
    World::start_with(StartWith { quotas, ..StartWith::of(cast::seed()) }).await
}

async fn get(world: &World, token: &str, target: &str) -> Answer {
    world.send(Request::get(target).bearer(token)).await
}

fn rate(answer: &Answer) -> (Option<&str>, Option<&str>, Option<&str>) {
    let field = |name| answer.header(name);
    (field("ratelimit-limit"), field("ratelimit-remaining"), field("ratelimit-reset"))
}

fn expect_refused(answer: &Answer, text: &str, retry_after: &str) {
    let message = expect_classic(answer, 429, "429");
    assert_eq!(message, text);
    assert_eq!(answer.header("retry-after"), Some(retry_after));
    assert_eq!(answer.header("ratelimit-remaining"), Some("0"));
}

#[tokio::test]
async fn what_microsoft_refuses_in_a_query_is_refused() {
    let world = strict().await;
    let token = world.token(MTP).await;
    for (query, told) in [
        ("$top=101", "The limit of '100' for Top query has been exceeded"),
        ("$filter=severity%20eq%20'High'", "`severity` cannot be filtered by"),
        ("$orderby=createdTime", "'$orderby' is not supported"),
        ("$apply=aggregate", "'$apply' is not supported"),
    ] {
        for path in ["/api/incidents", "/api/v1.0/incidents", "//API/Incidents"] {
            let answer = get(&world, &token, &format!("{path}?{query}")).await;
            let message = expect_classic(&answer, 400, "BadRequest");
            assert!(message.contains(told), "{query}: {message}");
        }
    }
    for query in ["", "?$top=100&$skip=0", "?$filter=status%20eq%20'Active'", "?=x&api-version=1"] {
        get(&world, &token, &format!("/api/incidents{query}")).await.expect(200);
    }
}

#[tokio::test]
async fn pages_of_a_strict_server_have_links_that_it_takes() {
    let world = strict().await;
    let incidents: Vec<Value> = (1..=3)
        .map(|id| {
            vakt_testkit::incidents::plain(id, "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z")
        })
        .collect();
    world.import(&IMPORTER, &incidents).await;
    let page = world.get("/api/incidents?$top=2").await.expect(200);
    let link = page["@odata.nextLink"].as_str().unwrap().strip_prefix(world.url()).unwrap();
    assert_eq!(world.get(link).await.expect(200)["value"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_minutes_quota_is_used_up_and_comes_back() {
    let world = strict().await;
    let token = world.token(MTP).await;
    for left in (0..50).rev() {
        let answer = get(&world, &token, "/api/incidents").await;
        answer.expect(200);
        assert_eq!(rate(&answer), (Some("50"), Some(left.to_string().as_str()), Some("60")));
    }
    world.clock().advance(SignedDuration::from_secs(20));
    let answer = get(&world, &token, "/api/v1.0/incidents").await;
    let text = "API calls quota exceeded! maximum allowed 50 per 00:01:00";
    expect_refused(&answer, text, "40");
    // Another kind of call, and another application, are counted by themselves.
    assert_eq!(get(&world, &token, "/api/incidents/1").await.status, 404);
    let other = world.token_of(&ODD_SECRET, MTP).await;
    get(&world, &other, "/api/incidents").await.expect(200);
    world.clock().advance(SignedDuration::from_secs(40));
    get(&world, &token, "/api/incidents").await.expect(200);
}

#[tokio::test]
async fn refusals_by_the_handler_count_and_those_at_the_door_do_not() {
    let world = strict().await;
    let token = world.token(MTP).await;
    for _ in 0..5 {
        assert_eq!(get(&world, "not-a-token", "/api/incidents").await.status, 401);
    }
    let answer = get(&world, &token, "/api/incidents?$top=101").await;
    assert_eq!(rate(&answer).1, Some("49"), "{}", answer.status);
}

#[tokio::test]
async fn an_hours_quota_is_told_by_its_own_window() {
    let world = with_quotas(&["incidents-get=2/60", "incidents-get=3/3600"]).await;
    let token = world.token(MTP).await;
    for _ in 0..2 {
        assert_eq!(get(&world, &token, "/api/incidents/1").await.status, 404);
    }
    let answer = get(&world, &token, "/api/incidents/1").await;
    expect_refused(&answer, "API calls quota exceeded! maximum allowed 2 per 00:01:00", "60");
    world.clock().advance(SignedDuration::from_secs(60));
    assert_eq!(get(&world, &token, "/api/incidents/1").await.status, 404);
    let answer = get(&world, &token, "/api/incidents/1").await;
    expect_refused(&answer, "API calls quota exceeded! maximum allowed 3 per 01:00:00", "3540");
    // A quota of one's own does not make a server strict.
    get(&world, &token, "/api/incidents?$top=101").await.expect(200);
}

#[tokio::test]
async fn a_lenient_server_counts_and_refuses_nothing() {
    let world = World::start().await;
    let token = world.token(MTP).await;
    for _ in 0..60 {
        let answer = get(&world, &token, "/api/incidents?$top=101&$apply=x").await;
        answer.expect(200);
        assert_eq!(rate(&answer), (None, None, None));
    }
    let limits = world.get("/limits").await.expect(200);
    let quotas = limits["quotas"].as_array().unwrap();
    let list = quotas.iter().find(|quota| quota["group"] == "incidents-list").unwrap();
    assert_eq!((&list["usedCalls"], &list["callsMax"]), (&60.into(), &Value::Null));
    assert_eq!(list["microsoftCallsMax"], 50);
}
