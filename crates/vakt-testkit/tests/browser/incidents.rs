//! An analyst's work in the browser: a queue, one incident from new to resolved, several together;
//! by mouse and with the keyboard alone.

use std::time::Duration;

use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::{full, graph, plain};
use vakt_testkit::people::{ADA, RITA};
use vakt_testkit::{Request, World};

use super::driver::{Browser, Look, is_installed};
use super::keyboard::{choose, tab_to};
use super::signing_in::signed_in;

pub async fn world() -> World {
    let world = World::with_people().await;
    let quiet = |id: i64| plain(id, "2026-02-20T08:00:00Z", "2026-02-21T09:00:00Z");
    world.import(&IMPORTER, &[full(5), full(6), quiet(1), quiet(2), quiet(3)]).await;
    world.import(&IMPORTER, &[graph()]).await;
    world
}

async fn status(world: &World, id: i64) -> String {
    let token = world.token_of(&IMPORTER, "https://api.security.microsoft.com").await;
    let request = Request::get(format!("/api/incidents/{id}")).bearer(&token);
    let answer = world.send(request).await.expect(200);
    answer["status"].as_str().unwrap().to_owned()
}

/// One incident, from new to resolved.
async fn work_on_one(browser: &Browser) {
    browser.follow("Incidents").await;
    browser.arrive("/portal/incidents").await;
    browser.see("Change the ticked incidents").await;
    browser.look_at("incidents-1-queue").await;
    browser.follow("Unassigned").await;
    browser.arrive("/portal/incidents?assigned=nobody").await;
    browser.follow("Incident 1").await;
    browser.see("Nobody has commented yet").await;
    browser.look_at("incidents-2-new").await;
    browser.fill("assigned_to", ADA.user_name).await;
    browser.press("Save").await;
    browser.see("The changes are saved.").await;
    browser.press("Comment").await;
    browser.see("The comment is empty").await;
    browser.look_at("incidents-3-refused").await;
    browser.fill("tags", &"t".repeat(1_001)).await;
    browser.press("Save").await;
    browser.see("A tag is longer than 1000 characters.").await;
    browser.open("/portal/incidents/1").await;
    browser.fill("comment", "A test of ours.").await;
    browser.press("Comment").await;
    browser.see("The comment is added.").await;
    browser.fill("status", "Resolved").await;
    browser.fill("classification", "False").await;
    browser.press("Save").await;
    let text = browser.see("from Active to Resolved").await;
    assert!(text.contains("A test of ours.") && text.contains(ADA.user_name), "{text}");
    browser.look_at("incidents-4-resolved").await;
}

/// Two incidents together.
async fn work_in_bulk(browser: &Browser) {
    browser.open("/portal/incidents?sort=oldest").await;
    browser.see("Change the ticked incidents").await;
    browser.press("Change").await;
    browser.see("Tick at least one incident").await;
    browser.look_at("incidents-5-bulk-refused").await;
    browser.click("i-2").await;
    browser.press("Change").await;
    browser.see("Choose what to change.").await;
    browser.fill("assign", "Somebody else").await;
    browser.press("Change").await;
    browser.see("Write who it is.").await;
    let ticked = "return document.getElementById('i-2').checked";
    assert_eq!(browser.ask(ticked).await, true, "ticks stay");
    browser.open("/portal/incidents?sort=oldest").await;
    browser.click("i-2").await;
    browser.click("i-3").await;
    browser.fill("to_status", "Resolved").await;
    browser.fill("assign", "Me").await;
    browser.press("Change").await;
    browser.see("2 changed.").await;
    browser.look_at("incidents-6-bulk-done").await;
    browser.follow("Back to the queue").await;
    let text = browser.see("Change the ticked incidents").await;
    assert!(!text.contains("Incident 2") && !text.contains("Incident 3"), "{text}");
}

/// From an incident to its alert, and to what else the same machine is in.
async fn look_around(browser: &Browser) {
    browser.open("/portal/incidents/5").await;
    browser.see("Why here: ").await;
    browser.look_at("incidents-7-story").await;
    browser.follow("Suspicious PowerShell command line").await;
    browser.see("Why it is in its incident").await;
    browser.look_at("incidents-8-alert").await;
    browser.press("Comment").await;
    browser.see("The comment is empty").await;
    browser.look_at("incidents-8-alert-refused").await;
    browser.fill("status", "In progress").await;
    browser.press("Save").await;
    browser.see("The changes are saved.").await;
    browser.follow("All incidents with it").await;
    browser.see("in 2 incidents").await;
    browser.look_at("incidents-9-entity").await;
    browser.open("/portal/incidents?status=asleep&created=x").await;
    browser.see("Write a day as").await;
    browser.look_at("incidents-a-filter-refused").await;
    browser.open("/portal/incidents/2972395").await;
    browser.see("Demo incident").await;
    browser.look_at("incidents-b-graph").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn incidents_are_worked_from_new_to_resolved() {
    if !is_installed() {
        return;
    }
    for look in [Look::Wide, Look::PhoneAtNight, Look::WideAtNight, Look::Phone] {
        let world = world().await;
        let browser = signed_in(&world, &ADA, look).await;
        work_on_one(&browser).await;
        work_in_bulk(&browser).await;
        look_around(&browser).await;
        for id in [1, 2, 3] {
            assert_eq!(status(&world, id).await, "Resolved", "{id} {look:?}");
        }
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_only_look_sees_no_forms() {
    if !is_installed() {
        return;
    }
    let world = world().await;
    let browser = signed_in(&world, &RITA, Look::Desk).await;
    browser.open("/portal/incidents").await;
    browser.see("Incident 1").await;
    browser.look_at("incidents-c-reader").await;
    // The list renews itself, and says so to those who do not see it.
    world.import(&IMPORTER, &[plain(9, "2026-02-22T08:00:00Z", "2026-02-22T08:00:00Z")]).await;
    tokio::time::sleep(Duration::from_secs(8)).await;
    browser.see("Incident 9").await;
    let told = "return document.getElementById('told').textContent";
    assert_eq!(browser.ask(told).await, "The list was renewed");
    browser.open("/portal/incidents/5").await;
    let text = browser.see("Why here: ").await;
    assert!(!text.contains("Add a comment") && !text.contains("Save"), "{text}");
    browser.look_at("incidents-d-reader").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_resolved_without_a_mouse() {
    if !is_installed() {
        return;
    }
    let world = world().await;
    let browser = signed_in(&world, &ADA, Look::Desk).await;
    browser.see("Your role").await;
    choose(&browser, "Incidents").await;
    browser.see("Change the ticked incidents").await;
    tab_to(&browser, "Choose incident 2").await;
    browser.type_text(" ").await;
    tab_to(&browser, "New status").await;
    browser.type_text("Resolved").await;
    choose(&browser, "Change").await;
    browser.see("1 changed.").await;
    assert_eq!(status(&world, 2).await, "Resolved");
    choose(&browser, "Back to the queue").await;
    browser.see("Change the ticked incidents").await;
    choose(&browser, "Incident 3").await;
    browser.see("Nobody has commented yet").await;
    tab_to(&browser, "Status").await;
    browser.type_text("Resolved").await;
    choose(&browser, "Save").await;
    browser.see("The changes are saved.").await;
    assert_eq!(status(&world, 3).await, "Resolved");
    browser.close().await;
}
