//! A walk through every page, at both widths and in both themes. Its pictures are those of
//! `docs/portal`: `scripts/portal-pictures.sh` puts them there.

use vakt_identity::people::TotpSecret;
use vakt_testkit::World;
use vakt_testkit::cast::{IMPORTER, SIEM};
use vakt_testkit::incidents::{graph, plain};
use vakt_testkit::people::{ADA, CONNECTOR, NELL, RITA, TOMA};

use super::album::Album;
use super::driver::{Browser, Look, is_installed};
use super::looking::busy_world;
use super::signing_in::{sign_in, sign_in_with, signed_in};
use super::views::unfold;

const MTP: &str = "Microsoft Threat Protection";
/// `Incident.Read.All` of that API.
const READ_ALL: &str = "a9790345-4595-42e4-971a-ccdc79f19b7c";

fn partner_link() -> String {
    format!("/common/oauth2/authorize?prompt=consent&client_id={CONNECTOR}&response_type=code")
}

/// Signing in, in all its steps.
async fn at_the_door(world: &World, album: &mut Album) {
    let browser = Browser::start(world, Look::Wide).await;
    browser.open("/vakt/sign-in?return=/portal").await;
    album.take(&browser, "Password", ("sign-in", "Sign in")).await;
    sign_in_with(&browser, &TOMA, "wrong").await;
    album.take(&browser, "wrong", ("sign-in-refused", "Sign in: refused")).await;
    browser.open("/vakt/sign-in?return=/portal").await;
    sign_in(&browser, &TOMA).await;
    album.take(&browser, "code", ("code", "Sign in: the authenticator's code")).await;
    let secret = TotpSecret::from_base32(TOMA.totp.unwrap()).unwrap();
    browser.type_in("code", &format!("{}\n", secret.code_at(world.clock().now()))).await;
    browser.arrive("/portal").await;
    browser.open("/vakt/account").await;
    browser.see(TOMA.name).await;
    browser.press("Sign out").await;
    album.take(&browser, "You are signed out", ("signed-out", "Signed out")).await;
    browser.open("/vakt/sign-in?return=/portal").await;
    sign_in(&browser, &NELL).await;
    let first = ("first-password", "Sign in: a password of one's own");
    album.take(&browser, "password", first).await;
    browser.close().await;
}

/// Consent, to whom it is offered and to whom not.
async fn consent(world: &World, album: &mut Album) {
    let browser = Browser::start(world, Look::Wide).await;
    browser.open(&partner_link()).await;
    sign_in(&browser, &RITA).await;
    let not = ("consent-not-allowed", "Consent: for an administrator");
    album.take(&browser, "An administrator has to consent", not).await;
    browser.close().await;
    let browser = Browser::start(world, Look::Wide).await;
    browser.open(&partner_link()).await;
    sign_in(&browser, &ADA).await;
    album.take(&browser, "unverified", ("consent", "Consent")).await;
    browser.open(&format!("{}&redirect_uri=https%3A%2F%2Fevil.example", partner_link())).await;
    let wrong = ("consent-wrong-address", "Consent: an address that is not registered");
    album.take(&browser, "AADSTS50011", wrong).await;
    browser.open("/vakt/account").await;
    album.take(&browser, ADA.name, ("account", "Your account")).await;
    browser.open("/vakt/account/authenticator").await;
    album.take(&browser, "authenticator", ("authenticator", "Add an authenticator")).await;
    browser.open("/vakt/account/password").await;
    album.take(&browser, "password", ("password", "Change the password")).await;
    browser.close().await;
}

/// The start page, the menu, and what is not there.
async fn around(browser: &Browser, album: &mut Album) {
    browser.see_after_loading_again("AADSTS7000215").await;
    album.take(browser, "expires in 3 days", ("home", "Home")).await;
    browser.ask("document.querySelector('details.menu').open = true; return true").await;
    album.take(browser, "Theme", ("menu", "The menu")).await;
    browser.open("/portal/nowhere").await;
    album.take(browser, "This is not here", ("missing", "What is not there")).await;
}

/// A registration and its permissions. Gives the application's address.
async fn registration(browser: &Browser, album: &mut Album) -> String {
    browser.open("/portal/applications").await;
    album.take(browser, "Search by name", ("applications", "Applications")).await;
    browser.follow("New registration").await;
    browser.see("Supported account types").await;
    browser.press("Register").await;
    let refused = ("registration-refused", "New registration: refused");
    album.take(browser, "Give it a name.", refused).await;
    browser.open("/portal/applications/new").await;
    browser.fill("name", "Incident reader").await;
    album.take(browser, "Supported account types", ("registration", "New registration")).await;
    browser.press("Register").await;
    album.take(browser, "Essentials", ("overview", "Overview")).await;
    let place = format!("/portal/applications/{}", browser.text_of("application-id").await);
    browser.open(&format!("{place}/permissions/add?search=threat+prot")).await;
    album.take(browser, MTP, ("apis", "APIs my organization uses")).await;
    browser.follow(MTP).await;
    browser.see("Application permissions").await;
    browser.click(&format!("role-{READ_ALL}")).await;
    let choose = ("permissions-add", "Application permissions");
    album.take(browser, "Application permissions", choose).await;
    browser.press("Add permissions").await;
    let asked = ("permissions", "API permissions: not granted yet");
    album.take(browser, "Not granted", asked).await;
    browser.follow("Grant admin consent for Contoso").await;
    album.take(browser, "for everyone in", ("grant", "Grant admin consent")).await;
    browser.press("Grant admin consent").await;
    let granted = ("permissions-granted", "API permissions: granted");
    album.take(browser, "Admin consent is granted", granted).await;
    place
}

/// Secrets and their like, and what they are for.
async fn credentials(browser: &Browser, album: &mut Album, place: &str) {
    browser.open(&format!("{place}/secrets/add")).await;
    browser.fill("description", "for the SIEM").await;
    album.take(browser, "Expires after", ("secret", "New client secret")).await;
    browser.press("Add").await;
    album.take(browser, "The secret is made", ("secret-made", "The secret, shown once")).await;
    let secret = browser.text_of("secret-value").await;
    browser.open(&format!("{place}/certificates/add")).await;
    album.take(browser, "Upload certificate", ("certificate", "Upload certificate")).await;
    browser.open(&format!("{place}/federated/add")).await;
    let federated = ("federated", "Add federated credential");
    album.take(browser, "Add federated credential", federated).await;
    browser.open(&format!("{place}/credentials")).await;
    let all = ("credentials", "Certificates & secrets");
    album.take(browser, "for the SIEM", all).await;
    browser.open(&format!("{place}/authentication")).await;
    browser.fill("redirect_uris", "https://portal.azure.com").await;
    browser.click("audience-any").await;
    browser.press("Save").await;
    let saved = ("authentication", "Authentication");
    album.take(browser, "The changes are saved", saved).await;
    browser.open(&format!("{place}/code")).await;
    browser.fill("secret", &secret).await;
    browser.press("Request a token").await;
    album.take(browser, "token issued", ("code-and-try", "Code & try")).await;
    browser.open(&format!("{place}/delete")).await;
    album.take(browser, "It can be restored", ("delete", "Delete an application")).await;
    browser.press("Delete").await;
    browser.see("The application is deleted").await;
    browser.open("/portal/applications/deleted").await;
    album.take(browser, "Incident reader", ("deleted", "Deleted applications")).await;
}

/// Service principals.
async fn enterprise(browser: &Browser, album: &mut Album) {
    browser.open("/portal/enterprise").await;
    album.take(browser, "The platform", ("enterprise", "Enterprise applications")).await;
    browser.open(&format!("/portal/enterprise/{}", SIEM.id)).await;
    let one = ("enterprise-one", "An enterprise application");
    album.take(browser, "Last token requests", one).await;
    browser.open(&format!("/portal/enterprise/{}/enabled", SIEM.id)).await;
    let disable = ("disable", "Disable an application");
    album.take(browser, "no more tokens in this directory", disable).await;
}

async fn save_view(browser: &Browser, query: &str, name: &str) {
    browser.open(&format!("/portal/incidents{query}")).await;
    browser.see("Save this view").await;
    unfold(browser).await;
    browser.fill("view_name", name).await;
    browser.press("Save view").await;
    browser.see("The view is saved.").await;
}

/// The queue, an incident, an alert, an entity, and several incidents changed together.
async fn incidents(browser: &Browser, album: &mut Album) {
    save_view(browser, "?assigned=nobody&sort=severity", "Up next").await;
    save_view(browser, "?search=powershell&severity=high&created=2026-02-01", "PowerShell").await;
    browser.open("/portal/incidents").await;
    let queue = ("incidents", "Incidents");
    album.take(browser, "Change the ticked incidents", queue).await;
    browser.follow("Your views").await;
    album.take(browser, "for you alone", ("views", "Your views of the queue")).await;
    browser.open("/portal/incidents/4711").await;
    album.take(browser, "Why here: ", ("incident", "An incident")).await;
    browser.follow("Suspicious PowerShell command line").await;
    album.take(browser, "Why it is in its incident", ("alert", "An alert")).await;
    browser.follow("All incidents with it").await;
    album.take(browser, "the newest first", ("entity", "An entity")).await;
    browser.open("/portal/incidents?sort=oldest").await;
    browser.see("Change the ticked incidents").await;
    browser.click("i-1").await;
    browser.click("i-2").await;
    browser.fill("to_status", "Resolved").await;
    browser.press("Change").await;
    album.take(browser, "2 changed.", ("incidents-changed", "Incidents, changed together")).await;
    browser.open("/portal/incidents?status=asleep&created=x").await;
    let refused = ("incidents-refused", "Incidents: a filter that is refused");
    album.take(browser, "Write a day as", refused).await;
}

async fn inspector(world: &World, browser: &Browser, album: &mut Album) {
    browser.open("/portal/inspector").await;
    album.take(browser, "Paste a token", ("inspector", "Token inspector")).await;
    let token = world.token("https://api.security.microsoft.com").await;
    browser.fill("token", &token).await;
    browser.press("Inspect").await;
    let told = ("inspector-told", "Token inspector: a token, explained");
    album.take(browser, "well-known calls", told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_looked_at() {
    if !is_installed() {
        return;
    }
    let world = busy_world(&["Nightly export", "Ticket bridge"]).await;
    let mut album = Album::new();
    at_the_door(&world, &mut album).await;
    consent(&world, &mut album).await;
    let browser = signed_in(&world, &ADA, Look::Wide).await;
    around(&browser, &mut album).await;
    let place = registration(&browser, &mut album).await;
    credentials(&browser, &mut album, &place).await;
    enterprise(&browser, &mut album).await;
    let quiet = |id: i64| plain(id, "2026-02-20T08:00:00Z", "2026-02-21T09:00:00Z");
    world.import(&IMPORTER, &[graph(), quiet(1), quiet(2)]).await;
    incidents(&browser, &mut album).await;
    inspector(&world, &browser, &mut album).await;
    browser.close().await;
    album.close();
}
