//! The portal with nothing but the keyboard: every step is reached with the tab key, in the order
//! in which it is read, and the focus is seen.

use vakt_testkit::cast::SIEM;
use vakt_testkit::people::ADA;
use vakt_testkit::{TokenAsk, World};

use super::driver::{Browser, Look, is_installed};
use super::signing_in::signed_in;

/// Most stops on the way to anything of a page.
const STOPS_MAX: usize = 60;
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// What has the focus, by its name; and whether it is seen to have it.
const FOCUS: &str = r#"
    const one = document.activeElement;
    // Past the last stop is the page itself, and then the first one again.
    if (one === document.body) return { label: "", seen: true, covered: false };
    const label = one.labels?.[0]?.innerText ?? one.getAttribute("aria-label") ?? one.innerText;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const under = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        label: (label ?? "").trim(),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        covered: under !== null && under !== one && !one.contains(under) && !under.contains(one),
    };
"#;

/// Tabs until something with this name has the focus.
pub async fn tab_to(browser: &Browser, label: &str) {
    let mut passed = Vec::new();
    for _ in 0..STOPS_MAX {
        browser.type_text(TAB).await;
        let focus = browser.ask(FOCUS).await;
        let name = focus["label"].as_str().unwrap().to_owned();
        assert_eq!(focus["seen"], true, "the focus on {name} is not seen");
        assert_eq!(focus["covered"], false, "{name} has the focus and is covered");
        if name == label {
            return;
        }
        passed.push(name);
    }
    panic!("{label} was not reached; passed were {passed:?}");
}

pub async fn choose(browser: &Browser, label: &str) {
    tab_to(browser, label).await;
    browser.type_text(ENTER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_registered_and_deleted_without_a_mouse() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    for look in [Look::Desk, Look::PhoneAtNight] {
        let browser = signed_in(&world, &ADA, look).await;
        browser.see("Your role").await;
        choose(&browser, "Skip to the content").await;
        let place = browser.ask("return document.activeElement.id").await;
        assert_eq!(place, "content");
        browser.open("/portal").await;
        choose(&browser, "Applications").await;
        browser.see("Search by name").await;
        choose(&browser, "New registration").await;
        browser.see("Supported account types").await;
        tab_to(&browser, "Name").await;
        browser.type_text("By keyboard").await;
        choose(&browser, "Register").await;
        browser.see("Essentials").await;
        choose(&browser, "Delete").await;
        browser.see("It can be restored").await;
        choose(&browser, "Delete").await;
        browser.see("The application is deleted").await;
        choose(&browser, "Ada Lovelace").await;
        choose(&browser, "Dark").await;
        browser.see("Applications").await;
        assert_eq!(browser.ask("return document.documentElement.dataset.theme").await, "dark");
        choose(&browser, "Ada Lovelace").await;
        browser.type_text("\u{e00c}").await;
        let open = browser.ask("return document.querySelector('details.menu').open").await;
        assert_eq!(open, false, "Escape closes the menu");
        choose(&browser, "Ada Lovelace").await;
        choose(&browser, "Sign out").await;
        browser.see("You are signed out").await;
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_followed_and_a_token_inspected_without_a_mouse() {
    if !is_installed() {
        return;
    }
    let world = World::with_people().await;
    let token = world.token("https://api.security.microsoft.com").await;
    let ask = TokenAsk::v2(&SIEM, "https://api.security.microsoft.com");
    assert_eq!(world.send(ask.set("client_secret", "wrong")).await.status, 401);
    for look in [Look::Desk, Look::PhoneAtNight] {
        let browser = signed_in(&world, &ADA, look).await;
        browser.see_after_loading_again("AADSTS7000215").await;
        choose(&browser, SIEM.name).await;
        browser.see("Last token requests").await;
        choose(&browser, "Token inspector").await;
        browser.see("Paste a token").await;
        tab_to(&browser, "Token").await;
        browser.type_text(&token).await;
        choose(&browser, "Inspect").await;
        browser.see("This token opens 3 of 4 well-known calls").await;
        choose(&browser, "The application in your directory").await;
        browser.see("Last token requests").await;
        browser.close().await;
    }
}
