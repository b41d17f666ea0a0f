//! Alerts and their evidence in Graph's dialect.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_testkit::cast::{CONTOSO, HOARDER, IMPORTER};
use vakt_testkit::incidents::{full, graph};
use vakt_testkit::{Directory, Request, World, expect_graph, names};

/// Members of every alert, from the live service.
const MEMBERS: &[&str] = &[
    "actorDisplayName",
    "additionalData",
    "alertPolicyId",
    "alertWebUrl",
    "assignedTo",
    "categories",
    "category",
    "classification",
    "comments",
    "createdDateTime",
    "customDetails",
    "description",
    "detectionSource",
    "detectorId",
    "determination",
    "evidence",
    "firstActivityDateTime",
    "id",
    "incidentId",
    "incidentWebUrl",
    "investigationState",
    "lastActivityDateTime",
    "lastUpdateDateTime",
    "mitreTechniques",
    "productName",
    "providerAlertId",
    "recommendedActions",
    "resolvedDateTime",
    "serviceSource",
    "severity",
    "status",
    "systemTags",
    "tenantId",
    "threatDisplayName",
    "threatFamilyName",
    "title",
];

/// A classic incident, and one of Graph's with four kinds of evidence.
async fn world() -> (World, Directory) {
    let world = World::start().await;
    world.import(&IMPORTER, &[full(7), graph()]).await;
    let directory = world.directory(&HOARDER).await;
    (world, directory)
}

const OF_GRAPH: &str = "da637551227677560813_-961444813";

fn ids(page: &Value) -> Vec<&str> {
    page["value"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_alert_has_the_members_of_the_live_service() {
    let (world, graph) = world().await;
    let mut one = graph.get("/security/alerts_v2/da700").await;
    let evidence = one.as_object_mut().unwrap().remove("evidence").unwrap();
    let tenant = CONTOSO.id;
    let expected = json!({
        "@odata.context": format!("{}/v1.0/$metadata#security/alerts_v2/$entity", world.url()),
        "id": "da700",
        "providerAlertId": "700",
        "incidentId": "7",
        "tenantId": tenant,
        "alertWebUrl": format!("{}/alerts/da700?tid={tenant}", world.url()),
        "incidentWebUrl": format!("{}/incident2/7/overview?tid={tenant}", world.url()),
        "status": "new",
        "severity": "medium",
        "classification": null,
        "determination": null,
        "serviceSource": "microsoftDefenderForEndpoint",
        "detectionSource": "microsoftDefenderForEndpoint",
        "productName": null,
        "detectorId": null,
        "alertPolicyId": null,
        "title": "Suspicious PowerShell command line",
        "description": "A suspicious command line was seen.",
        "recommendedActions": null,
        "category": "Execution",
        "categories": [],
        "assignedTo": null,
        "actorDisplayName": "STORM-0001",
        "threatDisplayName": null,
        "threatFamilyName": "Wacatac",
        "mitreTechniques": ["T1059.001"],
        "createdDateTime": "2026-02-27T08:00:00.5Z",
        "lastUpdateDateTime": "2026-02-28T09:30:00Z",
        "resolvedDateTime": null,
        "firstActivityDateTime": "2026-02-27T07:55:00Z",
        "lastActivityDateTime": "2026-02-27T08:10:00Z",
        "comments": [],
        "systemTags": [],
        "additionalData": {},
        "customDetails": {},
        "investigationState": "running",
    });
    assert_eq!(one, expected);
    let kinds: Vec<&str> = evidence
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["@odata.type"].as_str().unwrap())
        .collect();
    let kind = |word: &str| format!("#microsoft.graph.security.{word}Evidence");
    assert_eq!(kinds, [kind("device"), kind("process")]);
    let list = graph.get("/security/alerts_v2").await;
    for one in list["value"].as_array().unwrap() {
        assert_eq!(names(one), MEMBERS);
    }
}

#[tokio::test]
async fn evidence_says_its_type_and_has_the_members_of_it() {
    let (_world, graph) = world().await;
    let one = graph.get(&format!("/security/alerts_v2/{OF_GRAPH}")).await;
    let evidence = one["evidence"].as_array().unwrap();
    let common = [
        "@odata.type",
        "createdDateTime",
        "detailedRoles",
        "remediationStatus",
        "remediationStatusDetails",
        "roles",
        "tags",
        "verdict",
    ];
    let own = |piece: &Value| {
        for name in common {
            assert!(piece.get(name).is_some(), "{name} of {piece}");
        }
        let names = names(piece).into_iter().filter(|name| !common.contains(name));
        names.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let pieces: Vec<(String, String)> = evidence
        .iter()
        .map(|piece| (piece["@odata.type"].as_str().unwrap().to_owned(), own(piece)))
        .collect();
    let expected = [
        (
            "device",
            "azureAdDeviceId defenderAvStatus deviceDnsName dnsDomain firstSeenDateTime \
             healthStatus hostName ipInterfaces lastExternalIpAddress lastIpAddress loggedOnUsers \
             mdeDeviceId ntDomain onboardingStatus osBuild osPlatform rbacGroupId rbacGroupName \
             resourceAccessEvents riskScore version vmMetadata",
        ),
        ("file", "detectionStatus fileDetails mdeDeviceId"),
        ("user", "stream userAccount"),
        ("kubernetesPod", ""),
    ];
    let expected = expected.map(|(word, members)| {
        (format!("#microsoft.graph.security.{word}Evidence"), members.to_owned())
    });
    assert_eq!(pieces, expected);
    assert_eq!(evidence[0]["healthStatus"], "active");
    assert_eq!(evidence[0]["tags"], json!(["Test Machine"]));
    assert_eq!(evidence[1]["fileDetails"]["fileName"], "MsSense.exe");
    assert_eq!(evidence[1]["fileDetails"]["md5"], Value::Null);
    assert_eq!(evidence[2]["userAccount"]["accountName"], "kai");
}

#[tokio::test]
async fn alerts_are_found_by_all_that_is_known_of_them() {
    let (_world, graph) = world().await;
    let user = "microsoft.graph.security.userEvidence/userAccount/accountName";
    for (filter, expected) in [
        ("severity eq 'medium'", "da700"),
        ("serviceSource eq 'microsoftDefenderForEndpoint'", "both"),
        ("detectionSource eq 'antivirus'", OF_GRAPH),
        ("title eq 'suspicious execution of hidden file'", OF_GRAPH),
        ("incidentId eq '7'", "da700"),
        ("category in ('Execution')", "da700"),
        ("createdDateTime ge 2026-02-20T00:00:00Z", "da700"),
        ("mitreTechniques/any(t:startswith(t,'T1564'))", OF_GRAPH),
        (format!("evidence/any(e: e/{user} eq 'KAI')").as_str(), OF_GRAPH),
        ("evidence/any(e:e/deviceDnsName eq 'ws1.contoso.com')", "da700"),
        ("evidence/any(e:contains(e/fileDetails/fileName,'shell'))", "da700"),
        ("evidence/any(e:e/processId eq 4711 and e/userAccount/domainName eq 'contoso')", "da700"),
        ("not evidence/any(e:e/@odata.type eq '#microsoft.graph.security.fileEvidence')", "da700"),
        ("classification eq null and assignedTo eq null", "both"),
        ("status eq 'resolved'", ""),
    ] {
        let encoded = utf8_percent_encode(filter, NON_ALPHANUMERIC);
        let target = format!("/security/alerts_V2?$filter={encoded}&$orderby=createdDateTime asc");
        let page = graph.get(&target.replace(' ', "%20")).await;
        let both = format!("{OF_GRAPH} da700");
        let expected = if expected == "both" { both.as_str() } else { expected };
        assert_eq!(ids(&page).join(" "), expected, "{filter}");
    }
    let of_incident = graph.get("/security/incidents/7/alerts?$count=true&$select=id,title").await;
    assert_eq!(ids(&of_incident), ["da700"]);
    assert_eq!(of_incident["@odata.count"], 1);
    let context = of_incident["@odata.context"].as_str().unwrap();
    assert!(context.ends_with("#security/incidents('7')/alerts(id,title)"), "{context}");
}

#[tokio::test]
async fn the_alerts_of_an_incident_are_paged_too() {
    let world = World::start().await;
    let mut incident = full(1);
    let alert = |n: i64| json!({ "alertId": format!("da{n:02}"), "title": format!("Alert {n}") });
    incident["alerts"] = (0..25).map(alert).collect();
    world.import(&IMPORTER, &[incident, full(2)]).await;
    let graph = world.directory(&HOARDER).await;
    let mut target = "/v1.0/security/incidents/1/alerts?$top=10".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = graph.send_raw(Request::get(&target)).await.expect(200);
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        target = link.strip_prefix(world.url()).unwrap().to_owned();
    }
    seen.sort();
    let expected: Vec<String> = (0..25).map(|n| format!("da{n:02}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn alerts_are_changed_and_commented_on() {
    let (_world, graph) = world().await;
    const PATH: &str = "/security/alerts_v2/da700";
    for (member, value, expected) in [
        ("status", json!("INPROGRESS"), json!("inProgress")),
        ("classification", json!("truePositive"), json!("truePositive")),
        ("determination", json!("notMalicious"), json!("notMalicious")),
        ("assignedTo", json!("ann@contoso.com"), json!("ann@contoso.com")),
        ("assignedTo", json!(null), json!(null)),
        ("customDetails", json!({ "ticket": "SEC-1" }), json!({ "ticket": "SEC-1" })),
        ("customDetails", json!({}), json!({})),
        ("status", json!("resolved"), json!("resolved")),
    ] {
        let body = json!({ member: value });
        let changed = graph.send("PATCH", PATH, Some(&body)).await.expect(200);
        assert_eq!(changed[member], expected, "{body}");
        assert_eq!(graph.get(PATH).await[member], expected, "{body}");
    }
    assert!(graph.get(PATH).await["resolvedDateTime"].is_string());
    let comment = json!({ "comment": "done" });
    let all = graph.post(&format!("{PATH}/comments"), 200, &comment).await;
    assert_eq!(all["value"][0]["createdByDisplayName"], HOARDER.name);
    assert_eq!(graph.get(PATH).await["comments"], all["value"]);
    for (body, expected) in [
        (json!({ "status": "redirected" }), "is no alert status"),
        (json!({ "title": "x" }), "`title` cannot be changed. Change one of assignedTo,"),
        (json!({ "nope": 1 }), "named 'nope' on type 'microsoft.graph.security.alert'"),
        (json!({ "customDetails": "x" }), "is an object or null"),
    ] {
        let answer = graph.send("PATCH", PATH, Some(&body)).await;
        let message = expect_graph(&answer, 400, "BadRequest");
        assert!(message.contains(expected), "{message}");
    }
    for path in ["/security/alerts_v2/da9", "/security/alerts_v2/da9/comments"] {
        let method = if path.ends_with("comments") { "POST" } else { "PATCH" };
        let answer = graph.send(method, path, Some(&json!({ "comment": "x" }))).await;
        let code =
            if method == "POST" { (404, "Request_ResourceNotFound") } else { (400, "BadRequest") };
        expect_graph(&answer, code.0, code.1);
    }
    let answer = graph.send("GET", "/security/alerts_v2?$expand=evidence", None).await;
    let message = expect_graph(&answer, 400, "BadRequest");
    assert!(message.contains("leave $expand out"), "{message}");
}

#[tokio::test]
async fn resolving_an_incident_resolves_its_alerts() {
    let (_world, graph) = world().await;
    let resolved = json!({ "status": "resolved" });
    graph.send("PATCH", "/security/incidents/7", Some(&resolved)).await.expect(200);
    let alert = graph.get("/security/alerts_v2/da700").await;
    assert_eq!(alert["status"], "resolved");
    assert_eq!(alert["resolvedDateTime"], alert["lastUpdateDateTime"]);
}
