//! Token requests that succeed, as Microsoft's own clients and everybody else's spell them, and
//! what is in the tokens.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_testkit::cast::{
    ADMIN, App, BARE, CONTOSO, FABRIKAM, FABRIKAM_ADMIN, HOARDER, ODD_SECRET, PARTNER, SIEM,
};
use vakt_testkit::{Answer, Request, TokenAsk, World, decode, names};

const MTP: &str = "https://api.security.microsoft.com";
const MTP_ID: &str = "8ee8fdad-f234-4243-8f3b-15c294843740";
const ENDPOINT: &str = "https://api.securitycenter.microsoft.com";
const ENDPOINT_ID: &str = "fc780465-2017-40d4-a0c5-307022471b92";
const GRAPH_ID: &str = "00000003-0000-0000-c000-000000000000";
const GRAPH: &str = "https://graph.microsoft.com";
/// 2026-03-01T12:00:00Z.
const NOW: i64 = 1_772_366_400;

fn v2() -> TokenAsk {
    TokenAsk::v2(&SIEM, MTP)
}

fn v1() -> TokenAsk {
    TokenAsk::v1(&SIEM, MTP)
}

/// Header and claims of the token in an answer.
fn token_in(answer: &Answer) -> (Value, Value) {
    decode(answer.expect(200)["access_token"].as_str().unwrap())
}

#[tokio::test]
async fn a_v2_answer_has_four_members_and_its_numbers_are_numbers() {
    let world = World::start().await;
    let answer = world.send(v2().set("client_info", "1")).await;
    let body = answer.expect(200);
    assert_eq!(names(&body), ["access_token", "expires_in", "ext_expires_in", "token_type"]);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], json!(3599));
    assert_eq!(body["ext_expires_in"], json!(3599));
    for (name, value) in [
        ("cache-control", "no-store, no-cache"),
        ("pragma", "no-cache"),
        ("expires", "-1"),
        ("content-type", "application/json; charset=utf-8"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert!(answer.header("x-ms-request-id").is_some());
}

#[tokio::test]
async fn a_v1_answer_has_seven_members_and_all_are_texts() {
    let world = World::start().await;
    let body = world.send(v1()).await.expect(200);
    let mut expected = json!({
        "token_type": "Bearer",
        "expires_in": "3599",
        "ext_expires_in": "3599",
        "expires_on": (NOW + 3600).to_string(),
        "not_before": (NOW - 300).to_string(),
        "resource": MTP,
    });
    expected["access_token"] = body["access_token"].clone();
    assert_eq!(body, expected);
    let (_, claims) = decode(body["access_token"].as_str().unwrap());
    assert_eq!(claims["exp"], json!(NOW + 3600));
    assert_eq!(claims["nbf"], json!(NOW - 300));
}

#[tokio::test]
async fn a_v1_token_says_this_and_nothing_else() {
    let world = World::start().await;
    let directory = world.directory(&ADMIN).await;
    let principal = directory.principal_of(SIEM.id).await["id"].clone();
    for ask in [v1(), v2()] {
        let (header, mut claims) = token_in(&world.send(ask).await);
        assert_eq!(names(&header), ["alg", "kid", "typ", "x5t"]);
        assert_eq!((&header["typ"], &header["alg"]), (&json!("JWT"), &json!("RS256")));
        assert_eq!(header["x5t"], header["kid"]);
        let uti = claims.as_object_mut().unwrap().remove("uti").unwrap();
        assert_eq!(uti.as_str().unwrap().len(), 22, "16 bytes");
        let issuer = format!("{}/{}/", world.url(), CONTOSO.id);
        let expected = json!({
            "aud": MTP,
            "iss": issuer,
            "idp": issuer,
            "iat": NOW - 300,
            "nbf": NOW - 300,
            "exp": NOW + 3600,
            "appid": SIEM.id,
            "appidacr": "1",
            "app_displayname": "siem",
            "oid": principal,
            "sub": principal,
            "tid": CONTOSO.id,
            "ver": "1.0",
            "roles": ["AdvancedHunting.Read.All", "Incident.Read.All"],
        });
        assert_eq!(claims, expected);
    }
}

#[tokio::test]
async fn a_resource_that_wants_v2_tokens_gets_them_from_either_endpoint() {
    let world = World::start().await;
    let directory = world.directory(&ADMIN).await;
    let api = json!({
        "identifierUris": ["api://modern"],
        "api": { "requestedAccessTokenVersion": 2 },
    });
    let api = directory.register("modern", api).await;
    for ask in [TokenAsk::v2(&SIEM, "api://modern"), TokenAsk::v1(&SIEM, "api://modern")] {
        let (header, claims) = token_in(&world.send(ask).await);
        assert_eq!(names(&header), ["alg", "kid", "typ"]);
        assert_eq!(claims["aud"], json!(api.app_id), "always the client id");
        assert_eq!(claims["iss"], format!("{}/{}/v2.0", world.url(), CONTOSO.id));
        assert_eq!((&claims["azp"], &claims["azpacr"]), (&json!(SIEM.id), &json!("1")));
        assert_eq!(claims["ver"], "2.0");
        for absent in ["appid", "appidacr", "idp", "app_displayname", "roles", "scp"] {
            assert_eq!(claims.get(absent), None, "{absent}");
        }
    }
}

#[tokio::test]
async fn no_two_tokens_are_the_same() {
    let world = World::start().await;
    let (_, one) = decode(&world.token(MTP).await);
    let (_, other) = decode(&world.token(MTP).await);
    assert_ne!(one["uti"], other["uti"]);
}

#[tokio::test]
async fn the_audience_is_what_was_asked_for_in_any_spelling() {
    let world = World::start().await;
    let mtp = json!(["AdvancedHunting.Read.All", "Incident.Read.All"]);
    let endpoint = json!(["Alert.Read.All"]);
    let graph = json!(["SecurityIncident.Read.All"]);
    for (resource, roles) in [
        (MTP, &mtp),
        ("https://api.security.microsoft.com/", &mtp),
        ("HTTPS://API.security.microsoft.com", &mtp),
        (MTP_ID, &mtp),
        ("8EE8FDAD-F234-4243-8F3B-15C294843740", &mtp),
        ("https://security.microsoft.com/mtp/", &mtp),
        ("https://api-eu.security.microsoft.com", &mtp),
        (ENDPOINT, &endpoint),
        ("https://api.securitycenter.windows.com/", &endpoint),
        ("https://securitycenter.onmicrosoft.com/windowsatpservice", &endpoint),
        (GRAPH, &graph),
        ("https://graph.microsoft.com/", &graph),
        ("00000003-0000-0000-c000-000000000000", &graph),
    ] {
        let (_, by_v1) = token_in(&world.send(TokenAsk::v1(&SIEM, resource)).await);
        let (_, by_v2) = token_in(&world.send(TokenAsk::v2(&SIEM, resource)).await);
        for claims in [by_v1, by_v2] {
            assert_eq!(claims["aud"], resource);
            assert_eq!(&claims["roles"], roles, "{resource}");
        }
    }
}

#[tokio::test]
async fn without_grants_there_is_a_token_and_no_roles_claim() {
    let world = World::start().await;
    let (_, claims) = decode(&world.token_of(&BARE, MTP).await);
    assert_eq!(claims.get("roles"), None);
    // An application may ask for itself, too.
    let (_, claims) = decode(&world.token_of(&SIEM, SIEM.id).await);
    assert_eq!((&claims["aud"], claims.get("roles")), (&json!(SIEM.id), None));
}

#[tokio::test]
async fn scopes_are_read_as_libraries_write_them() {
    let world = World::start().await;
    for (scope, audience) in [
        ("https://api.security.microsoft.com/.default", MTP),
        ("openid profile offline_access https://api.security.microsoft.com/.default", MTP),
        ("https://api.security.microsoft.com/.default offline_access profile openid", MTP),
        ("  https://api.security.microsoft.com/.default\temail ", MTP),
        ("https://api.security.microsoft.com//.default", "https://api.security.microsoft.com/"),
        ("https://security.microsoft.com/mtp//.default", "https://security.microsoft.com/mtp/"),
        ("8ee8fdad-f234-4243-8f3b-15c294843740/.default", MTP_ID),
    ] {
        let (_, claims) = token_in(&world.send(v2().set("scope", scope)).await);
        assert_eq!(claims["aud"], audience, "{scope}");
    }
}

#[tokio::test]
async fn secrets_arrive_whole_in_the_form_and_in_basic() {
    let world = World::start().await;
    let odd = |ask: TokenAsk| ask.set("client_id", ODD_SECRET.id);
    world.send(odd(v2()).set("client_secret", ODD_SECRET.secret)).await.expect(200);
    world.send(odd(v1()).set("client_secret", ODD_SECRET.secret)).await.expect(200);
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    for (id, secret) in [
        (encode(ODD_SECRET.id), encode(ODD_SECRET.secret)),
        (SIEM.id.to_owned(), SIEM.secret.to_owned()),
        (SIEM.id.to_ascii_uppercase(), encode(SIEM.secret)),
    ] {
        let basic = format!("basic {}", STANDARD.encode(format!("{id}:{secret}")));
        let bare = v2().without("client_id").without("client_secret");
        world.send(bare.header("authorization", &basic)).await.expect(200);
    }
    // The same credential twice is no contradiction.
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", SIEM.id, SIEM.secret)));
    world.send(v2().header("authorization", &basic)).await.expect(200);
}

#[tokio::test]
async fn the_tenant_may_be_spelled_any_way() {
    let world = World::start().await;
    let upper = CONTOSO.id.to_ascii_uppercase();
    for tenant in [
        CONTOSO.id,
        &upper,
        "contoso.onmicrosoft.com",
        "contoso.com",
        "CONTOSO.COM",
        "common",
        "organizations",
        "Common",
        "adfs",
    ] {
        for ask in [v1(), v2()] {
            let (_, claims) = token_in(&world.send(ask.tenant(tenant)).await);
            assert_eq!(claims["tid"], CONTOSO.id, "{tenant}");
            assert_eq!(claims["iss"], format!("{}/{}/", world.url(), CONTOSO.id), "{tenant}");
        }
    }
    let home = TokenAsk::v2(&FABRIKAM_ADMIN, GRAPH).tenant("common");
    let (_, claims) = token_in(&world.send(home).await);
    assert_eq!(claims["tid"], FABRIKAM.id, "/common is the client's home");
}

#[tokio::test]
async fn adfs_takes_a_resource_or_a_scope_and_answers_in_kind() {
    let world = World::start().await;
    let adfs = |ask: TokenAsk| ask.path("/adfs/oauth2/token");
    let by_resource = world.send(adfs(v1())).await.expect(200);
    assert_eq!(by_resource["expires_in"], "3599");
    let by_scope = world.send(adfs(v2())).await.expect(200);
    assert_eq!(by_scope["expires_in"], json!(3599));
}

#[tokio::test]
async fn paths_and_queries_may_be_spelled_carelessly() {
    let world = World::start().await;
    let id = CONTOSO.id;
    for path in [
        format!("//{id}/oauth2/v2.0/token"),
        format!("/{id}//oauth2//v2.0/token"),
        format!("/{id}/oauth2/v2.0/token/"),
        format!("/{id}/OAuth2/V2.0/TOKEN"),
        format!("/{}/oauth2/v2.0/token", id.to_ascii_uppercase()),
        format!("/{id}/oauth2/v2.0/token?client-request-id=5e5e5e5e-0000-4000-8000-000000000000"),
    ] {
        world.send(v2().path(path)).await.expect(200);
    }
    for path in [format!("//{id}/oauth2/token"), format!("/{id}/oauth2/token?api-version=1.0")] {
        world.send(v1().path(path)).await.expect(200);
    }
}

#[tokio::test]
async fn what_libraries_send_along_is_passed_over() {
    let world = World::start().await;
    let claims = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
    let ask = v2()
        .add("client_info", "2")
        .add("claims", claims)
        .add("x-client-SKU", "MSAL.NetCore")
        .add("x-client-current-telemetry", "4|730,2|")
        .add("response_type", "token")
        .add("unheard_of", "1")
        .add("unheard_of", "2")
        .header("x-ms-pkeyauth", "1.0");
    let answer = world.send(ask).await;
    assert_eq!(names(&answer.expect(200)).len(), 4);
    let form = "grant_type=client_credentials";
    let body = format!("{form}&client_id={}&client_secret={}", SIEM.id, SIEM.secret);
    let body = format!("{body}&scope=https%3A%2F%2Fapi.security.microsoft.com%2F.default&&");
    let kind = "application/x-www-form-urlencoded; charset=UTF-8";
    let request = Request::post(format!("/{}/oauth2/v2.0/token", CONTOSO.id));
    world.send(request.body(kind, body)).await.expect(200);
}

#[tokio::test]
async fn a_get_with_a_form_body_is_served() {
    let world = World::start().await;
    world.send(v1().method("GET")).await.expect(200);
    world.send(v2().method("GET")).await.expect(200);
}

#[tokio::test]
async fn the_own_base_url_stands_for_all_three_apis() {
    let world = World::start().await;
    let url = world.url().to_owned();
    let union = json!([
        "AdvancedHunting.Read.All",
        "Alert.Read.All",
        "Incident.Read.All",
        "SecurityIncident.Read.All"
    ]);
    for resource in
        [url.clone(), format!("{url}/"), url.to_ascii_uppercase(), "https://127.0.0.1".into()]
    {
        let answer = world.send(TokenAsk::v2(&SIEM, &resource)).await;
        let (_, claims) = token_in(&answer);
        assert_eq!(claims["aud"], json!(resource));
        assert_eq!(claims["roles"], union);
        let token = answer.json()["access_token"].as_str().unwrap().to_owned();
        world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
    }
    let admin = world.token_of(&ADMIN, &url).await;
    world.send(Request::get("/v1.0/applications").bearer(&admin)).await.expect(200);
}

#[tokio::test]
async fn no_two_apis_offer_a_role_of_the_same_name_so_their_union_is_safe() {
    let world = World::start().await;
    let directory = world.directory(&ADMIN).await;
    let mut offered = std::collections::HashSet::new();
    for api in [MTP_ID, ENDPOINT_ID, GRAPH_ID] {
        let principal = directory.principal_of(api).await;
        for role in principal["appRoles"].as_array().unwrap() {
            let value = role["value"].as_str().unwrap().to_owned();
            assert!(offered.insert(value.clone()), "{value} is offered twice");
        }
    }
    assert!(offered.len() > 50);
}

#[tokio::test]
async fn an_application_of_another_tenant_works_where_it_is_installed() {
    let world = World::start().await;
    let directory = world.directory(&FABRIKAM_ADMIN).await;
    let new = json!({ "appId": PARTNER.id });
    let principal = directory.post("/servicePrincipals", 201, &new).await;
    let (_, claims) = token_in(&world.send(TokenAsk::v2(&PARTNER, MTP).tenant(FABRIKAM.id)).await);
    assert_eq!(claims["tid"], FABRIKAM.id);
    assert_eq!(claims["oid"], principal["id"]);
    assert_eq!(claims.get("roles"), None, "Contoso's consent is not Fabrikam's");
    let (_, claims) = decode(&world.token_of(&PARTNER, MTP).await);
    assert_eq!(claims["roles"], json!(["Incident.Read.All"]));
}

#[tokio::test]
async fn secrets_rotate_without_a_gap_and_end_at_once() {
    let world = World::start().await;
    let directory = world.directory(&ADMIN).await;
    let app = directory.register("rotating", json!({})).await;
    let new = directory.add_secret(&app.object, &json!({ "displayName": "second" })).await;
    let new_text = new["secretText"].as_str().unwrap();
    let ask = |secret: &str| v2().set("client_id", &app.app_id).set("client_secret", secret);
    for secret in [&app.secret, new_text] {
        world.send(ask(secret)).await.expect(200);
    }
    let remove = format!("/applications/{}/removePassword", app.object);
    directory.post(&remove, 204, &json!({ "keyId": app.key_id })).await;
    world.send(ask(&app.secret)).await.expect(401);
    world.send(ask(new_text)).await.expect(200);
}

#[tokio::test]
async fn grants_and_switches_take_effect_with_the_next_token() {
    let world = World::start().await;
    let directory = world.directory(&ADMIN).await;
    let app = directory.register("watched", json!({})).await;
    let ask = || v2().set("client_id", &app.app_id).set("client_secret", &app.secret);
    let path = format!("/servicePrincipals/{}", app.principal);
    assert_eq!(token_in(&world.send(ask()).await).1.get("roles"), None);
    let mtp = directory.principal_of(MTP_ID).await;
    let grant = json!({
        "principalId": app.principal,
        "resourceId": mtp["id"],
        "appRoleId": "a9790345-4595-42e4-971a-ccdc79f19b7c",
    });
    let granted = directory.post(&format!("{path}/appRoleAssignments"), 201, &grant).await;
    assert_eq!(token_in(&world.send(ask()).await).1["roles"], json!(["Incident.Read.All"]));
    let id = granted["id"].as_str().unwrap();
    directory.delete(&format!("{path}/appRoleAssignments/{id}")).await;
    assert_eq!(token_in(&world.send(ask()).await).1.get("roles"), None);
    directory.patch(&path, &json!({ "accountEnabled": false })).await;
    world.send(ask()).await.expect(400);
    directory.patch(&path, &json!({ "accountEnabled": true })).await;
    world.send(ask()).await.expect(200);
}

/// Wazuh's module builds its whole header line in 2,048 bytes and cuts the rest off in silence.
#[tokio::test]
async fn a_token_with_twenty_roles_fits_a_small_buffer() {
    let world = World::start().await;
    let token = world.token_of(&HOARDER, GRAPH).await;
    let (_, claims) = decode(&token);
    let roles = claims["roles"].as_array().unwrap();
    assert_eq!(roles.len(), 20);
    assert!(roles.is_sorted_by_key(|role| role.as_str().unwrap()));
    assert!(token.len() < 1900, "{} bytes", token.len());
}

#[tokio::test]
async fn what_was_seeded_is_there_after_a_restart_and_seeding_again_changes_nothing() {
    let world = World::start().await;
    let kid = |token: &str| decode(token).0["kid"].clone();
    let before = world.token(MTP).await;
    let world = world.restart().await;
    let after = world.token(MTP).await;
    assert_eq!(kid(&before), kid(&after));
    let secrets = |app: &App| {
        let id = app.id;
        let directory = world.directory(&ADMIN);
        async move {
            let application = directory.await.get(&format!("/applications(appId='{id}')")).await;
            application["passwordCredentials"].as_array().unwrap().len()
        }
    };
    assert_eq!(secrets(&SIEM).await, 1);
}
