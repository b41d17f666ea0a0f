//! Lists of the directory: filters, search, order, pages, selection, spelling of paths, and the
//! wall between tenants.

use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, CONTOSO, FABRIKAM, FABRIKAM_ADMIN, SIEM};
use vakt_testkit::{Directory, Registered, Request, World, expect_graph, fits, names};

const MTP_ID: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const INCIDENT_READ: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn grant(client: &str, resource: &str, role: &str) -> Value {
    json!({ "principalId": client, "resourceId": resource, "appRoleId": role })
}

async fn five(graph: &Directory) -> Vec<Registered> {
    let mut made = Vec::new();
    for (name, uri) in [
        ("rig-b", "api://b"),
        ("rig-A", "api://a"),
        ("rig 100%", "api://percent"),
        ("rig_under", "https://under.corp/"),
        ("Other", "api://other"),
    ] {
        made.push(graph.register(name, json!({ "identifierUris": [uri] })).await);
    }
    made
}

fn listed(list: &Value) -> Vec<&str> {
    let seeded = |name: &&str| CONTOSO.apps.iter().all(|app| app.name != *name);
    let names = list["value"].as_array().unwrap().iter().map(|one| text(&one["displayName"]));
    names.filter(seeded).collect()
}

#[tokio::test]
async fn lists_are_filtered_searched_and_ordered() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let made = five(&graph).await;
    let by_app = format!("$filter=appId eq '{}'", made[0].app_id);
    let by_id = format!("$filter=id eq '{}'", made[0].object);
    for (query, expected) in [
        ("", &["rig-b", "rig-A", "rig 100%", "rig_under", "Other"][..]),
        ("$filter=displayName eq 'rig-A'", &["rig-A"]),
        ("$filter=displayName eq 'RIG-a'", &["rig-A"]),
        ("$filter=startswith(displayName,'rig')", &["rig-b", "rig-A", "rig 100%", "rig_under"]),
        ("$filter=startsWith(displayName,'rig_')", &["rig_under"]),
        (
            "$filter=startswith(displayName,'rig') and displayName ne 'rig-b'",
            &["rig-A", "rig 100%", "rig_under"],
        ),
        ("$filter=displayName in ('Other','rig-b')", &["rig-b", "Other"]),
        ("$filter=not startswith(displayName,'rig') and startswith(displayName,'o')", &["Other"]),
        ("$filter=identifierUris/any(u:u eq 'api://A')", &["rig-A"]),
        ("$filter=identifierUris/any(x: x eq 'https://under.corp')", &["rig_under"]),
        (&by_app, &["rig-b"]),
        (&by_id, &["rig-b"]),
        ("$search=\"displayName:100%25\"", &["rig 100%"]),
        ("$search=\"displayName:THE\"", &["Other"]),
        (
            "$search=\"displayName:rig\"&$filter=displayName ne 'rig-b'&$count=true",
            &["rig-A", "rig 100%", "rig_under"],
        ),
        (
            "$orderby=displayName&$filter=startswith(displayName,'rig')",
            &["rig 100%", "rig-A", "rig-b", "rig_under"],
        ),
        (
            "$orderby=displayName desc&$filter=startswith(displayName,'rig')",
            &["rig_under", "rig-b", "rig-A", "rig 100%"],
        ),
    ] {
        let query = query.replace(' ', "%20").replace('"', "%22");
        let request = Request::get(format!("/v1.0/applications?{query}"));
        let list = graph.send_raw(request.header("consistencylevel", "eventual")).await.expect(200);
        assert_eq!(listed(&list), expected, "{query}");
    }
}

#[tokio::test]
async fn service_principals_are_found_by_their_names_and_state() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let made = five(&graph).await;
    let off = format!("/servicePrincipals/{}", made[4].principal);
    graph.patch(&off, &json!({ "accountEnabled": false })).await;
    for (query, expected) in [
        ("$filter=servicePrincipalNames/any(n:n eq 'api://b')", &["rig-b"][..]),
        (
            "$filter=servicePrincipalNames/any(n:n eq 'https://api.security.microsoft.com/')",
            &["Microsoft Threat Protection"],
        ),
        ("$filter=accountEnabled eq false", &["Other"]),
        ("$filter=displayName eq 'WindowsDefenderATP'", &["WindowsDefenderATP"]),
    ] {
        let list = graph.get(&format!("/servicePrincipals?{}", query.replace(' ', "%20"))).await;
        assert_eq!(listed(&list), expected, "{query}");
    }
    let by_app = graph.get(&format!("/servicePrincipals(appId='{}')", made[0].app_id)).await;
    assert_eq!(by_app["id"], json!(made[0].principal));
}

#[tokio::test]
async fn unsupported_questions_are_refused_rather_than_misread() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    const UNSUPPORTED: &str = "Unsupported or invalid query filter clause specified for property ";
    for (path, expected) in [
        (
            "/applications?$filter=notes eq 'x'",
            "'notes' of resource 'application': a condition is not supported; conditions can be *",
        ),
        (
            "/applications?$filter=displayName gt 'x'",
            "'displayName' of resource 'application': gt is not supported; *",
        ),
        (
            "/applications?$filter=endswith(displayName,'x')",
            "'displayName' of resource 'application': endswith is not supported; *",
        ),
        (
            "/applications?$filter=tags/any(t:t ne 'x')",
            "'tags' of resource 'application': any(x:x ne 'x') is not supported; *",
        ),
        (
            "/servicePrincipals?$filter=replyUrls/any(r:r eq 'x')",
            "'replyUrls' of resource 'servicePrincipal': any is not supported; *",
        ),
        (
            "/applications?$filter=identifierUris/$count eq 2",
            "'identifierUris/$count' of resource 'application': a number other than 0 is not *",
        ),
    ] {
        let answer = graph.send("GET", &path.replace(' ', "%20"), None).await;
        let message = expect_graph(&answer, 400, "Request_UnsupportedQuery");
        let message = message.strip_prefix(UNSUPPORTED).unwrap_or(&message);
        assert!(fits(expected, message), "`{message}`\nis not `{expected}`");
    }
}

#[tokio::test]
async fn unsupported_options_are_refused_and_name_what_is_supported() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    for (path, expected) in [
        ("/applications?$search=\"notes:x\"", "$search: only `*` is supported*"),
        (
            "/applications?$orderby=notes",
            "$orderby: `notes` is not supported; use displayName or createdDateTime",
        ),
        (
            "/applications?$orderby=displayName,createdDateTime",
            "$orderby: `createdDateTime` is not supported; *",
        ),
        (
            "/servicePrincipals?$expand=memberOf",
            "$expand: `memberOf` is not supported; use owners, appRoleAssignedTo, *",
        ),
        ("/applications?$expand=tags", "$expand: `tags` is not supported; use owners"),
        ("/applications?$skip=1", "$skip is not supported; follow @odata.nextLink"),
        ("/applications?$apply=x", "$apply is not supported; leave it out"),
        (
            "/applications?$top=0",
            "Invalid page size specified: '0'. Must be between 1 and 999 inclusive.",
        ),
        (
            "/applications?$top=1000",
            "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.",
        ),
    ] {
        let path = format!("/v1.0{}", path.replace(' ', "%20").replace('"', "%22"));
        let request = Request::get(path).header("consistencylevel", "eventual");
        let answer = graph.send_raw(request).await;
        let message = expect_graph(&answer, 400, "Request_UnsupportedQuery");
        assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
    }
    for (query, expected) in [
        ("$filter=displayName eq", "Invalid query. $filter, character *"),
        ("$top=x", "Invalid query. $top: `x` is not a whole number of 0 or more"),
        ("$filter=displayName eq 7", "$filter: `displayName` cannot be compared with 7"),
        ("$skiptoken=!", "$skiptoken: *; follow @odata.nextLink unchanged"),
        ("$skiptoken=AAAAAAAAAAAx", "$skiptoken: *; follow @odata.nextLink unchanged"),
    ] {
        let answer =
            graph.send("GET", &format!("/applications?{}", query.replace(' ', "%20")), None).await;
        let message = expect_graph(&answer, 400, "Request_BadRequest");
        assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
    }
}

#[tokio::test]
async fn names_that_a_type_does_not_have_are_refused_in_graphs_own_words() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    for (path, expected) in [
        (
            "/applications?$select=id,nope",
            "Parsing OData Select and Expand failed: Could not find a property named 'nope' on \
             type 'microsoft.graph.application'. *",
        ),
        (
            "/servicePrincipals?$select=identifierUris",
            "Parsing OData Select and Expand failed: Could not find a property named \
             'identifierUris' on type 'microsoft.graph.servicePrincipal'. *",
        ),
        (
            "/applications?$filter=nope%20eq%201",
            "Invalid filter clause: Could not find a property named 'nope' on type \
             'microsoft.graph.application'. *",
        ),
        (
            "/applications?$filter=accountEnabled%20eq%20true",
            "Invalid filter clause: Could not find a property named 'accountEnabled' on type *",
        ),
    ] {
        let answer = graph.send("GET", path, None).await;
        let message = expect_graph(&answer, 400, "BadRequest");
        assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
    }
}

#[tokio::test]
async fn pages_of_the_directory_end_and_are_whole() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    five(&graph).await;
    for order in ["", "&$orderby=displayName", "&$orderby=displayName%20desc"] {
        let whole = graph.get(&format!("/applications?$top=999&$count=true{order}")).await;
        assert_eq!(whole["@odata.count"], json!(5 + CONTOSO.apps.len()));
        assert_eq!(whole.get("@odata.nextLink"), None);
        let mut seen = Vec::new();
        let mut next = Some(format!("/v1.0/applications?$top=2&$select=displayName{order}"));
        while let Some(target) = next {
            let page = graph.send_raw(Request::get(target)).await.expect(200);
            for one in page["value"].as_array().unwrap() {
                assert_eq!(names(one), ["displayName"], "$select is kept");
                seen.push(text(&one["displayName"]).to_owned());
            }
            let link = page.get("@odata.nextLink").map(text);
            next = link.map(|link| link.strip_prefix(world.url()).unwrap().to_owned());
        }
        let whole = whole["value"].as_array().unwrap().iter().map(|one| text(&one["displayName"]));
        assert_eq!(seen, whole.collect::<Vec<_>>(), "{order}");
    }
}

#[tokio::test]
async fn only_what_was_selected_or_expanded_is_shown() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let one = graph.get(&format!("/applications/{}?$select=id,displayname", SIEM.object)).await;
    assert_eq!(names(&one), ["@odata.context", "displayName", "id"]);
    let query = "$select=appId&$expand=appRoleAssignedTo";
    let mtp = graph.get(&format!("/servicePrincipals(appId='{MTP_ID}')?{query}")).await;
    assert_eq!(names(&mtp), ["@odata.context", "appId", "appRoleAssignedTo"]);
    let assigned = mtp["appRoleAssignedTo"].as_array().unwrap();
    assert!(assigned.iter().any(|one| one["principalDisplayName"] == "siem"), "{assigned:?}");
    let plain = graph.get(&format!("/servicePrincipals(appId='{MTP_ID}')")).await;
    assert_eq!(plain.get("appRoleAssignedTo"), None);
}

#[tokio::test]
async fn paths_are_read_in_every_spelling() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    for path in [
        format!("/v1.0/applications/{}", SIEM.object),
        format!("/v1.0/applications/{}", SIEM.object.to_ascii_uppercase()),
        format!("/v1.0/applications(appId='{}')", SIEM.id),
        format!("/v1.0/applications(appId=%27{}%27)", SIEM.id),
        format!("/v1.0/applications(appId='{}')", SIEM.id.to_ascii_uppercase()),
        format!("/v1.0/applications('{}')", SIEM.object),
        format!("/v1.0//applications/{}", SIEM.object),
        format!("//V1.0/Applications/{}/", SIEM.object),
        format!("/beta/applications/{}", SIEM.object),
    ] {
        let one = graph.send_raw(Request::get(path.clone())).await.expect(200);
        assert_eq!(one["appId"], SIEM.id, "{path}");
    }
    let beta = graph.send_raw(Request::get("/beta/applications?$top=1")).await.expect(200);
    assert_eq!(beta["@odata.context"], format!("{}/beta/$metadata#applications", world.url()));
    assert!(text(&beta["@odata.nextLink"]).starts_with(&format!("{}/beta/", world.url())));
    let sub = format!("/applications(appId='{}')/addPassword", SIEM.id);
    graph.post(&sub, 200, &json!({})).await;
    let qualified = format!("/applications/{}/microsoft.graph.addPassword", SIEM.object);
    graph.post(&qualified, 200, &json!({})).await;
    graph.get(&format!("/servicePrincipals(appId='{}')/appRoleAssignments", SIEM.id)).await;
    for path in ["/applications/x", "/applications(displayName='x')", "/applications(appId='x')"] {
        let answer = graph.send("GET", path, None).await;
        expect_graph(&answer, 404, "Request_ResourceNotFound");
    }
}

#[tokio::test]
async fn tenants_do_not_see_each_others_directories() {
    let world = World::start().await;
    let (contoso, fabrikam) =
        (world.directory(&ADMIN).await, world.directory(&FABRIKAM_ADMIN).await);
    for (collection, ours) in [("applications", SIEM.id), ("servicePrincipals", SIEM.id)] {
        let list = fabrikam.get(&format!("/{collection}?$top=999")).await;
        assert!(!list.to_string().contains(ours), "{collection}");
        let query = format!("/{collection}?$filter=appId%20eq%20'{ours}'");
        assert_eq!(fabrikam.get(&query).await["value"], json!([]));
        let answer = fabrikam.send("GET", &format!("/{collection}(appId='{ours}')"), None).await;
        expect_graph(&answer, 404, "Request_ResourceNotFound");
    }
    let theirs = fabrikam.get(&format!("/organization/{}", FABRIKAM.id)).await;
    assert_eq!(theirs["id"], FABRIKAM.id);
    // A grant cannot reach across: neither their client nor their resource exists here.
    let mine = contoso.principal_of(SIEM.id).await;
    let their_mtp = fabrikam.principal_of(MTP_ID).await;
    let path = format!("/servicePrincipals/{}/appRoleAssignments", text(&mine["id"]));
    let new = grant(text(&mine["id"]), text(&their_mtp["id"]), INCIDENT_READ);
    let answer = contoso.send("POST", &path, Some(&new)).await;
    expect_graph(&answer, 404, "Request_ResourceNotFound");
}
