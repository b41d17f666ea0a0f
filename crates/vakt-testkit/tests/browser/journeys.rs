//! What people do: consent by the partner link, change their mind, get lost, and find the way.

use jiff::SignedDuration;
use serde_json::json;
use vakt_identity::people::TotpSecret;
use vakt_testkit::World;
use vakt_testkit::cast::{CONTOSO, FABRIKAM, PARTNER};
use vakt_testkit::people::{
    ADA, CARL, CONNECTOR, GRACE, NELL, PASSWORD, PUBLISHER_ADMIN, PUBLISHER_SECRET, RITA, TAILSPIN,
    TOMA,
};
use vakt_testkit::{Request, TokenAsk};

use super::driver::{Browser, Look, is_installed};
use super::signing_in::{sign_in, sign_in_with};

/// The link on the partner page of the product's portal.
fn partner_link(app: &str) -> String {
    format!(
        "/common/oauth2/authorize?prompt=consent&client_id={app}&response_type=code&sso_reload=true"
    )
}

async fn token_status(world: &World, tenant: &str) -> u16 {
    let ask = TokenAsk::v2(&PARTNER, "https://api.security.microsoft.com")
        .tenant(tenant)
        .set("client_id", CONNECTOR)
        .set("client_secret", PUBLISHER_SECRET);
    world.send(ask).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tenants_consent_by_the_partner_link() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    for (person, tenant, look) in
        [(&ADA, &CONTOSO, Look::Desk), (&GRACE, &FABRIKAM, Look::PhoneAtNight)]
    {
        let browser = Browser::start(&world, look).await;
        browser.open(&partner_link(CONNECTOR)).await;
        browser.arrive("/vakt/sign-in?return=").await;
        browser.look_at("sign-in").await;
        sign_in(&browser, person).await;
        browser.arrive(&partner_link(CONNECTOR)).await;
        let text = browser.text().await;
        for part in ["Tailspin Incident Connector", tenant.name, "unverified", "Incident.Read.All"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        browser.look_at("consent").await;
        browser.press("Accept").await;
        browser.arrive("https://portal.azure.com/?code=").await;
        assert_eq!(token_status(&world, tenant.id).await, 200);
        browser.open(&partner_link(CONNECTOR)).await;
        browser.look_at("consent-again").await;
        assert!(browser.text().await.contains("granted already"));
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cancels_grants_nothing() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let browser = Browser::start(&world, Look::DeskAtNight).await;
    browser.open(&format!("{}&state=a%26b", partner_link(CONNECTOR))).await;
    browser.look_at("sign-in").await;
    sign_in(&browser, &ADA).await;
    browser.see("unverified").await;
    browser.look_at("consent").await;
    browser.press("Cancel").await;
    let place = browser.arrive("https://portal.azure.com/?error=access_denied&").await;
    assert!(place.ends_with("&state=a%26b"), "{place}");
    assert_eq!(token_status(&world, CONTOSO.id).await, 400);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_consent_is_told_who_may() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    for (person, look) in [(&RITA, Look::Phone), (&CARL, Look::DeskAtNight)] {
        let browser = Browser::start(&world, look).await;
        browser.open(&partner_link(CONNECTOR)).await;
        sign_in(&browser, person).await;
        browser.see("An administrator has to consent").await;
        browser.look_at("not-allowed").await;
        let text = browser.text().await;
        for part in ["An administrator has to consent", ADA.name, "AADSTS90094"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        browser.press("Back to the application without consent").await;
        browser.arrive("https://portal.azure.com/?error=").await;
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_shown_and_not_gone_to() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    for look in [Look::Desk, Look::PhoneAtNight] {
        let browser = Browser::start(&world, look).await;
        let link = format!("{}&redirect_uri=https%3A%2F%2Fevil.example", partner_link(CONNECTOR));
        browser.open(&link).await;
        sign_in(&browser, &ADA).await;
        browser.arrive(&link).await;
        browser.look_at("wrong-address").await;
        let text = browser.text().await;
        assert!(text.contains("AADSTS50011") && text.contains("What to do"), "{text}");
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_leads_back_to_where_it_ended() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let browser = Browser::start(&world, Look::Phone).await;
    browser.open(&partner_link(CONNECTOR)).await;
    browser.look_at("sign-in").await;
    sign_in_with(&browser, &ADA, "wrong wrong wrong").await;
    browser.see("password is wrong").await;
    browser.look_at("sign-in-refused").await;
    browser.fill("password", &format!("{PASSWORD}\n")).await;
    browser.see("unverified").await;
    browser.look_at("consent").await;
    world.clock().advance(SignedDuration::from_mins(31));
    browser.press("Accept").await;
    browser.arrive("/vakt/sign-in?return=").await;
    assert_eq!(token_status(&world, CONTOSO.id).await, 400);
    sign_in(&browser, &ADA).await;
    browser.arrive(&partner_link(CONNECTOR)).await;
    browser.press("Accept").await;
    browser.arrive("https://portal.azure.com/?code=").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_looked_after() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let browser = Browser::start(&world, Look::Desk).await;
    browser.open("/vakt/account").await;
    sign_in(&browser, &NELL).await;
    browser.see("Choose a password").await;
    browser.look_at("first-password").await;
    browser.type_in("password", "short\tshort\n").await;
    browser.see("a few words do well").await;
    browser.look_at("first-password-refused").await;
    browser.type_in("password", "a new and better one\ta new and better one\n").await;
    browser.arrive("/vakt/account").await;
    browser.look_at("account").await;
    browser.open("/vakt/account/authenticator").await;
    browser.look_at("authenticator").await;
    let key = browser.ask("return document.querySelector('[name=key]').value").await;
    let secret = TotpSecret::from_base32(key.as_str().unwrap()).unwrap();
    browser.fill("code", &format!("{}\n", secret.code_at(world.clock().now()))).await;
    browser.arrive("/vakt/account?done=authenticator").await;
    browser.look_at("account-with-authenticator").await;
    browser.press("Sign out").await;
    browser.see("You are signed out").await;
    browser.look_at("signed-out").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_typed() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let browser = Browser::start(&world, Look::PhoneAtNight).await;
    browser.open(&partner_link(CONNECTOR)).await;
    sign_in(&browser, &TOMA).await;
    browser.see("Enter your code").await;
    browser.look_at("code").await;
    browser.type_in("code", "000000\n").await;
    browser.see("The code is wrong").await;
    browser.look_at("code-refused").await;
    let secret = TotpSecret::from_base32(TOMA.totp.unwrap()).unwrap();
    browser.type_in("code", &format!("{}\n", secret.code_at(world.clock().now()))).await;
    browser.arrive(&partner_link(CONNECTOR)).await;
    browser.open("/vakt/account/authenticator").await;
    browser.look_at("authenticator").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_stay_text_in_a_narrow_window() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let ask = TokenAsk::v2(&PARTNER, "https://graph.microsoft.com")
        .tenant(TAILSPIN)
        .set("client_id", PUBLISHER_ADMIN)
        .set("client_secret", PUBLISHER_SECRET);
    let token = world.send(ask).await.expect(200)["access_token"].as_str().unwrap().to_owned();
    let tailspin = world.directory_with(token);
    let long = "A".repeat(256);
    for (label, name) in [
        ("script", "<script>document.title='owned'</script><b>Microsoft</b>"),
        ("backwards", "\u{202e}tfosorciM yb yfitrevO"),
        ("long", long.as_str()),
    ] {
        let more = json!({
            "signInAudience": "AzureADMultipleOrgs",
            "web": { "redirectUris": ["https://portal.azure.com"] },
        });
        let made = tailspin.register(name, more).await;
        let browser = Browser::start(&world, Look::Phone).await;
        browser.open(&partner_link(&made.app_id)).await;
        sign_in(&browser, &ADA).await;
        browser.see("unverified").await;
        browser.look_at(&format!("hostile-{label}")).await;
        assert_eq!(
            browser.ask("return document.querySelectorAll('main b, script').length").await,
            0
        );
        assert!(browser.text().await.contains("unverified"));
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_can_be_put_into_another_ones_frame() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let browser = Browser::start(&world, Look::Desk).await;
    browser.open("/vakt/account").await;
    sign_in(&browser, &ADA).await;
    // A page of the same origin without rules of its own; for others the same holds all the more.
    browser.open("/vakt/v1/health").await;
    let script = "const f = document.createElement('iframe'); f.src = '/vakt/account';
        document.body.append(f); return true;";
    browser.ask(script).await;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    let inside = browser.ask("return document.querySelector('iframe').contentDocument").await;
    assert!(inside.is_null(), "the frame shows an error of the browser, and not the page");
    world.send(Request::get("/vakt/v1/health")).await.expect(200);
    browser.close().await;
}
