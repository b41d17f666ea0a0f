//! Machines: how they become known, are found, tagged and valued.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_testkit::cast::{self, FEEDER, IMPORTER};
use vakt_testkit::endpoint::{EndpointApi, machine, machine_id};
use vakt_testkit::{StartWith, World, expect_classic, incidents};

fn with(number: u8, more: Value) -> Value {
    let mut one = machine(number);
    one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    one
}

/// Five machines that differ in what can be filtered by.
fn corpus() -> Vec<Value> {
    vec![
        with(1, json!({ "riskScore": "High", "machineTags": ["Crown jewels", "lab"] })),
        with(2, json!({ "healthStatus": "Inactive", "machineTags": ["LAB"], "version": "1709" })),
        with(3, json!({ "osPlatform": "Linux", "rbacGroupId": 141, "machineTags": [] })),
        with(4, json!({ "aadDeviceId": null, "onboardingStatus": "CanBeOnboarded" })),
        with(5, json!({ "exposureLevel": null, "deviceValue": "High", "riskScore": null })),
    ]
}

async fn ids(api: &EndpointApi<'_>, query: &str) -> Vec<u8> {
    let list = api.get(&format!("/api/machines{query}")).await;
    let of = |one: &Value| u8::from_str_radix(&one["id"].as_str().unwrap()[..2], 16).unwrap();
    list["value"].as_array().unwrap().iter().map(of).collect()
}

fn encoded(filter: &str) -> String {
    utf8_percent_encode(filter, NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn an_imported_machine_comes_back_whole() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    let answer = api.import(&[machine(1), machine(2)]).await;
    assert_eq!((&answer["created"], &answer["unchanged"]), (&json!(2), &json!(0)));
    let mut one = api.get(&format!("/api/machines/{}", machine_id(1))).await;
    let context = format!("{}/api/$metadata#Machines/$entity", world.url());
    assert_eq!(one.as_object_mut().unwrap().remove("@odata.context"), Some(json!(context)));
    assert_eq!(one, machine(1));
    let again = api.import(&[machine(1), machine(2)]).await;
    assert_eq!(again["unchanged"], 2, "a second time changes nothing");
    // Microsoft's API takes the full name, too; names have no case.
    for name in [machine_id(1).to_uppercase(), "WS1.contoso.com".into()] {
        let found = api.get(&format!("/api/v1.0/machines/{name}")).await;
        assert_eq!(found["id"], machine_id(1), "{name}");
    }
    let answer = api.send("GET", "/api/machines/ws9.contoso.com", None).await;
    assert!(expect_classic(&answer, 404, "ResourceNotFound").contains("ws9.contoso.com"));
}

#[tokio::test]
async fn an_import_forgets_nothing_and_refuses_one_by_one() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    api.import(&[machine(10)]).await;
    let id = machine_id(10);
    let steps = [
        // Older: fills gaps only. Newer: replaces, but not with nothing.
        (json!({ "id": id, "lastSeen": "2026-01-01T00:00:00Z", "osPlatform": "Old" }), "Windows11"),
        (json!({ "id": id, "lastSeen": "2026-02-20T00:00:00Z", "osPlatform": null }), "Windows11"),
        (json!({ "id": id, "lastSeen": "2026-02-21T00:00:00Z", "osPlatform": "New" }), "New"),
        (json!({ "id": id, "lastSeen": "2026-02-19T00:00:00Z", "osPlatform": "Old" }), "New"),
    ];
    for (state, platform) in steps {
        api.import(&[state]).await;
        assert_eq!(api.get(&format!("/api/machines/{id}")).await["osPlatform"], platform);
    }
    let one = api.get(&format!("/api/machines/{id}")).await;
    assert_eq!(one["firstSeen"], "2026-01-01T00:00:00Z");
    assert_eq!(one["lastSeen"], "2026-02-21T00:00:00Z");
    assert_eq!(one["osBuild"], 22631);
    let answer = api
        .import(&[
            json!({ "computerDnsName": "x" }),
            with(2, json!({ "healthStatus": "Fine" })),
            with(3, json!({ "machineTags": ["x".repeat(201)] })),
            with(4, json!({ "sensorMood": "good" })),
        ])
        .await;
    assert_eq!(answer["created"], 1);
    assert_eq!(answer["ignoredMembers"], json!(["sensorMood"]));
    let refused: Vec<&Value> =
        answer["refused"].as_array().unwrap().iter().map(|one| &one["index"]).collect();
    assert_eq!(refused, [&json!(0), &json!(1), &json!(2)]);
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    api.import(&corpus()).await;
    for (filter, expected) in [
        ("riskScore eq 'High'", vec![1]),
        ("riskScore ne 'High'", vec![2, 3, 4, 5]),
        ("riskScore eq null", vec![5]),
        ("healthStatus eq 'inactive'", vec![2]),
        ("osPlatform in ('linux','MacOS')", vec![3]),
        ("rbacGroupId eq 141", vec![3]),
        ("rbacGroupId eq '141'", vec![3]),
        ("version eq '1709'", vec![2]),
        ("onboardingStatus eq 'CanBeOnboarded'", vec![4]),
        ("exposureLevel ne 'Medium'", vec![5]),
        ("deviceValue eq 'High'", vec![5]),
        ("aadDeviceId eq null", vec![4]),
        ("aadDeviceId eq 80fe8ff8-2624-418e-9591-41f0491218f9", vec![1, 2, 3, 5]),
        ("lastSeen gt 2026-02-04T00:00:00Z", vec![4, 5]),
        ("lastSeen ge 2026-02-03 and lastSeen lt 2026-02-05", vec![3, 4]),
        ("startswith(computerDnsName,'WS2')", vec![2]),
        ("computerDnsName eq 'ws1.contoso.com' or lastIpAddress eq '172.17.230.2'", vec![1, 2]),
        ("machineTags/any(tag: tag eq 'lab')", vec![1, 2]),
        ("machineTags/any(t: startswith(t,'crown') or t eq 'nothing')", vec![1]),
        ("not machineTags/any()", vec![3]),
        ("machineTags eq 'Crown Jewels'", vec![1]),
    ] {
        assert_eq!(ids(&api, &format!("?$filter={}", encoded(filter))).await, expected, "{filter}");
    }
    for (query, word) in [
        ("?$filter=osColour%20eq%20'red'", "osColour"),
        ("?$filter=riskScore%20eq%20'Huge'", "Informational"),
        ("?$filter=riskScore%20gt%20'Low'", "`gt`"),
        ("?$filter=healthStatus%20eq%20null", "healthStatus"),
        ("?$filter=osPlatform/any(x:x%20eq%20'a')", "not a list"),
        ("?$orderby=riskScore", "lastSeen"),
        ("?$skiptoken=AAAA", "nextLink"),
    ] {
        let answer = api.send("GET", &format!("/api/machines{query}"), None).await;
        let message = expect_classic(&answer, 400, "ODataError");
        assert!(message.contains(word), "{query}: {message}");
    }
}

#[tokio::test]
async fn pages_are_stable_while_machines_are_seen() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    let all: Vec<Value> = (1..=7).map(machine).collect();
    api.import(&all).await;
    for order in ["", "&$orderby=lastSeen", "&$orderby=lastSeen%20desc", "&$orderby=id%20desc"] {
        let pages = api.walk(&format!("/api/machines?$top=3{order}"), "id").await;
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(sizes, [3, 3, 1], "{order}");
        let mut expected: Vec<String> = (1..=7).map(machine_id).collect();
        if order.contains("desc") {
            expected.reverse();
        }
        assert_eq!(pages.concat(), expected, "{order}");
    }
    let page = api.get("/api/machines?$top=3&$count=true&$skip=5").await;
    assert_eq!(page["@odata.count"], 7);
    assert_eq!(page["value"].as_array().unwrap().len(), 2);
    assert!(page.get("@odata.nextLink").is_none(), "the last page has no link");
    // A place by id stands still, whoever is seen meanwhile.
    let first = api.get("/api/machines?$top=3").await;
    api.import(&[with(1, json!({ "lastSeen": "2026-03-01T00:00:00Z" }))]).await;
    let link = first["@odata.nextLink"].as_str().unwrap().strip_prefix(world.url()).unwrap();
    let second = api.get(link).await;
    assert_eq!(second["value"][0]["id"], machine_id(4));
    let mixed = api.send("GET", &format!("{link}&$orderby=lastSeen"), None).await;
    expect_classic(&mixed, 400, "ODataError");
}

#[tokio::test]
async fn tags_are_added_removed_and_found() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    api.import(&[machine(1), machine(2)]).await;
    let path = format!("/api/machines/{}/tags", machine_id(1));
    let tags = async |value: &str, action: &str| {
        let body = json!({ "Value": value, "Action": action });
        api.post(&path, 200, body).await["machineTags"].clone()
    };
    assert_eq!(tags("test Tag 2", "Add").await, json!(["test tag 1", "test Tag 2"]));
    assert_eq!(tags("TEST tag 2", "Add").await, json!(["test tag 1", "test Tag 2"]));
    for (query, expected) in [
        ("tag=test%20tag%202", 1),
        ("tag=TEST%20TAG%201&useStartsWithFilter=false", 2),
        ("tag=test&useStartsWithFilter=true", 2),
        ("tag=test", 0),
    ] {
        let found = api.get(&format!("/api/machines/findbytag?{query}")).await;
        assert_eq!(found["value"].as_array().unwrap().len(), expected, "{query}");
    }
    let pages =
        api.walk("/api/machines/findbytag?tag=test&useStartsWithFilter=true&$top=1", "id").await;
    assert_eq!(pages.concat(), [machine_id(1), machine_id(2)], "the tag is in the link, too");
    assert_eq!(tags("Test tag 2", "Remove").await, json!(["test tag 1"]));
    for (body, code) in [
        (json!({ "Value": "x" }), "MissingRequiredParameter"),
        (json!({ "Value": "x", "Action": "Hide" }), "InvalidInput"),
        (json!({ "Value": "", "Action": "Add" }), "InvalidInput"),
    ] {
        let answer = api.send("POST", &path, Some(&body)).await;
        expect_classic(&answer, 400, code);
    }
    let without = api.send("GET", "/api/machines/findbytag", None).await;
    expect_classic(&without, 400, "ODataError");
}

#[tokio::test]
async fn values_are_set_and_other_members_stay() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    api.import(&[machine(1)]).await;
    let path = format!("/api/machines/{}", machine_id(1));
    let body = json!({ "DeviceValue": "High" });
    let one = api.post(&format!("{path}/setDeviceValue"), 200, body).await;
    assert_eq!(one["deviceValue"], "High");
    let one = api.patch(&path, json!({ "machineTags": ["a", "b"] })).await;
    assert_eq!((&one["deviceValue"], &one["machineTags"]), (&json!("High"), &json!(["a", "b"])));
    let one = api.patch(&path, json!({ "deviceValue": "low" })).await;
    assert_eq!((&one["deviceValue"], &one["machineTags"]), (&json!("Low"), &json!(["a", "b"])));
    let bad = api.send("PATCH", &path, Some(&json!({ "deviceValue": "Priceless" }))).await;
    assert!(expect_classic(&bad, 400, "InvalidInput").contains("Normal"));
    // Whoever only scans machines does not read them.
    let feeder = EndpointApi::as_app(&world, &FEEDER).await;
    let message = expect_classic(&feeder.send("GET", &path, None).await, 403, "Forbidden");
    assert!(message.contains("Machine.Read.All,Machine.ReadWrite.All"), "{message}");
}

#[tokio::test]
async fn devices_of_imported_alerts_are_machines() {
    let world = World::start().await;
    let api = EndpointApi::of(&world).await;
    let mut older = incidents::full(1);
    older["alerts"][0]["alertId"] = json!("da-older");
    older["alerts"][0]["lastActivity"] = json!("2026-01-01T00:00:00Z");
    older["alerts"][0]["devices"][0]["riskScore"] = json!("Low");
    world.import(&IMPORTER, &[incidents::full(2), older, incidents::graph()]).await;
    let ids = api.walk("/api/machines", "id").await.concat();
    let (classic, graph) =
        ("24c222b0b60fe148eeece49ac83910cc6a7ef491", "73e7e2de709dff64ef64b1d0c30e67fab63279db");
    assert_eq!(ids, [classic, graph]);
    let one = api.get(&format!("/api/machines/{classic}")).await;
    for (member, expected) in [
        ("computerDnsName", "ws1.contoso.com"),
        ("osPlatform", "Windows11"),
        ("riskScore", "High"),
        ("healthStatus", "Active"),
        ("firstSeen", "2025-11-01T00:00:00Z"),
    ] {
        assert_eq!(one[member], expected, "{member}");
    }
    assert_eq!(one["machineTags"], json!(["lab"]));
    assert_eq!(one["lastSeen"], incidents::full(2)["alerts"][0]["lastActivity"]);
    // What somebody said of it stays when it is seen again.
    api.patch(&format!("/api/machines/{classic}"), json!({ "deviceValue": "High" })).await;
    world.import(&IMPORTER, &[incidents::full(3)]).await;
    assert_eq!(api.get(&format!("/api/machines/{classic}")).await["deviceValue"], "High");
}

#[tokio::test]
async fn a_seed_brings_machines() {
    let mut seed = cast::seed();
    seed.push_str("\n[[tenant.machines]]\nfile = \"machines.json\"\n");
    let file = json!({ "value": [machine(1)] }).to_string().into_bytes();
    let files = vec![("machines.json".to_owned(), file)];
    let world = World::start_with(StartWith { files, ..StartWith::of(seed) }).await;
    let api = EndpointApi::as_app(&world, &cast::FABRIKAM_RESPONDER).await;
    // The last tenant of the seed is the one that it names.
    assert_eq!(api.get("/api/machines").await["value"][0]["id"], machine_id(1));
}
