use vakt_token::{AccessClaims, Jwks, SigningKey, TokenVersion, generate_pkcs8, inspect};

use super::*;
use crate::script::{Script, Step, answer};

const STS: &str = "https://sts.windows.net/t/";
const OWN: &str = "https://vakt.example/t/";

fn signed(key: &SigningKey, issuer: &str) -> String {
    let claims = AccessClaims {
        iss: issuer.into(),
        tid: "t".into(),
        ver: "1.0".into(),
        ..AccessClaims::default()
    };
    key.sign(TokenVersion::V1, &claims).unwrap()
}

fn document(issuer: &str, keys: &str) -> Step {
    let body = serde_json::json!({
        "issuer": issuer, "jwks_uri": keys, "token_endpoint": "", "authorization_endpoint": "",
    });
    answer(200, &body.to_string())
}

async fn check(
    token: &str,
    server: Option<&Cloud>,
    steps: Vec<Step>,
    expected: (Verification, &[&str]),
) {
    let script = Script::new(steps);
    let seen = inspect(token).unwrap();
    let found = verify_token(&script, server, token, &seen).await;
    let sent: Vec<String> = script.sent().iter().map(|request| request.url.to_string()).collect();
    assert_eq!(
        (found, sent.iter().map(String::as_str).collect()),
        (expected.0, expected.1.to_vec())
    );
}

#[tokio::test]
async fn keys_come_from_the_server_and_from_microsoft_only() {
    let key = SigningKey::new(&generate_pkcs8().unwrap(), b"certificate".to_vec()).unwrap();
    let keys = || answer(200, &serde_json::to_string(&Jwks { keys: vec![key.jwk()] }).unwrap());
    let no_keys = || answer(200, r#"{"keys":[]}"#);
    let server = Cloud::vakt("https://vakt.example", None).unwrap();
    let server = Some(&server);
    let right = || Verification::Verified { key_id: key.kid().to_owned() };
    let unknown = |reason: &str| Verification::Unknown { reason: reason.to_owned() };
    let elsewhere = "https://evil.example/keys";
    let of_microsoft = "https://login.microsoftonline.com/common/discovery/keys";
    let (own_document, own_keys) =
        ("https://vakt.example/t/.well-known/openid-configuration", "https://vakt.example/keys");
    let sts_document = "https://sts.windows.net/t/.well-known/openid-configuration";

    let steps = vec![document(OWN, elsewhere), keys()];
    check(&signed(&key, OWN), server, steps, (right(), &[own_document, own_keys])).await;
    let missing =
        format!("the token's signing key `{}` is not one of the issuer's keys", key.kid());
    let steps = vec![document(OWN, own_keys), no_keys()];
    let wrong = Verification::Wrong { reason: missing };
    check(&signed(&key, OWN), server, steps, (wrong, &[own_document, own_keys])).await;
    // A server that took the names over.
    let steps = vec![document(STS, of_microsoft), keys()];
    let taken = "https://vakt.example/common/discovery/keys";
    check(&signed(&key, STS), server, steps, (right(), &[own_document, taken])).await;
    // A server that did not, and a token of Microsoft's.
    let steps = vec![document(OWN, own_keys), document(STS, of_microsoft), keys()];
    let asked = [own_document, sts_document, of_microsoft];
    check(&signed(&key, STS), server, steps, (right(), &asked)).await;
    // Microsoft's documents do not lead elsewhere.
    let steps = vec![document(STS, elsewhere), keys()];
    let stayed = [sts_document, "https://sts.windows.net/keys"];
    check(&signed(&key, STS), None, steps, (right(), &stayed)).await;
    let stranger = unknown(
        "its issuer `https://evil.example/t/` is neither your server nor Microsoft: name your server with --profile or VAKT_URL",
    );
    check(&signed(&key, "https://evil.example/t/"), server, vec![], (stranger, &[])).await;
}

#[tokio::test]
async fn forgeries_and_nonces_are_told_apart() {
    let key = SigningKey::new(&generate_pkcs8().unwrap(), b"certificate".to_vec()).unwrap();
    let token = signed(&key, OWN);
    let (signed_part, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{signed_part}.AAAA");
    let set = KeySet::from_jwks(&Jwks { keys: vec![key.jwk()] });
    let mut seen = inspect(&forged).unwrap();
    let reason = "the token's signature does not match its content".to_owned();
    assert_eq!(Verification::of(&forged, &seen, &set), Verification::Wrong { reason });
    seen.header_json["nonce"] = "x".into();
    let reason = "its header carries a nonce that only the API itself can check".to_owned();
    assert_eq!(Verification::of(&forged, &seen, &set), Verification::Unknown { reason });
}
