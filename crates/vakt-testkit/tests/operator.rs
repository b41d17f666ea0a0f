//! Vakt's own API: the operator's tenants and keys, a tenant's people, and who may do what.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vakt_identity::DirectoryQuery;
use vakt_identity::audit::{AuditQuery, AuditScope, AuditStore};
use vakt_testkit::cast::{
    ADMIN, App, CONTOSO, FABRIKAM, FABRIKAM_ADMIN, FABRIKAM_OPERATOR, FABRIKAM_RESPONDER,
    FABRIKAM_SIEM, OPERATOR, SIEM,
};
use vakt_testkit::endpoint::EndpointApi;
use vakt_testkit::{Answer, Peek, Request, TokenAsk, World, expect_classic};

const VAKT: &str = "api://vakt";
const GRAPH: &str = "https://graph.microsoft.com";

/// Asks as an application with a token for Vakt's API.
async fn ask(world: &World, who: &App, request: Request) -> Answer {
    let token = world.token_of(who, VAKT).await;
    world.send(request.bearer(&token)).await
}

async fn make(world: &World, wish: &Value) -> Value {
    let request = Request::post("/vakt/v1/tenants").json(wish);
    ask(world, &OPERATOR, request).await.expect(201)
}

async fn tenants(world: &World) -> Vec<String> {
    let list = ask(world, &OPERATOR, Request::get("/vakt/v1/tenants")).await.expect(200);
    let name = |tenant: &Value| tenant["displayName"].as_str().unwrap().to_owned();
    list["value"].as_array().unwrap().iter().map(name).collect()
}

#[tokio::test]
async fn the_same_role_of_another_tenant_operates_nothing() {
    let world = World::start().await;
    for request in [
        Request::get("/vakt/v1/tenants"),
        Request::post("/vakt/v1/tenants").json(&json!({ "displayName": "x", "domains": ["x.y"] })),
        Request::get(format!("/vakt/v1/tenants/{}", FABRIKAM.id)),
        Request::get(format!("/vakt/v1/tenants/{}/export", FABRIKAM.id)),
        Request::new("DELETE", format!("/vakt/v1/tenants/{}?confirm=Fabrikam", FABRIKAM.id)),
        Request::get("/vakt/v1/keys"),
        Request::post("/vakt/v1/keys").json(&json!({})),
    ] {
        let answer = ask(&world, &FABRIKAM_OPERATOR, request).await;
        let message = expect_classic(&answer, 403, "Forbidden");
        assert!(message.contains("does not operate it"), "{message}");
        assert!(!message.contains(CONTOSO.id), "{message}");
    }
    assert_eq!(tenants(&world).await, ["Contoso", "Fabrikam"]);
    // A token for the server's own address stands for Microsoft's APIs, not for this one.
    let token = world.token_of(&OPERATOR, world.url()).await;
    let answer = world.send(Request::get("/vakt/v1/tenants").bearer(&token)).await;
    let message = expect_classic(&answer, 401, "Unauthorized");
    assert!(message.contains("api://vakt/.default"), "{message}");
}

#[tokio::test]
async fn a_tenant_is_made_with_those_who_administer_it() {
    let world = World::start().await;
    let wish = json!({
        "displayName": "Northwind", "domains": ["northwind.example"],
        "administrator": {}, "person": { "userPrincipalName": "nina@northwind.example" },
    });
    let made = make(&world, &wish).await;
    assert_eq!(tenants(&world).await, ["Contoso", "Fabrikam", "Northwind"]);
    assert!(made["person"]["password"].as_str().unwrap().len() >= 16);
    assert_eq!(made["person"]["mustChangePassword"], true);
    let tenant = made["id"].as_str().unwrap();
    let administrator = TokenAsk::v2(&ADMIN, VAKT)
        .tenant("northwind.example")
        .set("client_id", made["administrator"]["appId"].as_str().unwrap())
        .set("client_secret", made["administrator"]["secretText"].as_str().unwrap());
    let token = world.send(administrator).await.expect(200)["access_token"].clone();
    let token = token.as_str().unwrap();
    let people = world.send(Request::get("/vakt/v1/people").bearer(token)).await.expect(200);
    assert_eq!(people["value"][0]["userPrincipalName"], "nina@northwind.example");
    // It administers its tenant, and nothing else.
    let (_, claims) = vakt_testkit::decode(token);
    assert_eq!(
        claims["roles"],
        json!(["Audit.Read.All", "Fault.ReadWrite.All", "Person.ReadWrite.All"])
    );
    assert_eq!(claims["tid"], tenant);
    let shown = Request::get("/vakt/v1/tenants/NORTHWIND.example");
    let shown = ask(&world, &OPERATOR, shown).await.expect(200);
    assert_eq!((&shown["id"], &shown["isOperator"]), (&made["id"], &json!(false)));
    assert!(shown.get("administrator").is_none());
}

#[tokio::test]
async fn a_wish_that_cannot_be_met_leaves_nothing_behind() {
    let world = World::start().await;
    for (wish, status, code, expected) in [
        (json!({}), 400, "BadRequest", "displayName"),
        (json!({ "displayName": "N", "domains": [] }), 400, "BadRequest", "needs a domain"),
        (
            json!({ "displayName": " ", "domains": ["n.example"] }),
            400,
            "BadRequest",
            "a tenant's name",
        ),
        (
            json!({ "displayName": "N", "domains": ["n"] }),
            400,
            "BadRequest",
            "is not a domain name",
        ),
        (
            json!({ "displayName": "N", "domains": ["n.example"], "id": "7" }),
            400,
            "BadRequest",
            "is not a tenant id",
        ),
        (
            json!({ "displayName": "N", "domains": [FABRIKAM.domains[0]] }),
            409,
            "Conflict",
            "exists already",
        ),
        (
            json!({ "displayName": "N", "domains": ["n.example"], "admin": {} }),
            400,
            "BadRequest",
            "unknown field `admin`",
        ),
        (
            json!({
                "displayName": "N", "domains": ["n.example"], "administrator": {},
                "person": { "userPrincipalName": "n@other.example" },
            }),
            400,
            "BadRequest",
            "is not a domain of tenant",
        ),
        (
            json!({
                "displayName": "N", "domains": ["n.example"],
                "person": { "userPrincipalName": "n@n.example", "password": "short" },
            }),
            400,
            "BadRequest",
            "at least 12 characters",
        ),
    ] {
        let request = Request::post("/vakt/v1/tenants").json(&wish);
        let message = expect_classic(&ask(&world, &OPERATOR, request).await, status, code);
        assert!(message.contains(expected), "{wish}: {message}");
        assert_eq!(tenants(&world).await, ["Contoso", "Fabrikam"], "{wish}");
    }
}

#[tokio::test]
async fn deleting_takes_the_name_and_leaves_nothing() {
    let world = World::start().await;
    world.import(&FABRIKAM_SIEM, &[vakt_testkit::incidents::full(4711)]).await;
    let new = json!({ "userPrincipalName": "ada@fabrikam.onmicrosoft.com" });
    let request = Request::post("/vakt/v1/people").json(&new);
    ask(&world, &FABRIKAM_OPERATOR, request).await.expect(201);
    let tokens = [
        (world.token_of(&FABRIKAM_ADMIN, GRAPH).await, "/v1.0/applications"),
        (
            world.token_of(&FABRIKAM_SIEM, "https://api.security.microsoft.com").await,
            "/api/incidents",
        ),
        (world.token_of(&FABRIKAM_OPERATOR, VAKT).await, "/vakt/v1/people"),
    ];
    let delete = |tenant: &str, query: &str| {
        Request::new("DELETE", format!("/vakt/v1/tenants/{tenant}{query}"))
    };
    for (tenant, query, status, code, expected) in [
        (FABRIKAM.id, "", 400, "BadRequest", "repeat its name, `Fabrikam`"),
        (FABRIKAM.id, "?confirm=fabrikam", 400, "BadRequest", "repeat its name"),
        (CONTOSO.id, "?confirm=Contoso", 400, "BadRequest", "the operator's own tenant"),
        ("nobody.example", "?confirm=x", 404, "ResourceNotFound", "nobody.example"),
        ("common", "?confirm=x", 404, "ResourceNotFound", "common"),
        ("adfs", "?confirm=Contoso", 404, "ResourceNotFound", "adfs"),
    ] {
        let answer = ask(&world, &OPERATOR, delete(tenant, query)).await;
        let message = expect_classic(&answer, status, code);
        assert!(message.contains(expected), "{tenant}{query}: {message}");
    }
    ask(&world, &OPERATOR, delete(FABRIKAM.domains[0], "?confirm=Fabrikam")).await.expect(204);
    assert_eq!(tenants(&world).await, ["Contoso"]);
    for (token, path) in tokens {
        let answer = world.send(Request::get(path).bearer(&token)).await;
        assert_eq!(answer.status, 401, "a token outlives its tenant at {path}");
        assert!(answer.text().contains("does not exist any more"), "{}", answer.text());
    }
    let peek = Peek::into(&world).await;
    let store = peek.store.as_ref();
    let tenant = FABRIKAM.id.parse().unwrap();
    let page = DirectoryQuery { top: 10, ..Default::default() };
    assert!(store.list_applications(tenant, &page).await.unwrap().items.is_empty());
    assert!(store.list_service_principals(tenant, &page).await.unwrap().items.is_empty());
    assert!(store.people(tenant).await.unwrap().is_empty());
    let scope = AuditScope::Tenant(tenant);
    let query = AuditQuery { top: 10, ..Default::default() };
    let audit: &dyn AuditStore = store;
    assert!(audit.directory_events(scope, &query).await.unwrap().items.is_empty());
    assert!(audit.sign_ins(scope, &query).await.unwrap().items.is_empty());
    let incidents: &dyn vakt_incidents::IncidentStore = store;
    let id = vakt_ids::IncidentId::new(4711).unwrap();
    assert!(incidents.find_incident(tenant, id).await.unwrap().is_none());
    // The name is free again.
    make(&world, &json!({ "displayName": "Fabrikam", "domains": [FABRIKAM.domains[0]] })).await;
}

/// The device of the whole incident that tests import.
const FULL_DEVICE: &str = "24c222b0b60fe148eeece49ac83910cc6a7ef491";

#[tokio::test]
async fn an_export_has_everything_and_no_secret() {
    let world = World::start().await;
    world.import(&FABRIKAM_SIEM, &[vakt_testkit::incidents::full(4711)]).await;
    let directory = world.directory(&FABRIKAM_ADMIN).await;
    let gone = directory.register("gone", json!({})).await;
    directory.delete(&format!("/applications/{}", gone.object)).await;
    let federated = json!({
        "name": "cluster", "issuer": "https://issuer.corp", "subject": "pod", "audiences": ["a"],
    });
    let path = format!("/applications/{}/federatedIdentityCredentials", FABRIKAM_SIEM.object);
    directory.post(&path, 201, &federated).await;
    let password = "correct horse battery";
    let new = json!({ "userPrincipalName": "ada@fabrikam.onmicrosoft.com", "password": password });
    let request = Request::post("/vakt/v1/people").json(&new);
    ask(&world, &FABRIKAM_OPERATOR, request).await.expect(201);
    let endpoint = EndpointApi::as_app(&world, &FABRIKAM_RESPONDER).await;
    let path = format!("/api/machines/{FULL_DEVICE}/isolate");
    endpoint.post(&path, 201, json!({ "Comment": "x" })).await;
    let indicator = json!({
        "indicatorValue": "evil.example", "indicatorType": "DomainName", "action": "Block",
    });
    endpoint.post("/api/indicators", 200, indicator).await;
    let target = format!("/vakt/v1/tenants/{}/export", FABRIKAM.id);
    let answer = ask(&world, &OPERATOR, Request::get(&target)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/x-ndjson")));
    let lines: Vec<Value> =
        answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &str| lines.iter().filter(|line| line["kind"] == kind).collect::<Vec<_>>();
    assert_eq!(lines[0]["value"]["tenantId"], FABRIKAM.id);
    let counts = &lines.last().unwrap()["value"]["counts"];
    let kinds: BTreeSet<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    for kind in kinds.iter().filter(|kind| !["export", "end"].contains(*kind)) {
        assert_eq!(counts[*kind], of(kind).len(), "{kind}");
    }
    let names = |kind: &str, member: &str| -> BTreeSet<String> {
        of(kind).iter().map(|line| line["value"][member].as_str().unwrap().to_owned()).collect()
    };
    for app in [FABRIKAM_SIEM, FABRIKAM_ADMIN, FABRIKAM_OPERATOR] {
        assert!(names("application", "appId").contains(app.id), "{}", app.name);
        assert!(names("servicePrincipal", "appId").contains(app.id), "{}", app.name);
        assert!(!answer.text().contains(app.secret), "{}", app.name);
    }
    assert!(of("appRoleAssignment").len() >= FABRIKAM_OPERATOR.permissions.len());
    assert_eq!(of("federatedIdentityCredential")[0]["value"]["appId"], FABRIKAM_SIEM.id);
    assert!(names("deletedItem", "id").contains(&gone.object));
    assert!(names("person", "userPrincipalName").contains("ada@fabrikam.onmicrosoft.com"));
    assert!(!of("directoryAudit").is_empty(), "no changes are exported");
    assert!(!of("signIn").is_empty(), "no sign-ins are exported");
    assert_eq!(of("incident")[0]["value"]["incidentId"], 4711);
    assert!(!of("incident")[0]["value"]["alerts"].as_array().unwrap().is_empty());
    assert_eq!(of("machine")[0]["value"]["id"], FULL_DEVICE);
    assert_eq!(of("machineAction")[0]["value"]["machineId"], FULL_DEVICE);
    assert_eq!(of("indicator")[0]["value"]["indicatorValue"], "evil.example");
    for secret in [password, "argon2", "salt", "hash", "\"secretText\":\"", CONTOSO.id, SIEM.id] {
        assert!(!answer.text().contains(secret), "`{secret}` is in the export");
    }
    // The tenant may know that it was exported, and not by whom.
    let token = world.token_of(&FABRIKAM_OPERATOR, VAKT).await;
    let log = world.send(Request::get("/vakt/v1/audit/directory").bearer(&token)).await;
    assert!(log.text().contains("Export tenant"), "{}", log.text());
    assert!(!log.text().contains(OPERATOR.id), "{}", log.text());
}

#[tokio::test]
async fn people_are_added_helped_and_removed() {
    let world = World::start().await;
    let people = |method: &str, rest: &str, body: Value| {
        Request::new(method, format!("/vakt/v1/people{rest}")).json(&body)
    };
    let new =
        json!({ "userPrincipalName": "Ada@Contoso.com", "displayName": "Ada", "role": "reader" });
    let made = ask(&world, &OPERATOR, people("POST", "", new)).await.expect(201);
    assert_eq!(made["userPrincipalName"], "ada@contoso.com");
    assert_eq!((&made["role"], &made["accountEnabled"]), (&json!("Global Reader"), &json!(true)));
    let password = made["password"].as_str().unwrap().to_owned();
    let by_name = "/ada@contoso.com";
    let shown = ask(&world, &OPERATOR, Request::get(format!("/vakt/v1/people{by_name}"))).await;
    assert!(!shown.text().contains(&password) && shown.status == 200, "{}", shown.text());
    let change = json!({ "role": "Global Administrator", "accountEnabled": false });
    let changed = ask(&world, &OPERATOR, people("PATCH", by_name, change)).await.expect(200);
    assert_eq!(changed["accountEnabled"], false);
    let reset = json!({ "password": "four words are long", "mustChangePassword": false });
    let path = format!("{by_name}/resetPassword");
    let reset = ask(&world, &OPERATOR, people("POST", &path, reset)).await.expect(200);
    assert_eq!((&reset["mustChangePassword"], reset.get("password")), (&json!(false), None));
    for action in ["resetSecondFactor", "unlock"] {
        let path = format!("/{}/{action}", made["id"].as_str().unwrap());
        ask(&world, &OPERATOR, people("POST", &path, json!({}))).await.expect(200);
    }
    for (method, rest, body, status, expected) in [
        ("POST", "", json!({ "userPrincipalName": "ada@contoso.com" }), 409, "exists already"),
        ("POST", "", json!({ "userPrincipalName": "ada" }), 400, "is not a user name"),
        (
            "POST",
            "",
            json!({ "userPrincipalName": "b@contoso.com", "role": "king" }),
            400,
            "there are",
        ),
        ("PATCH", by_name, json!({ "displayName": "" }), 400, "a person's name"),
        ("POST", "/nobody@contoso.com/unlock", json!({}), 404, "nobody@contoso.com"),
    ] {
        let answer = ask(&world, &OPERATOR, people(method, rest, body)).await;
        assert_eq!(answer.status, status, "{method} {rest}: {}", answer.text());
        assert!(answer.text().contains(expected), "{method} {rest}: {}", answer.text());
    }
    let remove = Request::new("DELETE", format!("/vakt/v1/people{by_name}"));
    ask(&world, &OPERATOR, remove).await.expect(204);
    let list = ask(&world, &OPERATOR, Request::get("/vakt/v1/people")).await.expect(200);
    assert_eq!(list["value"], json!([]));
}

#[tokio::test]
async fn keys_are_rotated_and_retired_by_the_operator() {
    let world = World::start().await;
    let old_token = world.token_of(&OPERATOR, VAKT).await;
    let before = ask(&world, &OPERATOR, Request::get("/vakt/v1/keys")).await.expect(200);
    let first = before["value"][0]["kid"].as_str().unwrap().to_owned();
    assert_eq!(before["value"][0]["state"], "signing");
    world.clock().advance(jiff::SignedDuration::from_secs(1));
    let at_once = Request::post("/vakt/v1/keys").json(&json!({ "signAtOnce": true }));
    let made = ask(&world, &OPERATOR, at_once).await.expect(201);
    assert_eq!(made["state"], "signing");
    let later = Request::post("/vakt/v1/keys").json(&json!({}));
    let waiting = ask(&world, &OPERATOR, later).await.expect(201);
    assert_eq!(waiting["state"], "waiting");
    let retire =
        |kid: &str, body: Value| Request::post(format!("/vakt/v1/keys/{kid}/retire")).json(&body);
    for (kid, body, status, expected) in [
        (made["kid"].as_str().unwrap(), json!({}), 400, "it signs"),
        (first.as_str(), json!({}), 400, "validators may need it until"),
        ("no-such-key", json!({}), 404, "no-such-key"),
    ] {
        let answer = ask(&world, &OPERATOR, retire(kid, body)).await;
        assert_eq!(answer.status, status, "{kid}: {}", answer.text());
        assert!(answer.text().contains(expected), "{kid}: {}", answer.text());
    }
    let young_token = world.token_of(&OPERATOR, VAKT).await;
    let retired = ask(&world, &OPERATOR, retire(&first, json!({ "force": true }))).await;
    assert_eq!(retired.expect(200)["state"], "retired");
    world.send(Request::get("/vakt/v1/keys").bearer(&young_token)).await.expect(200);
    let answer = world.send(Request::get("/vakt/v1/keys").bearer(&old_token)).await;
    assert_eq!(answer.status, 401, "a token outlives the key that signed it");
}
