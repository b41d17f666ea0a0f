//! The page's steps in the portal, from signing in to a token that lists incidents, by mouse and
//! keyboard; and a look at every page, in both themes, on a phone and on a wide screen.

use vakt_testkit::cast::{CONTOSO, FABRIKAM, SIEM};
use vakt_testkit::people::{ADA, GRACE};
use vakt_testkit::{Request, TokenAsk, World};

use super::driver::{Browser, Look, is_installed};
use super::signing_in::signed_in;

const MTP: &str = "Microsoft Threat Protection";
/// `Incident.Read.All` of that API.
const READ_ALL: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";

/// What the journey leaves on the desk.
struct Made {
    app: String,
    tenant: String,
    secret: String,
}

/// Steps 1 to 7: register, ask for a permission, consent, make a secret, copy the ids.
async fn seven_steps(browser: &Browser, name: &str) -> Made {
    browser.look_at("portal-1-home").await;
    browser.follow("Applications").await;
    browser.arrive("/portal/applications").await;
    browser.look_at("portal-2-applications").await;
    browser.follow("New registration").await;
    browser.press("Register").await;
    browser.see("Give it a name.").await;
    browser.look_at("portal-3-registration-refused").await;
    browser.fill("name", &format!("{name}\n")).await;
    browser.see("Essentials").await;
    let app = browser.text_of("application-id").await;
    ask_for_permission(browser).await;
    browser.follow("Certificates & secrets").await;
    browser.follow("New client secret").await;
    browser.see("Expires after").await;
    browser.look_at("portal-8-secret").await;
    browser.fill("description", "for the siem").await;
    browser.press("Add").await;
    browser.see("The secret is made").await;
    let secret = browser.text_of("secret-value").await;
    browser.look_at("portal-9-secret-made").await;
    browser.follow("I have copied it").await;
    let text = browser.see("Federated credentials").await;
    browser.look_at("portal-a-credentials").await;
    assert!(text.contains("for the siem") && !text.contains(&secret), "shown once: {text}");
    browser.follow("Overview").await;
    browser.see("Essentials").await;
    browser.look_at("portal-b-overview").await;
    assert_eq!(browser.text_of("application-id").await, app);
    let tenant = browser.text_of("directory-id").await;
    try_now(browser, &secret).await;
    Made { app, tenant, secret }
}

/// The application's own page makes the token request too, and shows the answer.
async fn try_now(browser: &Browser, secret: &str) {
    browser.follow("Code & try").await;
    browser.fill("secret", "wrong").await;
    browser.press("Request a token").await;
    browser.see("AADSTS7000215").await;
    browser.look_at("portal-e-refused").await;
    browser.fill("secret", secret).await;
    browser.press("Request a token").await;
    let text = browser.see("token issued").await;
    assert!(text.contains("Incident.Read.All") && !text.contains(secret), "{text}");
    browser.look_at("portal-f-issued").await;
    browser.follow("Enterprise applications").await;
    browser.see("The platform").await;
    browser.look_at("portal-g-enterprise").await;
    browser.open("/portal/enterprise/5e5e5e5e-0000-4000-8000-0000000000a1").await;
    browser.look_at("portal-h-principal").await;
    browser.follow("Disable").await;
    browser.see("no more tokens in this directory").await;
    browser.look_at("portal-i-disable").await;
}

async fn ask_for_permission(browser: &Browser) {
    browser.follow("API permissions").await;
    browser.follow("Add a permission").await;
    browser.see("APIs my organization uses").await;
    browser.look_at("portal-4-apis").await;
    let links = "return [...document.querySelectorAll('.permissions a')].map(a => a.innerText)";
    let first = browser.ask(links).await.to_string();
    assert!(!first.contains(MTP), "it is not in the original list: {first}");
    browser.fill("search", "threat prot\n").await;
    browser.see(MTP).await;
    browser.look_at("portal-5-apis-found").await;
    browser.follow(MTP).await;
    browser.see("Application permissions").await;
    browser.press("Add permissions").await;
    browser.see("Choose at least one permission").await;
    browser.click(&format!("role-{READ_ALL}")).await;
    browser.look_at("portal-6-permissions").await;
    browser.press("Add permissions").await;
    browser.see("Not granted").await;
    browser.look_at("portal-7-not-granted").await;
    browser.follow("Grant admin consent for Contoso").await;
    browser.see("for everyone in").await;
    browser.look_at("portal-7-consent").await;
    browser.press("Grant admin consent").await;
    let text = browser.see("Admin consent is granted").await;
    assert!(text.contains("Granted") && !text.contains("Not granted"), "{text}");
    browser.look_at("portal-7-granted").await;
}

async fn incidents(world: &World, made: &Made, tenant: &str) -> u16 {
    let ask = TokenAsk::v1(&SIEM, "https://api.security.microsoft.com")
        .tenant(tenant)
        .set("client_id", &made.app)
        .set("client_secret", &made.secret);
    let answer = world.send(ask).await;
    if answer.status != 200 {
        return answer.status;
    }
    let token = answer.expect(200)["access_token"].as_str().unwrap().to_owned();
    let answer = world.send(Request::get("/api/incidents").bearer(&token)).await;
    assert!(answer.expect(200)["value"].is_array());
    200
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_steps_lead_to_a_token_that_lists_incidents() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    for look in [Look::Wide, Look::PhoneAtNight, Look::WideAtNight, Look::Phone] {
        let browser = signed_in(&world, &ADA, look).await;
        let made = seven_steps(&browser, &format!("Siem {look:?}")).await;
        assert_eq!(made.tenant, CONTOSO.id);
        assert_eq!(incidents(&world, &made, CONTOSO.id).await, 200);
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_eighth_step_offers_an_application_to_other_tenants() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let ada = signed_in(&world, &ADA, Look::Desk).await;
    let made = seven_steps(&ada, "Partner connector").await;
    ada.open(&format!("/portal/applications/{}/authentication", made.app)).await;
    ada.fill("redirect_uris", "https://portal.azure.com").await;
    ada.click("audience-any").await;
    ada.press("Save").await;
    ada.see("The changes are saved").await;
    ada.look_at("portal-c-authentication").await;
    let link = ada.text_of("consent-link").await;
    let link = link.split_once("/common/").unwrap().1.to_owned();
    ada.ask("document.querySelector('details.menu').open = true; return true").await;
    ada.look_at("portal-j-menu").await;
    ada.open("/portal/applications/nothing").await;
    ada.see("This is not here").await;
    ada.look_at("portal-k-missing").await;
    ada.open(&format!("/portal/enterprise/{}", made.app)).await;
    ada.see("AADSTS7000215").await;
    ada.look_at("portal-l-refusals").await;
    ada.open(&format!("/portal/applications/{}", made.app)).await;
    let copy = "document.querySelector('[data-copy=application-id]').click(); return true";
    ada.ask(copy).await;
    // Where the clipboard is closed to scripts, the text is selected instead.
    let label = "return document.querySelector('[data-copy=application-id]').innerText";
    let mut said = String::new();
    for _ in 0..40 {
        said = ada.ask(label).await.as_str().unwrap().to_owned();
        if said != "Copy" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(["Copied", "Press Ctrl+C"].contains(&said.as_str()), "{said}");
    ada.close().await;
    assert_eq!(incidents(&world, &made, FABRIKAM.id).await, 400, "before consent");
    let grace = signed_in(&world, &GRACE, Look::Phone).await;
    grace.open(&format!("/common/{link}")).await;
    grace.see("unverified").await;
    grace.look_at("portal-d-consent").await;
    grace.press("Accept").await;
    grace.arrive("https://portal.azure.com/?code=").await;
    assert_eq!(incidents(&world, &made, FABRIKAM.id).await, 200);
    grace.close().await;
}
