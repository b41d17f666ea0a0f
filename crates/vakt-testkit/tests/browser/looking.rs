//! The start page when somebody is needed, and the token inspector, on every screen.

use serde_json::{Value, json};
use vakt_testkit::cast::{ADMIN, IMPORTER, SIEM};
use vakt_testkit::people::ADA;
use vakt_testkit::{ClientSigner, Forge, TokenAsk, World, decode};

use super::driver::{Browser, Look, is_installed};
use super::signing_in::signed_in;

const MTP: &str = "https://api.security.microsoft.com";
const LOOKS: [Look; 4] = [Look::Wide, Look::PhoneAtNight, Look::WideAtNight, Look::Phone];

/// A name as long as names sometimes are.
const LONG: &str = "A name as long as the names of applications sometimes are, because somebody put the whole purpose into it";

/// A tenant in which there is something to do: incidents are open, and applications with these names
/// are refused, and have secrets that end after three days, after twenty and so on.
pub async fn busy_world(names: &[&str]) -> World {
    let world = World::with_people().await;
    let incident = |(id, severity): (i64, &str)| -> Value {
        let mut incident = vakt_testkit::incidents::full(id);
        incident["severity"] = json!(severity);
        incident["status"] = json!("Active");
        incident
    };
    let severities = ["High", "High", "Medium", "Low"];
    let incidents: Vec<Value> = (4711_i64..).zip(severities).map(incident).collect();
    receive_for_hours(&world).await;
    world.import(&IMPORTER, &incidents).await;
    let directory = world.directory(&ADMIN).await;
    for (days, name) in (3..).step_by(17).zip(names) {
        let made = directory.register(name, json!({})).await;
        let end = world.clock().now() + jiff::SignedDuration::from_hours(24 * days + 1);
        let secret = json!({ "passwordCredential": { "endDateTime": end.to_string() } });
        directory.post(&format!("/applications/{}/addPassword", made.object), 200, &secret).await;
        refuse(&world, &made.app_id).await;
    }
    refuse(&world, SIEM.id).await;
    world
}

/// Hours go by, and in each of them some incidents are received that are done with.
async fn receive_for_hours(world: &World) {
    for (hour, received) in (40_i64..).zip([1, 2, 0, 4, 3, 4, 2, 0, 0, 1, 3]) {
        for number in 0..received {
            let mut incident = vakt_testkit::incidents::full(hour * 10 + number);
            incident["status"] = json!("Resolved");
            let alert = |more: i64| -> Value {
                let mut alert = incident["alerts"][0].clone();
                alert["alertId"] = json!(format!("da{hour}-{number}-{more}"));
                alert["devices"] = json!([]);
                alert["entities"] = json!([]);
                alert
            };
            let alerts: Value = (0..=number).map(alert).collect();
            incident["alerts"] = alerts;
            world.import(&IMPORTER, &[incident]).await;
        }
        world.clock().advance(jiff::SignedDuration::from_hours(1));
    }
}

async fn refuse(world: &World, app: &str) {
    let ask = TokenAsk::v2(&SIEM, MTP).set("client_id", app).set("client_secret", "wrong");
    assert_eq!(world.send(ask).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_page_shows_what_needs_somebody() {
    if !is_installed() {
        return;
    }
    let world = busy_world(&["Nightly export", LONG]).await;
    for look in LOOKS {
        let browser = signed_in(&world, &ADA, look).await;
        browser.see_after_loading_again("AADSTS7000215").await;
        let text = browser.see("expires in 3 days").await;
        assert!(text.contains("Nightly export") && text.contains("expires in 20 days"), "{text}");
        browser.look_at("portal-1-home-busy").await;
        browser.close().await;
    }
}

async fn inspect(browser: &Browser, token: &str, discovery: &str) {
    browser.open("/portal/inspector").await;
    browser.fill("token", token).await;
    browser.fill("discovery", discovery).await;
    browser.press("Inspect").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_inspected() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let token = world.token(MTP).await;
    let forge = Forge::with_key_of(&world).await;
    let mut expired = decode(&token).1;
    let issued = expired["iat"].as_i64().unwrap();
    expired["nbf"] = json!(issued - 9000);
    expired["exp"] = json!(issued - 7300);
    let expired = forge.sign(&forge.header(), &expired);
    let header = json!({ "alg": "RS256", "kid": "other", "typ": "JWT" });
    let claims = json!({ "iss": "https://issuer.example", "sub": "job", "aud": "x" });
    let foreign = ClientSigner::new(0).sign(&header, &claims);
    let discovery = "https://issuer.example/.well-known/openid-configuration";
    for look in LOOKS {
        let browser = signed_in(&world, &ADA, look).await;
        browser.follow("Token inspector").await;
        browser.see("Paste a token").await;
        browser.press("Inspect").await;
        browser.see("This could not be done").await;
        browser.look_at("portal-m-inspector-refused").await;
        browser.fill("token", &token).await;
        browser.press("Inspect").await;
        browser.see("This token opens 3 of 4 well-known calls").await;
        browser.look_at("portal-n-inspector").await;
        inspect(&browser, &expired, "").await;
        browser.see("It EXPIRED 2 hours ago").await;
        browser.look_at("portal-o-inspector-expired").await;
        inspect(&browser, &foreign, discovery).await;
        browser.see("--federation-issuer").await;
        browser.look_at("portal-p-inspector-foreign").await;
        browser.close().await;
    }
}
