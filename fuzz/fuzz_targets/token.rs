//! Header and claims of an access token: as sent, and with the fuzzer's text as header and claims,
//! so that it need not discover base64 first. Input: header, line feed, claims.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use vakt_token::{Expected, KeySet, inspect, validate};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    read(text);
    let (header, claims) = text.split_once('\n').unwrap_or((text, "{}"));
    let part = |part: &str| URL_SAFE_NO_PAD.encode(part);
    read(&format!("{}.{}.c2ln", part(header), part(claims)));
});

fn read(token: &str) {
    let _ = inspect(token);
    let expected = Expected {
        issuer: &|_, _, _| true,
        audience: &|_| true,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    assert!(validate(token, &KeySet::default(), &expected).is_err(), "no key is trusted");
}
