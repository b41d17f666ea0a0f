//! The documents that clients read before they have a token: what is in them, under which names,
//! and that they follow the host that was called only where that host is ours.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use vakt_testkit::cast::{CONTOSO, SIEM};
use vakt_testkit::{Answer, Request, TokenAsk, World, decode, expect_aadsts, names};

const MTP: &str = "https://api.security.microsoft.com";
const LOGIN: &str = "login.microsoftonline.com";
const V1: &str = "/.well-known/openid-configuration";
const V2: &str = "/v2.0/.well-known/openid-configuration";

async fn document(world: &World, host: &str, target: impl Into<String>) -> Answer {
    let host = if host.is_empty() { world.url().trim_start_matches("https://") } else { host };
    world.send(Request::get(target).host(host)).await
}

#[tokio::test]
async fn the_v2_document_is_microsofts_with_our_addresses() {
    let world = World::start().await;
    let o = world.url();
    let (host, base) = (o.trim_start_matches("https://"), format!("{o}/{}", CONTOSO.id));
    let expected = json!({
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported":
            ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{base}/v2.0"),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("https://{host}/oidc/userinfo"),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
        "claims_supported": [
            "sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
            "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr",
            "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email",
        ],
        "kerberos_endpoint": format!("{base}/kerberos"),
        "tenant_region_scope": "WW",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": host,
        "rbac_url": "https://pas.windows.net",
    });
    for tenant in [CONTOSO.id, "contoso.com", "CONTOSO.onmicrosoft.com"] {
        let answer = document(&world, "", format!("/{tenant}{V2}")).await;
        assert_eq!(answer.expect(200), expected, "{tenant}");
    }
}

#[tokio::test]
async fn the_v1_document_differs_where_microsofts_does() {
    let world = World::start().await;
    let base = format!("{}/{}", world.url(), CONTOSO.id);
    let v1 = document(&world, "", format!("/{}{V1}", CONTOSO.id)).await.expect(200);
    for (name, value) in [
        ("token_endpoint", json!(format!("{base}/oauth2/token"))),
        ("authorization_endpoint", json!(format!("{base}/oauth2/authorize"))),
        ("jwks_uri", json!(format!("{base}/discovery/keys"))),
        ("issuer", json!(format!("{base}/"))),
        ("userinfo_endpoint", json!(format!("{base}/openid/userinfo"))),
        ("check_session_iframe", json!(format!("{base}/oauth2/checksession"))),
        ("scopes_supported", json!(["openid"])),
        ("microsoft_multi_refresh_token", json!(true)),
    ] {
        assert_eq!(v1[name], value, "{name}");
    }
    let types = v1["response_types_supported"].as_array().unwrap();
    assert!(types.contains(&json!("token")), "{types:?}");
}

#[tokio::test]
async fn placeholders_stay_placeholders() {
    let world = World::start().await;
    let o = world.url();
    for tenant in ["common", "organizations", "COMMON"] {
        let lower = tenant.to_ascii_lowercase();
        let v2 = document(&world, "", format!("/{tenant}{V2}")).await.expect(200);
        assert_eq!(v2["issuer"], format!("{o}/{{tenantid}}/v2.0"));
        assert_eq!(v2["token_endpoint"], format!("{o}/{lower}/oauth2/v2.0/token"));
        let v1 = document(&world, "", format!("/{tenant}{V1}")).await.expect(200);
        assert_eq!(v1["issuer"], format!("{o}/{{tenantid}}/"));
    }
    let adfs = document(&world, "", format!("/adfs{V1}")).await.expect(200);
    assert_eq!(adfs["token_endpoint"], format!("{o}/adfs/oauth2/token"));
    assert_eq!(adfs["issuer"], format!("{o}/{}/", CONTOSO.id), "its one tenant");
}

/// Every endpoint and the issuer share the origin that was called: msal-node and Go refuse others.
#[tokio::test]
async fn every_address_is_https_and_of_the_callers_origin() {
    let world = World::taking_over().await;
    let own = world.url().trim_start_matches("https://").to_owned();
    let port = own.rsplit_once(':').unwrap().1.to_owned();
    for host in [own.clone(), format!("127.0.0.1:{port}"), LOGIN.into()] {
        let v2 = document(&world, &host, format!("/{}{V2}", CONTOSO.id)).await.expect(200);
        for name in ["issuer", "token_endpoint", "authorization_endpoint", "jwks_uri"] {
            let address = v2[name].as_str().unwrap();
            assert!(address.starts_with(&format!("https://{host}/{}", CONTOSO.id)), "{address}");
        }
    }
}

#[tokio::test]
async fn a_foreign_host_is_answered_with_our_own_name() {
    let world = World::start().await;
    for host in ["evil.example", "evil.example:443", "localhost.evil.example", LOGIN] {
        let request = Request::get(format!("/{}{V2}", CONTOSO.id)).claimed_host(host);
        let request = request.header("x-forwarded-host", host).header("x-forwarded-proto", "http");
        let document = world.send(request).await.expect(200);
        assert_eq!(document["issuer"], format!("{}/{}/v2.0", world.url(), CONTOSO.id), "{host}");
    }
    let ask: Request = TokenAsk::v2(&SIEM, MTP).into();
    let answer = world.send(ask.claimed_host("evil.example")).await.expect(200);
    let (_, claims) = decode(answer["access_token"].as_str().unwrap());
    assert_eq!(claims["iss"], format!("{}/{}/", world.url(), CONTOSO.id));
}

#[tokio::test]
async fn keys_are_published_as_microsoft_does() {
    let world = World::start().await;
    let (header, _) = decode(&world.token(MTP).await);
    for (path, issuer) in [
        (format!("/{}/discovery/keys", CONTOSO.id), None),
        ("/common/discovery/keys".into(), None),
        ("/adfs/discovery/keys".into(), None),
        (format!("/{}/discovery/v2.0/keys", CONTOSO.id), Some(CONTOSO.id)),
        ("/contoso.com/discovery/v2.0/keys".into(), Some(CONTOSO.id)),
        ("/organizations/discovery/v2.0/keys".into(), Some("{tenantid}")),
    ] {
        let body = document(&world, "", path.clone()).await.expect(200);
        let [key] = &body["keys"].as_array().unwrap()[..] else { panic!("{body}") };
        let mut members = vec!["e", "kid", "kty", "n", "use", "x5c", "x5t"];
        if issuer.is_some() {
            members.insert(1, "issuer");
        }
        assert_eq!(names(key), members, "{path}");
        assert_eq!(
            (&key["kty"], &key["use"], &key["e"]),
            (&json!("RSA"), &json!("sig"), &json!("AQAB"))
        );
        assert_eq!(key["kid"], key["x5t"]);
        assert_eq!(key["kid"], header["kid"], "tokens are signed with a published key");
        let issuer = issuer.map(|tenant| format!("{}/{tenant}/v2.0", world.url()));
        assert_eq!(key.get("issuer").and_then(Value::as_str), issuer.as_deref());
        expect_certificate_of(key);
    }
}

/// The certificate is over the key's own number, and `x5t` is its thumbprint.
fn expect_certificate_of(key: &Value) {
    let decode = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let (n, x5t) = (decode("n"), decode("x5t"));
    assert_eq!(n.len(), 256, "2,048 bits");
    let [certificate] = &key["x5c"].as_array().unwrap()[..] else { panic!("{key}") };
    let certificate = STANDARD.decode(certificate.as_str().unwrap()).unwrap();
    assert!(certificate.windows(n.len()).any(|window| window == n));
    let thumbprint =
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &certificate);
    assert_eq!(thumbprint.as_ref(), x5t);
}

#[tokio::test]
async fn documents_may_be_kept_and_read_by_browsers() {
    let world = World::start().await;
    let instance = format!(
        "/common/discovery/instance?api-version=1.1&authorization_endpoint={}/common",
        world.url()
    );
    // Keys are forgotten sooner than the rest, for the day one has to go by force.
    for (path, seconds) in [
        (format!("/{}{V1}", CONTOSO.id), 86_400),
        (format!("/{}{V2}", CONTOSO.id), 86_400),
        (format!("/{}/discovery/keys", CONTOSO.id), 3_600),
        (format!("/{}/discovery/v2.0/keys", CONTOSO.id), 3_600),
        (instance, 86_400),
    ] {
        let answer = document(&world, "", path.clone()).await;
        let preflight = world.send(Request::new("OPTIONS", path.clone())).await;
        assert_eq!((answer.status, preflight.status), (200, 204), "{path}");
        let kept = format!("max-age={seconds}, private");
        assert_eq!(answer.header("cache-control"), Some(kept.as_str()), "{path}");
        for answer in [answer, preflight] {
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            assert_eq!(answer.header("access-control-allow-methods"), Some("GET, OPTIONS"));
        }
    }
}

#[tokio::test]
async fn documents_are_found_however_their_path_is_spelled() {
    let world = World::start().await;
    for path in [
        format!("//{}{V2}", CONTOSO.id),
        format!("/{}/V2.0/.Well-Known/OpenID-Configuration", CONTOSO.id.to_ascii_uppercase()),
        format!("/{}{V2}/?appid={}", CONTOSO.id, SIEM.id),
        format!("/{}/Discovery/V2.0/Keys", CONTOSO.id),
    ] {
        document(&world, "", path).await.expect(200);
    }
}

#[tokio::test]
async fn instance_discovery_knows_our_own_host() {
    let world = World::start().await;
    let host = world.url().trim_start_matches("https://");
    for (endpoint, version, document_path) in [
        (format!("https://{host}/common/oauth2/authorize"), "1.0", format!("/common{V1}")),
        (
            format!("https%3A%2F%2F{host}%2F{}%2Foauth2%2Fv2.0%2Fauthorize", CONTOSO.id),
            "1.1",
            format!("/{}{V2}", CONTOSO.id),
        ),
        (format!("https://{host}"), "1.1", format!("/common{V1}")),
    ] {
        let target = format!(
            "/common/discovery/instance?api-version={version}&authorization_endpoint={endpoint}"
        );
        let body = document(&world, "", target).await.expect(200);
        let expected = json!({
            "tenant_discovery_endpoint": format!("https://{host}{document_path}"),
            "api-version": version,
            "metadata": [{
                "preferred_network": host,
                "preferred_cache": host,
                "aliases": [host],
            }],
        });
        assert_eq!(body, expected);
    }
}

#[tokio::test]
async fn with_taken_over_names_everything_is_microsofts_own() {
    let world = World::taking_over().await;
    let id = CONTOSO.id;
    for host in [LOGIN, "login.windows.net", "sts.windows.net", "LOGIN.microsoftonline.com"] {
        let lower = host.to_ascii_lowercase();
        let v1 = document(&world, host, format!("/{id}{V1}")).await.expect(200);
        assert_eq!(v1["issuer"], format!("https://sts.windows.net/{id}/"));
        assert_eq!(v1["token_endpoint"], format!("https://{lower}/{id}/oauth2/token"));
        let v2 = document(&world, host, format!("/{id}{V2}")).await.expect(200);
        assert_eq!(v2["issuer"], format!("https://login.microsoftonline.com/{id}/v2.0"));
        assert_eq!(v2["msgraph_host"], "graph.microsoft.com");
        let ask: Request = TokenAsk::v1(&SIEM, MTP).into();
        let body = world.send(ask.host(host)).await.expect(200);
        let token = body["access_token"].as_str().unwrap();
        assert_eq!(decode(token).1["iss"], format!("https://sts.windows.net/{id}/"));
        for api in ["api.security.microsoft.com", "api-eu.security.microsoft.com", "localhost"] {
            let request = Request::get("/api/incidents").bearer(token).host(api);
            world.send(request).await.expect(200);
        }
    }
}

#[tokio::test]
async fn taken_over_names_are_one_authority() {
    let world = World::taking_over().await;
    let target = format!(
        "/common/discovery/instance?api-version=1.1&authorization_endpoint=https://{LOGIN}/common/oauth2/v2.0/authorize"
    );
    let body = document(&world, LOGIN, target).await.expect(200);
    let [group] = &body["metadata"].as_array().unwrap()[..] else { panic!("{body}") };
    assert_eq!(group["preferred_network"], LOGIN);
    assert_eq!(group["preferred_cache"], "login.windows.net");
    for name in [LOGIN, "login.windows.net", "login.microsoft.com", "sts.windows.net"] {
        assert!(group["aliases"].as_array().unwrap().contains(&json!(name)), "{name}");
    }
    let wanted = format!("https://{LOGIN}/common{V2}");
    assert_eq!(body["tenant_discovery_endpoint"], wanted);
    let unknown = "/common/discovery/instance?api-version=1.1&authorization_endpoint=https://evil.example/common";
    expect_aadsts(&document(&world, LOGIN, unknown).await, 400, 50_049);
}

#[tokio::test]
async fn without_taken_over_names_microsofts_issuer_is_nobody() {
    let world = World::taking_over().await;
    let ask: Request = TokenAsk::v1(&SIEM, MTP).into();
    let body = world.send(ask.host(LOGIN)).await.expect(200);
    let token = body["access_token"].as_str().unwrap().to_owned();
    world.send(Request::get("/api/incidents").bearer(&token)).await.expect(200);
    // The same keys and data, but the names are no longer ours.
    let world = world.restart().await;
    let answer = world.send(Request::get("/api/incidents").bearer(&token)).await;
    vakt_testkit::expect_classic(&answer, 401, "Unauthorized");
}
