//! What is around every page.

use vakt_testkit::people::{ADA, CARL, RITA};
use vakt_testkit::{Request, Visitor, World};

/// Addresses in a page's navigation.
pub fn sections(page: &str) -> Vec<String> {
    let nav = page.split("<nav class=\"sections\"").nth(1).unwrap().split("</nav>").next().unwrap();
    nav.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn everybody_is_offered_only_what_opens() {
    let world = World::with_people().await;
    for person in [&ADA, &CARL, &RITA] {
        let mut visitor = Visitor::signed_in(&world, person).await;
        let home = visitor.get("/portal").await;
        assert_eq!(home.status, 200, "{}", home.text());
        for part in [person.name, person.role, "Contoso", "Sign out"] {
            assert!(home.text().contains(part), "{part}");
        }
        let sections = sections(home.text());
        assert!(sections.len() > 1, "{sections:?}");
        for section in sections {
            let page = visitor.get(&section).await;
            assert_eq!(page.status, 200, "{section} for {}", person.name);
            assert!(page.text().contains("aria-current="), "{section}");
        }
    }
}

#[tokio::test]
async fn browsers_come_from_the_root_to_the_portal_and_back_after_signing_in() {
    let world = World::with_people().await;
    let mut ada = Visitor::of(&world);
    let root = ada.get("/").await;
    assert_eq!((root.status, root.header("location")), (303, Some("/vakt/sign-in?return=/portal")));
    let page = ada.get("/portal/applications?search=a%26b").await;
    let place = page.header("location").unwrap();
    assert_eq!(place, "/vakt/sign-in?return=/portal/applications%3Fsearch%3Da%2526b");
    let onward = "/portal/applications?search=a%26b";
    let answer = ada.sign_in(onward, ADA.user_name, vakt_testkit::people::PASSWORD).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(onward)));
    assert_eq!(ada.get("/").await.header("location"), Some("/portal"));
}

#[tokio::test]
async fn a_theme_is_remembered_by_the_browser() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let home = ada.get("/portal").await;
    assert!(home.text().contains("<html lang=\"en\" data-theme=\"system\">"));
    for (sent, kept) in [("dark", "dark"), ("light", "light"), ("\"><script>", "system")] {
        ada.get("/portal").await;
        let answer = ada.submit(&home, &[("theme", sent)]).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.header("location"), Some("/portal"));
        for page in ["/portal", "/vakt/account", "/portal/nowhere"] {
            let expected = format!("<html lang=\"en\" data-theme=\"{kept}\">");
            let page = ada.get(page).await;
            assert!(page.text().contains(&expected), "{kept}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_inside_the_portal() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    for place in ["/portal/nowhere", "/portal/applications/x", "/portal/a/b/c"] {
        let page = ada.get(place).await;
        assert_eq!(page.status, 404, "{place}");
        assert!(page.text().contains("This is not here") && page.text().contains("Sign out"));
    }
}

#[tokio::test]
async fn what_pages_load_is_kept_for_ever_under_its_hash() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let home = ada.get("/portal").await;
    let mut total = home.body.len();
    let links = home.text().split('"').filter(|part| part.starts_with("/portal/assets/"));
    for link in links {
        let asset = world.send(Request::get(link)).await;
        assert_eq!(asset.status, 200, "{link}");
        let kept = Some("public, max-age=31536000, immutable");
        assert_eq!(asset.header("cache-control"), kept, "{link}");
        assert_eq!(asset.header("x-content-type-options"), Some("nosniff"));
        total += asset.body.len();
    }
    assert!(total < 200_000, "the first page has {total} bytes");
    let other = world.send(Request::get("/portal/assets/style-0000000000000000.css")).await;
    assert_eq!(other.status, 404);
}
