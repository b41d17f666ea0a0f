//! Names that are made to be more than names go through every screen, and stay text.

use serde_json::json;
use vakt_testkit::cast::ADMIN;
use vakt_testkit::people::ADA;
use vakt_testkit::{Visitor, World};

use super::applications::register;

/// Names that break out of text, attributes, scripts or templates where these are not escaped.
pub const NAMES: &[&str] = &[
    "<script>document.title='owned'</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "</textarea></title><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% include \"/etc/passwd\" %} ${7*7}",
    "javascript:alert(1)",
    "\u{202e}gnp.exe\u{202c} \u{200b}\u{feff}",
    "&lt;b&gt; &amp; &#60;",
];

/// Is a text of a page only text there?
pub fn expect_harmless(page: &str, place: &str) {
    for broken in ["<img src=x", "<svg onload", "<script>document", " onfocus=alert(1) x='\""] {
        assert!(!page.contains(broken), "{place}: {broken}");
    }
    assert_eq!(page.matches("<script").count(), 1, "{place}");
}

#[tokio::test]
async fn hostile_names_stay_text() {
    let world = World::with_people().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    for name in NAMES {
        let id = register(&mut ada, name).await;
        let search: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        for place in [
            "/portal/applications".to_owned(),
            format!("/portal/applications?search={search}"),
            format!("/portal/applications/{id}"),
            format!("/portal/applications/{id}/permissions"),
            format!("/portal/applications/{id}/permissions/add?search={search}"),
            format!("/portal/applications/{id}/credentials"),
            format!("/portal/applications/{id}/secrets/add"),
            format!("/portal/applications/{id}/authentication"),
            format!("/portal/applications/{id}/grant"),
            format!("/portal/applications/{id}/delete"),
            format!("/portal/applications/{id}/code"),
            format!("/portal/enterprise?search={search}"),
            format!("/portal/enterprise/{id}"),
            format!("/portal/enterprise/{id}/enabled"),
        ] {
            let page = ada.get(&place).await;
            assert_eq!(page.status, 200, "{place}");
            expect_harmless(page.text(), &place);
        }
    }
}

#[tokio::test]
async fn hostile_texts_of_every_kind_stay_text() {
    let world = World::with_people().await;
    let directory = world.directory(&ADMIN).await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    for (index, name) in NAMES.iter().enumerate() {
        let role = json!({
            "id": format!("00000000-0000-4000-8000-00000000{index:04}"),
            "allowedMemberTypes": ["Application"], "isEnabled": true,
            "displayName": name, "description": name, "value": format!("Hostile.{index}"),
        });
        let web = json!({ "redirectUris": [format!("https://x.example/{name}")] });
        let made = directory.register(name, json!({ "appRoles": [role], "web": web })).await;
        let path = format!("/applications/{}", made.object);
        let secret = json!({ "passwordCredential": { "displayName": name } });
        directory.post(&format!("{path}/addPassword"), 200, &secret).await;
        let federated = json!({
            "name": "n", "issuer": "https://i.corp", "subject": name, "audiences": ["a"],
            "description": name,
        });
        directory.post(&format!("{path}/federatedIdentityCredentials"), 201, &federated).await;
        let asked = json!({ "requiredResourceAccess": [{
            "resourceAppId": made.app_id,
            "resourceAccess": [{ "id": role["id"], "type": "Role" }],
        }] });
        directory.patch(&path, &asked).await;
        let id = made.app_id;
        for place in [
            format!("/portal/applications/{id}"),
            format!("/portal/applications/{id}/permissions"),
            format!("/portal/applications/{id}/permissions/add?api={id}"),
            format!("/portal/applications/{id}/grant"),
            format!("/portal/applications/{id}/credentials"),
            format!("/portal/applications/{id}/authentication"),
            format!("/portal/enterprise/{id}"),
        ] {
            let page = ada.get(&place).await;
            assert_eq!(page.status, 200, "{place}");
            expect_harmless(page.text(), &place);
        }
    }
}
