//! Every kind of token at every verifier, and every form that must be refused.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::jwk::PublicKey;
use crate::jwks::KeySet;
use crate::validate::{Expected, validate};

const NOW: i64 = 1_772_366_400;
const CLIENT: &str = "5e5e5e5e-0000-4000-8000-0000000000a1";
const OBJECT: &str = "5e5e5e5e-0000-4000-8000-0000000000b1";
const TENANT: &str = "c0c0c0c0-0000-4000-8000-000000000001";
const ENDPOINT: &str = "https://localhost/contoso/oauth2/v2.0/token";
const API: &str = "https://api.security.microsoft.com";
const ISSUER: &str = "https://localhost/c0c0c0c0-0000-4000-8000-000000000001/";
const FOREIGN: Trusted<'_> = Trusted {
    issuer: "https://token.example",
    subject: "repo:contoso/app:ref:main",
    audience: "api://AzureADTokenExchange",
};

/// One key signs everything here: only the rules of each kind can keep them apart.
static KEY: LazyLock<RsaKeyPair> =
    LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn public() -> PublicKey {
    PublicKey::from_pkcs1(KEY.public_key().as_ref()).unwrap()
}

fn sign_with(padding: &'static dyn RsaEncoding, header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let mut signature = vec![0; KEY.public_modulus_len()];
    KEY.sign(padding, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn sign(claims: &Value) -> String {
    sign_with(&RSA_PKCS1_SHA256, &header(), claims)
}

fn header() -> Value {
    json!({ "alg": "RS256", "typ": "JWT", "kid": "k" })
}

fn assertion_claims() -> Value {
    json!({
        "iss": CLIENT, "sub": CLIENT, "aud": ENDPOINT,
        "nbf": NOW, "exp": NOW + 600, "jti": "once",
    })
}

fn proof_claims() -> Value {
    json!({ "iss": OBJECT, "aud": PROOF_AUDIENCES[0], "nbf": NOW, "exp": NOW + 600 })
}

fn federated_claims() -> Value {
    json!({
        "iss": FOREIGN.issuer, "sub": FOREIGN.subject, "aud": FOREIGN.audience,
        "iat": NOW, "exp": NOW + 300,
    })
}

fn access_claims() -> Value {
    json!({
        "iss": ISSUER, "aud": API, "nbf": NOW, "exp": NOW + 3600, "ver": "1.0", "tid": TENANT,
        "oid": OBJECT, "sub": OBJECT, "appid": CLIENT, "roles": ["Incident.Read.All"],
    })
}

fn verify_assertion(token: &str) -> Result<(), AssertionFault> {
    let read = ClientAssertion::read(token)?;
    if !read.is_signed_by(&public()) {
        return Err(AssertionFault::Signature);
    }
    read.check(&|id| id.eq_ignore_ascii_case(CLIENT), &|aud| aud == ENDPOINT, now())
}

fn verify_proof(token: &str) -> Result<(), AssertionFault> {
    let read = KeyProof::read(token)?;
    if !read.is_signed_by(&public()) {
        return Err(AssertionFault::Signature);
    }
    read.check(OBJECT, now())
}

fn verify_federated(token: &str) -> Result<(), AssertionFault> {
    let mut keys = KeySet::new();
    keys.insert("k".into(), public());
    FederatedToken::read(token)?.verify(&FOREIGN, &keys, now())
}

fn verify_access(token: &str) -> Result<(), AssertionFault> {
    let mut keys = KeySet::new();
    keys.insert("k".into(), public());
    let issuer = |iss: &str, tid: &str, _: &str| iss == ISSUER && tid == TENANT;
    let expected = Expected { issuer: &issuer, audience: &|aud| aud == API, now: now() };
    let refused = |error: crate::TokenError| AssertionFault::Malformed(error.to_string());
    validate(token, &keys, &expected).map(drop).map_err(refused)
}

type Verifier = fn(&str) -> Result<(), AssertionFault>;

#[test]
fn no_kind_of_token_passes_for_another() {
    let verifiers: [(&str, Verifier); 4] = [
        ("assertion", verify_assertion),
        ("proof", verify_proof),
        ("federated", verify_federated),
        ("access", verify_access),
    ];
    for (kind, claims) in [
        ("assertion", assertion_claims()),
        ("proof", proof_claims()),
        ("federated", federated_claims()),
        ("access", access_claims()),
    ] {
        let token = sign(&claims);
        for (verifier, verify) in verifiers {
            let verdict = verify(&token);
            assert_eq!(verdict.is_ok(), kind == verifier, "{kind} at {verifier}: {verdict:?}");
        }
    }
}

/// The same, for tokens that borrow one claim of another kind: each rule alone must hold.
#[test]
fn one_claim_of_the_right_kind_is_not_enough() {
    let with = |mut claims: Value, name: &str, value: &str| {
        claims[name] = value.into();
        claims
    };
    let cases: [(&str, Verifier, Value); 8] = [
        ("proof's aud", verify_assertion, with(assertion_claims(), "aud", PROOF_AUDIENCES[0])),
        ("api's aud", verify_assertion, with(assertion_claims(), "aud", API)),
        ("object id as iss", verify_assertion, with(assertion_claims(), "iss", OBJECT)),
        ("object id as sub", verify_assertion, with(assertion_claims(), "sub", OBJECT)),
        ("client id as iss", verify_proof, with(proof_claims(), "iss", CLIENT)),
        ("endpoint as aud", verify_proof, with(proof_claims(), "aud", ENDPOINT)),
        (
            "other case",
            verify_federated,
            with(federated_claims(), "sub", "Repo:contoso/app:ref:main"),
        ),
        (
            "other issuer",
            verify_federated,
            with(federated_claims(), "iss", "https://token.example/"),
        ),
    ];
    for (name, verify, claims) in cases {
        assert!(verify(&sign(&claims)).is_err(), "{name}");
    }
}

#[test]
fn both_paddings_are_accepted_of_clients_and_one_of_issuers() {
    let ps256 = json!({ "alg": "PS256", "kid": "k" });
    let pss = |claims: &Value| sign_with(&RSA_PSS_SHA256, &ps256, claims);
    assert_eq!(verify_assertion(&pss(&assertion_claims())), Ok(()));
    assert_eq!(verify_proof(&pss(&proof_claims())), Ok(()));
    let refused = verify_federated(&pss(&federated_claims()));
    assert!(matches!(refused, Err(AssertionFault::Algorithm { .. })), "{refused:?}");
    // The header's algorithm is the one that is checked, whatever would fit.
    let mixed = sign_with(&RSA_PSS_SHA256, &json!({ "alg": "RS256" }), &assertion_claims());
    assert_eq!(verify_assertion(&mixed), Err(AssertionFault::Signature));
}

#[test]
fn headers_of_other_kinds_are_refused() {
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "rs256" }),
        json!({ "alg": "RS384" }),
        json!({ "alg": "ES256" }),
        json!({ "alg": null }),
        json!({}),
        json!({ "alg": "RS256", "typ": "at+jwt" }),
        json!({ "alg": "RS256", "typ": 1 }),
        json!({ "alg": "RS256", "typ": "dpop+jwt" }),
        json!({ "alg": "RS256", "crit": ["exp"], "exp": 1 }),
        json!({ "alg": "RS256", "crit": [] }),
    ] {
        let token = sign_with(&RSA_PKCS1_SHA256, &header, &assertion_claims());
        assert!(verify_assertion(&token).is_err(), "{header}");
    }
}

#[test]
fn headers_as_libraries_write_them_are_accepted() {
    for more in [
        json!({}),
        json!({ "typ": "JWT" }),
        json!({ "typ": "jwt" }),
        json!({ "typ": "application/client-authentication+jwt" }),
        json!({ "x5c": "MIID" }),
        json!({ "x5c": ["MI\nID", 7, null] }),
        json!({ "x5c": { "not": "a chain" } }),
        json!({ "jku": "https://evil.example/keys", "x5u": "https://evil.example/c.pem" }),
        json!({ "jwk": { "kty": "RSA", "n": "AQAB", "e": "AQAB" } }),
        json!({ "kid": 7, "x5t": null }),
    ] {
        let mut header = json!({ "alg": "RS256" });
        header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let token = sign_with(&RSA_PKCS1_SHA256, &header, &assertion_claims());
        assert_eq!(verify_assertion(&token), Ok(()), "{header}");
    }
}

#[test]
fn claims_are_read_as_libraries_write_them() {
    for (name, value, good) in [
        ("exp", json!(NOW as f64 + 600.25), true),
        ("exp", json!((NOW + 600).to_string()), true),
        ("exp", json!(NOW - 299), true),
        ("exp", json!(NOW - 300), false),
        ("exp", json!(NOW + 86_400), true),
        ("exp", json!(NOW + 90_000), false),
        ("exp", json!("tomorrow"), false),
        ("exp", json!(null), false),
        ("nbf", json!(NOW + 300), true),
        ("nbf", json!(NOW + 301), false),
        ("nbf", json!(null), false),
        ("iat", json!(NOW + 5_000), true),
        ("aud", json!([ENDPOINT]), true),
        ("aud", json!([ENDPOINT, API]), false),
        ("aud", json!([]), false),
        ("aud", json!(7), false),
        ("iss", json!(CLIENT.to_ascii_uppercase()), true),
        ("sub", json!([CLIENT]), false),
        ("jti", json!({ "odd": true }), true),
    ] {
        let mut claims = assertion_claims();
        claims[name] = value.clone();
        let verdict = verify_assertion(&sign(&claims));
        assert_eq!(verdict.is_ok(), good, "{name}: {value}: {verdict:?}");
    }
    for (name, good) in [
        ("nbf", true),
        ("jti", true),
        ("exp", false),
        ("aud", false),
        ("iss", false),
        ("sub", false),
    ] {
        let mut claims = assertion_claims();
        claims.as_object_mut().unwrap().remove(name);
        assert_eq!(verify_assertion(&sign(&claims)).is_ok(), good, "without {name}");
    }
}

#[test]
fn proofs_live_for_ten_minutes() {
    for (nbf, exp, good) in [
        (Some(NOW), NOW + 600, true),
        (Some(NOW), NOW + 601, false),
        (Some(NOW - 3_600), NOW + 60, false),
        (Some(NOW - 600), NOW - 299, true),
        (Some(NOW - 600), NOW - 300, false),
        (None, NOW + 600, false),
    ] {
        let mut claims = proof_claims();
        claims["exp"] = exp.into();
        match nbf {
            Some(nbf) => claims["nbf"] = nbf.into(),
            None => drop(claims.as_object_mut().unwrap().remove("nbf")),
        }
        let verdict = verify_proof(&sign(&claims));
        assert_eq!(verdict.is_ok(), good, "{nbf:?} to {exp}: {verdict:?}");
    }
}

/// A signature covers the bytes that came. No other spelling of the same content is accepted.
#[test]
fn nothing_about_the_bytes_can_be_changed() {
    let token = sign(&assertion_claims());
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!() };
    let spaced = URL_SAFE_NO_PAD.encode(format!(" {}", assertion_claims()));
    let other_claims = URL_SAFE_NO_PAD.encode(proof_claims().to_string());
    let mut cut = signature.to_owned();
    cut.pop();
    for changed in [
        format!("{header}=.{payload}.{signature}"),
        format!("{header}.{payload}=.{signature}"),
        format!("{header}.{payload}.{signature}==="),
        format!("{header}.{spaced}.{signature}"),
        format!("{header}.{other_claims}.{signature}"),
        format!("{header}.{payload}.{cut}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}"),
        format!("{header}.{payload}.{signature}.{signature}"),
        format!("{header}. {payload}.{signature}"),
        format!(".{payload}.{signature}"),
        format!("{}.{payload}.{signature}", header.replace('e', "E")),
    ] {
        assert!(verify_assertion(&changed).is_err(), "{changed}");
    }
    assert_eq!(verify_assertion(&format!("{token}\n")), Ok(()), "a file's line end is no part");
    // 256 bytes of signature: its padding is all that may differ.
    assert_eq!(verify_assertion(&format!("{header}.{payload}.{signature}==")), Ok(()));
}

#[test]
fn garbage_is_refused_in_words_and_at_once() {
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(9_000));
    let long = "x".repeat(ASSERTION_LENGTH_MAX_BYTES + 1);
    for garbage in ["", ".", "..", "a.b.c", "e30.e30.c2ln", "....", long.as_str()] {
        assert!(verify_assertion(garbage).is_err());
        assert!(verify_proof(garbage).is_err());
        assert!(verify_federated(garbage).is_err());
        assert_eq!((claimed_issuer(garbage), claimed_speaker(garbage)), (None, None));
    }
    assert!(verify_assertion(&format!("{deep}.{deep}.{deep}")).is_err());
}

#[test]
fn who_speaks_is_known_before_anything_is_believed() {
    let (own, foreign) = (sign(&assertion_claims()), sign(&federated_claims()));
    assert_eq!(claimed_issuer(&own).as_deref(), Some(CLIENT));
    assert_eq!(claimed_speaker(&own).as_deref(), Some(CLIENT));
    assert_eq!(claimed_issuer(&foreign).as_deref(), Some(FOREIGN.issuer));
    assert_eq!(claimed_speaker(&foreign), None);
}

#[test]
fn of_a_foreign_key_document_the_usable_keys_are_taken() {
    let jwk = public().to_jwk(b"no certificate");
    let key = |kid: &str, more: Value| {
        let mut key = json!({ "kty": "RSA", "kid": kid, "n": jwk.n, "e": jwk.e });
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    };
    let with_zero = [&[0], &URL_SAFE_NO_PAD.decode(&jwk.n).unwrap()[..]].concat();
    let document = json!({ "keys": [
        key("plain", json!({})),
        key("full", json!({ "use": "sig", "alg": "RS256", "x5c": 7, "key_ops": ["verify"] })),
        key("padded", json!({ "n": format!("{}==", jwk.n) })),
        key("zero", json!({ "n": URL_SAFE_NO_PAD.encode(with_zero) })),
        key("other algorithm", json!({ "alg": "PS256" })),
        key("for encryption", json!({ "use": "enc" })),
        key("curve", json!({ "kty": "EC", "crv": "P-256" })),
        key("short", json!({ "n": &jwk.n[..100] })),
        key("odd", json!({ "n": "!" })),
        key("x", json!({ "kid": 7 })),
        "not a key",
        { "kty": "oct", "kid": "secret", "k": "AAAA" },
    ], "more": true });
    let keys = KeySet::read_foreign(document.to_string().as_bytes()).unwrap();
    for kid in ["plain", "full", "padded", "zero"] {
        let header = json!({ "alg": "RS256", "kid": kid });
        let token = sign_with(&RSA_PKCS1_SHA256, &header, &federated_claims());
        let verdict = FederatedToken::read(&token).unwrap().verify(&FOREIGN, &keys, now());
        assert_eq!(verdict, Ok(()), "{kid}");
    }
    for kid in ["other algorithm", "for encryption", "curve", "short", "odd", "x", "secret", ""] {
        assert!(!keys.knows(kid), "{kid}");
    }
    for document in ["", "[]", "{}", r#"{"keys":{}}"#, "<html>"] {
        assert!(KeySet::read_foreign(document.as_bytes()).is_err(), "{document}");
    }
}
