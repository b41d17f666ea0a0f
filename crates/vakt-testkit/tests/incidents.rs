//! Listing incidents as real clients list them: filters, order, pages, and what is in an incident.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, FABRIKAM_SIEM, IMPORTER, SIEM};
use vakt_testkit::incidents::{full, plain};
use vakt_testkit::{Request, World, expect_classic, fits, names};

/// Five incidents that differ in what can be filtered by.
fn corpus() -> Vec<Value> {
    let with = |id: i64, created: &str, updated: &str, more: Value| {
        let mut incident = plain(id, created, updated);
        incident.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        incident
    };
    vec![
        with(
            1,
            "2026-02-01T00:00:00Z",
            "2026-02-20T00:00:00Z",
            json!({
                "incidentName": "Ransomware on ws1", "status": "Active", "severity": "High",
            }),
        ),
        with(
            2,
            "2026-02-02T00:00:00Z",
            "2026-02-19T00:00:00.4633333Z",
            json!({
                "incidentName": "Phishing mail", "status": "Resolved", "severity": "Low",
                "assignedTo": "Ann@contoso.com", "classification": "TruePositive",
                "determination": "Phishing",
            }),
        ),
        with(
            3,
            "2026-02-03T00:00:00Z",
            "2026-02-18T00:00:00Z",
            json!({
                "incidentName": "phishing mail, again", "status": "InProgress", "severity": "Medium",
                "assignedTo": "bob@contoso.com",
            }),
        ),
        with(
            4,
            "2026-02-03T00:00:00Z",
            "2026-02-18T00:00:00Z",
            json!({
                "incidentName": "100% odd_name 'quoted'", "status": "Redirected", "severity": "UnSpecified",
                "redirectIncidentId": 3,
            }),
        ),
        with(
            5,
            "2026-02-05T00:00:00Z",
            "2026-02-16T00:00:00Z",
            json!({
                "incidentName": "Test", "status": "Resolved", "severity": "Informational",
                "assignedTo": "ann@contoso.com", "classification": "InformationalExpectedActivity",
                "determination": "SecurityTesting",
            }),
        ),
    ]
}

async fn with_corpus() -> World {
    let world = World::start().await;
    let answer = world.import(&IMPORTER, &corpus()).await;
    assert_eq!(answer["created"], 5);
    world
}

fn encoded(filter: &str) -> String {
    utf8_percent_encode(filter, NON_ALPHANUMERIC).to_string()
}

fn ids(list: &Value) -> Vec<i64> {
    let incidents = list["value"].as_array().unwrap();
    incidents.iter().map(|one| one["incidentId"].as_i64().unwrap()).collect()
}

/// The query's incidents, in order.
async fn list(world: &World, query: &str) -> Vec<i64> {
    let answer = world.get(&format!("/api/incidents?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    ids(&answer.json())
}

#[tokio::test]
async fn every_filter_of_a_real_client_finds_what_it_means() {
    let world = with_corpus().await;
    for (filter, expected) in [
        ("lastUpdateTime gt 2026-02-19T00:00:00.4633333Z", &[1][..]),
        ("lastUpdateTime ge 2026-02-19T00:00:00.4633333Z", &[2, 1]),
        ("lastUpdateTime ge 2026-02-18T00:00:00.00Z", &[3, 4, 2, 1]),
        ("lastUpdateDateTime gt 2026-02-18T01:00:00+01:00", &[2, 1]),
        ("lastUpdateTime lt 2026-02-18T00:00:00Z", &[5]),
        ("createdTime gt 2026-02-02T00:00:00Z", &[5, 4, 3]),
        ("createdTime ge 2026-02-02", &[5, 4, 3, 2]),
        ("createdTime le 2026-02-01T00:00:00Z", &[1]),
        ("createdTime eq 2026-02-03T00:00:00Z", &[4, 3]),
        ("status eq 'Active'", &[1]),
        ("status eq 'active'", &[1]),
        ("status ne 'Resolved'", &[4, 3, 1]),
        ("status in ('Active','InProgress')", &[3, 1]),
        ("Status EQ 'Redirected'", &[4]),
        ("severity eq 'High'", &[1]),
        ("severity eq 'unknown'", &[4]),
        ("classification eq 'BenignPositive'", &[5]),
        ("determination eq 'Phishing'", &[2]),
        ("determination eq 'NotAvailable'", &[4, 3, 1]),
        ("assignedTo eq 'bob@contoso.com'", &[3]),
        ("assignedTo eq 'ANN@contoso.com'", &[5, 2]),
        ("assignedTo eq null", &[4, 1]),
        ("assignedTo ne null", &[5, 3, 2]),
        ("assignedTo ne 'bob@contoso.com'", &[5, 4, 2, 1]),
        ("not (assignedTo eq 'bob@contoso.com')", &[5, 4, 2, 1]),
        ("startswith(assignedTo,'ann')", &[5, 2]),
        ("not startswith(assignedTo,'ann')", &[4, 3, 1]),
        ("startswith(incidentName,'Phishing')", &[3, 2]),
        ("contains(incidentName,'mail')", &[3, 2]),
        ("endswith(incidentName,'ws1')", &[1]),
        ("contains(incidentName,'%')", &[4]),
        ("contains(incidentName,'_')", &[4]),
        ("contains(incidentName,'''quoted''')", &[4]),
        ("displayName eq 'test'", &[5]),
        ("incidentId eq 3", &[3]),
        ("incidentId gt 3 and incidentId le 5", &[5, 4]),
        ("id in (1,'2')", &[2, 1]),
        ("status eq 'Resolved' and createdTime gt 2026-02-03T00:00:00Z", &[5]),
        ("status eq 'Resolved' or status eq 'Active' and incidentId eq 5", &[5, 2]),
        ("(status eq 'Resolved' or status eq 'Active') and incidentId eq 5", &[5]),
        ("not (status eq 'Resolved' or severity eq 'High')", &[4, 3]),
        (
            "createdTime gt 2026-02-01T00:00:00Z and status eq 'Resolved' and assignedTo eq 'ann@contoso.com'",
            &[5, 2],
        ),
        ("incidentId eq 99", &[]),
    ] {
        assert_eq!(
            list(&world, &format!("$filter={}", encoded(filter))).await,
            expected,
            "{filter}"
        );
    }
}

#[tokio::test]
async fn queries_may_be_spelled_as_clients_spell_them() {
    let world = with_corpus().await;
    for (query, expected) in [
        ("$filter=lastUpdateTime+ge+2026-02-19T00:00:00.4633333Z", &[2, 1][..]),
        ("%24filter=status+eq+%27Active%27", &[1]),
        ("$FILTER=status eq 'Active'".replace(' ', "%20").leak(), &[1]),
        // A PowerShell module loses the whole option by interpolation.
        ("?=lastUpdateTime+ge+2026-02-19T00:00:00Z", &[5, 4, 3, 2, 1]),
        ("$filter=", &[5, 4, 3, 2, 1]),
        ("unheard=of&$select=incidentId", &[5, 4, 3, 2, 1]),
        ("", &[5, 4, 3, 2, 1]),
        ("$top=0", &[]),
        ("$top=2", &[5, 4]),
        ("$top=2&$skip=2", &[3, 2]),
        ("$skip=4", &[1]),
        ("$skip=5", &[]),
        ("$orderby=createdTime", &[1, 2, 3, 4, 5]),
        ("$orderby=createdTime%20desc", &[5, 4, 3, 2, 1]),
        ("$orderby=lastUpdateTime", &[5, 3, 4, 2, 1]),
        ("$orderby=lastUpdateDateTime+DESC", &[1, 2, 4, 3, 5]),
        ("$orderby=incidentId+asc&$top=1", &[1]),
        ("$filter=lastUpdateTime+gt+2026-02-17&$orderby=lastUpdateTime+desc", &[1, 2, 4, 3]),
    ] {
        assert_eq!(list(&world, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_refused_and_the_way_out_is_said() {
    let world = with_corpus().await;
    for (query, expected) in [
        (
            "$filter=colour eq 'red'",
            "$filter: `colour` is not a property to filter by; use one of incidentId, *",
        ),
        (
            "$filter=status eq 'Open'",
            "$filter: `Open` is not a status; use one of Active, InProgress, Resolved, *",
        ),
        (
            "$filter=status gt 'Active'",
            "$filter: `status` can be compared with `eq`, `ne` and `in`, not `gt`",
        ),
        (
            "$filter=createdTime gt 'yesterday'",
            "$filter: `createdTime` is compared with a time such as *, not 'yesterday'",
        ),
        (
            "$filter=createdTime gt 5",
            "$filter: `createdTime` is compared with a time such as *, not 5",
        ),
        ("$filter=incidentId eq 'x'", "$filter: `incidentId` is compared with a number, not 'x'"),
        (
            "$filter=startswith(status,'A')",
            "$filter: `startswith` works on texts, and `status` is none",
        ),
        ("$filter=tags/any(t:t eq 5)", "$filter: `tags` holds texts, and 5 is none"),
        ("$filter=colours/any(t:t eq 'x')", "$filter: `colours` is not a property to filter by; *"),
        ("$filter=status eq 'Active", "$filter, character 11: this text has no closing quote"),
        ("$filter=status eq", "$filter, character 10: expected a value, found the end"),
        (
            "$filter=status eq 'a' or",
            "$filter, character 17: expected a property name, found the end",
        ),
        (
            "$filter=status is 'a'",
            "$filter, character 8: expected one of `eq ne gt ge lt le in`, found `is`",
        ),
        ("$top=-1", "$top: `-1` is not a whole number of 0 or more"),
        ("$top=many", "$top: `many` is not a whole number of 0 or more"),
        ("$skip=1.5", "$skip: `1.5` is not a whole number of 0 or more"),
        ("$top=1&$top=2", "$top is given more than once"),
        ("$orderby=colour", "$orderby: `colour` cannot be ordered by; use one of createdTime, *"),
        ("$orderby=createdTime backwards", "$orderby: `createdTime backwards` is not *"),
        ("$skiptoken=abc", "$skiptoken: it does not belong to this query; *"),
    ] {
        let answer = world.get(&format!("/api/incidents?{}", query.replace(' ', "%20"))).await;
        let message = expect_classic(&answer, 400, "ODataError");
        let pattern = format!("Invalid OData URI query. {expected}");
        assert!(fits(&pattern, &message), "`{message}`\nis not `{pattern}`");
    }
    let deep = format!("$filter={}incidentId eq 1{}", "(".repeat(99), ")".repeat(99));
    let wide = format!("$filter={}", vec!["incidentId eq 1"; 201].join(" or "));
    for query in [deep, wide] {
        let answer = world.get(&format!("/api/incidents?{}", query.replace(' ', "%20"))).await;
        expect_classic(&answer, 400, "ODataError");
    }
}

#[tokio::test]
async fn one_incident_is_found_by_its_number() {
    let world = with_corpus().await;
    let one = world.get("/api/incidents/4").await.expect(200);
    assert_eq!(one["incidentId"], 4);
    assert_eq!((&one["status"], &one["redirectIncidentId"]), (&json!("Redirected"), &json!(3)));
    let context = format!("{}/api/$metadata#Incidents/$entity", world.url());
    assert_eq!(one["@odata.context"], context);
    for path in
        ["/api/v1.0/incidents/4", "//api//incidents/4", "/API/Incidents/4", "/api/incidents(4)"]
    {
        assert_eq!(world.get(path).await.expect(200)["incidentId"], 4, "{path}");
    }
    let message = expect_classic(&world.get("/api/incidents/99").await, 404, "ResourceNotFound");
    assert_eq!(message, "Resource incident 99 was not found");
    for id in ["abc", "0", "-1", "99999999999999999999"] {
        let message =
            expect_classic(&world.get(&format!("/api/incidents/{id}")).await, 400, "InvalidInput");
        assert_eq!(message, format!("`{id}` is not an incident id (a positive number)"));
    }
}

#[tokio::test]
async fn an_incident_comes_back_as_it_was_imported() {
    let world = World::start().await;
    world.import(&IMPORTER, &[full(924_565)]).await;
    let mut one = world.get("/api/incidents/924565").await.expect(200);
    one.as_object_mut().unwrap().remove("@odata.context").unwrap();
    let mut expected = full(924_565);
    // Members that the import left out are there all the same.
    let entity = &mut expected["alerts"][0]["entities"][0];
    for name in ENTITY.iter().filter(|name| entity.get(name).is_none()).collect::<Vec<_>>() {
        entity[*name] = Value::Null;
    }
    assert_eq!(one, expected);
    let list = world.get("/api/incidents").await.expect(200);
    assert_eq!(list["value"], json!([one]));
    assert_eq!(list["@odata.context"], format!("{}/api/$metadata#Incidents", world.url()));
}

const INCIDENT: &[&str] = &[
    "alerts",
    "assignedTo",
    "classification",
    "comments",
    "createdTime",
    "determination",
    "incidentId",
    "incidentName",
    "lastUpdateTime",
    "redirectIncidentId",
    "severity",
    "status",
    "tags",
];
const ALERT: &[&str] = &[
    "actorName",
    "alertId",
    "assignedTo",
    "category",
    "classification",
    "creationTime",
    "description",
    "detectionSource",
    "determination",
    "devices",
    "entities",
    "firstActivity",
    "incidentId",
    "investigationId",
    "investigationState",
    "lastActivity",
    "lastUpdatedTime",
    "mitreTechniques",
    "resolvedTime",
    "serviceSource",
    "severity",
    "status",
    "threatFamilyName",
    "title",
];
const DEVICE: &[&str] = &[
    "aadDeviceId",
    "deviceDnsName",
    "firstSeen",
    "healthStatus",
    "mdatpDeviceId",
    "osBuild",
    "osPlatform",
    "osProcessor",
    "rbacGroupId",
    "rbacGroupName",
    "riskScore",
    "tags",
    "version",
];
const ENTITY: &[&str] = &[
    "aadUserId",
    "accountName",
    "clusterBy",
    "deliveryAction",
    "deviceId",
    "domainName",
    "entityType",
    "fileName",
    "filePath",
    "ipAddress",
    "mailboxAddress",
    "mailboxDisplayName",
    "parentProcessCreationTime",
    "parentProcessId",
    "processCommandLine",
    "processCreationTime",
    "processId",
    "recipient",
    "registryHive",
    "registryKey",
    "registryValue",
    "registryValueType",
    "securityGroupId",
    "securityGroupName",
    "sender",
    "sha1",
    "sha256",
    "subject",
    "url",
    "userPrincipalName",
    "userSid",
];

#[tokio::test]
async fn every_member_is_always_there_even_when_nothing_is_known() {
    let world = World::start().await;
    let bare = json!({
        "incidentId": 8,
        "comments": [{}],
        "alerts": [{ "alertId": "da8", "devices": [{}], "entities": [{ "entityType": "Ip" }] }],
    });
    world.import(&IMPORTER, &[bare]).await;
    let list = world.get("/api/incidents").await.expect(200);
    assert_eq!(names(&list), ["@odata.context", "value"]);
    let one = &list["value"][0];
    let alert = &one["alerts"][0];
    assert_eq!(names(one), INCIDENT);
    assert_eq!(names(&one["comments"][0]), ["comment", "createdBy", "createdTime"]);
    assert_eq!(names(alert), ALERT);
    assert_eq!(names(&alert["devices"][0]), DEVICE);
    assert_eq!(names(&alert["entities"][0]), ENTITY);
    // Clients take the minimum over these and stop at a null.
    for name in ["firstActivity", "lastActivity", "creationTime", "lastUpdatedTime"] {
        assert_eq!(alert[name], "2026-03-01T12:00:00Z", "{name}");
    }
    assert_eq!(one["status"], "Active");
    assert_eq!(one["severity"], "UnSpecified");
    assert_eq!(one["classification"], "Unknown");
    assert_eq!(one["determination"], "NotAvailable");
}

/// Follows `@odata.nextLink` from an address on; returns every number in the order seen.
async fn follow(world: &World, first: &str, mut between: impl AsyncFnMut(usize)) -> Vec<i64> {
    let mut seen = Vec::new();
    let mut target = Some(first.to_owned());
    let mut pages = 0;
    while let Some(here) = target {
        let page = world.get(&here).await.expect(200);
        seen.extend(ids(&page));
        let next = page.get("@odata.nextLink").map(|link| link.as_str().unwrap());
        target = next.map(|link| link.strip_prefix(world.url()).unwrap().to_owned());
        pages += 1;
        assert!(pages < 100, "the pages do not end");
        between(pages).await;
    }
    seen
}

fn many(count: i64) -> Vec<Value> {
    let minute = |id: i64| format!("2026-02-10T{:02}:{:02}:00Z", id / 60, id % 60);
    (1..=count).map(|id| plain(id, &minute(id), &minute(id))).collect()
}

#[tokio::test]
async fn pages_end_and_together_they_are_the_whole() {
    let world = World::start().await;
    world.import(&IMPORTER, &many(230)).await;
    let first = world.get("/api/incidents").await.expect(200);
    assert_eq!(ids(&first).len(), 100);
    let clamped = world.get("/api/incidents?$top=101").await.expect(200);
    assert_eq!((ids(&clamped).len(), ids(&clamped)[0]), (100, 230));
    assert!(clamped.get("@odata.nextLink").is_some());
    let newest_first: Vec<i64> = (1..=230).rev().collect();
    let filter = format!("$filter={}", encoded("status eq 'Active' and not (incidentId gt 200)"));
    let filtered: Vec<i64> = (1..=200).rev().collect();
    for (query, expected) in [
        ("".to_owned(), &newest_first),
        ("$top=100".into(), &newest_first),
        ("$top=23".into(), &newest_first),
        ("$top=115".into(), &newest_first),
        (format!("{filter}&$top=50"), &filtered),
        ("$orderby=incidentId+desc&$top=60".into(), &newest_first),
    ] {
        let seen = follow(&world, &format!("/api/incidents?{query}"), async |_| {}).await;
        assert_eq!(&seen, expected, "{query}");
    }
    let last = world.get("/api/incidents?$skip=130").await.expect(200);
    assert_eq!(ids(&last).len(), 100);
    assert_eq!(last.get("@odata.nextLink"), None, "a full last page is the last");
}

/// The `$top`/`$skip` loop of XSOAR, which ends on the first short page.
#[tokio::test]
async fn the_skip_loop_of_old_clients_sees_everything_once() {
    let world = World::start().await;
    world.import(&IMPORTER, &many(230)).await;
    let mut seen: Vec<i64> = Vec::new();
    loop {
        let query = format!("$top=100&$skip={}&$orderby=createdTime", seen.len());
        let page = list(&world, &query).await;
        seen.extend(&page);
        if page.len() < 100 {
            break;
        }
    }
    assert_eq!(seen, (1..=230).collect::<Vec<i64>>());
}

/// A reader that goes on from where it was, while incidents are changed under it: nothing that
/// was there from beginning to end is lost, and nothing is seen twice on the way down.
#[tokio::test]
async fn pages_are_stable_while_incidents_are_imported_again() {
    let world = World::start().await;
    world.import(&IMPORTER, &many(120)).await;
    let touch = |id: i64| {
        plain(id, &format!("2026-02-10T{:02}:{:02}:00Z", id / 60, id % 60), "2026-02-28T00:00:00Z")
    };
    let seen = follow(&world, "/api/incidents?$top=30", async |page: usize| {
        // One that was seen, one that was not, and a new one.
        let page = i64::try_from(page).unwrap();
        let new = plain(1000 + page, "2026-02-27T00:00:00Z", "2026-02-27T00:00:00Z");
        world.import(&IMPORTER, &[touch(120 - page), touch(page), new]).await;
    })
    .await;
    assert_eq!(seen, (1..=120).rev().collect::<Vec<i64>>());
}

/// Elastic's stream: no `$top`, the cursor is the last event's time. What changes meanwhile comes
/// again later, and nothing is passed over.
#[tokio::test]
async fn a_cursor_over_last_update_time_loses_nothing() {
    let world = World::start().await;
    world.import(&IMPORTER, &many(150)).await;
    let mut cursor = "2026-02-10T00:00:00Z".to_owned();
    let mut seen = BTreeSet::new();
    for round in 0..10 {
        let query =
            format!("/api/incidents?$filter={}", encoded(&format!("lastUpdateTime gt {cursor}")));
        let page = world.get(&query).await.expect(200);
        let times: Vec<&str> = page["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["lastUpdateTime"].as_str().unwrap())
            .collect();
        assert!(times.is_sorted(), "a cursor needs the oldest change first");
        let Some(last) = times.last() else { break };
        cursor = (*last).to_owned();
        seen.extend(ids(&page));
        if round == 0 {
            let again = plain(1, "2026-02-10T00:01:00Z", "2026-02-20T00:00:00Z");
            world.import(&IMPORTER, &[again]).await;
        }
    }
    assert_eq!(seen.len(), 150);
    assert_eq!(cursor, "2026-02-20T00:00:00Z", "the change came again");
}

#[tokio::test]
async fn a_next_link_keeps_the_question_and_the_host() {
    let world = World::taking_over().await;
    world.import(&IMPORTER, &many(5)).await;
    let token = world.token("https://api.security.microsoft.com").await;
    let filter = encoded("contains(incidentName,'Incident & 100%') or incidentId gt 0");
    let target = format!("/api/incidents?$filter={filter}&$orderby=lastUpdateTime+desc&$top=2");
    let request = Request::get(target).bearer(&token).host("api-eu.security.microsoft.com");
    let page = world.send(request).await.expect(200);
    assert_eq!(ids(&page), [5, 4]);
    let link = page["@odata.nextLink"].as_str().unwrap();
    let target = link.strip_prefix("https://api-eu.security.microsoft.com").unwrap();
    let page = world.send(Request::get(target).bearer(&token)).await.expect(200);
    assert_eq!(ids(&page), [3, 2]);
    // The token of one order means nothing in another.
    let moved = target.replace("lastUpdateTime", "createdTime");
    let answer = world.send(Request::get(moved).bearer(&token)).await;
    expect_classic(&answer, 400, "ODataError");
}

#[tokio::test]
async fn an_incident_asked_for_again_is_that_of_the_tenant_the_host_and_the_moment() {
    let world = World::taking_over().await;
    world.import(&IMPORTER, &[plain(1, "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z")]).await;
    let mut others = full(1);
    others["incidentName"] = json!("of Fabrikam");
    world.import(&FABRIKAM_SIEM, &[others]).await;
    let (mine, theirs) = (&IMPORTER, &FABRIKAM_SIEM);
    let (eu, us) = ("api-eu.security.microsoft.com", "api-us.security.microsoft.com");
    let asked = async |name: &str| {
        for (app, host, name) in [
            (mine, eu, name),
            (mine, eu, name),
            (theirs, eu, "of Fabrikam"),
            (mine, us, name),
            (theirs, us, "of Fabrikam"),
            (mine, eu, name),
        ] {
            let token = world.token_of(app, "https://api.security.microsoft.com").await;
            let request = Request::get("/api/incidents/1").bearer(&token).host(host);
            let one = world.send(request).await.expect(200);
            assert_eq!(one["incidentName"], name);
            let context = format!("https://{host}/api/$metadata#Incidents/$entity");
            assert_eq!(one["@odata.context"], context);
        }
    };
    asked("Incident 1").await;
    let mut newer = plain(1, "2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z");
    newer["incidentName"] = json!("renamed");
    world.import(&IMPORTER, &[newer]).await;
    asked("renamed").await;
}

#[tokio::test]
async fn tenants_number_their_incidents_alike_and_see_only_their_own() {
    let world = World::start().await;
    world.import(&IMPORTER, &[plain(1, "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z")]).await;
    let mut other = full(1);
    other["incidentName"] = json!("of Fabrikam");
    world.import(&FABRIKAM_SIEM, &[other]).await;
    let one = world.get("/api/incidents/1").await.expect(200);
    assert_eq!(one["incidentName"], "Incident 1");
    let token = world.token_of(&FABRIKAM_SIEM, "https://api.security.microsoft.com").await;
    let list = world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
    assert_eq!(list["value"][0]["incidentName"], "of Fabrikam");
    assert_eq!(ids(&list), [1]);
}

#[tokio::test]
async fn reading_needs_a_role_and_any_audience_of_the_api_will_do() {
    let world = World::start().await;
    for resource in [
        "https://api.security.microsoft.com",
        "https://api.security.microsoft.com/",
        "https://security.microsoft.com/mtp/",
        "8ee8fdad-f234-4243-8f3b-15c294843740",
        world.url(),
    ] {
        let token = world.token_of(&SIEM, resource).await;
        world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
    }
    let token = world.token_of(&ADMIN, "https://management.azure.com").await;
    world.send(Request::get("/api/incidents").bearer(&token)).await.expect(401);
}
