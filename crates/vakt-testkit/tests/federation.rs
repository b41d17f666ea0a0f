//! Tokens of foreign issuers in place of a secret, with an issuer on a TLS socket of its own that
//! behaves as a test wants.

use serde_json::{Value, json};
use vakt_server::{FederationOptions, IssuerKeysFile};
use vakt_testkit::cast::{CONTOSO, SIEM, seed};
use vakt_testkit::{
    Behaviour, ClientSigner, StartWith, TestIssuer, TokenAsk, World, decode, expect_aadsts, fits,
};

const MTP: &str = "https://api.security.microsoft.com";
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const AUDIENCE: &str = "api://AzureADTokenExchange";
const SUBJECT: &str = "repo:contoso/app:ref:refs/heads/main";
/// The clock of every world: 2026-03-01T12:00:00Z.
const NOW: i64 = 1_772_366_400;

/// The SIEM trusts one subject of one issuer, and of an issuer that nobody allows.
struct Federated {
    world: World,
    issuer: TestIssuer,
    key: ClientSigner,
}

impl Federated {
    async fn start() -> Self {
        Self::start_with(|_, _| {}).await
    }

    async fn start_with(change: impl FnOnce(&mut FederationOptions, &TestIssuer)) -> Self {
        let key = ClientSigner::new(0);
        let issuer = TestIssuer::start(vec![key.clone()]).await;
        let mut federation = FederationOptions {
            issuers: vec![issuer.url().to_owned()],
            keys: Vec::new(),
            authorities: Some("issuer-ca.pem".into()),
        };
        change(&mut federation, &issuer);
        let mut with = StartWith::of(seed_with(&[issuer.url(), "https://unlisted.example"]));
        with.files = vec![("issuer-ca.pem".into(), issuer.ca().as_bytes().to_vec())];
        with.files.push(("keys.json".into(), json!({ "keys": [key.jwk()] }).to_string().into()));
        with.federation = federation;
        Self { world: World::start_with(with).await, issuer, key }
    }

    fn claims(&self) -> Value {
        json!({
            "iss": self.issuer.url(), "sub": SUBJECT, "aud": AUDIENCE, "iat": NOW, "nbf": NOW,
            "exp": NOW + 300, "jti": "9b1d",
        })
    }

    fn claims_with(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims();
        claims[name] = value;
        claims
    }

    fn sign(&self, claims: &Value) -> String {
        self.sign_by(&self.key, claims)
    }

    fn sign_by(&self, key: &ClientSigner, claims: &Value) -> String {
        key.sign(&json!({ "alg": "RS256", "kid": key.jwk().kid, "typ": "JWT" }), claims)
    }

    async fn ask(&self, token: &str) -> vakt_testkit::Answer {
        let ask = TokenAsk::v2(&SIEM, MTP)
            .without("client_secret")
            .set("client_assertion", token)
            .set("client_assertion_type", JWT_BEARER);
        self.world.send(ask).await
    }

    async fn expect_token(&self, token: &str) -> Value {
        let answer = self.ask(token).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        decode(answer.json()["access_token"].as_str().unwrap()).1
    }

    /// Refused with this number; gives the text.
    async fn refused(&self, token: &str, status: u16, code: u32) -> String {
        let body = expect_aadsts(&self.ask(token).await, status, code);
        body["error_description"].as_str().unwrap().to_owned()
    }

    fn wait(&self, seconds: i64) {
        self.world.clock().advance(jiff::SignedDuration::from_secs(seconds));
    }
}

fn seed_with(issuers: &[&str]) -> String {
    let mut text = format!(
        "{}\n[[tenant]]\nname = 'Contoso'\nid = '{}'\n[[tenant.app]]\nname = 'siem'\napp_id = '{}'\n",
        seed(),
        CONTOSO.id,
        SIEM.id
    );
    for (index, issuer) in issuers.iter().enumerate() {
        text += &format!(
            "[[tenant.app.federated]]\nname = 'f{index}'\nissuer = '{issuer}'\nsubject = '{SUBJECT}'\n"
        );
    }
    text
}

#[tokio::test]
async fn a_trusted_subject_gets_the_applications_token() {
    let federated = Federated::start().await;
    for token in [
        federated.sign(&federated.claims()),
        // A pod's token: one audience in an array, no `typ`.
        federated.key.sign(
            &json!({ "alg": "RS256", "kid": federated.key.jwk().kid }),
            &federated.claims_with("aud", json!([AUDIENCE])),
        ),
        format!("{}\n", federated.sign(&federated.claims())),
    ] {
        let token = federated.expect_token(&token).await;
        assert_eq!((&token["appid"], &token["appidacr"]), (&json!(SIEM.id), &json!("2")));
    }
    assert_eq!(federated.issuer.asked(), 2, "one configuration and one key document for all");
}

#[tokio::test]
async fn what_is_not_trusted_exactly_is_refused_and_nobody_is_asked() {
    let federated = Federated::start().await;
    let check = "Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
    let none = "No matching federated identity record found for presented assertion";
    let slashed = format!("{}/", federated.issuer.url());
    let other = "repo:contoso/other:ref:refs/heads/main";
    let upper = "repo:Contoso/app:ref:refs/heads/main";
    for (name, value, code, text) in [
        (
            "iss",
            "https://token.example",
            700_211,
            format!("{none} issuer 'https://token.example'. {check}"),
        ),
        ("iss", &slashed, 700_211, format!("{none} issuer '{slashed}'. {check}")),
        ("aud", MTP, 700_212, format!("{none} audience '{MTP}'. {check}")),
        (
            "aud",
            "api://azureadtokenexchange",
            700_212,
            format!("{none} audience 'api://azureadtokenexchange'. {check}"),
        ),
        ("sub", other, 700_213, format!("{none} subject '{other}'. {check}")),
        (
            "sub",
            upper,
            700_213,
            format!(
                "{none} subject '{upper}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. {check}"
            ),
        ),
    ] {
        let token = federated.sign(&federated.claims_with(name, json!(value)));
        let said = federated.refused(&token, 401, code).await;
        assert!(
            fits(&format!("AADSTS{code}: {text} Trace ID: *"), &said),
            "{said}\nis not\n{text}"
        );
    }
    assert_eq!(federated.issuer.asked(), 0);
}

#[tokio::test]
async fn a_token_that_is_not_the_issuers_is_refused() {
    let federated = Federated::start().await;
    let stranger = ClientSigner::new(1);
    let good = federated.claims();
    // Another key under the issuer's name of it.
    let kid = federated.key.jwk().kid;
    let forged = stranger.sign(&json!({ "alg": "RS256", "kid": kid }), &good);
    federated.refused(&forged, 401, 700_027).await;
    // A key that the issuer does not publish.
    let said = federated.refused(&federated.sign_by(&stranger, &good), 401, 7_000_272).await;
    assert!(said.contains(&stranger.jwk().kid) && said.contains(federated.issuer.url()), "{said}");
    // Issuers sign with RS256 and nothing else.
    let ps256 = federated.key.sign(&json!({ "alg": "PS256", "kid": kid }), &good);
    federated.refused(&ps256, 401, 5_002_738).await;
    let no_kid = federated.key.sign(&json!({ "alg": "RS256" }), &good);
    federated.refused(&no_kid, 401, 7_000_272).await;
    for (name, value, status, code) in [
        ("exp", json!(NOW - 300), 401, 700_024),
        ("nbf", json!(NOW + 301), 401, 700_024),
        ("exp", json!("never"), 400, 50_027),
        ("sub", json!([SUBJECT]), 400, 50_027),
        ("aud", json!([AUDIENCE, MTP]), 400, 50_027),
    ] {
        let token = federated.sign(&federated.claims_with(name, value));
        federated.refused(&token, status, code).await;
    }
    // The issuer's key is no certificate of the application.
    let as_client = json!({
        "iss": SIEM.id, "sub": SIEM.id, "exp": NOW + 300,
        "aud": format!("{}/{}/oauth2/v2.0/token", federated.world.url(), CONTOSO.id),
    });
    federated.refused(&federated.sign(&as_client), 401, 700_027).await;
}

#[tokio::test]
async fn a_rotated_key_is_learnt_without_hammering() {
    let federated = Federated::start().await;
    federated.expect_token(&federated.sign(&federated.claims())).await;
    let next = ClientSigner::new(1);
    federated.issuer.rotate(vec![next.clone()]);
    let token = federated.sign_by(&next, &federated.claims_with("exp", json!(NOW + 9_000)));
    for _ in 0..5 {
        federated.refused(&token, 401, 7_000_272).await;
    }
    assert_eq!(federated.issuer.asked(), 2, "it answered a moment ago");
    federated.wait(60);
    federated.expect_token(&token).await;
    assert_eq!(federated.issuer.asked(), 4);
    // The old key is good for nothing any more.
    federated.refused(&federated.sign(&federated.claims()), 401, 7_000_272).await;
}

#[tokio::test]
async fn keys_are_asked_for_every_hour_and_outlive_an_outage() {
    let federated = Federated::start().await;
    let token = federated.sign(&federated.claims_with("exp", json!(NOW + 200_000)));
    federated.expect_token(&token).await;
    federated.wait(3_599);
    federated.expect_token(&token).await;
    assert_eq!(federated.issuer.asked(), 2);
    federated.wait(1);
    federated.expect_token(&token).await;
    assert_eq!(federated.issuer.asked(), 4);
    federated.issuer.behave(Behaviour::Status(503));
    federated.wait(4_000);
    federated.expect_token(&token).await;
    federated.expect_token(&token).await;
    assert_eq!(federated.issuer.asked(), 5, "a failure pauses the questions");
    federated.wait(24 * 3600);
    federated.refused(&token, 400, 50_166).await;
}

#[tokio::test]
async fn an_issuer_that_misbehaves_is_refused_and_left_alone_for_a_while() {
    for behaviour in [
        Behaviour::Redirecting,
        Behaviour::Status(500),
        Behaviour::Status(404),
        Behaviour::Huge,
        Behaviour::Html,
        Behaviour::CallsItself("https://token.example".into()),
        Behaviour::KeysAt("http://localhost/keys".into()),
        Behaviour::KeysAt("https://localhost:1/keys".into()),
    ] {
        let federated = Federated::start().await;
        federated.issuer.behave(behaviour.clone());
        let token = federated.sign(&federated.claims());
        let said = federated.refused(&token, 400, 50_166).await;
        let plain = "AADSTS50166: Request to External OIDC endpoint failed. Trace ID: *";
        assert!(fits(plain, &said), "{behaviour:?}: callers learn nothing of our network: {said}");
        let asked = federated.issuer.asked();
        assert_eq!(asked, 1, "{behaviour:?}");
        federated.issuer.behave(Behaviour::Proper);
        federated.refused(&token, 400, 50_166).await;
        assert_eq!(federated.issuer.asked(), asked, "{behaviour:?}: not asked again at once");
        federated.wait(10);
        federated.expect_token(&token).await;
    }
}

#[tokio::test]
async fn a_silent_issuer_holds_nobody_for_long_and_only_its_own() {
    let federated = Federated::start().await;
    federated.issuer.behave(Behaviour::Silent);
    let token = federated.sign(&federated.claims());
    let started = std::time::Instant::now();
    let refused = futures_of(20, || federated.refused(&token, 400, 50_166));
    let meanwhile = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let started = std::time::Instant::now();
        federated.world.token(MTP).await;
        assert!(started.elapsed().as_secs() < 2, "secrets must not wait for an issuer");
    };
    tokio::join!(refused, meanwhile);
    assert!(started.elapsed().as_secs() < 15, "took {:?}", started.elapsed());
    assert_eq!(federated.issuer.asked(), 1, "one asks for all");
}

async fn futures_of<F: Future>(count: usize, make: impl Fn() -> F) {
    let mut waiting: Vec<_> = (0..count).map(|_| Box::pin(make())).collect();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[tokio::test]
async fn only_allowed_issuers_are_asked() {
    let federated = Federated::start().await;
    let unlisted = federated.claims_with("iss", json!("https://unlisted.example"));
    let said = federated.refused(&federated.sign(&unlisted), 400, 50_166).await;
    assert!(said.contains("does not allow tokens of 'https://unlisted.example'"), "{said}");

    // Every public issuer is allowed, and this one is on our own machine.
    let federated = Federated::start_with(|options, _| options.issuers = vec!["*".into()]).await;
    federated.refused(&federated.sign(&federated.claims()), 400, 50_166).await;
    assert_eq!(federated.issuer.asked(), 0, "loopback is nobody's public issuer");

    // Below a listed address.
    let federated = Federated::start_with(|options, issuer| {
        options.issuers = vec![format!("{}/*", issuer.url())];
    })
    .await;
    federated.refused(&federated.sign(&federated.claims()), 400, 50_166).await;
    assert_eq!(federated.issuer.asked(), 0, "the address itself is not below itself");

    // Trusted by nobody: its certificate is of an authority that we do not know.
    let federated = Federated::start_with(|options, _| options.authorities = None).await;
    federated.refused(&federated.sign(&federated.claims()), 400, 50_166).await;
    assert_eq!(federated.issuer.asked(), 0);
}

#[tokio::test]
async fn keys_from_a_file_need_no_issuer_at_all() {
    let federated = Federated::start_with(|options, issuer| {
        options.issuers.clear();
        options.keys =
            vec![IssuerKeysFile { issuer: issuer.url().to_owned(), file: "keys.json".into() }];
    })
    .await;
    federated.expect_token(&federated.sign(&federated.claims())).await;
    assert_eq!(federated.issuer.asked(), 0);
}

/// An application that may get tokens of this server must not become another one by them.
#[tokio::test]
async fn our_own_tokens_are_nobodys_federated_credential() {
    let clock = Federated::start().await;
    let own = format!("{}/{}/", clock.world.url(), CONTOSO.id);
    let token = clock.world.token(MTP).await;
    let (_, claims) = decode(&token);
    assert_eq!(claims["iss"], own, "the issuer as it is written in this test");
    drop(clock);

    // The port differs with every server, so the own issuer is trusted under a name without one.
    let own = format!("https://localhost/{}/", CONTOSO.id);
    let key = ClientSigner::new(0);
    let mut with = StartWith::of(seed_with(&[&own]));
    with.federation.keys = vec![IssuerKeysFile { issuer: own.clone(), file: "keys.json".into() }];
    with.files = vec![("keys.json".into(), json!({ "keys": [key.jwk()] }).to_string().into())];
    let world = World::start_with(with).await;
    let claims = json!({ "iss": own, "sub": SUBJECT, "aud": AUDIENCE, "exp": NOW + 300 });
    let token = key.sign(&json!({ "alg": "RS256", "kid": key.jwk().kid }), &claims);
    let ask = TokenAsk::v2(&SIEM, MTP)
        .without("client_secret")
        .set("client_assertion", &token)
        .set("client_assertion_type", JWT_BEARER);
    expect_aadsts(&world.send(ask).await, 401, 700_229);
}
