//! Registrations: listed, made, refused.

use vakt_testkit::people::{ADA, CARL, GRACE, RITA};
use vakt_testkit::{Answer, Visitor, World};

/// Where an answer leads.
pub fn place(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

/// Registers an application and gives its client id.
pub async fn register(visitor: &mut Visitor, name: &str) -> String {
    let form = visitor.get("/portal/applications/new").await;
    let place = place(&visitor.submit(&form, &[("name", name), ("audience", "one")]).await);
    let id = place.strip_prefix("/portal/applications/").unwrap();
    id.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_application_is_registered_and_found() {
    let world = World::with_people().await;
    for person in [&ADA, &CARL] {
        let mut visitor = Visitor::signed_in(&world, person).await;
        let name = format!("Siem of {}", person.name);
        let id = register(&mut visitor, &name).await;
        let overview = visitor.get(&format!("/portal/applications/{id}")).await;
        for part in [name.as_str(), &id, vakt_testkit::cast::CONTOSO.id, "This directory only"] {
            assert!(overview.text().contains(part), "{part}: {}", overview.text());
        }
        for search in [id.clone(), "siem%20OF".to_owned()] {
            let list = visitor.get(&format!("/portal/applications?search={search}")).await;
            assert!(list.text().contains(&id), "{search}");
        }
        let list = visitor.get("/portal/applications?search=nothing%20like%20it").await;
        assert!(list.text().contains("Nothing was found"));
        // Another tenant's administrator sees nothing of it.
        let mut grace = Visitor::signed_in(&world, &GRACE).await;
        assert_eq!(grace.get(&format!("/portal/applications/{id}")).await.status, 404);
        assert!(!grace.get("/portal/applications").await.text().contains(&id));
    }
}

#[tokio::test]
async fn wrong_input_is_answered_beside_its_field() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let long = "n".repeat(257);
    for (name, uri, field, text) in [
        ("", "", "name", "Give it a name."),
        ("   ", "", "name", "Give it a name."),
        (long.as_str(), "", "name", "longer than 256"),
        ("ok", "portal.azure.com", "redirect_uri", "is not an address"),
        ("ok", "http://portal.azure.com", "redirect_uri", "must begin with https://"),
        ("ok", "https://x.example/#a", "redirect_uri", "must have no #"),
    ] {
        let form = ada.get("/portal/applications/new").await;
        let fields = [("name", name), ("audience", "any"), ("redirect_uri", uri)];
        let answer = ada.submit(&form, &fields).await;
        assert_eq!(answer.status, 400, "{name} {uri}");
        let beside = format!("id=\"{field}-problem\">");
        let beside = answer.text().split(&beside).nth(1).unwrap().split("</p>").next().unwrap();
        assert!(beside.contains(text), "{beside}");
        assert!(answer.text().contains("aria-invalid=\"true\""));
        assert!(answer.text().contains(&format!("value=\"{uri}\"")), "what was typed is kept");
    }
    assert!(!ada.get("/portal/applications").await.text().contains(">ok<"));
}

#[tokio::test]
async fn readers_look_and_change_nothing() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let list = rita.get("/portal/applications").await;
    assert!(!list.text().contains("New registration"));
    let page = rita.get("/portal/applications/new").await;
    assert_eq!(page.status, 403);
    assert!(page.text().contains("Your role does not allow this"), "{}", page.text());
}
