//! Indicators, as OpenCTI's synchronizer and SEKOIA's playbooks send them.

use serde_json::{Value, json};
use vakt_testkit::cast::{FEEDER, RESPONDER};
use vakt_testkit::endpoint::EndpointApi;
use vakt_testkit::{Request, TokenAsk, World, expect_classic};

const SHA256: &str = "881c0f10c75e64ec39d257a131fcd531f47dd2cff2070ae94baa347d375126fd";

fn domain(number: usize) -> Value {
    json!({
        "indicatorValue": format!("evil{number}.example"), "indicatorType": "DomainName",
        "action": "Block", "title": "t", "description": "d",
    })
}

#[tokio::test]
async fn opencti_synchronizes_its_collection() {
    let world = World::start().await;
    // It derives the scope from its base URL.
    let ask = TokenAsk::v2(&RESPONDER, world.url());
    let token = world.send(ask).await.expect(200)["access_token"].as_str().unwrap().to_owned();
    let send = async |request: Request| {
        let request = request.bearer(&token).header("accept", "application/json");
        world.send(request.header("user-agent", "OpenCTI-DefenderIntelSync/1.0")).await
    };
    // Preflight: may it read, may it write?
    let page = send(Request::get("/api/indicators?%24top=1")).await.expect(200);
    assert_eq!(page["value"], json!([]));
    let import = async |indicators: &[Value]| {
        let body = json!({ "Indicators": indicators });
        send(Request::post("/api/indicators/import").json(&body)).await
    };
    assert_eq!(import(&[]).await.expect(200), json!({ "value": [] }));
    let of_opencti = |kind: &str, value: &str| {
        json!({
            "indicatorType": kind, "indicatorValue": value,
            "application": "OpenCTI Microsoft Defender Intel Synchronizer", "action": "Audit",
            "title": value, "description": "from OpenCTI",
            "externalId": "indicator--0b6d9a6e-0000-4000-8000-000000000001",
            "lastUpdateTime": "2026-02-01T00:00:00.000Z",
            "expirationTime": "2027-03-01T00:00:00.000Z", "severity": "Medium",
            "generateAlert": true, "recommendedActions": "look", "educateUrl": "https://x.example",
            "rbacGroupNames": ["team1"], "rbacGroupIds": [140],
        })
    };
    let answer = import(&[
        of_opencti("FileSha256", SHA256),
        of_opencti("IpAddress", "192.0.2.0/24"),
        of_opencti("Url", "https://evil.example/x"),
    ])
    .await
    .expect(200);
    assert_eq!(answer["value"][0]["indicator"], SHA256);
    let failed: Vec<&Value> =
        answer["value"].as_array().unwrap().iter().map(|one| &one["isFailed"]).collect();
    assert_eq!(failed, [&json!(false), &json!(true), &json!(false)]);
    assert!(answer["value"][1]["failureReason"].as_str().unwrap().contains("192.0.2.0/24"));
    assert_eq!(answer["value"][1]["id"], Value::Null);
    // It follows links to the end, and removes what its collection has no more.
    let many: Vec<Value> = (0..20).map(domain).collect();
    import(&many).await.expect(200);
    let mut ids = Vec::new();
    let mut target = "/api/indicators?$top=7".to_owned();
    loop {
        let page = send(Request::get(&target)).await.expect(200);
        let items = page["value"].as_array().unwrap();
        ids.extend(items.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        target = link.strip_prefix(world.url()).unwrap().to_owned();
    }
    assert_eq!(ids.len(), 22);
    let body = json!({ "IndicatorIds": ids[..20] });
    let gone = send(Request::post("/api/indicators/BatchDelete").json(&body)).await;
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    let path = format!("/api/indicators/{}", ids[20]);
    assert_eq!(send(Request::new("DELETE", &path)).await.status, 204);
    expect_classic(&send(Request::new("DELETE", &path)).await, 404, "ResourceNotFound");
    let left = send(Request::get("/api/indicators")).await.expect(200);
    assert_eq!(left["value"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn sekoia_pushes_and_cleans_up() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    // No title, no description: its payload has neither.
    let payload = |value: &str, kind: &str, end: &str| {
        json!({
            "createdBySource": "PublicApi", "indicatorType": kind, "indicatorValue": value,
            "severity": "High", "action": "Block", "generateAlert": true, "expirationTime": end,
        })
    };
    let now = world.clock().now();
    let soon = (now + jiff::SignedDuration::from_secs(60)).to_string();
    let body = json!({ "Indicators": [
        payload("192.0.2.7", "IpAddress", &soon),
        payload("evil.example", "DomainName", "2099-01-01T00:00:00.000Z"),
    ]});
    let answer = api.post("/api/indicators/import", 200, body).await;
    assert_eq!(answer["value"][1]["isFailed"], false);
    world.clock().advance(jiff::SignedDuration::from_secs(3_600));
    let present = world.clock().now().to_string();
    let query = format!("/api/indicators?$filter=expirationTime+le+{present}");
    let expired = api.get(&query).await;
    assert_eq!(expired["value"].as_array().unwrap().len(), 1);
    assert_eq!(expired["value"][0]["title"], "192.0.2.7", "the value stands in for a title");
    let query = format!("/api/indicators?$filter=creationTimeDateTimeUtc+le+{present}");
    assert_eq!(api.get(&query).await["value"].as_array().unwrap().len(), 2);
    let ids = json!({ "IndicatorIds": [expired["value"][0]["id"]] });
    api.post("/api/indicators/BatchDelete", 204, ids).await;
}

#[tokio::test]
async fn a_value_is_one_indicator_however_often_it_is_submitted() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    let new = json!({
        "indicatorValue": "Evil.Example", "indicatorType": "DomainName", "action": "Block",
        "title": "one", "description": "d", "application": "first", "severity": "Low",
        "rbacGroupNames": "group1, group2", "generateAlert": "True",
    });
    let one = api.post("/api/indicators", 200, new.clone()).await;
    for (member, expected) in [
        ("id", json!("1")),
        ("indicatorValue", json!("evil.example")),
        ("sourceType", json!("AadApp")),
        ("createdBy", json!(RESPONDER.id)),
        ("createdBySource", json!("responder")),
        ("lastUpdatedBy", Value::Null),
        ("expirationTime", Value::Null),
        ("rbacGroupNames", json!(["group1", "group2"])),
        ("rbacGroupIds", json!([])),
        ("generateAlert", json!(true)),
    ] {
        assert_eq!(one[member], expected, "{member}");
    }
    world.clock().advance(jiff::SignedDuration::from_secs(60));
    let mut again = new;
    again["action"] = json!("Warn");
    again["application"] = json!("second");
    let two = api.post("/api/indicators", 200, again).await;
    assert_eq!((&two["id"], &two["action"]), (&json!("1"), &json!("Warn")));
    assert_eq!(two["application"], "first", "it stays as it was first said");
    assert_eq!(two["lastUpdatedBy"], "responder");
    assert_eq!(two["creationTimeDateTimeUtc"], one["creationTimeDateTimeUtc"]);
    assert_ne!(two["lastUpdateTime"], one["lastUpdateTime"]);
    // A number is never used again: it might be removed a second time.
    api.send("DELETE", "/api/indicators/1", None).await.expect(204);
    assert_eq!(api.post("/api/indicators", 200, domain(1)).await["id"], "2");
}

#[tokio::test]
async fn values_that_are_none_are_refused_with_their_code() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    let of = |kind: &str, value: &str| json!({ "indicatorType": kind, "indicatorValue": value, "action": "Block", "title": "t" });
    let with = |member: &str, value: Value| {
        let mut body = domain(1);
        body[member] = value;
        body
    };
    for (body, code) in [
        (of("FileSha1", "12"), "InvalidHashValue"),
        (of("CertificateThumbprint", SHA256), "InvalidHashValue"),
        (of("IpAddress", "300.1.1.1"), "InvalidIpAddress"),
        (of("DomainName", "no domain"), "InvalidDomainName"),
        (of("Url", "ftp://x.example"), "InvalidUrl"),
        (of("Colour", "red"), "InvalidInput"),
        (with("action", json!("Tickle")), "InvalidInput"),
        (with("action", Value::Null), "MissingRequiredParameter"),
        (with("indicatorValue", Value::Null), "MissingRequiredParameter"),
        (with("expirationTime", json!("2020-01-01T00:00:00Z")), "InvalidInput"),
        (with("generateAlert", json!("perhaps")), "InvalidInput"),
        (with("title", json!("x".repeat(8_193))), "InvalidInput"),
        (with("expirationTime", json!("tomorrow")), "InvalidRequestBody"),
    ] {
        let answer = api.send("POST", "/api/indicators", Some(&body)).await;
        expect_classic(&answer, 400, code);
    }
    let many: Vec<Value> = (0..501).map(domain).collect();
    let answer =
        api.send("POST", "/api/indicators/import", Some(&json!({ "Indicators": many }))).await;
    expect_classic(&answer, 400, "MaximumBatchSizeExceeded");
    for (ids, status, code) in [
        (json!([]), 400, "InvalidInput"),
        (json!(["one"]), 400, "InvalidInput"),
        (json!(["77"]), 404, "ResourceNotFound"),
    ] {
        let body = json!({ "IndicatorIds": ids });
        let answer = api.send("POST", "/api/indicators/BatchDelete", Some(&body)).await;
        expect_classic(&answer, status, code);
    }
    assert_eq!(api.get("/api/indicators").await["value"], json!([]));
}

#[tokio::test]
async fn a_removal_of_many_removes_all_or_none() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    for number in 1..=3 {
        api.post("/api/indicators", 200, domain(number)).await;
    }
    let body = json!({ "IndicatorIds": ["1", "2", "9"] });
    let answer = api.send("POST", "/api/indicators/BatchDelete", Some(&body)).await;
    assert!(expect_classic(&answer, 404, "ResourceNotFound").contains('9'));
    assert_eq!(api.get("/api/indicators").await["value"].as_array().unwrap().len(), 3);
    let body = json!({ "IndicatorIds": [1, "2", "2"] });
    api.post("/api/indicators/BatchDelete", 204, body).await;
    assert_eq!(api.get("/api/indicators").await["value"][0]["id"], "3");
}

#[tokio::test]
async fn a_change_touches_what_it_says() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    let mut new = domain(1);
    new["expirationTime"] = json!("2099-01-01T00:00:00Z");
    api.post("/api/indicators", 200, new).await;
    let path = "/api/v1.0/indicators/1";
    let one = api.patch(path, json!({ "action": "Allowed", "severity": "High" })).await;
    assert_eq!((&one["action"], &one["severity"]), (&json!("Allowed"), &json!("High")));
    assert_eq!((&one["title"], &one["description"]), (&json!("t"), &json!("d")));
    assert_eq!(one["expirationTime"], "2099-01-01T00:00:00Z");
    let one = api.patch(path, json!({ "expirationTime": null })).await;
    assert_eq!(one["expirationTime"], Value::Null);
    for body in [
        json!({ "indicatorValue": "other.example" }),
        json!({ "application": "x" }),
        json!({ "action": "Audit", "generateAlert": false }),
        json!({ "expirationTime": "2001-01-01T00:00:00Z" }),
    ] {
        expect_classic(&api.send("PATCH", path, Some(&body)).await, 400, "InvalidInput");
    }
    assert_eq!(api.get(path).await["action"], "Allowed", "a refused change changes nothing");
}

#[tokio::test]
async fn ti_readwrite_reaches_ones_own_only() {
    let world = World::start().await;
    let (all, own) = (EndpointApi::of(&world).await, EndpointApi::as_app(&world, &FEEDER).await);
    all.post("/api/indicators", 200, domain(1)).await;
    own.post("/api/indicators", 200, domain(2)).await;
    assert_eq!(own.walk("/api/indicators", "id").await, [["2"]]);
    assert_eq!(all.walk("/api/indicators", "id").await, [["1", "2"]]);
    let body = json!({ "title": "mine" });
    for (method, body) in [("GET", None), ("PATCH", Some(&body)), ("DELETE", None)] {
        let answer = own.send(method, "/api/indicators/1", body).await;
        expect_classic(&answer, 404, "ResourceNotFound");
    }
    let batch = json!({ "IndicatorIds": ["1"] });
    let answer = own.send("POST", "/api/indicators/BatchDelete", Some(&batch)).await;
    expect_classic(&answer, 404, "ResourceNotFound");
    let answer = own.send("POST", "/api/indicators", Some(&domain(1))).await;
    assert!(expect_classic(&answer, 403, "Forbidden").contains("Ti.ReadWrite.All"));
    let body = json!({ "Indicators": [domain(1), domain(2)] });
    let answer = own.post("/api/indicators/import", 200, body).await;
    let failed = |index: usize| answer["value"][index]["isFailed"].clone();
    assert_eq!((failed(0), failed(1)), (json!(true), json!(false)));
    assert_eq!(all.get("/api/indicators/1").await["createdBySource"], "responder");
    all.patch("/api/indicators/2", json!({ "title": "anybody's" })).await;
}

#[tokio::test]
async fn indicators_are_filtered_and_ordered() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    for (number, more) in [
        (1, json!({ "severity": "High", "application": "a" })),
        (2, json!({ "action": "Audit", "title": "Audit it" })),
        (3, json!({ "indicatorType": "Url", "indicatorValue": "https://Evil.example/A" })),
    ] {
        let mut body = domain(number);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        api.post("/api/indicators", 200, body).await;
        world.clock().advance(jiff::SignedDuration::from_secs(1));
    }
    for (query, expected) in [
        ("$filter=action+eq+'Audit'", vec!["2"]),
        ("$filter=indicatorType%20eq%20'Url'", vec!["3"]),
        ("$filter=indicatorValue%20eq%20'HTTPS://evil.example/a'", vec!["3"]),
        ("$filter=severity%20eq%20'High'%20or%20title%20eq%20'audit%20it'", vec!["1", "2"]),
        ("$filter=application%20ne%20null", vec!["1"]),
        ("$filter=generateAlert%20eq%20true", vec!["2"]),
        ("$filter=createdByDisplayName%20eq%20'responder'%20and%20id%20gt%201", vec!["2", "3"]),
        ("$orderby=creationTimeDateTimeUtc%20desc", vec!["3", "2", "1"]),
        ("$skip=1&$top=1", vec!["2", "3"]),
    ] {
        let found = api.walk(&format!("/api/indicators?{query}"), "id").await.concat();
        assert_eq!(found, expected, "{query}");
    }
}
