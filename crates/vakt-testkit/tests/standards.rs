//! What the standards say where Microsoft is silent: RFC 8414 metadata, caching of key documents by
//! RFC 9110, RFC 6749's rules for the token endpoint.

use serde_json::json;
use vakt_testkit::cast::{CONTOSO, SIEM};
use vakt_testkit::{Request, TokenAsk, World, expect_aadsts, names};

const MTP: &str = "https://api.security.microsoft.com";
const WELL_KNOWN: &str = "/.well-known/oauth-authorization-server";

/// The address of an issuer's metadata by RFC 8414, section 3.1: the well-known path goes between
/// host and path, and a slash at the end goes away.
fn metadata_address(issuer: &str) -> String {
    let (host, path) = issuer["https://".len()..].split_once('/').unwrap();
    format!("https://{host}{WELL_KNOWN}/{}", path.trim_end_matches('/'))
}

#[tokio::test]
async fn each_issuer_has_its_metadata_where_the_standard_looks() {
    let world = World::start().await;
    let base = format!("{}/{}", world.url(), CONTOSO.id);
    for (issuer, oauth2, keys) in [
        (format!("{base}/"), "/oauth2", "/discovery/keys"),
        (format!("{base}/v2.0"), "/oauth2/v2.0", "/discovery/v2.0/keys"),
    ] {
        let expected = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{base}{oauth2}/authorize"),
            "token_endpoint": format!("{base}{oauth2}/token"),
            "jwks_uri": format!("{base}{keys}"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "form_post"],
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported":
                ["client_secret_post", "private_key_jwt", "client_secret_basic"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256"],
        });
        let address = metadata_address(&issuer);
        let target = address.strip_prefix(world.url()).unwrap();
        let answer = world.send(Request::get(target)).await;
        assert_eq!(answer.expect(200), expected, "{target}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let appended = issuer[world.url().len()..].trim_end_matches('/').to_owned() + WELL_KNOWN;
        assert_eq!(world.send(Request::get(appended)).await.expect(200), expected);
    }
}

#[tokio::test]
async fn metadata_of_nobody_says_where_there_is_some() {
    let world = World::start().await;
    for (target, status, code, text) in [
        (WELL_KNOWN.to_owned(), 400, 900_000, "every issuer here has a tenant in its path"),
        (format!("{WELL_KNOWN}/nowhere.example/v2.0"), 400, 90_002, "Tenant 'nowhere.example' not"),
        (format!("/nowhere.example{WELL_KNOWN}"), 400, 90_002, "Tenant 'nowhere.example' not"),
    ] {
        let body = expect_aadsts(&world.send(Request::get(target)).await, status, code);
        let said = body["error_description"].as_str().unwrap();
        assert!(said.contains(text), "{said}");
    }
}

#[tokio::test]
async fn a_key_document_that_is_known_is_not_sent_again() {
    let world = World::start().await;
    for path in ["/common/discovery/keys", "/common/discovery/v2.0/keys"] {
        let first = world.send(Request::get(path)).await;
        first.expect(200);
        assert_eq!(first.header("cache-control"), Some("max-age=3600, private"));
        let tag = first.header("etag").unwrap().to_owned();
        for (known, status) in [
            (tag.clone(), 304),
            (format!("W/{tag}"), 304),
            (format!("\"other\", {tag}"), 304),
            ("*".into(), 304),
            ("\"other\"".into(), 200),
        ] {
            let answer = world.send(Request::get(path).header("if-none-match", &known)).await;
            assert_eq!(answer.status, status, "{path} with {known}");
            assert_eq!(answer.header("etag"), Some(tag.as_str()));
            assert_eq!(answer.body.is_empty(), status == 304);
        }
    }
}

#[tokio::test]
async fn an_application_is_kept_in_the_address_of_its_keys() {
    let world = World::start().await;
    for (version, keys) in [("", "/discovery/keys"), ("/v2.0", "/discovery/v2.0/keys")] {
        let target = format!("/{}{version}/.well-known/openid-configuration", CONTOSO.id);
        for (query, kept) in [
            (String::new(), String::new()),
            (format!("?appid={}", SIEM.id), format!("?appid={}", SIEM.id)),
            ("?appid=../../evil".into(), String::new()),
        ] {
            let body = world.send(Request::get(format!("{target}{query}"))).await.expect(200);
            let wanted = format!("{}/{}{keys}{kept}", world.url(), CONTOSO.id);
            assert_eq!(body["jwks_uri"], wanted);
            let keys = wanted.strip_prefix(world.url()).unwrap();
            let keys = world.send(Request::get(keys)).await.expect(200);
            assert_eq!(names(&keys), ["keys"]);
        }
    }
}

#[tokio::test]
async fn accounts_sign_in_here_or_nowhere() {
    let world = World::start().await;
    let realm = |name: &str| Request::get(format!("/common/userrealm/{name}?api-version=1.0"));
    for (name, domain, kind) in [
        ("ada@contoso.com", "contoso.com", "Managed"),
        ("Ada@CONTOSO.onmicrosoft.com", "contoso.onmicrosoft.com", "Managed"),
        ("ada@nowhere.example", "nowhere.example", "Unknown"),
    ] {
        let expected = json!({
            "ver": "1.0",
            "account_type": kind,
            "domain_name": domain,
            "cloud_instance_name": "microsoftonline.com",
            "cloud_audience_urn": "urn:federation:MicrosoftOnline",
        });
        assert_eq!(world.send(realm(name)).await.expect(200), expected);
    }
    expect_aadsts(&world.send(realm("ada")).await, 400, 9_002_313);
}

/// RFC 6749, 2.3.1, 3.2, 5.1 and 5.2, as far as Microsoft's own words leave room.
#[tokio::test]
async fn the_token_endpoint_keeps_to_the_framework() {
    let world = World::start().await;
    let ask = || TokenAsk::v2(&SIEM, MTP);
    let good = world.send(ask().add("unknown", "x").add("unknown", "y")).await;
    good.expect(200);
    for (name, value) in [("cache-control", "no-store, no-cache"), ("pragma", "no-cache")] {
        assert_eq!(good.header(name), Some(value));
    }
    // A parameter without a value counts as left out.
    expect_aadsts(&world.send(ask().set("grant_type", "")).await, 400, 900_144);
    // A parameter must not be sent twice.
    expect_aadsts(&world.send(ask().add("grant_type", "client_credentials")).await, 400, 9_002_313);
    // A client that used HTTP Basic and failed is told which scheme to use.
    let basic = |secret: &str| {
        use base64::Engine;
        let pair = format!("{}:{secret}", SIEM.id);
        let pair = base64::engine::general_purpose::STANDARD.encode(pair);
        let bare = ask().without("client_id").without("client_secret");
        bare.header("authorization", &format!("Basic {pair}"))
    };
    world.send(basic(SIEM.secret)).await.expect(200);
    let refused = world.send(basic("wrong")).await;
    expect_aadsts(&refused, 401, 7_000_215);
    assert!(refused.header("www-authenticate").unwrap().starts_with("Basic "));
    // Credentials in the address are not credentials.
    let in_query = ask().without("client_secret").query("?client_secret=siem-secret");
    expect_aadsts(&world.send(in_query).await, 401, 7_000_216);
}
