//! What a token costs: to sign, to validate, and to validate again.
#![expect(clippy::unwrap_used, reason = "a bench that cannot start has nothing to measure")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use vakt_token::{
    AccessClaims, Expected, KeySet, SigningKey, TokenVersion, ValidatedTokens, generate_pkcs8,
    validate,
};

const TENANT: &str = "5e1f0c0e-0000-4000-8000-000000000001";
const AUDIENCE: &str = "https://api.security.microsoft.com";

/// A token as an application with three roles has it.
fn claims() -> AccessClaims {
    let principal = "5e5e5e5e-0000-4000-8000-0000000000b1".to_owned();
    let issuer = format!("https://vakt.example/{TENANT}/");
    let role = |name: &str| name.to_owned();
    AccessClaims {
        aud: AUDIENCE.into(),
        iss: issuer.clone(),
        exp: 3_600,
        app_displayname: Some("siem".into()),
        appid: Some("5e5e5e5e-0000-4000-8000-0000000000a1".into()),
        appidacr: Some("1".into()),
        idp: Some(issuer),
        oid: principal.clone(),
        roles: Some(
            ["AdvancedHunting.Read.All", "Incident.Read.All", "Incident.ReadWrite.All"]
                .map(role)
                .to_vec(),
        ),
        sub: principal,
        tid: TENANT.into(),
        uti: "AAAAAAAAAAAAAAAAAAAAAA".into(),
        ver: "1.0".into(),
        ..AccessClaims::default()
    }
}

fn tokens(criterion: &mut Criterion) {
    let key = SigningKey::new(&generate_pkcs8().unwrap(), b"certificate".to_vec()).unwrap();
    let mut keys = KeySet::new();
    keys.insert(key.kid().to_owned(), key.public_key());
    let claims = claims();
    let token = key.sign(TokenVersion::V1, &claims).unwrap();
    let expected = Expected {
        issuer: &|issuer, tenant, _| issuer == claims.iss && tenant == TENANT,
        audience: &|audience| audience == AUDIENCE,
        now: Timestamp::UNIX_EPOCH + SignedDuration::from_secs(60),
    };
    let remembered = ValidatedTokens::default();
    let mut group = criterion.benchmark_group("token");
    group.throughput(Throughput::Elements(1));
    group.bench_function("sign", |bench| {
        bench.iter(|| key.sign(TokenVersion::V1, black_box(&claims)).unwrap());
    });
    group.bench_function("validate", |bench| {
        bench.iter(|| validate(black_box(&token), &keys, &expected).unwrap());
    });
    group.bench_function("validate again", |bench| {
        bench.iter(|| remembered.validate(black_box(&token), &keys, &expected).unwrap());
    });
    group.finish();
}

criterion_group!(benches, tokens);
criterion_main!(benches);
