//! What others sign: client assertions, key proofs, foreign tokens, and the certificates and key
//! documents around them. Input: header, line feed, claims; or a certificate or key document.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use vakt_token::{
    Certificate, ClientAssertion, FederatedToken, Jwks, KeyProof, KeySet, Trusted, claimed_issuer,
    claimed_speaker,
};

fuzz_target!(|data: &[u8]| {
    let _ = Certificate::read(data);
    let _ = KeySet::read_foreign(data);
    let _: Result<Jwks, _> = serde_json::from_slice(data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    read(text);
    let (header, claims) = text.split_once('\n').unwrap_or((text, "{}"));
    let part = |part: &str| URL_SAFE_NO_PAD.encode(part);
    read(&format!("{}.{}.c2ln", part(header), part(claims)));
});

fn read(token: &str) {
    let _ = claimed_issuer(token);
    let _ = claimed_speaker(token);
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    if let Ok(assertion) = ClientAssertion::read(token) {
        let _ = assertion.hint().shown();
        let _ = assertion.check(&|_| true, &|_| true, now);
    }
    if let Ok(proof) = KeyProof::read(token) {
        let _ = proof.check("00000000-0000-0000-0000-000000000001", now);
    }
    if let Ok(token) = FederatedToken::read(token) {
        let _ = token.claims();
        let trusted =
            Trusted { issuer: "https://i", subject: "s", audience: "api://AzureADTokenExchange" };
        assert!(token.verify(&trusted, &KeySet::default(), now).is_err(), "no key is trusted");
    }
}
