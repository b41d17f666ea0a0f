//! Enterprise applications and the request that a page makes.

use vakt_testkit::cast::{CONTOSO, SIEM};
use vakt_testkit::people::{ADA, CONNECTOR, GRACE, RITA};
use vakt_testkit::{TokenAsk, Visitor, World};

use super::applications::place;

const MTP: &str = "https://api.security.microsoft.com";

async fn token_status(world: &World) -> u16 {
    world.send(TokenAsk::v2(&SIEM, MTP).tenant(CONTOSO.id)).await.status
}

#[tokio::test]
async fn an_application_is_disabled_and_enabled() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let root = format!("/portal/enterprise/{}", SIEM.id);
    for (word, done, status) in [("Disable", "disabled", 401), ("Enable", "enabled", 200)] {
        let question = ada.get(&format!("{root}/enabled")).await;
        assert!(question.text().contains(&format!("{word} siem?")), "{}", question.text());
        let unclear = ada.submit(&question, &[("confirmed", "yes")]).await;
        assert_eq!(unclear.status, 400, "it says what was meant");
        let answer = ada.submit(&question, &[("confirmed", word)]).await;
        assert_eq!(place(&answer), format!("{root}?done={done}"));
        let page = ada.get(&root).await;
        assert!(page.text().contains(&format!(">{done}<")));
        let asked = token_status(&world).await;
        assert!(asked == status || (status == 401 && asked == 400), "{word}: {asked}");
    }
}

#[tokio::test]
async fn a_role_is_revoked_and_refusals_are_told_with_their_reason() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let root = format!("/portal/enterprise/{}", SIEM.id);
    let page = ada.get(&root).await;
    let revoke = page
        .text()
        .split("href=\"")
        .find(|rest| rest.split('"').next().unwrap().ends_with("/revoke"));
    let revoke = revoke.unwrap().split('"').next().unwrap().to_owned();
    let grants = page.text().matches("/revoke\"").count();
    let mut grace = Visitor::signed_in(&world, &GRACE).await;
    assert_eq!(grace.get(&revoke).await.status, 404, "another tenant's");
    let question = ada.get(&revoke).await;
    let answer = ada.submit(&question, &[("confirmed", "Revoke")]).await;
    assert_eq!(place(&answer), format!("{root}?done=revoked"));
    assert_eq!(ada.get(&revoke).await.status, 404);
    let wrong = TokenAsk::v2(&SIEM, MTP).tenant(CONTOSO.id).set("client_secret", "wrong");
    assert_eq!(world.send(wrong).await.status, 401);
    let mut told = String::new();
    for _ in 0..100 {
        told = ada.get(&root).await.text().to_owned();
        if told.contains("AADSTS7000215") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(told.contains("AADSTS7000215") && told.contains("refused"), "{told}");
    assert_eq!(told.matches("/revoke\"").count(), grants - 1);
}

#[tokio::test]
async fn the_page_asks_for_a_token_and_keeps_no_secret() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let tab = format!("/portal/applications/{}/code", SIEM.id);
    let page = rita.get(&tab).await;
    for part in ["PowerShell", "C#", "Python", "curl", "Rust", "Go", "Node", SIEM.id, CONTOSO.id] {
        assert!(page.text().contains(part), "{part}");
    }
    for (secret, api, expected) in [
        (SIEM.secret, MTP, "token issued"),
        ("wrong-secret-0123456789", MTP, "AADSTS7000215"),
        ("", MTP, "id=\"secret-problem\""),
        (SIEM.secret, "https://evil.example", "id=\"api-problem\""),
    ] {
        let answer = rita.submit(&page, &[("secret", secret), ("api", api)]).await;
        assert!(answer.text().contains(expected), "{expected}: {}", answer.text());
        assert!(secret.is_empty() || !answer.text().contains(secret), "{expected}");
    }
    // The tab is the application's own, not that of what others offer.
    let tab = format!("/portal/applications/{CONNECTOR}/code");
    assert_eq!(rita.get(&tab).await.status, 404);
}
