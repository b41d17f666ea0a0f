//! Authentication settings, deletion and restoring.

use vakt_testkit::people::ADA;
use vakt_testkit::{Visitor, World};

use super::applications::{place, register};

#[tokio::test]
async fn redirect_uris_and_audience_are_changed_together() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let app = register(&mut ada, "Partner").await;
    let tab = format!("/portal/applications/{app}/authentication");
    let page = ada.get(&tab).await;
    let fields = [("redirect_uris", "ftp://x.example"), ("audience", "any")];
    let answer = ada.submit(&page, &fields).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("id=\"redirect_uris-problem\""));
    let uris = "https://portal.azure.com\r\nhttp://localhost:8080/done\r\n";
    let answer = ada.submit(&page, &[("redirect_uris", uris), ("audience", "any")]).await;
    assert_eq!(place(&answer), format!("{tab}?done=saved"));
    let page = ada.get(&format!("{tab}?done=saved")).await;
    for part in [
        "The changes are saved",
        "https://portal.azure.com\nhttp://localhost",
        "Consent link",
        &app,
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
}

#[tokio::test]
async fn what_is_deleted_can_be_restored() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let app = register(&mut ada, "Short-lived").await;
    let root = format!("/portal/applications/{app}");
    let question = ada.get(&format!("{root}/delete")).await;
    assert!(question.text().contains("Delete Short-lived?"));
    let answer = ada.submit(&question, &[("confirmed", "yes")]).await;
    assert_eq!(place(&answer), "/portal/applications?done=deleted");
    assert_eq!(ada.get(&root).await.status, 404);
    let list = ada.get("/portal/applications/deleted").await;
    let link = list.text().split("href=\"/portal/applications/deleted/").nth(1).unwrap();
    let object = link.split('"').next().unwrap().to_owned();
    let question = ada.get(&format!("/portal/applications/deleted/{object}")).await;
    let answer = ada.submit(&question, &[("confirmed", "yes")]).await;
    assert_eq!(place(&answer), format!("{root}?done=restored"));
    assert_eq!(ada.get(&root).await.status, 200);
    assert_eq!(ada.get(&format!("/portal/applications/deleted/{object}")).await.status, 404);
}
