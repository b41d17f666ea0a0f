//! The start page: what is running, what is open, what ends soon and what was refused.

use serde_json::json;
use vakt_testkit::cast::{ADMIN, FABRIKAM_SIEM, IMPORTER, SIEM};
use vakt_testkit::people::{CARL, RITA};
use vakt_testkit::{TokenAsk, Visitor, World};

use super::hostile::{NAMES, expect_harmless};

const MTP: &str = "https://api.security.microsoft.com";

/// The start page.
async fn home(visitor: &mut Visitor) -> String {
    let page = visitor.get("/portal").await;
    assert_eq!(page.status, 200, "{}", page.text());
    expect_harmless(page.text(), "home");
    page.text().to_owned()
}

#[tokio::test]
async fn the_start_page_says_what_needs_somebody() {
    let world = World::with_people().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let empty = home(&mut rita).await;
    for part in ["<dd>Vakt ", "0 minutes", "High</a></dt><dd>0</dd>", "No application was refused"]
    {
        assert!(empty.contains(part), "{part}: {empty}");
    }
    let mut incident = vakt_testkit::incidents::full(4711);
    incident["severity"] = json!("High");
    incident["status"] = json!("Active");
    let mut resolved = vakt_testkit::incidents::full(4712);
    resolved["severity"] = json!("High");
    resolved["status"] = json!("Resolved");
    for time in ["createdTime", "lastUpdateTime"] {
        resolved[time] = json!(world.clock().now().to_string());
    }
    world.import(&IMPORTER, &[incident, resolved]).await;
    for _ in 0..2 {
        let refused = world.send(TokenAsk::v2(&SIEM, MTP).set("client_secret", "wrong")).await;
        assert_eq!(refused.status, 401);
    }
    // What happens in another tenant is not told here.
    world.send(TokenAsk::v2(&FABRIKAM_SIEM, MTP).set("client_secret", "wrong")).await;
    let directory = world.directory(&ADMIN).await;
    let made = directory.register("Ends soon", json!({})).await;
    let end = world.clock().now() + jiff::SignedDuration::from_hours(24 * 10 + 1);
    let secret = json!({ "passwordCredential": { "endDateTime": end.to_string() } });
    let path = format!("/applications/{}/addPassword", made.object);
    directory.post(&path, 200, &secret).await;
    let mut full = home(&mut rita).await;
    for _ in 0..100 {
        if full.contains("AADSTS7000215") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        full = home(&mut rita).await;
    }
    let siem = format!("/portal/enterprise/{}", SIEM.id);
    let credentials = format!("/portal/applications/{}/credentials", made.app_id);
    for part in [
        "High</a></dt><dd>1</dd>",
        "open or not</dt><dd>1</dd>",
        "expires in 10 days",
        &credentials,
        &siem,
        "AADSTS7000215",
    ] {
        assert!(full.contains(part), "{part}: {full}");
    }
    assert!(!full.contains(FABRIKAM_SIEM.id), "{full}");
    let (_, queue) = full.split_once("<dt><a href=\"").unwrap();
    let queue = rita.get(queue.split('"').next().unwrap()).await;
    assert!(queue.text().contains("Multi-stage incident"), "{}", queue.text());
    // Who may not see incidents is not told how many there are.
    let mut carl = Visitor::signed_in(&world, &CARL).await;
    let told = home(&mut carl).await;
    assert!(told.contains("AADSTS7000215") && !told.contains("Open incidents"), "{told}");
}

#[tokio::test]
async fn hostile_names_stay_text_at_home() {
    let world = World::with_people().await;
    let directory = world.directory(&ADMIN).await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    let end = world.clock().now() + jiff::SignedDuration::from_hours(24 * 10);
    for name in NAMES {
        let made = directory.register(name, json!({})).await;
        let secret = json!({ "passwordCredential": { "endDateTime": end.to_string() } });
        let path = format!("/applications/{}/addPassword", made.object);
        directory.post(&path, 200, &secret).await;
        let ask = TokenAsk::v2(&SIEM, MTP).set("client_id", &made.app_id);
        world.send(ask.set("client_secret", "wrong")).await;
    }
    home(&mut rita).await;
}
