//! Views of the queue saved, used and removed: with the keyboard alone, and on every screen.

use vakt_testkit::people::{ADA, RITA};

use super::driver::{Browser, Look, is_installed};
use super::incidents::world;
use super::keyboard::{choose, tab_to};
use super::signing_in::signed_in;

/// The tab that is marked as the present one.
const CURRENT: &str = "return document.querySelector('.tabs [aria-current]')?.innerText ?? ''";

/// Shows the form, and what is folded away on a narrow screen.
pub async fn unfold(browser: &Browser) {
    let script = "document.querySelectorAll('.save details, details.folds')
        .forEach(one => one.open = true); return true";
    browser.ask(script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_saved_and_removed_without_a_mouse() {
    if !is_installed() {
        return;
    }
    let world = world().await;
    let browser = signed_in(&world, &ADA, Look::Desk).await;
    choose(&browser, "Incidents").await;
    browser.see("Change the ticked incidents").await;
    tab_to(&browser, "Order").await;
    browser.type_text("Worst").await;
    choose(&browser, "Filter").await;
    browser.arrive("/portal/incidents?").await;
    choose(&browser, "Save this view").await;
    tab_to(&browser, "Name of the view").await;
    browser.type_text("Up next").await;
    choose(&browser, "Save view").await;
    browser.see("The view is saved.").await;
    assert_eq!(browser.ask(CURRENT).await, "Up next");
    choose(&browser, "Open").await;
    browser.see("Incident 1").await;
    assert_eq!(browser.ask(CURRENT).await, "Open");
    choose(&browser, "Up next").await;
    browser.arrive("/portal/incidents?sort=severity").await;
    assert_eq!(browser.ask(CURRENT).await, "Up next");
    choose(&browser, "Your views").await;
    browser.see("for you alone").await;
    choose(&browser, "Remove the view Up next").await;
    browser.see("Remove the view “Up next”?").await;
    choose(&browser, "Remove").await;
    browser.see("The view is removed.").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_saved_on_every_screen() {
    if !is_installed() {
        return;
    }
    let world = world().await;
    for look in [Look::Wide, Look::PhoneAtNight, Look::WideAtNight, Look::Phone] {
        let browser = signed_in(&world, &RITA, look).await;
        browser.open("/portal/incidents?status=all&search=incident").await;
        browser.see("Incident 1").await;
        unfold(&browser).await;
        browser.press("Save view").await;
        browser.see("Give the view a name.").await;
        browser.look_at("views-1-refused").await;
        browser.fill("view_name", "Everything that was ever called an incident here").await;
        browser.press("Save view").await;
        browser.see("The view is saved").await;
        unfold(&browser).await;
        browser.look_at("views-2-saved").await;
        browser.follow("Your views").await;
        browser.see("Name or number: incident").await;
        browser.look_at("views-3-list").await;
        browser.follow("Remove").await;
        browser.see("Remove the view “Everything").await;
        browser.look_at("views-4-remove").await;
        browser.press("Remove").await;
        browser.see("You have saved no view yet").await;
        browser.look_at("views-5-none").await;
        browser.close().await;
    }
}
