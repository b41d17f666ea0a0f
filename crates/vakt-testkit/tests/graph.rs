//! Registering an application over Graph, step by step, and everything on that way that can be
//! done wrong.

use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, CONTOSO, FABRIKAM, FABRIKAM_ADMIN, FABRIKAM_SIEM, PARTNER, SIEM};
use vakt_testkit::{Directory, Registered, Request, TokenAsk, World, decode, expect_graph, fits};

const MTP: &str = "https://api.security.microsoft.com";
const MTP_ID: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const INCIDENT_READ: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";
const NOBODY: &str = "0e0e0e0e-0000-4000-8000-00000000000e";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn token_for(app: &Registered, resource: &str) -> TokenAsk {
    let ask = TokenAsk::v2(&SIEM, resource).set("client_id", &app.app_id);
    ask.set("client_secret", &app.secret)
}

fn grant(client: &str, resource: &str, role: &str) -> Value {
    json!({ "principalId": client, "resourceId": resource, "appRoleId": role })
}

/// The whole journey of the page "Create an app to access Microsoft Defender XDR without a user".
#[tokio::test]
async fn an_application_is_registered_granted_used_and_taken_away() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let found = graph
        .get(&format!("/servicePrincipals?$filter=appId%20eq%20'{MTP_ID}'&$select=id,appRoles"))
        .await;
    let [mtp] = &found["value"].as_array().unwrap()[..] else { panic!("{found}") };
    let role =
        mtp["appRoles"].as_array().unwrap().iter().find(|r| r["value"] == "Incident.Read.All");
    let role = role.unwrap();
    assert_eq!((&role["id"], &role["isEnabled"]), (&json!(INCIDENT_READ), &json!(true)));
    assert_eq!(role["allowedMemberTypes"], json!(["Application"]));

    let access = json!([{
        "resourceAppId": MTP_ID,
        "resourceAccess": [{ "id": INCIDENT_READ, "type": "Role" }],
    }]);
    let app = graph
        .register(
            "journey",
            json!({ "signInAudience": "AzureADMyOrg", "requiredResourceAccess": access }),
        )
        .await;
    assert_ne!(app.object, app.app_id);
    let shown = graph.get(&format!("/applications/{}", app.object)).await;
    assert_eq!(shown["requiredResourceAccess"], access);
    let before = world.send(token_for(&app, MTP)).await.expect(200);
    assert_eq!(
        decode(text(&before["access_token"])).1.get("roles"),
        None,
        "asked for is not granted"
    );

    let path = format!("/servicePrincipals/{}/appRoleAssignments", app.principal);
    let granted =
        graph.post(&path, 201, &grant(&app.principal, text(&mtp["id"]), INCIDENT_READ)).await;
    assert_eq!(granted["principalType"], "ServicePrincipal");
    assert_eq!(granted["principalDisplayName"], "journey");
    assert_eq!(granted["resourceDisplayName"], "Microsoft Threat Protection");
    let after = world.send(token_for(&app, MTP)).await.expect(200);
    let token = text(&after["access_token"]);
    let (_, claims) = decode(token);
    assert_eq!(claims["roles"], json!(["Incident.Read.All"]));
    assert_eq!(claims["oid"], json!(app.principal));
    world.send(Request::get("/api/incidents").bearer(token)).await.expect(200);

    let list = graph.get(&path).await;
    assert_eq!(list["value"].as_array().unwrap().len(), 1);
    assert_eq!(list["value"][0]["id"], granted["id"]);
    graph
        .patch(&format!("/applications/{}", app.object), &json!({ "displayName": "renamed" }))
        .await;
    let renamed = graph.get(&format!("/applications(appId='{}')", app.app_id)).await;
    assert_eq!(renamed["displayName"], "renamed");
    graph.delete(&format!("{path}/{}", text(&granted["id"]))).await;
    assert_eq!(graph.get(&path).await["value"], json!([]));
    let remove = format!("/applications/{}/removePassword", app.object);
    graph.post(&remove, 204, &json!({ "keyId": app.key_id })).await;
    world.send(token_for(&app, MTP)).await.expect(401);
    graph.delete(&format!("/applications/{}", app.object)).await;
    for gone in [
        format!("/applications/{}", app.object),
        format!("/applications(appId='{}')", app.app_id),
        format!("/servicePrincipals/{}", app.principal),
    ] {
        let answer = graph.send("GET", &gone, None).await;
        expect_graph(&answer, 404, "Request_ResourceNotFound");
    }
}

#[tokio::test]
async fn a_new_secret_is_shown_once_and_never_again() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("secretive", json!({})).await;
    let wanted = json!({ "displayName": "rig", "endDateTime": "2030-01-01T00:00:00Z" });
    let made = graph.add_secret(&app.object, &wanted).await;
    let secret = text(&made["secretText"]);
    assert_eq!(secret.chars().count(), 40);
    assert_eq!(text(&made["hint"]), &secret[..3]);
    assert_eq!((&made["displayName"], &made["customKeyIdentifier"]), (&json!("rig"), &Value::Null));
    assert_eq!(made["startDateTime"], "2026-03-01T12:00:00Z");
    assert_eq!(made["endDateTime"], "2030-01-01T00:00:00Z");
    let lifetime = graph.add_secret(&app.object, &json!({})).await;
    assert_eq!(lifetime["endDateTime"], "2028-02-29T12:00:00Z", "two years");
    for path in [
        format!("/applications/{}", app.object),
        format!("/applications(appId='{}')?$select=passwordCredentials", app.app_id),
        "/applications?$top=999".into(),
        format!("/servicePrincipals/{}", app.principal),
        "/servicePrincipals?$top=999".into(),
    ] {
        let answer = graph.send("GET", &path, None).await;
        assert_eq!(answer.status, 200, "{path}");
        for secret in [secret, &app.secret, SIEM.secret] {
            assert!(!answer.text().contains(secret), "{path} shows a secret");
        }
    }
    let shown = graph.get(&format!("/applications/{}", app.object)).await;
    let kept = &shown["passwordCredentials"];
    assert_eq!(kept.as_array().unwrap().len(), 3);
    assert_eq!(kept[1]["keyId"], made["keyId"]);
    assert_eq!((&kept[1]["hint"], &kept[1]["secretText"]), (&made["hint"], &Value::Null));
}

#[tokio::test]
async fn shapes_are_those_of_graph() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app =
        graph.register("shape", json!({ "identifierUris": ["api://shape"], "tags": ["t"] })).await;
    let application = graph.get(&format!("/applications/{}", app.object)).await;
    for member in [
        "@odata.context",
        "id",
        "appId",
        "displayName",
        "identifierUris",
        "signInAudience",
        "createdDateTime",
        "deletedDateTime",
        "publisherDomain",
        "tags",
        "api",
        "appRoles",
        "requiredResourceAccess",
        "keyCredentials",
        "passwordCredentials",
        "web",
        "notes",
    ] {
        assert!(application.get(member).is_some(), "application has no {member}");
    }
    let root = format!("{}/v1.0", world.url());
    assert_eq!(application["@odata.context"], format!("{root}/$metadata#applications/$entity"));
    assert_eq!(application["publisherDomain"], "contoso.onmicrosoft.com");
    let principal = graph.get(&format!("/servicePrincipals/{}", app.principal)).await;
    for (member, value) in [
        ("appId", json!(app.app_id)),
        ("displayName", json!("shape")),
        ("appDisplayName", json!("shape")),
        ("appOwnerOrganizationId", json!(CONTOSO.id)),
        ("accountEnabled", json!(true)),
        ("appRoleAssignmentRequired", json!(false)),
        ("servicePrincipalNames", json!([app.app_id, "api://shape"])),
        ("servicePrincipalType", json!("Application")),
        ("replyUrls", json!([])),
        ("oauth2PermissionScopes", json!([])),
        ("tags", json!(["t"])),
    ] {
        assert_eq!(principal[member], value, "{member}");
    }
    let organization = graph.get("/organization").await;
    assert_eq!(organization["value"][0]["id"], CONTOSO.id);
    let domains = &organization["value"][0]["verifiedDomains"];
    assert_eq!(
        (&domains[0]["name"], &domains[0]["isDefault"]),
        (&json!(CONTOSO.domains[0]), &json!(true))
    );
    assert_eq!(graph.get(&format!("/organization/{}", CONTOSO.id)).await["displayName"], "Contoso");
    let domains = graph.get("/domains").await;
    assert_eq!(domains["value"][1]["id"], "contoso.com");
}

#[tokio::test]
async fn answers_carry_graphs_header_fields() {
    const ID: &str = "ab1eab1e-0000-4000-8000-0000000000ff";
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let get = Request::get("/v1.0/applications").header("client-request-id", ID);
    let answer = graph.send_raw(get).await;
    assert_eq!(answer.header("client-request-id"), Some(ID));
    assert_eq!(answer.header("odata-version"), Some("4.0"));
    assert!(answer.header("request-id").is_some());
    let get = Request::get(format!("/v1.0/applications/{NOBODY}")).header("client-request-id", ID);
    let answer = graph.send_raw(get).await;
    expect_graph(&answer, 404, "Request_ResourceNotFound");
    assert_eq!(answer.header("client-request-id"), Some(ID));
}

#[tokio::test]
async fn what_was_created_says_where_it_is_and_is_there() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let mtp = text(&graph.principal_of(MTP_ID).await["id"]).to_owned();
    let new = json!({ "displayName": "x" });
    let application = create_and_find(&world, &graph, "/applications", &new).await;
    let new = json!({ "appId": application["appId"] });
    let principal = create_and_find(&world, &graph, "/servicePrincipals", &new).await;
    let principal = text(&principal["id"]);
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    let new = grant(principal, &mtp, INCIDENT_READ);
    create_and_find(&world, &graph, &path, &new).await;
}

/// Creates something, follows its `Location`, and finds the same there.
async fn create_and_find(world: &World, graph: &Directory, path: &str, new: &Value) -> Value {
    let created = graph.send("POST", path, Some(new)).await;
    let object = created.expect(201);
    let at = format!("{}/v1.0{path}/{}", world.url(), text(&object["id"]));
    assert_eq!(created.header("location"), Some(at.as_str()), "{path}");
    let target = at.strip_prefix(world.url()).unwrap();
    let found = graph.send_raw(Request::get(target)).await.expect(200);
    assert_eq!(found, object);
    object
}

#[tokio::test]
async fn scripts_find_the_sentences_they_look_for() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("twice", json!({})).await;
    let mtp = text(&graph.principal_of(MTP_ID).await["id"]).to_owned();
    let of_client = format!("/servicePrincipals/{}/appRoleAssignments", app.principal);
    let on_resource = format!("/servicePrincipals/{mtp}/appRoleAssignedTo");
    let new = grant(&app.principal, &mtp, INCIDENT_READ);
    graph.post(&on_resource, 201, &new).await;
    for path in [&of_client, &on_resource] {
        let answer = graph.send("POST", path, Some(&new)).await;
        let message = expect_graph(&answer, 400, "Request_BadRequest");
        assert_eq!(message, "Permission being assigned already exists on the object");
    }
    let answer =
        graph.send("POST", "/servicePrincipals", Some(&json!({ "appId": app.app_id }))).await;
    let message = expect_graph(&answer, 409, "Request_MultipleObjectsWithSameKeyValue");
    assert!(message.contains("already in use"), "{message}");
    let missing = graph.send("GET", &format!("/applications/{NOBODY}"), None).await;
    let message = expect_graph(&missing, 404, "Request_ResourceNotFound");
    let sentence =
        "does not exist or one of its queried reference-property objects are not present.";
    assert_eq!(message, format!("Resource '{NOBODY}' {sentence}"));
}

/// What is wrong with a registration, and what is said about it.
fn wrong_registrations() -> Vec<(Value, &'static str)> {
    let uris = |uri: &str| json!({ "identifierUris": [uri] });
    let access =
        json!({ "resourceAppId": MTP_ID, "resourceAccess": [{ "id": NOBODY, "type": "Rule" }] });
    vec![
        (json!({ "displayName": "" }), "displayName is missing or empty"),
        (json!({ "displayName": "  " }), "displayName is missing or empty"),
        (json!({ "displayName": "x".repeat(257) }), "displayName is longer than 256 characters"),
        (uris("plain"), "identifierUris: `plain` is not an absolute URI*"),
        (
            uris("https://graph.microsoft.com"),
            "identifierUris: `https://graph.microsoft.com` names an API of the platform*",
        ),
        (json!({ "signInAudience": "Everybody" }), "signInAudience `Everybody` is not supported*"),
        (
            json!({ "passwordCredentials": [{}] }),
            "passwordCredentials cannot be set; use addPassword and removePassword",
        ),
        (
            json!({ "keyCredentials": [{}] }),
            "keyCredentials: key is missing; send the certificate in it",
        ),
        (
            json!({ "api": { "requestedAccessTokenVersion": 3 } }),
            "api.requestedAccessTokenVersion 3*",
        ),
        (
            json!({ "requiredResourceAccess": [{ "resourceAppId": "x" }] }),
            "resourceAppId: `x` is not*",
        ),
        (
            json!({ "requiredResourceAccess": [access] }),
            "requiredResourceAccess: type `Rule` is not Role or Scope",
        ),
    ]
}

/// However it is spelled, and whether or not its holder has a service principal.
#[tokio::test]
async fn a_name_is_held_by_one_application_of_a_tenant() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let holder = json!({ "displayName": "holder", "identifierUris": ["api://held"] });
    graph.post("/applications", 201, &holder).await;
    let late = graph.register("late", json!({ "identifierUris": ["api://own"] })).await;
    let at = format!("/applications/{}", late.object);
    for uri in ["api://held", "api://HELD/"] {
        let wanted = json!({ "displayName": "x", "identifierUris": ["api://own-2", uri] });
        for (method, path) in [("POST", "/applications"), ("PATCH", &at)] {
            let answer = graph.send(method, path, Some(&wanted)).await;
            let message = expect_graph(&answer, 409, "Request_MultipleObjectsWithSameKeyValue");
            assert!(message.contains("identifierUris"), "{message}");
        }
    }
    assert_eq!(graph.get(&at).await["identifierUris"], json!(["api://own"]));
    world.send(token_for(&late, "api://own")).await.expect(200);
    let fabrikam = world.directory(&FABRIKAM_ADMIN).await;
    fabrikam.post("/applications", 201, &holder).await;
}

/// What is wrong with the roles of a registration.
fn wrong_roles() -> Vec<(Value, &'static str)> {
    const OTHER: &str = "11111111-0000-4000-8000-000000000002";
    let role = |id: &str, value: &str, kind: &str| {
        json!({
            "id": id, "value": value, "displayName": value, "description": value,
            "isEnabled": true, "allowedMemberTypes": [kind],
        })
    };
    let app = "Application";
    let rows = [
        (vec![role("x", "R", app)], "appRoles.id: `x` is not an app role id*"),
        (vec![role(NOBODY, "", app)], "appRoles: value is missing"),
        (vec![role(NOBODY, "R", "User")], "appRoles: allowedMemberTypes must contain Application"),
        (vec![role(NOBODY, "A", app), role(NOBODY, "B", app)], "appRoles: *"),
        (vec![role(NOBODY, "A", app), role(OTHER, "A", app)], "appRoles: *"),
    ];
    rows.map(|(roles, expected)| (json!({ "appRoles": roles }), expected)).to_vec()
}

#[tokio::test]
async fn mistakes_in_a_registration_are_named() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("to be spoiled", json!({})).await;
    let at = format!("/applications/{}", app.object);
    let unspoiled = graph.get(&at).await;
    for (wrong, expected) in wrong_registrations().into_iter().chain(wrong_roles()) {
        let mut new = json!({ "displayName": "x" });
        new.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        for (method, path, body) in [("POST", "/applications", &new), ("PATCH", &at, &wrong)] {
            let answer = graph.send(method, path, Some(body)).await;
            let message = expect_graph(&answer, 400, "Request_BadRequest");
            assert!(fits(expected, &message), "`{message}`\nis not `{expected}`");
        }
    }
    assert_eq!(graph.get(&at).await, unspoiled, "a refused change changes nothing");
    let answer = graph.send("POST", "/applications", Some(&json!({}))).await;
    let message = expect_graph(&answer, 400, "Request_BadRequest");
    assert_eq!(message, "displayName is missing or empty");
}

#[tokio::test]
async fn mistakes_with_secrets_principals_and_grants_are_named() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("clumsy", json!({})).await;
    let mtp = text(&graph.principal_of(MTP_ID).await["id"]).to_owned();
    let principal = app.principal.as_str();
    let secrets = format!("/applications/{}", app.object);
    let grants = format!("/servicePrincipals/{principal}/appRoleAssignments");
    let backwards = json!({ "passwordCredential": {
        "startDateTime": "2026-03-02T00:00:00Z", "endDateTime": "2026-03-01T00:00:00Z",
    } });
    for (path, body, expected) in [
        (format!("{secrets}/addPassword"), backwards, "endDateTime is not after startDateTime"),
        (
            format!("{secrets}/addPassword"),
            json!({ "passwordCredential": { "endDateTime": "soon" } }),
            "the body is not the expected JSON object: *",
        ),
        (format!("{secrets}/removePassword"), json!({}), "*missing field `keyId`*"),
        (
            format!("{secrets}/removePassword"),
            json!({ "keyId": "x" }),
            "keyId: `x` is not a key id*",
        ),
        (
            format!("{secrets}/removePassword"),
            json!({ "keyId": NOBODY }),
            "No password credential found with keyId '*'. *",
        ),
        ("/servicePrincipals".into(), json!({}), "appId: `` is not an application id*"),
        (
            "/servicePrincipals".into(),
            json!({ "appId": NOBODY }),
            "The appId '*' of the service principal does not reference a valid application object.",
        ),
        (
            "/servicePrincipals".into(),
            json!({ "appId": FABRIKAM_SIEM.id }),
            "The appId '*' of the service principal does not reference *",
        ),
        (
            grants.clone(),
            grant(principal, &mtp, NOBODY),
            "Permission `*` is not an enabled app role of `Microsoft Threat Protection`",
        ),
        (
            grants.clone(),
            grant(&mtp, &mtp, INCIDENT_READ),
            "the service principal in the path is neither principalId nor resourceId",
        ),
        (grants.clone(), json!({ "principalId": principal }), "*missing field*"),
    ] {
        let answer = graph.send("POST", &path, Some(&body)).await;
        let message = expect_graph(&answer, 400, "Request_BadRequest");
        assert!(fits(expected, &message), "`{message}`\nis not `{expected}` for {path} {body}");
    }
    for body in [grant(principal, NOBODY, INCIDENT_READ), grant(NOBODY, principal, INCIDENT_READ)] {
        let answer = graph.send("POST", &grants, Some(&body)).await;
        expect_graph(&answer, 404, "Request_ResourceNotFound");
    }
}

/// A hundred secrets may live in parallel, and the hundred and first is refused.
#[tokio::test]
async fn secrets_are_many_but_not_endless() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("many secrets", json!({})).await;
    for _ in 1..100 {
        graph.add_secret(&app.object, &json!({})).await;
    }
    let path = format!("/applications/{}/addPassword", app.object);
    let answer = graph.send("POST", &path, Some(&json!({}))).await;
    let message = expect_graph(&answer, 400, "Request_BadRequest");
    assert_eq!(message, "the application has 100 secrets already; remove one first");
    world.send(token_for(&app, MTP)).await.expect(200);
}

#[tokio::test]
async fn app_roles_live_as_graph_lets_them() {
    const ROLE: &str = "22222222-0000-4000-8000-000000000001";
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let role = |enabled: bool| {
        json!([{
            "id": ROLE, "value": "Jobs.Run", "displayName": "Run jobs", "description": "Run jobs",
            "isEnabled": enabled, "allowedMemberTypes": ["Application"],
        }])
    };
    let api = json!({ "identifierUris": ["api://jobs"], "appRoles": role(true) });
    let api = graph.register("jobs", api).await;
    let client = graph.register("runner", json!({})).await;
    let path = format!("/servicePrincipals/{}/appRoleAssignedTo", api.principal);
    graph.post(&path, 201, &grant(&client.principal, &api.principal, ROLE)).await;
    let roles = async || {
        let body = world.send(token_for(&client, "api://jobs")).await.expect(200);
        decode(text(&body["access_token"])).1.get("roles").cloned()
    };
    assert_eq!(roles().await, Some(json!(["Jobs.Run"])));
    let at = format!("/applications/{}", api.object);
    let answer = graph.send("PATCH", &at, Some(&json!({ "appRoles": [] }))).await;
    let message = expect_graph(&answer, 400, "Request_BadRequest");
    assert_eq!(message, "appRoles: role `Jobs.Run` is enabled; disable it before it is removed");
    graph.patch(&at, &json!({ "appRoles": role(false) })).await;
    assert_eq!(roles().await, None, "a disabled role is in no token");
    graph.patch(&at, &json!({ "appRoles": [] })).await;
    assert_eq!(
        graph.get(&format!("/servicePrincipals/{}", api.principal)).await["appRoles"],
        json!([])
    );
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_nothing_else() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let more = json!({
        "identifierUris": ["api://one", "api://two"],
        "notes": "n",
        "web": { "redirectUris": ["https://x/cb"] },
    });
    let app = graph.register("patched", more).await;
    let at = format!("/applications/{}", app.object);
    let mut expected = graph.get(&at).await;
    graph.patch(&at, &json!({ "identifierUris": ["api://two", "api://three"] })).await;
    expected["identifierUris"] = json!(["api://two", "api://three"]);
    assert_eq!(graph.get(&at).await, expected);
    graph.patch(&format!("/applications(appId='{}')", app.app_id), &json!({})).await;
    assert_eq!(graph.get(&at).await, expected);
    world.send(token_for(&app, "api://three")).await.expect(200);
    let answer = world.send(token_for(&app, "api://one")).await;
    assert_eq!(answer.status, 400, "a name that is gone is nobody's");
    graph.patch(&at, &json!({ "displayName": "renamed" })).await;
    let principal = format!("/servicePrincipals/{}", app.principal);
    assert_eq!(graph.get(&principal).await["displayName"], "renamed", "the principal follows");
}

#[tokio::test]
async fn identifier_uris_that_fold_together_are_one_name() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let uris = json!({ "identifierUris": ["https://api.corp", "https://API.corp/"] });
    let app = graph.register("two spellings", uris).await;
    for spelling in ["https://api.corp", "https://api.corp/"] {
        world.send(token_for(&app, spelling)).await.expect(200);
    }
}

#[tokio::test]
async fn a_shared_application_is_installed_and_remains_its_owners() {
    let world = World::start().await;
    let fabrikam = world.directory(&FABRIKAM_ADMIN).await;
    let principal = fabrikam.post("/servicePrincipals", 201, &json!({ "appId": PARTNER.id })).await;
    assert_eq!(principal["appOwnerOrganizationId"], CONTOSO.id);
    for (method, body) in
        [("GET", None), ("PATCH", Some(json!({ "displayName": "ours now" }))), ("DELETE", None)]
    {
        let path = format!("/applications/{}", PARTNER.object);
        let answer = fabrikam.send(method, &path, body.as_ref()).await;
        expect_graph(&answer, 404, "Request_ResourceNotFound");
    }
    // When its owner withdraws it, no tenant gets tokens for it any more.
    let ask = || TokenAsk::v2(&PARTNER, MTP).tenant(FABRIKAM.id);
    world.send(ask()).await.expect(200);
    let contoso = world.directory(&ADMIN).await;
    contoso.delete(&format!("/applications/{}", PARTNER.object)).await;
    let refused = world.send(ask()).await.expect(400);
    assert_eq!(refused["error_codes"], json!([700_016]));
}

#[tokio::test]
async fn a_deleted_principal_takes_its_grants_along() {
    let world = World::start().await;
    let graph = world.directory(&ADMIN).await;
    let app = graph.register("shortlived", json!({})).await;
    let mtp = text(&graph.principal_of(MTP_ID).await["id"]).to_owned();
    let new = grant(&app.principal, &mtp, INCIDENT_READ);
    let on_resource = format!("/servicePrincipals/{mtp}/appRoleAssignedTo");
    let granted = graph.post(&on_resource, 201, &new).await;
    graph.delete(&format!("/servicePrincipals/{}", app.principal)).await;
    let left = graph.get(&on_resource).await;
    let left = left["value"].as_array().unwrap();
    assert!(left.iter().all(|one| one["id"] != granted["id"]), "{left:?}");
    let again = graph.post("/servicePrincipals", 201, &json!({ "appId": app.app_id })).await;
    assert_ne!(again["id"], json!(app.principal));
    let body = world.send(token_for(&app, MTP)).await.expect(200);
    assert_eq!(decode(text(&body["access_token"])).1.get("roles"), None);
}
