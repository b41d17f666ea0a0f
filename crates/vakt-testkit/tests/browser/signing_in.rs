//! Signing in with nothing but the keyboard: the field that comes next has the focus by itself.

use vakt_testkit::World;
use vakt_testkit::people::{PASSWORD, Person};

use super::driver::{Browser, Look};

/// Types the user name and the right password.
pub async fn sign_in(browser: &Browser, person: &Person) {
    sign_in_with(browser, person, PASSWORD).await;
}

/// Types the user name and this password.
pub async fn sign_in_with(browser: &Browser, person: &Person, password: &str) {
    browser.type_in("user", &format!("{}\t", person.user_name)).await;
    browser.type_in("password", &format!("{password}\n")).await;
}

/// A browser in which somebody has signed in, at the portal.
pub async fn signed_in(world: &World, person: &Person, look: Look) -> Browser {
    let browser = Browser::start(world, look).await;
    browser.open("/").await;
    browser.arrive("/vakt/sign-in").await;
    sign_in(&browser, person).await;
    browser.arrive("/portal").await;
    browser
}
