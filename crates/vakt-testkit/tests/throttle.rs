//! Limits on failed credentials: the first ones are told apart, too many at once are asked to wait,
//! and a right credential is taken whatever came before it.

use std::net::{IpAddr, Ipv4Addr};

use jiff::SignedDuration;
use vakt_testkit::cast::{self, ADMIN, App, CONTOSO, SIEM};
use vakt_testkit::{Answer, StartWith, TokenAsk, World, expect_aadsts, fits};

const MTP: &str = "https://api.security.microsoft.com";
/// Failures of one client at one address that are told apart at once (docs/reference/limits.md).
const AT_ONCE: usize = 20;
/// Failures of one address, whichever clients.
const AT_ONCE_OF_ADDRESS: usize = 200;

async fn fail(world: &World, app: &App) -> Answer {
    world.send(TokenAsk::v2(app, MTP).set("client_secret", "wrong")).await
}

/// A failure of a client that came to a proxy from this address.
async fn fail_from(world: &World, app: &App, address: &str) -> Answer {
    let ask = TokenAsk::v2(app, MTP).set("client_secret", "wrong");
    world.send(ask.header("x-forwarded-for", address)).await
}

/// A wrong secret in its own words.
fn expect_told(answer: &Answer) {
    expect_aadsts(answer, 401, 7_000_215);
}

fn expect_slowed(answer: &Answer) {
    let body = expect_aadsts(answer, 429, 90_055);
    assert_eq!(body["error"], "temporarily_unavailable");
    let text = body["error_description"].as_str().unwrap();
    assert!(fits("AADSTS90055: There are too many * in * seconds. Trace ID: *", text), "{text}");
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3).contains(&seconds), "{seconds} seconds");
}

#[tokio::test]
async fn too_many_wrong_secrets_are_slowed_down_and_a_right_one_never_is() {
    let world = World::start().await;
    for _ in 0..AT_ONCE {
        expect_told(&fail(&world, &SIEM).await);
    }
    for _ in 0..5 {
        expect_slowed(&fail(&world, &SIEM).await);
        world.send(TokenAsk::v2(&SIEM, MTP)).await.expect(200);
    }
    expect_told(&fail(&world, &ADMIN).await);
    world.clock().advance(SignedDuration::from_secs(3));
    expect_told(&fail(&world, &SIEM).await);
    expect_slowed(&fail(&world, &SIEM).await);
}

#[tokio::test]
async fn both_endpoints_and_every_spelling_of_a_client_count_together() {
    let world = World::start().await;
    let upper = SIEM.id.to_uppercase();
    for _ in 0..AT_ONCE / 2 {
        expect_told(&fail(&world, &SIEM).await);
        let v1 = TokenAsk::v1(&SIEM, MTP).set("client_id", &upper).set("client_secret", "wrong");
        expect_told(&world.send(v1.tenant(CONTOSO.domains[0])).await);
    }
    expect_slowed(&fail(&world, &SIEM).await);
}

#[tokio::test]
async fn refusals_that_show_no_credential_are_not_counted() {
    let world = World::start().await;
    for _ in 0..2 * AT_ONCE {
        let none = TokenAsk::v2(&SIEM, MTP).without("client_secret");
        expect_aadsts(&world.send(none).await, 401, 7_000_216);
        let nowhere = TokenAsk::v2(&SIEM, "https://nowhere.example");
        expect_aadsts(&world.send(nowhere).await, 400, 500_011);
    }
    expect_told(&fail(&world, &SIEM).await);
}

#[tokio::test]
async fn an_address_behind_a_trusted_proxy_is_counted_by_itself() {
    let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let with = StartWith { trusted_proxies: vec![loopback], ..StartWith::of(cast::seed()) };
    let world = World::start_with(with).await;
    for _ in 0..AT_ONCE {
        expect_told(&fail_from(&world, &SIEM, "192.0.2.1").await);
    }
    expect_slowed(&fail_from(&world, &SIEM, "192.0.2.1").await);
    expect_told(&fail_from(&world, &SIEM, "192.0.2.2").await);
}

#[tokio::test]
async fn nobody_else_is_believed_about_addresses() {
    let world = World::start().await;
    for last in 0..AT_ONCE {
        expect_told(&fail_from(&world, &SIEM, &format!("192.0.2.{last}")).await);
    }
    expect_slowed(&fail_from(&world, &SIEM, "192.0.2.200").await);
}

#[tokio::test]
async fn an_address_that_tries_client_after_client_is_slowed_down() {
    let apps: Vec<String> =
        (0..12).map(|n| format!("5e5e5e5e-0000-4000-8000-0000000001{n:02}")).collect();
    let mut seed = cast::seed();
    for id in &apps {
        seed += &format!(
            "\n[[tenant]]\nid = \"{}\"\nname = \"Contoso\"\n[[tenant.app]]\nname = \"{id}\"\n\
             app_id = \"{id}\"\nsecret = \"a-secret-of-its-own-0123456789-01\"\n",
            CONTOSO.id
        );
    }
    let world = World::start_with(StartWith::of(seed)).await;
    let mut told = 0;
    for id in &apps {
        for _ in 0..AT_ONCE {
            let ask = TokenAsk::v2(&SIEM, MTP).set("client_id", id).set("client_secret", "wrong");
            told += usize::from(world.send(ask).await.status == 401);
        }
    }
    assert_eq!(told, AT_ONCE_OF_ADDRESS);
    world.send(TokenAsk::v2(&SIEM, MTP)).await.expect(200);
}
