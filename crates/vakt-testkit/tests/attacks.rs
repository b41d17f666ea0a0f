//! Tokens and requests of people who wish us ill, and of programs that are merely broken. Each is
//! answered in its own dialect, none with a 5xx, and the server goes on.

use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, BARE, CONTOSO, FABRIKAM, FABRIKAM_SIEM, IMPORTER, SIEM};
use vakt_testkit::{
    Answer, Forge, Request, TokenAsk, World, decode, expect_aadsts, expect_classic, expect_graph,
    fits,
};

const MTP: &str = "https://api.security.microsoft.com";
const GRAPH: &str = "https://graph.microsoft.com";
const INCIDENTS: &str = "/api/incidents";

/// The bench: a server, its key in the wrong hands, and the claims of a good token.
struct Bench {
    world: World,
    forge: Forge,
    claims: Value,
    token: String,
}

impl Bench {
    async fn new() -> Self {
        let world = World::start().await;
        let forge = Forge::with_key_of(&world).await;
        let token = world.token(MTP).await;
        let (_, claims) = decode(&token);
        Self { world, forge, claims, token }
    }

    /// The good claims with one changed; null takes it away.
    fn with(&self, claim: &str, value: Value) -> Value {
        let mut claims = self.claims.clone();
        let members = claims.as_object_mut().unwrap();
        if value.is_null() {
            members.remove(claim).unwrap();
        } else {
            members.insert(claim.into(), value);
        }
        claims
    }

    fn signed(&self, claim: &str, value: Value) -> String {
        self.forge.sign(&self.forge.header(), &self.with(claim, value))
    }

    fn headed(&self, member: &str, value: Value) -> String {
        let mut header = self.forge.header();
        header[member] = value;
        self.forge.sign(&header, &self.claims)
    }

    async fn call(&self, token: &str) -> Answer {
        self.world.send(Request::get(INCIDENTS).bearer(token)).await
    }
}

#[tokio::test]
async fn what_the_forge_signs_as_it_should_be_is_accepted() {
    let bench = Bench::new().await;
    let copy = bench.forge.sign(&bench.forge.header(), &bench.claims);
    bench.call(&copy).await.expect(200);
    bench.call(&bench.token).await.expect(200);
}

#[tokio::test]
async fn forged_tokens_are_refused_and_the_reason_is_said() {
    let bench = Bench::new().await;
    let rows = [header_rows(&bench), signature_rows(&bench), claim_rows(&bench)];
    for (reason, token) in rows.into_iter().flatten() {
        let answer = bench.call(&token).await;
        let message = expect_classic(&answer, 401, "Unauthorized");
        let pattern = format!("Invalid Authorization payload. {reason}. AppId: *");
        assert!(fits(&pattern, &message), "`{message}`\nis not `{pattern}`\nfor {token:.300}");
        let challenge = answer.header("www-authenticate").unwrap();
        assert!(challenge.starts_with("Bearer ") && challenge.contains(r#"error="invalid_token""#));
    }
    bench.call(&bench.token).await.expect(200);
}

fn header_rows(bench: &Bench) -> Vec<(String, String)> {
    let forge = &bench.forge;
    let algorithm = |alg| format!("The token's algorithm is `{alg}`; only `RS256` is accepted");
    let mut no_kid = forge.header();
    no_kid.as_object_mut().unwrap().remove("kid");
    let mut rows = vec![
        (algorithm("none"), forge.unsigned("none", &bench.claims)),
        (algorithm("None"), forge.unsigned("None", &bench.claims)),
        (algorithm("NONE"), format!("{}c2ln", forge.unsigned("NONE", &bench.claims))),
        (algorithm("rs256"), bench.headed("alg", json!("rs256"))),
        (algorithm("RS512"), bench.headed("alg", json!("RS512"))),
        (algorithm("PS256"), bench.headed("alg", json!("PS256"))),
        (algorithm(""), bench.headed("alg", json!(""))),
        ("The token is not a JWT: its header*".into(), bench.headed("alg", json!(["RS256"]))),
        ("The token is not a JWT: its header*".into(), bench.headed("alg", Value::Null)),
        ("The token's type is `at`; *".into(), bench.headed("typ", json!("at"))),
        ("The token's type is `JWE`; *".into(), bench.headed("typ", json!("JWE"))),
        ("The token has critical header parameters*".into(), bench.headed("crit", json!(["exp"]))),
        ("The token has critical header parameters*".into(), bench.headed("crit", json!([]))),
        ("The token's signing key `x` is not one of*".into(), bench.headed("kid", json!("x"))),
        ("The token's signing key `` is not one of*".into(), forge.sign(&no_kid, &bench.claims)),
    ];
    for public in forge.public_forms() {
        rows.push((algorithm("HS256"), forge.sign_hs256(&bench.claims, &public)));
    }
    rows
}

fn signature_rows(bench: &Bench) -> Vec<(String, String)> {
    let mismatch = "The token's signature does not match its content".to_owned();
    let no_jwt = |why: &str| format!("The token is not a JWT: {why}");
    let three = no_jwt("it does not have three parts between dots");
    let parts: Vec<&str> = bench.token.split('.').collect();
    let (head, payload, signature) = (parts[0], parts[1], parts[2]);
    let richer = bench.forge.impostor_of().sign(&bench.forge.header(), &bench.claims);
    let other = bench.signed("roles", json!(["Incident.ReadWrite.All"]));
    let other_payload = other.split('.').nth(1).unwrap();
    let flipped = if signature.starts_with('A') { "B" } else { "A" };
    // A key of one's own, offered along: it must not even be looked at.
    let offered = json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" });
    let mut with_jwk = bench.forge.header();
    with_jwk["jwk"] = offered;
    with_jwk["jku"] = json!("https://evil.example/keys");
    let by_own_key = bench.forge.impostor_of().sign(&with_jwk, &bench.claims);
    vec![
        (mismatch.clone(), format!("{head}.{other_payload}.{signature}")),
        (mismatch.clone(), format!("{head}.{payload}.{flipped}{}", &signature[1..])),
        (mismatch.clone(), format!("{head}.{payload}.{}", &signature[..signature.len() - 2])),
        (mismatch.clone(), format!("{head}.{payload}.")),
        (mismatch.clone(), richer),
        (mismatch, by_own_key),
        (three.clone(), format!("{head}.{payload}")),
        (three.clone(), format!("{head}.{payload}.{signature}.{signature}")),
        (three, "token".into()),
        (no_jwt("its header is not base64url"), format!("!{head}.{payload}.{signature}")),
        (no_jwt("its signature is not base64url"), format!("{head}.{payload}.{signature}=")),
        (no_jwt("its header is not the expected JSON: *"), format!("{payload:.4}.{payload}.x")),
        (
            "The token has * bytes; at most 16384 are accepted".into(),
            bench.signed("padding", json!("x".repeat(14_000))),
        ),
    ]
}

fn claim_rows(bench: &Bench) -> Vec<(String, String)> {
    let now = bench.world.clock().now().as_second();
    let audience = |aud: &str| format!("The token's audience `{aud}` is not this API");
    let issuer = |iss: &str| format!("The token's issuer `{iss}` is not accepted here");
    let claim = |what: &str| format!("The token's claim {what}");
    let foreign = format!("{}/{}/", bench.world.url(), FABRIKAM.id);
    let sts = format!("https://sts.windows.net/{}/", CONTOSO.id);
    let v2 = format!("{}/{}/v2.0", bench.world.url(), CONTOSO.id);
    let evil = format!("https://localhost.evil.example/{}/", CONTOSO.id);
    let not_app = "The token is not an app-only access token".to_owned();
    let mut relabelled = bench.claims.clone();
    relabelled["tid"] = json!(FABRIKAM.id);
    vec![
        ("The token expired at 2026-03-01T11:55:00Z".into(), bench.signed("exp", json!(now - 300))),
        (
            "The token is not valid before 2026-03-01T12:05:01Z".into(),
            bench.signed("nbf", json!(now + 301)),
        ),
        (claim("`exp` is missing"), bench.signed("exp", Value::Null)),
        (
            claim("`exp` is not a time in seconds"),
            bench.signed("exp", json!((now + 99).to_string())),
        ),
        (claim("`exp` is not a time in seconds"), bench.signed("exp", json!(1e300))),
        (claim("`nbf` is missing"), bench.signed("nbf", Value::Null)),
        (audience("https://api.example"), bench.signed("aud", json!("https://api.example"))),
        (
            audience(&format!("{MTP}.evil.example")),
            bench.signed("aud", json!(format!("{MTP}.evil.example"))),
        ),
        (
            audience("00000002-0000-0000-c000-000000000000"),
            bench.signed("aud", json!("00000002-0000-0000-c000-000000000000")),
        ),
        (claim("`aud` is not a text"), bench.signed("aud", json!([MTP]))),
        (claim("`aud` is missing"), bench.signed("aud", Value::Null)),
        (issuer(&foreign), bench.signed("iss", json!(foreign))),
        (issuer(&sts), bench.signed("iss", json!(sts))),
        (issuer(&v2), bench.signed("iss", json!(v2))),
        (issuer(&evil), bench.signed("iss", json!(evil))),
        (issuer("*"), bench.forge.sign(&bench.forge.header(), &relabelled)),
        (claim("`tid` is missing"), bench.signed("tid", Value::Null)),
        (claim("`ver` is missing"), bench.signed("ver", Value::Null)),
        (
            claim("`roles` is not an array of texts"),
            bench.signed("roles", json!("Incident.Read.All")),
        ),
        (
            claim("`roles` is not an array of texts"),
            bench.signed("roles", json!([["Incident.Read.All"]])),
        ),
        (not_app.clone(), bench.signed("scp", json!("Incident.Read"))),
        (not_app, bench.signed("sub", json!("somebody"))),
    ]
}

#[tokio::test]
async fn honest_clocks_may_differ_by_five_minutes() {
    let bench = Bench::new().await;
    let now = bench.world.clock().now().as_second();
    bench.call(&bench.signed("exp", json!(now - 299))).await.expect(200);
    bench.call(&bench.signed("nbf", json!(now + 300))).await.expect(200);
    bench.world.clock().advance(jiff::SignedDuration::from_secs(3600 + 299));
    bench.call(&bench.token).await.expect(200);
    bench.world.clock().advance(jiff::SignedDuration::from_secs(1));
    expect_classic(&bench.call(&bench.token).await, 401, "Unauthorized");
}

#[tokio::test]
async fn the_401_says_what_came_what_was_wanted_and_what_to_do() {
    let bench = Bench::new().await;
    let token = bench.world.token_of(&ADMIN, "https://management.azure.com/").await;
    let answer = bench.call(&token).await;
    let message = expect_classic(&answer, 401, "Unauthorized");
    let expected = format!(
        "Invalid Authorization payload. The token's audience `https://management.azure.com/` is \
         not this API. AppId: {}, Audience: https://management.azure.com/, Issuer: {url}/{tid}/, \
         Validity: valid from 2026-03-01T11:55:00Z to 2026-03-01T13:00:00Z. Wanted: Audience: \
         {MTP}, Issuer: {url}/{tid}/, Validity: valid at 2026-03-01T12:00:00Z. Ask for a token \
         with scope {MTP}/.default.",
        ADMIN.id,
        url = bench.world.url(),
        tid = CONTOSO.id,
    );
    assert_eq!(message, expected);
}

#[tokio::test]
async fn a_token_of_the_other_tenant_stays_in_its_tenant() {
    let bench = Bench::new().await;
    let list = vakt_testkit::incidents::full(77);
    bench.world.import(&IMPORTER, &[list]).await;
    let token = bench.world.token_of(&FABRIKAM_SIEM, MTP).await;
    let (_, mut claims) = decode(&token);
    let list = bench.call(&token).await.expect(200);
    assert_eq!(list["value"], json!([]));
    // Re-labelled by hand, its issuer no longer speaks for its tenant.
    claims["tid"] = json!(CONTOSO.id);
    let relabelled = bench.forge.sign(&bench.forge.header(), &claims);
    expect_classic(&bench.call(&relabelled).await, 401, "Unauthorized");
}

#[tokio::test]
async fn without_the_right_role_the_answer_is_403_and_names_both_sides() {
    let bench = Bench::new().await;
    let denied = |required: &str, held: &str, cure: &str| {
        let head = format!("Missing application roles. API required roles: {required}");
        format!("{head}, application roles: {held}. {cure}")
    };
    let consent = "Grant application * one of the required roles, consent, and get a new token.";
    let endpoint = "https://api.securitycenter.microsoft.com";
    let other_api = format!("The token is for {endpoint}: ask for {MTP}/.default.");
    let read = "Incident.Read.All,Incident.ReadWrite.All";
    for (held, cure, token) in [
        ("", consent, bench.world.token_of(&BARE, MTP).await),
        ("", consent, bench.signed("roles", Value::Null)),
        ("", consent, bench.signed("roles", json!([]))),
        ("incident.read.all", consent, bench.signed("roles", json!(["incident.read.all"]))),
        ("Alert.Read.All", &other_api, bench.world.token(endpoint).await),
    ] {
        let answer = bench.call(&token).await;
        let message = expect_classic(&answer, 403, "Forbidden");
        let pattern = denied(read, held, cure);
        assert!(fits(&pattern, &message), "`{message}`\nis not `{pattern}`");
        assert_eq!(answer.header("www-authenticate"), None);
    }
    let request = Request::post("/vakt/v1/incidents/import").bearer(&bench.token);
    let answer = bench.world.send(request.json(&json!({ "value": [] }))).await;
    let message = expect_classic(&answer, 403, "Forbidden");
    let held = "AdvancedHunting.Read.All,Incident.Read.All";
    assert!(fits(&denied("Incident.ReadWrite.All", held, consent), &message), "{message}");
}

#[tokio::test]
async fn graph_refuses_in_its_own_words() {
    let bench = Bench::new().await;
    let call = |token: &str| bench.world.send(Request::get("/v1.0/applications").bearer(token));
    let answer = bench.world.send(Request::get("/v1.0/applications")).await;
    expect_graph(&answer, 401, "InvalidAuthenticationToken");
    let message = expect_graph(&call(&bench.token).await, 401, "InvalidAuthenticationToken");
    assert!(message.contains(&format!("Wanted: Audience: {GRAPH}")), "{message}");
    let token = bench.world.token(GRAPH).await;
    let message = expect_graph(&call(&token).await, 403, "Authorization_RequestDenied");
    let start = "Insufficient privileges to complete the operation. *API required roles: \
                 Application.Read.All,*application roles: SecurityIncident.Read.All. *";
    assert!(fits(start, &message), "{message}");
}

#[tokio::test]
async fn a_token_is_found_however_it_is_sent() {
    let bench = Bench::new().await;
    let send =
        |value: String| bench.world.send(Request::get(INCIDENTS).header("authorization", &value));
    for scheme in ["Bearer ", "bearer ", "BEARER ", "", "Bearer  ", " "] {
        let answer = send(format!("{scheme}{}", bench.token)).await;
        assert_eq!(answer.status, 200, "`{scheme}`");
    }
    for value in ["", "Bearer", "Bearer ", "Basic YTpi", "Token x y"] {
        let answer = send(value.into()).await;
        let message = expect_classic(&answer, 401, "Unauthorized");
        assert!(message.starts_with("The request has no access token."), "`{value}`: {message}");
    }
}

#[tokio::test]
async fn broken_requests_get_an_answer_in_their_dialect() {
    let bench = Bench::new().await;
    let admin = bench.world.token_of(&ADMIN, GRAPH).await;
    let importer = bench.world.token_of(&IMPORTER, MTP).await;
    let send = |request: Request| bench.world.send(request);
    let long = "x".repeat(40_000);
    let megabyte = "x".repeat(1_000_000);
    let token_path = format!("/{}/oauth2/v2.0/token", CONTOSO.id);

    for (path, code) in
        [(INCIDENTS, "RequestHeaderFieldsTooLarge"), ("/nowhere", "RequestHeaderFieldsTooLarge")]
    {
        let answer = send(Request::get(path).bearer(&megabyte)).await;
        expect_classic(&answer, 431, code);
    }
    let answer = send(Request::get("/v1.0/applications").bearer(&long)).await;
    expect_graph(&answer, 431, "RequestHeaderFieldsTooLarge");
    let answer = send(Request::post(&token_path).header("x-padding", &megabyte)).await;
    expect_aadsts(&answer, 431, 900_000);
    let answer =
        send(Request::get(format!("{INCIDENTS}?$filter={long}")).bearer(&bench.token)).await;
    expect_classic(&answer, 414, "UriTooLong");

    expect_classic(&send(Request::get("/nowhere")).await, 404, "NotFound");
    expect_classic(&send(Request::get("/api/vulnerabilities")).await, 404, "NotFound");
    expect_graph(&send(Request::get("/v1.0/users")).await, 404, "NotFound");
    expect_graph(&send(Request::get("/beta/groups")).await, 404, "NotFound");
    expect_aadsts(&send(Request::get("/common/kerberos")).await, 404, 900_000);

    let put = Request::new("PUT", INCIDENTS).bearer(&bench.token);
    expect_classic(&send(put).await, 405, "MethodNotAllowed");
    let put = Request::new("PUT", "/v1.0/applications").bearer(&admin);
    expect_graph(&send(put).await, 405, "MethodNotAllowed");
    let post = Request::post(format!("/{}/discovery/keys", CONTOSO.id));
    expect_aadsts(&send(post).await, 405, 900_000);

    let form = TokenAsk::v2(&SIEM, MTP).set("client_info", &"x".repeat(70_000));
    expect_aadsts(&send(form.into()).await, 413, 9_002_313);
    let big = Request::post("/v1.0/applications").bearer(&admin);
    let big = big.json(&json!({ "displayName": "x".repeat(1_100_000) }));
    expect_graph(&send(big).await, 413, "RequestEntityTooLarge");

    for body in ["", "null", "[]", "{", "{\"value\":{}}", "\u{feff}{}", "\"\u{0}\""] {
        let request = Request::post("/vakt/v1/incidents/import").bearer(&importer);
        let answer = send(request.body("application/json", body.to_owned())).await;
        expect_classic(&answer, 400, "InvalidRequestBody");
    }
    for body in ["null", "[]", "{", "{\"displayName\":7}", "{\"displayName\":\"\\ud800\"}"] {
        let request = Request::post("/v1.0/applications").bearer(&admin);
        let answer = send(request.body("application/json", body.to_owned())).await;
        expect_graph(&answer, 400, "Request_BadRequest");
    }
    bench.call(&bench.token).await.expect(200);
}

#[tokio::test]
async fn bodies_that_end_early_are_not_acted_on() {
    let bench = Bench::new().await;
    let importer = bench.world.token_of(&IMPORTER, MTP).await;
    let body = json!({ "value": [vakt_testkit::incidents::full(7)] }).to_string();
    let head = |target: &str, more: &str, length: usize| {
        format!(
            "POST {target} HTTP/1.1\r\nhost: localhost\r\n{more}content-length: {length}\r\n\r\n"
        )
    };
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope={MTP}/.default",
        SIEM.id, SIEM.secret
    );
    let token = head(&format!("/{}/oauth2/v2.0/token", CONTOSO.id), "", form.len() + 1);
    let bearer = format!("authorization: Bearer {importer}\r\n");
    let import = head("/vakt/v1/incidents/import", &bearer, body.len() + 1);
    for (head, body) in [(token, form), (import, body)] {
        let received = bench.world.https().exchange(format!("{head}{body}").as_bytes()).await;
        let received = String::from_utf8(received).unwrap();
        let status = received.split(' ').nth(1).unwrap_or("no answer");
        assert!(["400", "no answer"].contains(&status), "{received}");
    }
    let list = bench.call(&bench.token).await.expect(200);
    assert_eq!(list["value"], json!([]), "half an import was acted on");
}

#[tokio::test]
async fn noise_on_the_wire_disturbs_nobody() {
    let bench = Bench::new().await;
    for noise in [
        &b"\x16\x03\x01\x00\x05hello"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /api/incidents HTTP/1.1\r\n\r\n",
        b"POST /api/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnoise",
        b"\r\n\r\n\r\n",
        &[0_u8; 4096],
    ] {
        let received = bench.world.https().exchange(noise).await;
        let received = String::from_utf8_lossy(&received).into_owned();
        let status = received.split(' ').nth(1).unwrap_or_default();
        assert!(!status.starts_with('5') || status == "505", "{received}");
    }
    bench.call(&bench.token).await.expect(200);
}
