//! Clients that sign instead of sending a secret: every form that a library in use writes, and
//! every refusal of one, as Microsoft's platform words it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, CONTOSO, FABRIKAM, PARTNER, SIEM, seed};
use vakt_testkit::{Answer, ClientSigner, StartWith, TokenAsk, World, decode, expect_aadsts, fits};

const MTP: &str = "https://api.security.microsoft.com";
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The clock of every world: 2026-03-01T12:00:00Z.
const NOW: i64 = 1_772_366_400;

/// The SIEM with four certificates: two that are good, one of the past and one of the future.
struct Signing {
    world: World,
    good: ClientSigner,
    second: ClientSigner,
    past: ClientSigner,
    future: ClientSigner,
}

impl Signing {
    async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    async fn start_with(change: impl FnOnce(&mut StartWith)) -> Self {
        let good = ClientSigner::new(0);
        let second = ClientSigner::new(1);
        let past = ClientSigner::between(2, (2025, 1, 1), (2026, 2, 1));
        let future = ClientSigner::between(3, (2026, 3, 2), (2027, 1, 1));
        let of_siem = [("good", &good), ("second", &second), ("past", &past), ("future", &future)];
        let mut with = StartWith::of(format!(
            "{}\n[[tenant]]\nname = 'Contoso'\nid = '{}'\n[[tenant.app]]\nname = 'siem'\n\
             app_id = '{}'\ncertificate = ['good.pem', 'second.pem', 'past.pem', 'future.pem']\n\
             [[tenant.app]]\nname = 'partner'\napp_id = '{}'\ncertificate = 'second.pem'\n",
            seed(),
            CONTOSO.id,
            SIEM.id,
            PARTNER.id
        ));
        let file = |(name, key): (&str, &ClientSigner)| {
            (format!("{name}.pem"), key.certificate_pem().into_bytes())
        };
        with.files = of_siem.map(file).to_vec();
        change(&mut with);
        Self { world: World::start_with(with).await, good, second, past, future }
    }

    fn endpoint(&self) -> String {
        format!("{}/{}/oauth2/v2.0/token", self.world.url(), CONTOSO.id)
    }

    /// Claims that are right in every respect.
    fn claims(&self) -> Value {
        json!({
            "aud": self.endpoint(), "iss": SIEM.id, "sub": SIEM.id, "jti": "6c1f",
            "nbf": NOW, "exp": NOW + 600,
        })
    }

    fn claims_with(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims();
        claims[name] = value;
        claims
    }

    fn claims_without(&self, name: &str) -> Value {
        let mut claims = self.claims();
        claims.as_object_mut().unwrap().remove(name);
        claims
    }

    /// A good assertion with these claims.
    fn sign(&self, claims: &Value) -> String {
        self.good.sign(&header(&self.good), claims)
    }
}

/// A header as most libraries write it.
fn header(key: &ClientSigner) -> Value {
    json!({ "alg": "RS256", "typ": "JWT", "x5t": URL_SAFE_NO_PAD.encode(key.sha1()) })
}

fn ask(assertion: &str) -> TokenAsk {
    TokenAsk::v2(&SIEM, MTP)
        .without("client_secret")
        .set("client_assertion", assertion)
        .set("client_assertion_type", JWT_BEARER)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn expect_token(answer: &Answer, who: &str) -> Value {
    assert_eq!(answer.status, 200, "{who}: {}", String::from_utf8_lossy(&answer.body));
    decode(answer.json()["access_token"].as_str().unwrap()).1
}

fn dashes(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn dashes_padded(bytes: &[u8]) -> String {
    URL_SAFE.encode(bytes)
}

fn slashes_padded(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The claims all libraries send, with their own way to say from when until when.
fn claims(aud: &str, times: Value) -> Value {
    let mut claims = json!({ "aud": aud, "iss": SIEM.id, "sub": SIEM.id, "jti": "6c1f" });
    claims.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
    claims
}

/// A library, its header and its claims.
type Form = (&'static str, Value, Value);

fn forms_of_python_node_and_net(key: &ClientSigner, v2: &str) -> Vec<Form> {
    let der = STANDARD.encode(key.certificate());
    let pem = key.certificate_pem();
    let lines: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let broken_lines = lines.join("\n");
    let now = NOW as f64;
    let ints = |life: i64| json!({ "nbf": NOW, "iat": NOW, "exp": NOW + life });
    vec![
        (
            "MSAL Python with the certificate",
            json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": dashes_padded(&key.sha256()), "x5c": [broken_lines] }),
            claims(v2, json!({ "iat": now + 0.25, "exp": now + 600.25 })),
        ),
        (
            "MSAL Python with a thumbprint",
            json!({ "alg": "RS256", "typ": "JWT", "x5t": dashes_padded(&key.sha1()) }),
            claims(v2, json!({ "iat": now + 0.25, "exp": now + 600.25 })),
        ),
        (
            "azure-identity for Python, async",
            json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": dashes_padded(&key.sha256()) }),
            claims(v2, json!({ "nbf": NOW, "exp": NOW + 1800 })),
        ),
        (
            "msal-node with SHA-256",
            json!({ "alg": "PS256", "x5t#S256": dashes(&key.sha256()), "x5c": [der] }),
            claims(v2, ints(600)),
        ),
        (
            "msal-node with SHA-1",
            json!({ "alg": "RS256", "x5t": dashes(&key.sha1()), "x5c": [der] }),
            claims(v2, ints(600)),
        ),
        (
            "MSAL.NET",
            json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": dashes(&key.sha256()), "x5c": der }),
            claims(
                v2,
                json!({ "nbf": NOW.to_string(), "exp": (NOW + 600).to_string(), "extra": {"a": 1} }),
            ),
        ),
        (
            "MSAL.NET with a generic authority",
            json!({ "alg": "RS256", "typ": "JWT", "x5t": dashes(&key.sha1()) }),
            claims(v2, json!({ "nbf": NOW.to_string(), "exp": (NOW + 600).to_string() })),
        ),
    ]
}

fn forms_of_others(key: &ClientSigner, v2: &str) -> Vec<Form> {
    let der = STANDARD.encode(key.certificate());
    let of_pem = STANDARD.encode(key.certificate_pem());
    let v1 = v2.replace("/v2.0", "");
    vec![
        (
            "MSAL Go",
            json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": slashes_padded(&key.sha256()), "x5c": [der] }),
            claims(v2, json!({ "nbf": NOW, "exp": NOW + 600 })),
        ),
        (
            "MSAL4J",
            json!({ "alg": "RS256", "x5t#S256": dashes(&key.sha256()), "x5c": [der, der] }),
            claims(v2, json!({ "nbf": NOW, "exp": NOW + 600 })),
        ),
        (
            "Rust azure_identity",
            json!({ "alg": "RS256", "typ": "JWT", "x5t": slashes_padded(&key.sha1()), "x5c": [of_pem] }),
            claims(v2, json!({ "nbf": NOW, "iat": NOW, "exp": NOW + 300 })),
        ),
        (
            "ADAL",
            json!({ "alg": "RS256", "typ": "JWT", "x5t": dashes(&key.sha1()), "x5c": der }),
            claims(&v1, json!({ "nbf": NOW, "exp": NOW + 600 })),
        ),
        (
            "a script with a hexadecimal kid",
            json!({ "alg": "RS256", "typ": "JWT", "kid": hex(&key.sha1()) }),
            claims(v2, json!({ "exp": NOW + 600 })),
        ),
        (
            "a script that names no key",
            json!({ "alg": "RS256" }),
            claims(v2, json!({ "exp": NOW + 600 })),
        ),
    ]
}

#[tokio::test]
async fn every_library_gets_its_token() {
    let signing = Signing::start().await;
    let (key, v2) = (&signing.good, signing.endpoint());
    let forms = forms_of_python_node_and_net(key, &v2).into_iter().chain(forms_of_others(key, &v2));
    for (who, header, claims) in forms {
        let assertion = key.sign(&header, &claims);
        let ask = ask(&assertion);
        let token = expect_token(&signing.world.send(ask.clone()).await, who);
        assert_eq!((&token["appid"], &token["appidacr"]), (&json!(SIEM.id), &json!("2")), "{who}");
        // Libraries send one assertion again and again.
        expect_token(&signing.world.send(ask).await, who);
    }
}

/// azure-identity for Python, async, pads each part as RFC 7515 forbids.
#[tokio::test]
async fn padded_parts_are_signed_as_they_came() {
    let signing = Signing::start().await;
    let thumbprint = URL_SAFE.encode(signing.good.sha256());
    for extra in ["", "x", "xx"] {
        let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": thumbprint, "n": extra });
        let claims = signing.claims_with("jti", json!(extra));
        let assertion = signing.good.sign_padded(&header, &claims);
        expect_token(&signing.world.send(ask(&assertion)).await, &assertion);
        let unpadded = assertion.replace('=', "");
        if unpadded.rsplit_once('.').unwrap().0 != assertion.rsplit_once('.').unwrap().0 {
            expect_aadsts(&signing.world.send(ask(&unpadded)).await, 401, 700_027);
        }
    }
}

#[tokio::test]
async fn every_spelling_of_our_address_is_an_audience() {
    let signing = Signing::start().await;
    let (url, id) = (signing.world.url(), CONTOSO.id);
    let port = url.rsplit_once(':').unwrap().1;
    for audience in [
        format!("{url}/{id}/oauth2/v2.0/token"),
        format!("{url}/{id}/oauth2/token"),
        format!("{url}/contoso.com/oauth2/v2.0/token"),
        format!("{url}/Contoso.onmicrosoft.com/oauth2/token"),
        format!("https://LOCALHOST:{port}/{}/oauth2/v2.0/token", id.to_uppercase()),
        format!("https://127.0.0.1:{port}/{id}/oauth2/v2.0/token"),
        format!("https://localhost/{id}/oauth2/v2.0/token"),
        format!("{url}/{id}/"),
        format!("{url}/{id}/v2.0"),
    ] {
        let assertion = signing.sign(&signing.claims_with("aud", json!(audience)));
        expect_token(&signing.world.send(ask(&assertion)).await, &audience);
        let one = signing.sign(&signing.claims_with("aud", json!([audience])));
        expect_token(&signing.world.send(ask(&one)).await, &audience);
    }
    // Under an alias the alias is lawful, at the endpoint that has it.
    let common = format!("{url}/common/oauth2/v2.0/token");
    let assertion = signing.sign(&signing.claims_with("aud", json!(common)));
    expect_token(&signing.world.send(ask(&assertion).tenant("common")).await, "common");
    expect_aadsts(&signing.world.send(ask(&assertion)).await, 401, 700_023);
}

#[tokio::test]
async fn with_taken_over_names_microsofts_addresses_are_ours() {
    for (take_over, status) in [(true, 200), (false, 401)] {
        let signing = Signing::start_with(|with| with.take_over = take_over).await;
        let audience =
            format!("https://login.microsoftonline.com/{}/oauth2/v2.0/token", CONTOSO.id);
        let assertion = signing.sign(&signing.claims_with("aud", json!(audience)));
        let answer = signing.world.send(ask(&assertion)).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_client_may_leave_its_id_to_the_assertion() {
    let signing = Signing::start().await;
    let assertion = signing.sign(&signing.claims());
    let token = signing.world.send(ask(&assertion).without("client_id")).await;
    assert_eq!(expect_token(&token, "without client_id")["appid"], SIEM.id);
    let upper = ask(&assertion).set("client_id", &SIEM.id.to_uppercase());
    expect_token(&signing.world.send(upper).await, "upper case");
    let v1 = TokenAsk::v1(&SIEM, MTP)
        .without("client_secret")
        .set("client_assertion", &assertion)
        .set("client_assertion_type", JWT_BEARER);
    expect_token(&signing.world.send(v1).await, "v1");
}

#[tokio::test]
async fn each_certificate_counts_while_it_is_valid() {
    let signing = Signing::start().await;
    let with = |key: &ClientSigner| ask(&key.sign(&header(key), &signing.claims()));
    expect_token(&signing.world.send(with(&signing.good)).await, "first");
    expect_token(&signing.world.send(with(&signing.second)).await, "second");
    expect_aadsts(&signing.world.send(with(&signing.past)).await, 401, 700_027);
    expect_aadsts(&signing.world.send(with(&signing.future)).await, 401, 700_027);
    // A day later the future has begun.
    signing.world.clock().advance(jiff::SignedDuration::from_hours(24));
    let mut claims = signing.claims();
    claims["exp"] = json!(NOW + 86_400 + 600);
    let later = ask(&signing.future.sign(&header(&signing.future), &claims));
    expect_token(&signing.world.send(later).await, "future");
}

const REVIEW: &str = "Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .";

/// Number, status, word, text and the assertion that is refused with them.
type Refused = (u32, u16, &'static str, String, String);

fn refusals_of_keys(signing: &Signing) -> Vec<Refused> {
    let stranger = ClientSigner::new(4);
    let by = |key: &ClientSigner| key.sign(&header(key), &signing.claims());
    let configured = format!(
        "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{}'",
        SIEM.id
    );
    let invalid = |reason: &str, key: &ClientSigner, found: &str| {
        format!(
            "Client assertion contains an invalid signature. [Reason - {reason}, Thumbprint of key used by client: '{}'{found}, {configured}]",
            hex(&key.sha1())
        )
    };
    let past = "Found key 'Start=01/01/2025 00:00:00, End=02/01/2026 00:00:00'";
    let future = "Found key 'Start=03/02/2026 00:00:00, End=01/01/2027 00:00:00'";
    let good = "Found key 'Start=01/01/2026 00:00:00, End=01/01/2027 00:00:00'";
    // Names the good certificate, signed by another key.
    let pretended = stranger.sign(&header(&signing.good), &signing.claims());
    let unsigned = format!("{}.", by(&signing.good).rsplit_once('.').unwrap().0);
    vec![
        (
            700_027,
            401,
            "invalid_client",
            invalid("The key was not found.", &stranger, ""),
            by(&stranger),
        ),
        (
            700_027,
            401,
            "invalid_client",
            invalid(
                "Key was found, but use of the key to verify the signature failed.",
                &signing.good,
                &format!(", {good}"),
            ),
            pretended,
        ),
        (
            700_027,
            401,
            "invalid_client",
            invalid("The key used is expired.", &signing.past, &format!(", {past}")),
            by(&signing.past),
        ),
        (
            700_027,
            401,
            "invalid_client",
            invalid("The key used is expired.", &signing.future, &format!(", {future}")),
            by(&signing.future),
        ),
        (
            700_027,
            401,
            "invalid_client",
            "Client assertion contains an invalid signature. [Reason - Key was found*".into(),
            unsigned,
        ),
    ]
}

fn refusals_of_times(signing: &Signing) -> Vec<Refused> {
    let range = |from: &str, until: &str| {
        format!(
            "Client assertion is not within its valid time range. Current time: 2026-03-01T12:00:00.0000000Z, assertion valid from {from}, expiry time of assertion {until}. {REVIEW}"
        )
    };
    let changed = |name: &str, value: Value| signing.sign(&signing.claims_with(name, value));
    vec![
        (700_024, 401, "invalid_client", range("2026-03-01T11:50:00.0000000Z", "2026-03-01T11:55:00.0000000Z"), signing.sign(&json!({ "aud": signing.endpoint(), "iss": SIEM.id, "sub": SIEM.id, "nbf": NOW - 600, "exp": NOW - 300 }))),
        (700_024, 401, "invalid_client", range("2026-03-01T12:05:01.0000000Z", "2026-03-01T12:10:00.0000000Z"), changed("nbf", json!(NOW + 301))),
        (700_024, 401, "invalid_client", range("2026-03-01T12:00:00.0000000Z", "2026-04-01T12:00:00.0000000Z"), changed("exp", json!(NOW + 31 * 86_400))),
        (700_024, 401, "invalid_client", range("0001-01-01T00:00:00.0000000Z", "2026-03-01T11:00:00.0000000Z"), signing.sign(&json!({ "aud": signing.endpoint(), "iss": SIEM.id, "sub": SIEM.id, "exp": NOW - 3600 }))),
    ]
}

fn refusals_of_claims(signing: &Signing) -> Vec<Refused> {
    let by = |key: &ClientSigner| key.sign(&header(key), &signing.claims());
    let missing = |claim: &str| {
        format!(
            "The required field '{claim}' is missing from the credential. Ensure that you have all the necessary parameters for the login request."
        )
    };
    let malformed = || "JWT token is invalid or malformed.".to_owned();
    let audience = format!("Client assertion audience claim does not match Realm issuer. {REVIEW}");
    let other = format!(
        "Client assertion application identifier doesn't match 'client_id' parameter. {REVIEW}"
    );
    let algorithm = |alg: &str| {
        format!(
            "Invalid JWT token. '{alg}' is not a supported signature algorithm. Supported signing algorithms are: 'RS256,PS256'"
        )
    };
    let with_alg = |alg: &str| {
        let mut header = header(&signing.good);
        header["alg"] = alg.into();
        signing.good.sign(&header, &signing.claims())
    };
    let typed = |typ: &str| {
        let mut header = header(&signing.good);
        header["typ"] = typ.into();
        signing.good.sign(&header, &signing.claims())
    };
    let changed = |name: &str, value: Value| signing.sign(&signing.claims_with(name, value));
    let without = |name: &str| signing.sign(&signing.claims_without(name));
    let fabrikam = format!("{}/{}/oauth2/v2.0/token", signing.world.url(), FABRIKAM.id);
    let evil = format!("https://evil.example/{}/oauth2/v2.0/token", CONTOSO.id);
    let proof_audience = "00000002-0000-0000-c000-000000000000";
    vec![
        (700_023, 401, "invalid_client", audience.clone(), changed("aud", json!(evil))),
        (700_023, 401, "invalid_client", audience.clone(), changed("aud", json!(fabrikam))),
        (700_023, 401, "invalid_client", audience.clone(), changed("aud", json!(MTP))),
        (700_023, 401, "invalid_client", audience, changed("aud", json!(proof_audience))),
        (700_021, 401, "invalid_client", other.clone(), changed("sub", json!(ADMIN.id))),
        (700_021, 401, "invalid_client", other.clone(), changed("iss", json!(ADMIN.id))),
        (700_021, 401, "invalid_client", other, changed("iss", json!(SIEM.object))),
        (90_014, 400, "invalid_request", missing("iss"), without("iss")),
        (90_014, 400, "invalid_request", missing("sub"), without("sub")),
        (90_014, 400, "invalid_request", missing("aud"), without("aud")),
        (90_014, 400, "invalid_request", missing("exp"), without("exp")),
        (50_027, 400, "invalid_request", malformed(), "x.y.z".into()),
        (50_027, 400, "invalid_request", malformed(), "not-a-token".into()),
        (50_027, 400, "invalid_request", malformed(), typed("at+jwt")),
        (50_027, 400, "invalid_request", malformed(), changed("exp", json!("soon"))),
        (50_027, 400, "invalid_request", malformed(), changed("aud", json!([MTP, evil]))),
        (50_027, 400, "invalid_request", malformed(), format!("{}===", by(&signing.good))),
        (5_002_738, 401, "invalid_client", algorithm("none"), with_alg("none")),
        (5_002_738, 401, "invalid_client", algorithm("HS256"), with_alg("HS256")),
        (5_002_738, 401, "invalid_client", algorithm("RS512"), with_alg("RS512")),
    ]
}

#[tokio::test]
async fn refusals_of_assertions_have_their_number_word_and_text() {
    let signing = Signing::start().await;
    let refusals = refusals_of_keys(&signing).into_iter();
    let refusals = refusals.chain(refusals_of_times(&signing)).chain(refusals_of_claims(&signing));
    for (code, status, error, text, assertion) in refusals {
        let answer = signing.world.send(ask(&assertion)).await;
        let body = expect_aadsts(&answer, status, code);
        let said = body["error_description"].as_str().unwrap();
        assert!(fits(&format!("AADSTS{code}: {text} Trace ID: *"), said), "{said}\nis not\n{text}");
        assert_eq!(body["error"], error, "{said}");
        let page = format!("{}/error?code={code}", signing.world.url());
        assert_eq!(body["error_uri"], page, "{said}");
        let page = signing.world.send(vakt_testkit::Request::get(format!("/error?code={code}")));
        assert_eq!(page.await.status, 200, "{code}");
    }
}

#[tokio::test]
async fn an_assertion_is_good_for_its_own_application_only() {
    let signing = Signing::start().await;
    // The same certificate is registered with two applications.
    let for_siem = signing.second.sign(&header(&signing.second), &signing.claims());
    let as_partner = ask(&for_siem).set("client_id", PARTNER.id);
    expect_aadsts(&signing.world.send(as_partner).await, 401, 700_021);
    // And is unknown to a third.
    let as_admin = ask(&for_siem).set("client_id", ADMIN.id);
    expect_aadsts(&signing.world.send(as_admin).await, 401, 700_027);
}

#[tokio::test]
async fn tokens_of_this_server_are_no_assertions_and_assertions_are_no_tokens() {
    let signing = Signing::start().await;
    let token = signing.world.token(MTP).await;
    expect_aadsts(&signing.world.send(ask(&token)).await, 401, 700_211);
    let assertion = signing.sign(&signing.claims());
    let request = vakt_testkit::Request::get("/api/incidents").bearer(&assertion);
    assert_eq!(signing.world.send(request).await.status, 401);
}

#[tokio::test]
async fn a_chain_of_long_certificates_fits_in() {
    let signing = Signing::start().await;
    let mut header = header(&signing.good);
    header["x5c"] = json!(vec!["A".repeat(5_000); 4]);
    let assertion = signing.good.sign(&header, &signing.claims());
    assert!(assertion.len() > 26_000);
    expect_token(&signing.world.send(ask(&assertion)).await, "long chain");
    header["x5c"] = json!(vec!["A".repeat(5_000); 6]);
    let assertion = signing.good.sign(&header, &signing.claims());
    expect_aadsts(&signing.world.send(ask(&assertion)).await, 400, 50_027);
}
