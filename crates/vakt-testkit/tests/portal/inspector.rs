//! The token inspector: tokens of every kind are told in words, and nothing of them is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vakt_server::FederationOptions;
use vakt_testkit::cast::SIEM;
use vakt_testkit::people::{ADA, RITA};
use vakt_testkit::{Answer, ClientSigner, Forge, StartWith, TestIssuer, Visitor, World, decode};

use super::hostile::{NAMES, expect_harmless};

const MTP: &str = "https://api.security.microsoft.com";
const GRAPH: &str = "https://graph.microsoft.com";
pub const INSPECTOR: &str = "/portal/inspector";

/// What the page answers to a pasted token.
pub async fn inspected(visitor: &mut Visitor, token: &str, discovery: &str) -> Answer {
    let form = visitor.get(INSPECTOR).await;
    visitor.submit(&form, &[("token", token), ("discovery", discovery)]).await
}

async fn check(visitor: &mut Visitor, name: &str, token: &str, expected: (u16, &[&str])) {
    let answer = inspected(visitor, token, "").await;
    assert_eq!(answer.status, expected.0, "{name}: {}", answer.text());
    let text = answer.text().replace("&#39;", "'").replace("&#34;", "\"");
    for part in expected.1 {
        assert!(text.contains(part), "{name}: {part} is not in {text}");
    }
    assert!(token.len() < 40 || !text.contains(token), "{name}: what was pasted is shown again");
}

/// The claims with one of them changed.
fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    claims[name] = value;
    claims
}

fn without(claims: &Value, names: &[&str]) -> Value {
    let mut claims = claims.clone();
    for name in names {
        claims.as_object_mut().unwrap().remove(*name);
    }
    claims
}

#[tokio::test]
async fn good_tokens_are_matched_to_calls() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let token = world.token(MTP).await;
    let place = format!("/portal/enterprise/{}", SIEM.id);
    let known: &[&str] = &[
        "This token opens 3 of 4 well-known calls",
        "signature right",
        "the application <code>siem</code>",
        "It is good for Microsoft Threat Protection",
        "It expires in ",
        "GET /api/incidents",
        "it needs Incident.ReadWrite.All, which is not among the token's roles",
        &place,
    ];
    check(&mut rita, "whole", &token, (200, known)).await;
    check(&mut rita, "with its header", &format!("Bearer {token}"), (200, known)).await;
    let (front, back) = token.split_at(300);
    check(&mut rita, "broken", &format!("{front}\r\n  {back}\r\n"), (200, known)).await;
    let graph = world.token(GRAPH).await;
    let known: &[&str] = &["It is good for Microsoft Graph", "It cannot call", "runHuntingQuery"];
    check(&mut rita, "Graph's", &graph, (200, known)).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_told() {
    let world = World::with_people().await;
    let forge = Forge::with_key_of(&world).await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let claims = decode(&world.token(MTP).await).1;
    let now = claims["iat"].as_i64().unwrap();
    let sign = |claims: &Value| forge.sign(&forge.header(), claims);
    let old = with(&with(&claims, "nbf", json!(now - 9000)), "exp", json!(now - 7300));
    let identity = without(&claims, &["appid", "azp", "roles", "oid"]);
    let identity = with(&identity, "nonce", json!("n"));
    for (name, token, expected) in [
        ("expired", sign(&old), "It EXPIRED 2 hours ago"),
        ("expired, the next step", sign(&old), "Get a new token."),
        ("not yet valid", sign(&with(&claims, "nbf", json!(now + 1800))), "it starts in "),
        ("the same", sign(&with(&claims, "nbf", json!(now + 1800))), "opens nothing here"),
        (
            "for another API",
            sign(&with(&claims, "aud", json!("api://own"))),
            "none of this server's",
        ),
        ("the same", sign(&with(&claims, "aud", json!("api://own"))), "opens nothing here"),
        ("of a person", sign(&with(&claims, "scp", json!("Files.Read"))), "client_credentials"),
        ("an ID token", sign(&identity), "It is an ID token"),
        ("an ID token", sign(&identity), "opens nothing here"),
        ("without roles", sign(&without(&claims, &["roles"])), "It has no roles"),
        ("another's", forge.impostor_of().sign(&forge.header(), &claims), "signature wrong"),
        ("unsigned", forge.unsigned("none", &claims), "signature wrong"),
        (
            "of another issuer",
            sign(&with(&claims, "iss", json!("https://i.example/"))),
            "opens nothing",
        ),
        (
            "with a strange role",
            sign(&with(&claims, "roles", json!(["X.Y"]))),
            "No role of this API",
        ),
        (
            "with odd claims",
            sign(&json!({ "exp": "soon", "aud": [1], "roles": 7 })),
            "names no API",
        ),
    ] {
        check(&mut rita, name, &token, (200, &[expected])).await;
    }
}

#[tokio::test]
async fn what_is_no_token_is_told_beside_the_field() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let token = world.token(MTP).await;
    let encrypted = URL_SAFE_NO_PAD.encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
    for (name, token, expected) in [
        ("nothing", String::new(), "Paste a token."),
        ("too long", "e".repeat(20_000), "longer than a token may be"),
        ("encrypted", format!("{encrypted}.a.b.c.d"), "This token is encrypted"),
        ("a refresh token", "0.AXYAabc.AgABAAEAAAD".into(), "Refresh tokens"),
        ("the whole answer", format!(r#"{{"access_token":"{token}"}}"#), "access_token alone"),
        ("cut", token[..token.len() / 3].to_owned(), "This token is damaged"),
        ("hostile", "\"><img src=x onerror=alert(1)>".into(), "cannot be read by anybody"),
    ] {
        check(&mut rita, name, &token, (400, &[expected, "token-problem"])).await;
    }
}

#[tokio::test]
async fn other_issuers_are_asked_where_the_operator_lets_them_be() {
    let key = ClientSigner::new(0);
    let issuer = TestIssuer::start(vec![key.clone()]).await;
    let mut with = StartWith::of(vakt_testkit::people::seed());
    with.files = vec![("issuer-ca.pem".into(), issuer.ca().as_bytes().to_vec())];
    with.federation = FederationOptions {
        issuers: vec![issuer.url().to_owned()],
        keys: Vec::new(),
        authorities: Some("issuer-ca.pem".into()),
    };
    let world = World::start_with(with).await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let header = json!({ "alg": "RS256", "kid": key.jwk().kid, "typ": "JWT" });
    let token = key.sign(&header, &json!({ "iss": issuer.url(), "sub": "job", "aud": "x" }));
    let stranger = ClientSigner::new(1).sign(&header, &json!({ "iss": issuer.url() }));
    let document = format!("{}/.well-known/openid-configuration", issuer.url());
    let ours = format!("{}/common/.well-known/openid-configuration", world.url());
    for (token, discovery, expected) in [
        (&token, "", "give the address of that issuer"),
        (&token, &*document, "signature right"),
        (&token, issuer.url(), "signature right"),
        (&stranger, &*document, "signature wrong"),
        (&token, "https://unlisted.example", "--federation-issuer"),
        (&token, "http://169.254.169.254/latest", "--federation-issuer"),
        (&token, &*ours, "keys made it"),
        (&token, "file:///etc/passwd", "not the address of an issuer"),
        (&token, &*token, "not the address of an issuer"),
    ] {
        let answer = inspected(&mut rita, token, discovery).await;
        assert_eq!(answer.status, 200, "{discovery}");
        assert!(answer.text().contains(expected), "{discovery}: {}", answer.text());
    }
    assert_eq!(issuer.asked(), 2, "one configuration and one key document for all");
}

#[tokio::test]
async fn hostile_claims_stay_text() {
    let world = World::with_people().await;
    let forge = Forge::with_key_of(&world).await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let claims = decode(&world.token(MTP).await).1;
    for &name in NAMES {
        let mut hostile = claims.clone();
        for claim in ["aud", "iss", "app_displayname", "appid", "tid", "scp", name] {
            hostile[claim] = json!(name);
        }
        hostile["roles"] = json!([name]);
        let mut header = forge.header();
        header[name] = json!(name);
        for header in [forge.header(), header] {
            let token = forge.sign(&header, &hostile);
            let answer = inspected(&mut ada, &token, name).await;
            assert_eq!(answer.status, 200, "{name}");
            expect_harmless(answer.text(), name);
        }
    }
}
