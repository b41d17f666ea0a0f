//! Who asked for what, from where, and what came of it: both logs, in each dialect, for those who
//! may read them and for nobody else.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};
use vakt_testkit::cast::{
    self, ADMIN, App, CONTOSO, FABRIKAM, FABRIKAM_OPERATOR, HOARDER, OPERATOR, SIEM,
};
use vakt_testkit::{
    Answer, Request, StartWith, TokenAsk, World, decode, expect_classic, expect_graph,
};

const MTP: &str = "https://api.security.microsoft.com";
const GRAPH: &str = "https://graph.microsoft.com";
const VAKT: &str = "api://vakt";
const SIGN_INS: &str = "/vakt/v1/audit/signIns";
const CHANGES: &str = "/vakt/v1/audit/directory";
const GRAPH_SIGN_INS: &str = "/v1.0/auditLogs/signIns";
const GRAPH_CHANGES: &str = "/v1.0/auditLogs/directoryAudits";
const CORRELATION: &str = "c0441e1a-0000-4000-8000-00000000c041";

async fn read_as(world: &World, app: &App, target: &str) -> Answer {
    let api = if target.starts_with("/vakt/") { VAKT } else { GRAPH };
    let token = world.token_of(app, api).await;
    world.send(Request::get(target).bearer(&token)).await
}

async fn lines(world: &World, app: &App, target: &str) -> Vec<Value> {
    let body = read_as(world, app, target).await.expect(200);
    body["value"].as_array().unwrap().clone()
}

fn asked(world_ask: TokenAsk) -> TokenAsk {
    world_ask.header("client-request-id", CORRELATION).header("user-agent", "siem/1.0")
}

/// Texts of one member, line by line.
fn texts(lines: &[Value], member: &str) -> Vec<String> {
    lines.iter().map(|line| line[member].as_str().unwrap_or("null").to_owned()).collect()
}

#[tokio::test]
async fn a_token_leaves_a_line_that_says_who_what_and_from_where() {
    let world = World::start().await;
    let answer = world.send(asked(TokenAsk::v2(&SIEM, MTP))).await;
    let token = answer.expect(200)["access_token"].as_str().unwrap().to_owned();
    let (_, claims) = decode(&token);
    let target = format!("{SIGN_INS}?$filter=correlationId eq '{CORRELATION}'").replace(' ', "%20");
    let [line] = &lines(&world, &OPERATOR, &target).await[..] else { panic!("one line") };
    for (member, expected) in [
        ("Timestamp", json!("2026-03-01T12:00:00Z")),
        ("Application", json!("siem")),
        ("ApplicationId", json!(SIEM.id)),
        ("IsManagedIdentity", json!(false)),
        ("ErrorCode", json!(0)),
        ("CorrelationId", json!(CORRELATION)),
        ("ServicePrincipalName", json!("siem")),
        ("ServicePrincipalId", claims["oid"].clone()),
        ("ResourceDisplayName", json!("Microsoft Threat Protection")),
        ("ResourceId", json!("8ee8fdad-f234-4243-8f3b-15c294843740")),
        ("ResourceTenantId", json!(CONTOSO.id)),
        ("IPAddress", json!("127.0.0.1")),
        ("Country", Value::Null),
        ("RequestId", json!(answer.header("x-ms-request-id").unwrap())),
        ("TenantId", json!(CONTOSO.id)),
        ("UserAgent", json!("siem/1.0")),
        ("UniqueTokenIdentifier", claims["uti"].clone()),
        ("ClientCredentialType", json!("clientSecret")),
        ("Count", json!(1)),
    ] {
        assert_eq!(line[member], expected, "{member}");
    }
    let secrets = format!("/applications(appId='{}')?$select=passwordCredentials", SIEM.id);
    let secrets = world.directory(&ADMIN).await.get(&secrets).await;
    assert_eq!(line["CredentialKeyId"], secrets["passwordCredentials"][0]["keyId"]);
    let target = format!("{GRAPH_SIGN_INS}?$filter=correlationId%20eq%20'{CORRELATION}'");
    let body = read_as(&world, &HOARDER, &target).await.expect(200);
    let context = format!("{}/v1.0/$metadata#auditLogs/signIns", world.url());
    assert_eq!(body["@odata.context"], context);
    let line = &body["value"][0];
    for (member, expected) in [
        ("id", json!(answer.header("x-ms-request-id").unwrap())),
        ("createdDateTime", json!("2026-03-01T12:00:00Z")),
        ("appId", json!(SIEM.id)),
        ("servicePrincipalId", claims["oid"].clone()),
        ("signInEventTypes", json!(["servicePrincipal"])),
        ("isInteractive", json!(false)),
        ("clientCredentialType", json!("clientSecret")),
        ("uniqueTokenIdentifier", claims["uti"].clone()),
        ("status", json!({ "errorCode": 0, "failureReason": null, "additionalDetails": null })),
    ] {
        assert_eq!(line[member], expected, "{member}");
    }
}

#[tokio::test]
async fn each_refusal_leaves_a_line_with_its_number() {
    let world = World::start().await;
    let good = || TokenAsk::v2(&SIEM, MTP);
    for (code, ask) in [
        (7_000_215, good().set("client_secret", "wrong")),
        (7_000_216, good().without("client_secret")),
        (500_011, good().set("scope", "https://nowhere.example/.default")),
        (1_002_012, good().set("scope", "https://nowhere.example/read")),
        (700_016, good().set("client_id", "0e0e0e0e-0000-4000-8000-00000000000e")),
        (70_003, good().set("grant_type", "password")),
    ] {
        assert_ne!(world.send(asked(ask)).await.status, 200);
        let target = format!("{SIGN_INS}?$filter=ErrorCode%20eq%20{code}");
        let found = lines(&world, &OPERATOR, &target).await;
        assert_eq!(texts(&found, "CorrelationId"), [CORRELATION], "{code}");
        assert_eq!(found[0]["UniqueTokenIdentifier"], Value::Null);
        let target = format!("{GRAPH_SIGN_INS}?$filter=status/errorCode%20eq%20{code}");
        let found = lines(&world, &HOARDER, &target).await;
        assert!(found[0]["status"]["failureReason"].is_string(), "{found:?}");
    }
    let failed = format!("{SIGN_INS}?$filter=ErrorCode%20ne%200");
    assert_eq!(lines(&world, &OPERATOR, &failed).await.len(), 6);
}

#[tokio::test]
async fn requests_that_name_no_tenant_are_the_operators_to_see() {
    let world = World::start().await;
    world.send(asked(TokenAsk::v2(&SIEM, MTP).tenant("nowhere.example"))).await;
    world.send(asked(TokenAsk::v2(&SIEM, MTP).body(&b"\xff\xfe"[..]))).await;
    let filter = format!("?$filter=correlationId%20eq%20'{CORRELATION}'");
    let own = lines(&world, &OPERATOR, &format!("{SIGN_INS}{filter}")).await;
    assert_eq!(own, [Value::Null; 0]);
    let all = lines(&world, &OPERATOR, &format!("/vakt/v1/server/audit/signIns{filter}")).await;
    let codes: Vec<i64> = all.iter().map(|line| line["ErrorCode"].as_i64().unwrap()).collect();
    assert_eq!(codes, [9_002_313, 90_002], "newest first");
    assert_eq!(texts(&all, "TenantId"), ["null", "null"]);
}

#[tokio::test]
async fn changes_say_who_made_them_and_what_changed() {
    let world = World::start().await;
    let token = world.token_of(&ADMIN, GRAPH).await;
    let create = Request::post("/v1.0/applications").bearer(&token);
    let create = create.header("client-request-id", CORRELATION);
    let made = world.send(create.json(&json!({ "displayName": "new" }))).await.expect(201);
    let path = format!("/v1.0/applications/{}", made["id"].as_str().unwrap());
    let patch = Request::new("PATCH", &path).bearer(&token);
    world.send(patch.json(&json!({ "displayName": "newer" }))).await.expect(204);
    let target = format!("{GRAPH_CHANGES}?$filter=initiatedBy/app/appId%20eq%20'{}'", ADMIN.id);
    let found = lines(&world, &HOARDER, &target).await;
    // What the application did, and before that what was done to it.
    let activities = texts(&found[..2], "activityDisplayName");
    assert_eq!(activities, ["Update application", "Add application"]);
    let (update, add) = (&found[0], &found[1]);
    assert_eq!(add["correlationId"], CORRELATION);
    assert_eq!(add["category"], "ApplicationManagement");
    assert_eq!((&add["operationType"], &add["result"]), (&json!("Add"), &json!("success")));
    assert_eq!(add["initiatedBy"]["app"]["appId"], ADMIN.id);
    assert_eq!(add["targetResources"][0]["id"], made["id"]);
    assert_eq!(add["additionalDetails"], json!([{ "key": "ipAddress", "value": "127.0.0.1" }]));
    assert_eq!(
        update["targetResources"][0]["modifiedProperties"],
        json!([{ "displayName": "displayName", "oldValue": "\"new\"", "newValue": "\"newer\"" }])
    );
    let own = lines(&world, &OPERATOR, &format!("{CHANGES}?$top=1")).await;
    assert_eq!(own[0]["tenantId"], CONTOSO.id);
    let selected = format!("{GRAPH_CHANGES}?$top=1&$select=activityDisplayName");
    let selected = lines(&world, &HOARDER, &selected).await;
    assert_eq!(vakt_testkit::names(&selected[0]), ["activityDisplayName", "id"]);
}

#[tokio::test]
async fn a_log_is_its_tenants_and_the_whole_is_the_operators() {
    let world = World::start().await;
    world.send(asked(TokenAsk::v2(&SIEM, MTP))).await.expect(200);
    for target in [SIGN_INS, CHANGES] {
        let seen = read_as(&world, &FABRIKAM_OPERATOR, target).await.expect(200).to_string();
        assert!(!seen.contains(CONTOSO.id) && !seen.contains(SIEM.id), "{target}: {seen}");
    }
    for target in ["/vakt/v1/server/audit/signIns", "/vakt/v1/server/audit/directory"] {
        let all = read_as(&world, &OPERATOR, target).await.expect(200).to_string();
        assert!(all.contains(CONTOSO.id) && all.contains(FABRIKAM.id), "{target}");
        // The same role elsewhere counts for nothing: its administrators could grant it to anybody.
        expect_classic(&read_as(&world, &FABRIKAM_OPERATOR, target).await, 403, "Forbidden");
    }
    let refused = read_as(&world, &SIEM, GRAPH_SIGN_INS).await;
    expect_graph(&refused, 403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn pages_follow_one_another_and_lose_nothing() {
    let world = World::start().await;
    for _ in 0..5 {
        world.send(asked(TokenAsk::v2(&SIEM, MTP))).await.expect(200);
        world.clock().advance(SignedDuration::from_secs(1));
    }
    let filter = format!("$filter=correlationId%20eq%20'{CORRELATION}'");
    for (path, app, time) in
        [(GRAPH_SIGN_INS, &HOARDER, "createdDateTime"), (SIGN_INS, &OPERATOR, "Timestamp")]
    {
        for (order, first) in [("asc", "2026-03-01T12:00:00Z"), ("desc", "2026-03-01T12:00:04Z")] {
            world.clock().advance(SignedDuration::from_secs(1));
            let mut next = Some(format!("{path}?{filter}&$top=2&$orderby={time}%20{order}"));
            let mut seen = Vec::new();
            while let Some(target) = next {
                let page = read_as(&world, app, &target).await.expect(200);
                seen.extend(texts(page["value"].as_array().unwrap(), time));
                let link = page["@odata.nextLink"].as_str();
                next = link.map(|link| link.strip_prefix(world.url()).unwrap().to_owned());
            }
            assert_eq!(seen.len(), 5, "{path} {order}: {seen:?}");
            assert_eq!(seen[0], first);
        }
    }
    let people = format!("{GRAPH_SIGN_INS}?$filter=userId%20eq%20'x'");
    let wrong = read_as(&world, &HOARDER, &people).await;
    expect_graph(&wrong, 400, "Request_UnsupportedQuery");
    let wrong = read_as(&world, &OPERATOR, &format!("{SIGN_INS}?$orderby=City")).await;
    expect_classic(&wrong, 400, "BadRequest");
}

#[tokio::test]
async fn a_flood_of_refusals_becomes_a_count() {
    let world = World::start().await;
    let ask = || TokenAsk::v2(&SIEM, MTP).set("client_secret", "wrong");
    for _ in 0..340 {
        assert_ne!(world.send(ask()).await.status, 200);
    }
    let target = format!("{SIGN_INS}?$filter=ErrorCode%20ne%200");
    assert_eq!(lines(&world, &OPERATOR, &target).await.len(), 300, "one by one up to the limit");
    world.clock().advance(SignedDuration::from_secs(61));
    world.send(asked(TokenAsk::v2(&SIEM, MTP))).await.expect(200);
    let found = lines(&world, &OPERATOR, &target).await;
    let counts: Vec<u64> = found.iter().map(|line| line["Count"].as_u64().unwrap()).collect();
    assert_eq!(counts.iter().sum::<u64>(), 340, "none is lost");
    assert_eq!(counts.iter().max(), Some(&40));
}

#[tokio::test]
async fn lines_survive_a_stop_and_old_ones_go_when_the_operator_says_so() {
    let world = World::start().await;
    world.send(asked(TokenAsk::v2(&SIEM, MTP))).await.expect(200);
    let world = world.restart().await;
    let target = format!("{SIGN_INS}?$filter=correlationId%20eq%20'{CORRELATION}'");
    assert_eq!(lines(&world, &OPERATOR, &target).await.len(), 1);
    world.clock().advance(SignedDuration::from_hours(31 * 24));
    let with = StartWith { audit_retention_days: Some(30), ..StartWith::of(cast::seed()) };
    let world = world.restart_with(with).await;
    for _ in 0..100 {
        if lines(&world, &OPERATOR, &target).await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the line is still there");
}
