//! Secrets, certificates and federated credentials: made, shown once, refused, removed.

use vakt_testkit::cast::{CONTOSO, SIEM};
use vakt_testkit::people::{ADA, RITA};
use vakt_testkit::{ClientKey, TokenAsk, Visitor, World};

use super::applications::{place, register};

/// The text of the element with this id.
fn element(page: &str, id: &str) -> String {
    let rest = page.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("{id}: {page}"));
    rest.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()
}

async fn token_status(world: &World, app: &str, secret: &str) -> u16 {
    let ask = TokenAsk::v2(&SIEM, "https://api.security.microsoft.com")
        .tenant(CONTOSO.id)
        .set("client_id", app)
        .set("client_secret", secret);
    world.send(ask).await.status
}

#[tokio::test]
async fn a_secret_is_shown_once_and_works_until_it_is_removed() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let app = register(&mut ada, "Siem of the page").await;
    let root = format!("/portal/applications/{app}");
    let form = ada.get(&format!("{root}/secrets/add")).await;
    let fields = [("description", "for the night"), ("lifetime", "90")];
    let made = ada.submit(&form, &fields).await;
    assert_eq!(made.status, 200);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let secret = element(made.text(), "secret-value");
    assert_eq!(secret.len(), 40);
    assert_eq!(token_status(&world, &app, &secret).await, 200);
    // Loading the answer anew sends the form again: no second secret, and no second look.
    let again = ada.submit(&form, &fields).await;
    assert!(again.text().contains("was made already") && !again.text().contains(&secret));
    let list = ada.get(&format!("{root}/credentials")).await;
    assert!(!list.text().contains(&secret) && list.text().contains("for the night"));
    assert_eq!(list.text().matches("for the night").count(), 2, "one line and its button");
    let remove = list
        .text()
        .split("href=\"")
        .find(|rest| {
            rest.contains("/secrets/") && !rest.starts_with(&format!("{root}/secrets/add"))
        })
        .unwrap();
    let question = ada.get(remove.split('"').next().unwrap()).await;
    assert!(question.text().contains("This cannot be undone"));
    let answer = ada.submit(&question, &[("confirmed", "yes")]).await;
    assert_eq!(place(&answer), format!("{root}/credentials?done=removed"));
    assert_eq!(token_status(&world, &app, &secret).await, 401);
}

#[tokio::test]
async fn certificates_and_federated_credentials_are_taken_or_refused_beside_their_field() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let app = register(&mut ada, "Siem with a key").await;
    let root = format!("/portal/applications/{app}");
    let key = ClientKey::new("night", world.clock().now(), 1).base64();
    let long = "d".repeat(129);
    for (path, fields, field, text) in [
        (
            "secrets",
            vec![("description", long.as_str()), ("lifetime", "90")],
            "description",
            "longer than 128",
        ),
        ("secrets", vec![("description", ""), ("lifetime", "100000")], "lifetime", "Choose one"),
        ("certificates", vec![("certificate", "nonsense")], "certificate", "not an X.509"),
        (
            "certificates",
            vec![("certificate", "-----BEGIN PRIVATE KEY-----\nAA")],
            "certificate",
            "private key",
        ),
        (
            "federated",
            vec![
                ("name", "a b"),
                ("issuer", "https://i.corp"),
                ("subject", "s"),
                ("audience", "a"),
            ],
            "name",
            "is not 1 to 120",
        ),
        (
            "federated",
            vec![("name", "a"), ("issuer", "i.corp"), ("subject", "s"), ("audience", "a")],
            "issuer",
            "not an https address",
        ),
        (
            "federated",
            vec![("name", "a"), ("issuer", "https://i.corp"), ("subject", ""), ("audience", "a")],
            "subject",
            "missing",
        ),
    ] {
        let form = ada.get(&format!("{root}/{path}/add")).await;
        let answer = ada.submit(&form, &fields).await;
        assert_eq!(answer.status, 400, "{path} {field}");
        let beside = element(answer.text(), &format!("{field}-problem"));
        assert!(beside.contains(text), "{beside}");
        assert!(!answer.text().contains("BEGIN PRIVATE KEY"), "it is not shown again");
    }
    for (path, fields, done) in [
        ("certificates", vec![("certificate", key.as_str())], "certificate"),
        (
            "federated",
            vec![("name", "ci"), ("issuer", "https://i.corp"), ("subject", "s"), ("audience", "a")],
            "federated",
        ),
    ] {
        let form = ada.get(&format!("{root}/{path}/add")).await;
        let answer = ada.submit(&form, &fields).await;
        assert_eq!(place(&answer), format!("{root}/credentials?done={done}"));
        let form = ada.get(&format!("{root}/{path}/add")).await;
        assert_eq!(ada.submit(&form, &fields).await.status, 400, "{path} twice");
    }
    let list = ada.get(&format!("{root}/credentials")).await;
    assert!(list.text().contains("https://i.corp") && list.text().contains("CN=night"));
}

#[tokio::test]
async fn readers_see_credentials_and_get_no_form() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let root = format!("/portal/applications/{}", SIEM.id);
    let list = rita.get(&format!("{root}/credentials")).await;
    assert!(list.status == 200 && !list.text().contains("/remove"));
    for path in ["secrets/add", "certificates/add", "federated/add", "delete", "grant"] {
        assert_eq!(rita.get(&format!("{root}/{path}")).await.status, 403, "{path}");
    }
}
