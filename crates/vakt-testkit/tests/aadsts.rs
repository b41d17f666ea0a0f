//! Every refusal that a client with a secret can meet at a token endpoint, as Microsoft's
//! platform words it (contract: the AADSTS error reference and recorded answers).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, CONTOSO, FABRIKAM, PARTNER, SIEM};
use vakt_testkit::{Answer, Directory, Request, TokenAsk, World, expect_aadsts, fits, names};

const MTP: &str = "https://api.security.microsoft.com";
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const NOBODY: &str = "0e0e0e0e-0000-4000-8000-00000000000e";

/// How a number is always answered: status, OAuth word, and whether the error page knows it.
struct Shape {
    code: u32,
    status: u16,
    error: &'static str,
    has_page: bool,
}

const fn shape(code: u32, status: u16, error: &'static str, has_page: bool) -> Shape {
    Shape { code, status, error, has_page }
}

const SHAPES: &[Shape] = &[
    shape(900_144, 400, "invalid_request", true),
    shape(9_002_313, 400, "invalid_request", true),
    shape(901_002, 400, "invalid_request", true),
    shape(900_561, 405, "invalid_request", true),
    shape(70_003, 400, "unsupported_grant_type", false),
    shape(9_001_023, 400, "invalid_request", true),
    shape(90_002, 400, "invalid_request", true),
    shape(900_023, 400, "invalid_request", true),
    shape(700_016, 400, "unauthorized_client", true),
    shape(700_038, 400, "unauthorized_client", false),
    shape(7_000_229, 401, "invalid_client", true),
    shape(7_000_112, 400, "unauthorized_client", true),
    shape(7_000_216, 401, "invalid_client", true),
    shape(7_000_215, 401, "invalid_client", true),
    shape(7_000_222, 401, "invalid_client", true),
    shape(50_027, 400, "invalid_request", true),
    shape(70_011, 400, "invalid_scope", true),
    shape(1_002_012, 400, "invalid_scope", false),
    shape(700_022, 400, "invalid_scope", true),
    shape(500_011, 400, "invalid_resource", true),
    shape(501_051, 400, "invalid_grant", true),
];

/// What is asked, which number answers it, and in which words.
struct Row {
    code: u32,
    text: String,
    ask: TokenAsk,
}

fn row(code: u32, text: impl Into<String>, ask: TokenAsk) -> Row {
    Row { code, text: text.into(), ask }
}

#[tokio::test]
async fn every_refusal_has_its_number_word_and_text() {
    let world = World::start().await;
    let broken = Broken::make(&world).await;
    let rows = [form_rows(), tenant_rows(), client_rows(&broken), scope_rows(&broken)];
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    for shape in SHAPES {
        assert!(rows.iter().any(|row| row.code == shape.code), "{} is never met", shape.code);
    }
    for row in rows {
        check(&world, row).await;
    }
}

async fn check(world: &World, row: Row) {
    let shape = SHAPES.iter().find(|shape| shape.code == row.code).unwrap();
    let shown = format!("{:?}", row.ask);
    let answer = world.send(row.ask).await;
    let body = expect_aadsts(&answer, shape.status, row.code);
    let text = body["error_description"].as_str().unwrap();
    let pattern = format!("AADSTS{}: {} Trace ID: *", row.code, row.text);
    assert!(fits(&pattern, text), "`{text}`\nis not `{pattern}`\nfor {shown}");
    assert_eq!(body["error"], shape.error, "{text}");
    let page = format!("{}/error?code={}", world.url(), row.code);
    let page = shape.has_page.then_some(page);
    assert_eq!(body.get("error_uri").and_then(Value::as_str), page.as_deref(), "{text}");
    expect_headers(&answer);
}

/// The header fields of every answer of a token endpoint.
fn expect_headers(answer: &Answer) {
    for (name, value) in [
        ("cache-control", "no-store, no-cache"),
        ("pragma", "no-cache"),
        ("expires", "-1"),
        ("content-type", "application/json; charset=utf-8"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("x-xss-protection", "0"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert!(answer.header("p3p").is_some());
    assert!(answer.header("set-cookie").is_none());
    assert!(answer.header("access-control-allow-origin").is_none());
}

fn v2() -> TokenAsk {
    TokenAsk::v2(&SIEM, MTP)
}

fn v1() -> TokenAsk {
    TokenAsk::v1(&SIEM, MTP)
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

fn missing(name: &str, ask: TokenAsk) -> Row {
    row(900_144, format!("The request body must contain the following parameter: '{name}'."), ask)
}

fn malformed(ask: TokenAsk) -> Row {
    row(9_002_313, "Invalid request. Request is malformed or invalid.", ask)
}

fn form_rows() -> Vec<Row> {
    let wrong_method = |method: &str| {
        format!("The endpoint only accepts POST, OPTIONS requests. Received a {method} request.")
    };
    let unsupported = "The app requested an unsupported grant type 'password'.";
    vec![
        missing("grant_type", v2().without("grant_type")),
        missing("grant_type", v1().set("grant_type", "")),
        missing("grant_type", v2().body("")),
        missing("grant_type", v2().body(r#"{"grant_type":"client_credentials"}"#)),
        missing("client_id", v2().without("client_id")),
        missing("scope", v2().without("scope")),
        missing("scope", v2().set("scope", " ")),
        missing("scope", v2().set("scope", "openid profile offline_access")),
        missing("resource", v1().without("resource")),
        missing("resource", v1().without("resource").set("scope", "x/.default")),
        missing(
            "client_assertion_type",
            v2().without("client_secret").set("client_assertion", "x.y.z"),
        ),
        missing(
            "client_assertion",
            v2().without("client_secret").set("client_assertion_type", JWT_BEARER),
        ),
        malformed(v2().add("client_id", SIEM.id)),
        malformed(v2().add("scope", "https://graph.microsoft.com/.default")),
        malformed(v1().add("client_secret", SIEM.secret)),
        malformed(v2().body(b"grant_type=client_credentials&client_id=\xff\xfe".to_vec())),
        malformed(v2().body("grant_type=client_credentials&client_id=%ff%fe")),
        malformed(v2().header("authorization", &basic(SIEM.id, "another-secret"))),
        malformed(v2().header("authorization", &basic(PARTNER.id, SIEM.secret))),
        malformed(v2().without("client_secret").header("authorization", "Basic not+base64!")),
        malformed(v2().without("client_secret").header("authorization", "Basic bm9jb2xvbg==")),
        malformed(
            v2().without("client_secret")
                .set("client_assertion", "x.y.z")
                .set("client_assertion_type", "saml"),
        ),
        row(900_561, wrong_method("GET"), v2().method("GET").body("")),
        row(900_561, wrong_method("PUT"), v1().method("PUT")),
        row(900_561, wrong_method("DELETE"), v2().method("DELETE").body("")),
        row(70_003, unsupported, v2().set("grant_type", "password")),
        row(
            901_002,
            "The 'resource' request parameter isn't supported.",
            v2().set("resource", MTP),
        ),
    ]
}

fn tenant_rows() -> Vec<Row> {
    let no_tenant = "The grant type isn't supported over the /common or /consumers endpoints.*";
    let unknown = |tenant: &str| {
        format!("Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID*")
    };
    let invalid = |tenant: &str| {
        format!(
            "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid \
             external domain."
        )
    };
    vec![
        row(9_001_023, no_tenant, v2().tenant("common").set("client_id", NOBODY)),
        row(9_001_023, no_tenant, v2().tenant("organizations").set("client_id", NOBODY)),
        row(9_001_023, no_tenant, v1().tenant("consumers")),
        row(90_002, unknown(NOBODY), v2().tenant(NOBODY)),
        row(90_002, unknown("nobody.example"), v1().tenant("nobody.example")),
        // The tenant is looked at before the secret.
        row(90_002, unknown(NOBODY), v2().tenant(NOBODY).set("client_secret", "wrong")),
        row(900_023, invalid("contoso"), v2().tenant("contoso")),
        row(900_023, invalid("con!toso.com"), v2().tenant("con!toso.com")),
    ]
}

fn client_rows(broken: &Broken) -> Vec<Row> {
    let unknown = |id: &str, tenant: &str| {
        format!(
            "Application with identifier '{id}' was not found in the directory '{tenant}'. This \
             can happen if the application has not been installed by the administrator of the \
             tenant or consented to by any user in the tenant. *"
        )
    };
    let no_id = |id: &str| format!("{id} is not a valid application identifier.");
    let no_credential = "'client_assertion', 'client_secret' or 'request' is required for the \
                         'client_credentials' grant type.";
    let wrong_secret = |id: &str| {
        format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the \
             client secret value, not the client secret ID, for a secret added to app '{id}'."
        )
    };
    let nil = "00000000-0000-0000-0000-000000000000";
    let first_party = "8ee8fdad-f234-4243-8f3b-15c294843740";
    let as_app = |id: &str, secret: &str| v2().set("client_id", id).set("client_secret", secret);
    let no_principal = format!(
        "The client application {} is missing service principal in the tenant {}. *",
        broken.no_principal.0, CONTOSO.id
    );
    let disabled = format!("Application '{}'(switched off) is disabled.", broken.disabled.0);
    let expired =
        format!("The provided client secret keys for app '{}' are expired. *", broken.expired.0);
    vec![
        row(700_016, unknown(NOBODY, "Contoso"), v2().set("client_id", NOBODY)),
        row(700_016, unknown("siem", "*"), v2().set("client_id", "siem")),
        row(700_016, unknown(SIEM.id, "Fabrikam"), v2().tenant(FABRIKAM.id)),
        // Offered to all tenants, but not installed in this one.
        row(
            700_016,
            unknown(PARTNER.id, "Fabrikam"),
            TokenAsk::v2(&PARTNER, MTP).tenant(FABRIKAM.id),
        ),
        row(700_038, no_id(nil), v2().set("client_id", nil)),
        row(700_038, no_id(first_party), v2().set("client_id", first_party)),
        row(7_000_229, no_principal, as_app(&broken.no_principal.0, &broken.no_principal.1)),
        row(7_000_112, disabled, as_app(&broken.disabled.0, &broken.disabled.1)),
        row(7_000_216, no_credential, v2().without("client_secret")),
        row(7_000_216, no_credential, v1().set("client_secret", "")),
        row(7_000_216, no_credential, v2().without("client_secret").without("client_id")),
        row(7_000_215, wrong_secret(SIEM.id), v2().set("client_secret", "wrong")),
        row(7_000_215, wrong_secret(SIEM.id), v2().set("client_secret", ADMIN.secret)),
        row(
            7_000_215,
            wrong_secret(SIEM.id),
            v2().set("client_secret", &format!("{} ", SIEM.secret)),
        ),
        row(7_000_215, wrong_secret(SIEM.id), v2().set("client_secret", &"x".repeat(5000))),
        row(7_000_215, wrong_secret(&broken.early.0), as_app(&broken.early.0, &broken.early.1)),
        row(7_000_215, wrong_secret(&broken.expired.0), as_app(&broken.expired.0, &broken.key_id)),
        row(7_000_222, expired, as_app(&broken.expired.0, &broken.expired.1)),
        row(
            50_027,
            "JWT token is invalid or malformed.",
            v2().without("client_secret")
                .set("client_assertion", "e30.e30.c2ln")
                .set("client_assertion_type", JWT_BEARER),
        ),
    ]
}

fn scope_rows(broken: &Broken) -> Vec<Row> {
    let wrong_secret = "Invalid client secret provided. *";
    let unknown = |resource: &str| {
        format!(
            "The resource principal named {resource} was not found in the tenant named Contoso. \
             This can happen if the application has not been installed *"
        )
    };
    let invalid = |scope: &str| {
        format!(
            "The provided request must include a 'scope' input parameter. *The scope {scope} is not valid."
        )
    };
    let no_default = |scope: &str| {
        format!(
            "The provided value for scope {scope} is not valid. Client credential flows must have \
             a scope value with /.default suffixed to the resource identifier (application ID URI)."
        )
    };
    let scope = |scope: &str| v2().set("scope", scope);
    let single = format!("{MTP}/Incident.Read.All");
    let two = format!("{MTP}/.default https://graph.microsoft.com/.default");
    let several = format!("*more than one resource: {two}.");
    let unassigned = format!(
        "Application '{}'(siem) is not assigned to a role for the application '{}'(guarded).",
        SIEM.id, broken.guarded
    );
    vec![
        row(70_011, invalid("user.read/.default"), scope("user.read/.default")),
        row(70_011, invalid("/.default"), scope("/.default")),
        row(1_002_012, no_default(&single), scope(&single)),
        row(1_002_012, no_default(MTP), scope(MTP)),
        row(700_022, several, scope(&two)),
        row(500_011, unknown("api://nothing"), scope("api://nothing/.default")),
        row(
            500_011,
            unknown("https://nothing.example/"),
            v1().set("resource", "https://nothing.example/"),
        ),
        row(500_011, unknown("api://switched-off"), scope("api://switched-off/.default")),
        row(501_051, unassigned, scope("api://guarded/.default")),
        // The secret is looked at before the scope.
        row(7_000_215, wrong_secret, scope("user.read/.default").set("client_secret", "wrong")),
    ]
}

/// Applications in states that refuse tokens: client id and secret of each.
struct Broken {
    no_principal: (String, String),
    disabled: (String, String),
    expired: (String, String),
    early: (String, String),
    /// Id of the expired secret.
    key_id: String,
    /// Client id of the resource that wants assignments.
    guarded: String,
}

impl Broken {
    async fn make(world: &World) -> Self {
        let directory = world.directory(&ADMIN).await;
        let no_principal = directory.register("without presence", json!({})).await;
        directory.delete(&format!("/servicePrincipals/{}", no_principal.principal)).await;
        let off = json!({ "identifierUris": ["api://switched-off"] });
        let disabled = directory.register("switched off", off).await;
        let path = format!("/servicePrincipals/{}", disabled.principal);
        directory.patch(&path, &json!({ "accountEnabled": false })).await;
        let guarded = json!({ "identifierUris": ["api://guarded"] });
        let guarded = directory.register("guarded", guarded).await;
        let path = format!("/servicePrincipals/{}", guarded.principal);
        directory.patch(&path, &json!({ "appRoleAssignmentRequired": true })).await;
        let past = ("2025-01-01T00:00:00Z", "2026-03-01T12:00:00Z");
        let (expired, key_id) = with_secret(&directory, "expired", past).await;
        let future = ("2026-03-01T12:00:01Z", "2027-01-01T00:00:00Z");
        let (early, _) = with_secret(&directory, "early", future).await;
        Self {
            no_principal: (no_principal.app_id, no_principal.secret),
            disabled: (disabled.app_id, disabled.secret),
            expired,
            early,
            key_id,
            guarded: guarded.app_id,
        }
    }
}

/// An application with a second secret of this lifetime.
async fn with_secret(
    directory: &Directory,
    name: &str,
    (start, end): (&str, &str),
) -> ((String, String), String) {
    let application = directory.register(name, json!({})).await;
    let credential = json!({ "startDateTime": start, "endDateTime": end });
    let secret = directory.add_secret(&application.object, &credential).await;
    let text = |name: &str| secret[name].as_str().unwrap().to_owned();
    ((application.app_id, text("secretText")), text("keyId"))
}

#[tokio::test]
async fn a_secret_expires_at_its_last_instant() {
    let world = World::start().await;
    let directory = world.directory(&ADMIN).await;
    let lifetime = ("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z");
    let ((id, secret), _) = with_secret(&directory, "short-lived", lifetime).await;
    let ask = || v2().set("client_id", &id).set("client_secret", &secret);
    world.clock().advance(jiff::SignedDuration::from_secs(3599));
    world.send(ask()).await.expect(200);
    world.clock().advance(jiff::SignedDuration::from_secs(1));
    expect_aadsts(&world.send(ask()).await, 401, 7_000_222);
}

#[tokio::test]
async fn the_callers_id_comes_back_wherever_it_was_sent() {
    const ID: &str = "ab1eab1e-0000-4000-8000-0000000000FF";
    let world = World::start().await;
    let wrong = || v2().set("client_secret", "wrong");
    let in_query = "?client-request-id=ab1eab1e-0000-4000-8000-0000000000FF";
    for (ask, wants_header) in [
        (wrong().header("client-request-id", ID), false),
        (wrong().header("client-request-id", ID).header("return-client-request-id", "true"), true),
        (
            wrong().header("client-request-id", ID).header("return-client-request-id", "false"),
            false,
        ),
        (wrong().set("client-request-id", ID), false),
        (wrong().set("client-request-id", ID).header("return-client-request-id", "True"), true),
        (wrong().query(in_query), false),
        (wrong().query(in_query).header("return-client-request-id", "true"), true),
    ] {
        let answer = world.send(ask).await;
        let body = expect_aadsts(&answer, 401, 7_000_215);
        let lower = ID.to_ascii_lowercase();
        assert_eq!(body["correlation_id"], lower);
        assert_eq!(answer.header("client-request-id"), wants_header.then_some(lower.as_str()));
    }
}

#[tokio::test]
async fn what_is_no_id_is_not_repeated() {
    let world = World::start().await;
    let ask = v2().set("client_secret", "wrong").header("client-request-id", "<script>");
    let answer = world.send(ask.header("return-client-request-id", "true")).await;
    let body = expect_aadsts(&answer, 401, 7_000_215);
    assert_ne!(body["correlation_id"], "<script>");
    assert_ne!(body["correlation_id"], body["trace_id"]);
    assert_eq!(answer.header("client-request-id"), None);
}

#[tokio::test]
async fn the_callers_own_text_cannot_break_the_answer() {
    let world = World::start().await;
    for nasty in ["a\"b", "a\\b", "a\r\nb", "\u{1}", "ä€", "x\u{202e}y", &"y".repeat(3000)] {
        let answer = world.send(v2().set("grant_type", nasty)).await;
        let body = expect_aadsts(&answer, 400, 70_003);
        let text = body["error_description"].as_str().unwrap();
        assert!(text.is_ascii() && text.len() < 1500, "{text}");
    }
}

#[tokio::test]
async fn an_error_has_these_members_and_no_others() {
    let world = World::start().await;
    let answer = world.send(v2().set("client_secret", "wrong")).await;
    let members = [
        "correlation_id",
        "error",
        "error_codes",
        "error_description",
        "error_uri",
        "timestamp",
        "trace_id",
    ];
    assert_eq!(names(&answer.json()), members);
    let body = answer.json();
    assert_eq!(body["timestamp"], "2026-03-01 12:00:00Z");
}

#[tokio::test]
async fn basic_credentials_that_fail_are_challenged_as_such_and_others_are_not() {
    let world = World::start().await;
    let ask = v2().without("client_id").without("client_secret");
    let ask = ask.header("authorization", &basic(SIEM.id, "wrong"));
    let answer = world.send(ask).await;
    expect_aadsts(&answer, 401, 7_000_215);
    assert!(answer.header("www-authenticate").unwrap().starts_with("Basic "));
    let answer = world.send(v2().set("client_secret", "wrong")).await;
    assert_eq!(answer.header("www-authenticate"), None, "a challenge makes .NET try device auth");
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_one() {
    let world = World::start().await;
    let answer = world.send(v2().method("GET").body("")).await;
    assert_eq!(answer.header("allow"), Some("POST, OPTIONS"));
    let options = Request::new("OPTIONS", format!("/{}/oauth2/v2.0/token", CONTOSO.id));
    let answer = world.send(options).await;
    assert_eq!((answer.status, answer.header("allow")), (204, Some("POST, OPTIONS")));
}

#[tokio::test]
async fn discovery_calls_an_unknown_tenant_invalid_tenant() {
    let world = World::start().await;
    for path in [
        "/.well-known/openid-configuration",
        "/v2.0/.well-known/openid-configuration",
        "/discovery/keys",
        "/discovery/v2.0/keys",
    ] {
        for tenant in [NOBODY, "nobody.example"] {
            let answer = world.send(Request::get(format!("/{tenant}{path}"))).await;
            let body = expect_aadsts(&answer, 400, 90_002);
            assert_eq!(body["error"], "invalid_tenant");
            assert_eq!(body["error_uri"], format!("{}/error?code=90002", world.url()));
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            assert_ne!(answer.header("cache-control"), Some("max-age=86400, private"));
        }
    }
}

#[tokio::test]
async fn instance_discovery_refuses_hosts_that_are_not_ours() {
    let world = World::start().await;
    let of = |endpoint: &str| {
        Request::get(format!(
            "/common/discovery/instance?api-version=1.1&authorization_endpoint={endpoint}"
        ))
    };
    for endpoint in [
        "https://evil.example/common/oauth2/authorize",
        "https%3A%2F%2Flogin.microsoftonline.com%2Fcommon%2Foauth2%2Fauthorize",
        "localhost",
        "",
    ] {
        let body = expect_aadsts(&world.send(of(endpoint)).await, 400, 50_049);
        assert_eq!(body["error"], "invalid_instance", "{endpoint}");
        let text = body["error_description"].as_str().unwrap();
        assert!(fits("AADSTS50049: Unknown or invalid instance. Trace ID: *", text), "{text}");
        assert_eq!(body["error_uri"], format!("{}/error?code=50049", world.url()));
    }
    let answer = world.send(Request::get("/common/discovery/instance?api-version=1.1")).await;
    let body = expect_aadsts(&answer, 400, 900_144);
    assert!(body["error_description"].as_str().unwrap().contains("'authorization_endpoint'"));
}

/// The address in `error_uri` is one that people open.
#[tokio::test]
async fn every_error_page_that_is_named_is_there() {
    let world = World::start().await;
    for shape in SHAPES.iter().filter(|shape| shape.has_page) {
        let page = world.send(Request::get(format!("/error?code={}", shape.code))).await;
        assert_eq!(page.status, 200, "{}", shape.code);
        assert_eq!(page.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(fits(&format!("AADSTS{}\n\n*\n\nWhat to do: *\n", shape.code), page.text()));
    }
    for (query, status) in [("?code=1", 404), ("?code=x", 400), ("", 400)] {
        assert_eq!(world.send(Request::get(format!("/error{query}"))).await.status, status);
    }
}
