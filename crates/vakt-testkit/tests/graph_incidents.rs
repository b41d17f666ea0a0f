//! Incidents in Graph's dialect: what is in one, how lists are asked, how they are changed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_server::Strictness;
use vakt_testkit::cast::{ADMIN, CONTOSO, HOARDER, IMPORTER, SIEM};
use vakt_testkit::incidents::{full, plain};
use vakt_testkit::{Directory, Request, StartWith, World, cast, expect_graph, names};

const GRAPH: &str = "https://graph.microsoft.com";

/// Members of every incident, from the live service.
const MEMBERS: &[&str] = &[
    "assignedTo",
    "classification",
    "comments",
    "createdDateTime",
    "customTags",
    "description",
    "determination",
    "displayName",
    "id",
    "incidentWebUrl",
    "lastModifiedBy",
    "lastUpdateDateTime",
    "priorityScore",
    "redirectIncidentId",
    "resolvingComment",
    "severity",
    "status",
    "summary",
    "systemTags",
    "tenantId",
];

/// Five incidents, created one after another, changed in the opposite order.
async fn world() -> (World, Directory) {
    let world = World::start().await;
    let one = |id: i64| {
        let day = |n: i64| format!("2026-02-{n:02}T00:00:00Z");
        let mut incident = plain(id, &day(id), &day(20 - id));
        incident["severity"] = json!(["Low", "High"][id as usize % 2]);
        incident["status"] = json!(["Active", "InProgress", "Resolved"][id as usize % 3]);
        incident["assignedTo"] = if id == 3 { json!("ann@contoso.com") } else { json!(null) };
        incident["tags"] = json!([format!("tag-{id}")]);
        incident["alerts"] = json!([{ "alertId": format!("da{id}"), "title": "A title" }]);
        incident
    };
    world.import(&IMPORTER, &(1..=5).map(one).collect::<Vec<_>>()).await;
    let graph = world.directory(&HOARDER).await;
    (world, graph)
}

fn ids(page: &Value) -> Vec<&str> {
    page["value"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn an_incident_has_the_members_of_the_live_service_and_nulls_are_there() {
    let world = World::start().await;
    world.import(&IMPORTER, &[full(7)]).await;
    let directory = world.directory(&HOARDER).await;
    let one = directory.get("/security/incidents/7").await;
    let expected = json!({
        "@odata.context": format!("{}/v1.0/$metadata#security/incidents/$entity", world.url()),
        "id": "7",
        "tenantId": CONTOSO.id,
        "status": "inProgress",
        "incidentWebUrl": format!("{}/incident2/7/overview?tid={}", world.url(), CONTOSO.id),
        "redirectIncidentId": null,
        "displayName": "Multi-stage incident on one endpoint",
        "createdDateTime": "2026-02-27T08:00:00.5Z",
        "lastUpdateDateTime": "2026-02-28T09:30:00.1234567Z",
        "assignedTo": "analyst@contoso.com",
        "classification": "truePositive",
        "determination": "malware",
        "severity": "high",
        "customTags": ["ransomware", "tier-0"],
        "systemTags": [],
        "description": null,
        "lastModifiedBy": null,
        "resolvingComment": null,
        "summary": null,
        "priorityScore": null,
        "comments": [{
            "comment": "isolated the machine",
            "createdByDisplayName": "analyst@contoso.com",
            "createdDateTime": "2026-02-28T09:00:00Z",
        }],
    });
    assert_eq!(one, expected);
    let list = directory.get("/security/incidents").await;
    assert_eq!(names(&list["value"][0]), MEMBERS);
    assert_eq!(names(&list), ["@odata.context", "value"], "no link after the last page");
    let expanded = directory.get("/security/incidents/7?$expand=alerts").await;
    assert_eq!(expanded["alerts"][0]["incidentId"], "7");
    let context = expanded["@odata.context"].as_str().unwrap();
    assert!(context.ends_with("#security/incidents(alerts())/$entity"), "{context}");
}

#[tokio::test]
async fn lists_are_filtered_ordered_and_paged() {
    let (_world, graph) = world().await;
    for (query, expected) in [
        ("", "5 4 3 2 1"),
        ("$orderby=lastUpdateDateTime asc", "5 4 3 2 1"),
        ("$orderby=lastUpdateDateTime desc", "1 2 3 4 5"),
        ("$orderby=severity desc,createdDateTime", "1 3 5 2 4"),
        ("$filter=lastUpdateDateTime ge 2026-02-17T00:00:00Z", "3 2 1"),
        ("$filter=lastUpdateDateTime gt 2026-02-17T00:00:00+00:00", "2 1"),
        ("$filter=severity eq 'High' and status ne 'redirected'", "5 3 1"),
        ("$filter=status in ('inProgress','resolved')", "5 4 2 1"),
        ("$filter=assignedTo ne null", "3"),
        ("$filter=not (assignedTo eq null) or id eq '5'", "5 3"),
        ("$filter=customTags/any(t:t eq 'tag-2')", "2"),
        ("$filter=alerts/any(a:a/id eq 'da4')", "4"),
        ("$filter=contains(displayName,'nt 2')", "2"),
        ("$top=2&$skip=1", "4 3"),
        ("$top=0", ""),
        (
            "$filter=(assignedTo eq null and (status ne 'redirected' and (severity eq 'high' and \
             createdDateTime ge 2026-02-02T00:00:00Z)))&$select=id",
            "5",
        ),
    ] {
        let target = query.replace(' ', "%20").replace('+', "%2B");
        let page = graph.get(&format!("/security/incidents?{target}")).await;
        assert_eq!(ids(&page).join(" "), expected, "{query}");
    }
    let counted = graph.get("/security/incidents?$count=true&$top=1&$filter=id%20ne%20'1'").await;
    assert_eq!((counted["@odata.count"].as_u64(), ids(&counted).len()), (Some(4), 1));
}

#[tokio::test]
async fn links_lead_through_the_list_on_the_called_host_and_lose_nothing() {
    let (world, graph) = world().await;
    let mut target = "/v1.0/security/incidents?$top=2&$expand=alerts&$select=id".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = graph.send_raw(Request::get(&target)).await.expect(200);
        for one in page["value"].as_array().unwrap() {
            assert_eq!(names(one), ["alerts", "id"]);
        }
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        if seen.len() == 2 {
            // A change of what comes next neither loses nor doubles it.
            let moved = json!({ "displayName": "moved" });
            graph.send("PATCH", "/security/incidents/3", Some(&moved)).await.expect(200);
        }
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        target = link.strip_prefix(world.url()).unwrap().to_owned();
        assert!(target.contains("$skiptoken="), "{target}");
    }
    assert_eq!(seen, ["5", "4", "3", "2", "1"]);
    let foreign = target.replace("$top=2", "$top=2&$filter=id%20ne%20'1'");
    let answer = graph.send_raw(Request::get(&foreign)).await;
    let message = expect_graph(&answer, 400, "BadRequest");
    assert!(message.contains("does not belong to this query"), "{message}");
}

#[tokio::test]
async fn one_list_has_many_spellings() {
    let (_world, graph) = world().await;
    for path in [
        "/v1.0/security/incidents/2",
        "/beta/security/incidents/2",
        "//v1.0//security//incidents//2",
        "/v1.0/security/incidents('2')",
        "/V1.0/Security/Incidents/2/",
        "/v1.0/security/microsoft.graph.security.incidents/2",
    ] {
        let one = graph.send_raw(Request::get(path)).await.expect(200);
        assert_eq!(one["id"], "2", "{path}");
        assert_eq!(one["displayName"], "Incident 2", "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_refused_with_a_way_out() {
    let (_world, graph) = world().await;
    for (path, status, code, expected) in [
        ("?$select=id,nope", 400, "BadRequest", "use one of assignedTo, classification,"),
        ("?$expand=nope", 400, "BadRequest", "for $expand; use one of alerts"),
        ("?$expand=alerts($select=nope)", 400, "BadRequest", "'nope' on type"),
        ("?$filter=nope eq 1", 400, "BadRequest", "`nope` is not a property to filter by"),
        ("?$filter=status eq 'open'", 400, "BadRequest", "`open` is not a status"),
        ("?$filter=status eq", 400, "BadRequest", "Invalid query. $filter, character 10"),
        ("?$orderby=nope", 400, "BadRequest", "`nope` cannot be ordered by"),
        ("?$search=x", 400, "BadRequest", "use $filter with contains"),
        ("?$apply=x", 400, "BadRequest", "'$apply' is not supported. Use one of"),
        ("?$deltatoken=x", 400, "BadRequest", "belongs to `/delta`"),
        ("?$top=-1", 400, "BadRequest", "a whole number of 0 or more"),
        ("/99", 404, "Request_ResourceNotFound", "Resource '99' does not exist"),
        ("/x", 404, "Request_ResourceNotFound", "Resource 'x' does not exist"),
        ("/99/alerts", 404, "Request_ResourceNotFound", "Resource '99' does not exist"),
    ] {
        let path = format!("/security/incidents{}", path.replace(' ', "%20"));
        let message = expect_graph(&graph.send("GET", &path, None).await, status, code);
        assert!(message.contains(expected), "{path}: {message}");
    }
}

#[tokio::test]
async fn pages_are_cut_or_refused_as_the_mode_has_it() {
    let incidents: Vec<Value> =
        (1..=120).map(|id| plain(id, "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z")).collect();
    let world = World::start().await;
    world.import(&IMPORTER, &incidents).await;
    let graph = world.directory(&HOARDER).await;
    for (query, expected) in [("", 50), ("?$top=51", 51), ("?$top=999", 100)] {
        let page = graph.get(&format!("/security/incidents{query}")).await;
        assert_eq!(ids(&page).len(), expected, "{query}");
        assert!(page["@odata.nextLink"].is_string(), "{query}: the rest must be reachable");
    }
    let strict = StartWith { strict: Strictness::Strict, ..StartWith::of(cast::seed()) };
    let world = world.restart_with(strict).await;
    let graph = world.directory(&HOARDER).await;
    assert_eq!(ids(&graph.get("/security/incidents?$top=50").await).len(), 50);
    let answer = graph.send("GET", "/security/incidents?$top=51", None).await;
    let message = expect_graph(&answer, 400, "BadRequest");
    assert_eq!(message, "The limit of '50' for Top query has been exceeded");
}

#[tokio::test]
async fn each_member_is_changed_by_itself_and_the_answer_is_what_it_is_now() {
    let (_world, graph) = world().await;
    let mut last = Timestamp::UNIX_EPOCH;
    for (member, value, expected) in [
        ("assignedTo", json!("bob@contoso.com"), json!("bob@contoso.com")),
        ("assignedTo", json!(""), json!(null)),
        ("status", json!("InProgress"), json!("inProgress")),
        ("status", json!("resolved"), json!("resolved")),
        ("severity", json!("LOW"), json!("low")),
        ("classification", json!("TruePositive"), json!("truePositive")),
        ("classification", json!("benignPositive"), json!("informationalExpectedActivity")),
        ("determination", json!("CompromisedUser"), json!("compromisedAccount")),
        ("determination", json!("clean"), json!("notMalicious")),
        ("determination", json!("insufficientData"), json!("notEnoughDataToValidate")),
        ("determination", json!("confirmedUserActivity"), json!("confirmedActivity")),
        ("determination", json!(null), json!("unknown")),
        ("customTags", json!(["a", "b"]), json!(["a", "b"])),
        ("customTags", json!([]), json!([])),
        ("resolvingComment", json!("rebuilt"), json!("rebuilt")),
        ("displayName", json!("Renamed"), json!("Renamed")),
        ("description", json!("What happened"), json!("What happened")),
        ("summary", json!("In short"), json!("In short")),
    ] {
        let body = json!({ "@odata.type": "#microsoft.graph.security.incident", member: value });
        let changed = graph.send("PATCH", "/security/incidents/3", Some(&body)).await.expect(200);
        assert_eq!(changed[member], expected, "{body}");
        assert_eq!(changed["lastModifiedBy"], HOARDER.name, "{body}");
        let updated: Timestamp = changed["lastUpdateDateTime"].as_str().unwrap().parse().unwrap();
        assert!(updated > last, "{body}: {updated} is not after {last}");
        last = updated;
        let mut read = graph.get("/security/incidents/3").await;
        read["@odata.context"] = changed["@odata.context"].clone();
        assert_eq!(read, changed);
    }
}

#[tokio::test]
async fn unlawful_changes_are_refused_whole() {
    let (_world, graph) = world().await;
    let before = graph.get("/security/incidents/2").await;
    let long = "x".repeat(1_001);
    for (body, expected) in [
        (json!({ "status": "redirected", "severity": "low" }), "by a merge, not by its status"),
        (json!({ "status": "open" }), "is no status; use one of"),
        (json!({ "status": "unknownFutureValue" }), "is no status"),
        (json!({ "status": 3 }), "is no status"),
        (json!({ "displayName": " " }), "the name is empty"),
        (json!({ "displayName": null }), "the name is empty"),
        (json!({ "assignedTo": long }), "more than 1000 characters"),
        (json!({ "customTags": [1] }), "is a list of texts"),
        (json!({ "severity": "low", "createdDateTime": "x" }), "`createdDateTime` cannot be"),
        (json!({ "severity": "low", "tags": [] }), "named 'tags' on type"),
        (json!({ "comments": [] }), "POST"),
        (json!([]), "is not the expected JSON object"),
    ] {
        let answer = graph.send("PATCH", "/security/incidents/2", Some(&body)).await;
        let message = expect_graph(&answer, 400, "BadRequest");
        assert!(message.contains(expected), "{body}: {message}");
    }
    assert_eq!(graph.get("/security/incidents/2").await, before);
    let answer = graph.send("PATCH", "/security/incidents/99", Some(&json!({}))).await;
    expect_graph(&answer, 404, "Request_ResourceNotFound");
}

#[tokio::test]
async fn a_merged_incident_says_where_it_went_and_takes_comments_only() {
    let world = World::start().await;
    let mut merged = plain(1, "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z");
    merged["status"] = json!("Redirected");
    merged["redirectIncidentId"] = json!(2);
    world.import(&IMPORTER, &[merged, full(2)]).await;
    let graph = world.directory(&HOARDER).await;
    let one = graph.get("/security/incidents/1").await;
    assert_eq!((&one["status"], &one["redirectIncidentId"]), (&json!("redirected"), &json!("2")));
    let change = json!({ "status": "resolved" });
    let answer = graph.send("PATCH", "/security/incidents/1", Some(&change)).await;
    let message = expect_graph(&answer, 400, "BadRequest");
    assert!(message.contains("was merged into incident 2; change that one"), "{message}");
    let comment = json!({ "comment": "see the other" });
    graph.post("/security/incidents/1/comments", 200, &comment).await;
    let filter = escaped("status ne 'redirected'");
    assert_eq!(ids(&graph.get(&format!("/security/incidents?$filter={filter}")).await), ["2"]);
}

#[tokio::test]
async fn comments_are_added_and_bear_the_applications_name() {
    let (world, graph) = world().await;
    let comment = |text: &str| json!({ "@odata.type": "microsoft.graph.security.alertComment", "comment": text });
    for (text, number) in [("first", 1), ("second", 2)] {
        let path = "/security/incidents/1/comments";
        let all = graph.post(path, 200, &comment(text)).await;
        let context = all["@odata.context"].as_str().unwrap();
        assert!(context.ends_with("#security/incidents('1')/comments"), "{context}");
        let all = all["value"].as_array().unwrap();
        assert_eq!(all.len(), number);
        assert_eq!(all[number - 1]["comment"], text);
        assert_eq!(all[number - 1]["createdByDisplayName"], HOARDER.name);
    }
    let path = "/security/incidents/1/comments";
    // Microsoft's own libraries send a list, and expect one.
    let all = graph.post(path, 200, &json!([comment("third")])).await;
    assert_eq!(all[2]["comment"], "third");
    let two = json!([comment("a"), comment("b")]);
    for body in [comment(" "), json!({}), json!({ "comment": null }), json!([]), two] {
        expect_graph(&graph.send("POST", path, Some(&body)).await, 400, "BadRequest");
    }
    let answer = graph.send("POST", "/security/incidents/99/comments", Some(&comment("x"))).await;
    expect_graph(&answer, 404, "Request_ResourceNotFound");
    // The classic dialect shows the same.
    let classic = world.get("/api/incidents/1").await.expect(200);
    assert_eq!(classic["comments"][1]["createdBy"], HOARDER.name);
}

#[tokio::test]
async fn no_text_makes_the_server_fail() {
    for world in World::over_both_databases().await {
        world.import(&IMPORTER, &[full(1)]).await;
        let graph = world.directory(&HOARDER).await;
        let odd = "a\u{0}\u{1f480}\u{202e}b";
        for (path, body) in [
            ("/security/incidents/1", json!({ "assignedTo": odd, "displayName": odd })),
            ("/security/incidents/1", json!({ "customTags": [odd], "description": odd })),
            ("/security/incidents/1", json!({ "summary": odd, "resolvingComment": odd })),
            ("/security/alerts_v2/da100", json!({ "assignedTo": odd })),
            ("/security/alerts_v2/da100", json!({ "customDetails": { odd: odd } })),
        ] {
            graph.send("PATCH", path, Some(&body)).await.expect(200);
        }
        for path in ["/security/incidents/1/comments", "/security/alerts_v2/da100/comments"] {
            graph.post(path, 200, &json!({ "comment": odd })).await;
        }
        let text = escaped(&format!("'{odd}'"));
        for (list, filter) in [
            ("incidents", "assignedTo%20eq%20TEXT"),
            ("incidents", "contains(displayName,TEXT)"),
            ("incidents", "startswith(displayName,TEXT)"),
            ("incidents", "customTags/any(t:t%20eq%20TEXT)"),
            ("incidents", "alerts/any(a:a/title%20eq%20TEXT)"),
            ("alerts_v2", "id%20eq%20TEXT"),
            ("alerts_v2", "serviceSource%20eq%20TEXT"),
            ("alerts_v2", "mitreTechniques/any(t:endswith(t,TEXT))"),
            ("alerts_v2", "evidence/any(e:e/deviceDnsName%20eq%20TEXT)"),
            ("alerts_v2", "evidence/any(e:contains(e/processCommandLine,TEXT))"),
            ("alerts_v2", "evidence/any(e:e/@odata.type%20eq%20TEXT)"),
        ] {
            graph.get(&format!("/security/{list}?$filter={}", filter.replace("TEXT", &text))).await;
        }
        let answer = graph.send("GET", "/security/alerts_v2/da%00", None).await;
        expect_graph(&answer, 404, "Request_ResourceNotFound");
    }
}

#[tokio::test]
async fn forged_places_are_places_or_refused() {
    for world in World::over_both_databases().await {
        world.import(&IMPORTER, &[full(1), full(2), full(3)]).await;
        let graph = world.directory(&HOARDER).await;
        for (list, option) in [
            ("incidents?$top=1&$orderby=displayName,id", "$skiptoken"),
            ("incidents?$top=1&$orderby=severity desc,id", "$skiptoken"),
            ("alerts_v2?$top=1", "$skiptoken"),
            ("alerts_v2/delta?$top=1", "$skiptoken"),
        ] {
            let page = graph.get(&format!("/security/{}", list.replace(' ', "%20"))).await;
            let link = page["@odata.nextLink"].as_str().unwrap().strip_prefix(world.url()).unwrap();
            let (start, token) = link.split_once(&format!("{option}=")).unwrap();
            let known = URL_SAFE_NO_PAD.decode(token).unwrap();
            for place in
                ["[\"x\",\"y\"]", "[1,2]", "[\"\\u0000\",\"\\u0000\"]", "[1.5,{}]", "[]", "7"]
            {
                let forged = [&known[..8], place.as_bytes()].concat();
                let token = URL_SAFE_NO_PAD.encode(forged);
                let answer = graph.send_raw(Request::get(format!("{start}{option}={token}"))).await;
                assert!([200, 400].contains(&answer.status), "{list} {place}: {}", answer.text());
            }
        }
    }
}

#[tokio::test]
async fn reading_and_changing_need_their_own_roles() {
    let (world, _) = world().await;
    let reader = world.directory(&SIEM).await;
    reader.get("/security/incidents/1").await;
    reader.get("/security/incidents/1/alerts").await;
    let change = json!({ "status": "resolved" });
    for (method, path) in [
        ("PATCH", "/security/incidents/1"),
        ("POST", "/security/incidents/1/comments"),
        ("GET", "/security/alerts_v2"),
    ] {
        let answer = reader.send(method, path, Some(&change)).await;
        let message = expect_graph(&answer, 403, "Authorization_RequestDenied");
        assert!(message.contains("API required roles: Security"), "{message}");
    }
    let nobody = world.directory(&ADMIN).await;
    let answer = nobody.send("GET", "/security/incidents", None).await;
    expect_graph(&answer, 403, "Authorization_RequestDenied");
}

#[tokio::test]
async fn later_members_of_enumerations_are_for_those_who_prefer_them() {
    let (_world, graph) = world().await;
    let awaiting = json!({ "status": "awaitingAction" });
    graph.send("PATCH", "/security/incidents/1", Some(&awaiting)).await.expect(200);
    let get = || Request::get("/v1.0/security/incidents/1");
    let plain = graph.send_raw(get()).await;
    assert_eq!(plain.expect(200)["status"], "unknownFutureValue");
    assert_eq!(plain.header("preference-applied"), None);
    let prefer = get().header("prefer", "include-unknown-enum-members");
    let asked = graph.send_raw(prefer).await;
    assert_eq!(asked.expect(200)["status"], "awaitingAction");
    assert_eq!(asked.header("preference-applied"), Some("include-unknown-enum-members"));
    let filter = escaped("status eq 'awaitingAction'");
    assert_eq!(ids(&graph.get(&format!("/security/incidents?$filter={filter}")).await), ["1"]);
}

#[tokio::test]
async fn addresses_are_those_of_the_called_host() {
    let world = World::taking_over().await;
    world.import(&IMPORTER, &[full(1), full(2)]).await;
    let token = world.token_of(&HOARDER, GRAPH).await;
    let request = Request::get("/v1.0/security/incidents?$top=1").host("graph.microsoft.com");
    let page = world.send(request.bearer(&token)).await.expect(200);
    let start = "https://graph.microsoft.com/v1.0/security/incidents?$top=1&$skiptoken=";
    assert!(page["@odata.nextLink"].as_str().unwrap().starts_with(start));
    // But nobody looks at a page there.
    let url = page["value"][0]["incidentWebUrl"].as_str().unwrap();
    assert!(!url.contains("graph.microsoft.com"), "{url}");
}
