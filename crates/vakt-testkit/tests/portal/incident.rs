//! One incident and its alerts: the story, the work, and whose business it is.

use serde_json::json;
use vakt_testkit::cast::IMPORTER;
use vakt_testkit::incidents::full;
use vakt_testkit::people::{ADA, GRACE, RITA};
use vakt_testkit::{Request, Visitor, World};

use super::applications::place;

const ONE: &str = "/portal/incidents/5";
const ALERT: &str = "/portal/incidents/alerts/da500";
const DEVICE: &str =
    "/portal/incidents/entities/device?key=24c222b0b60fe148eeece49ac83910cc6a7ef491";

async fn world() -> World {
    let world = World::with_people().await;
    world.import(&IMPORTER, &[full(5), full(6)]).await;
    world
}

#[tokio::test]
async fn an_incident_tells_its_story() {
    let world = world().await;
    let mut rita = Visitor::signed_in(&world, &RITA).await;
    for (address, parts) in [
        (
            ONE,
            &[
                "Multi-stage incident on one endpoint",
                "Suspicious PowerShell command line",
                "Why here: <bdi>The system it was imported from has it here.",
                "T1059.001",
                "isolated the machine",
                "ws1.contoso.com",
                "powershell.exe -enc AAAA",
                "contoso\\alice",
                "analyst@contoso.com",
                "tier-0",
                "In progress",
                "Nothing was changed here",
                DEVICE,
                ALERT,
            ][..],
        ),
        (ALERT, &["da500", "STORM-0001", "Wacatac", "A suspicious command line was seen.", ONE]),
        (DEVICE, &["in 2 incidents", "/portal/incidents/6", ONE]),
    ] {
        let page = rita.get(address).await;
        assert_eq!(page.status, 200, "{address}: {}", page.text());
        for part in parts {
            assert!(page.text().contains(part), "{address} has no {part}: {}", page.text());
        }
        assert!(!page.text().contains(">Save<") && !page.text().contains(">Comment<"));
    }
    for address in [
        "/portal/incidents/8",
        "/portal/incidents/x",
        "/portal/incidents/alerts/da1",
        "/portal/incidents/entities/device?key=x",
        "/portal/incidents/entities/star?key=x",
    ] {
        assert_eq!(rita.get(address).await.status, 404, "{address}");
    }
    let mut grace = Visitor::signed_in(&world, &GRACE).await;
    for address in [ONE, ALERT, DEVICE] {
        let page = grace.get(address).await;
        assert_eq!(page.status, 404, "{address}");
        assert!(!page.text().contains("Multi-stage") && !page.text().contains("PowerShell"));
    }
}

#[tokio::test]
async fn work_is_saved_and_remembered() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let page = ada.get(ONE).await;
    let fields = [
        ("status", "resolved"),
        ("severity", "low"),
        ("classification", "false_positive"),
        ("determination", "clean"),
        ("assigned_to", ADA.user_name),
        ("tags", "lab, , lab, night"),
    ];
    assert_eq!(place(&ada.submit(&page, &fields).await), format!("{ONE}?done=saved"));
    let page = ada.get(ONE).await;
    assert_eq!(
        place(&ada.submit(&page, &[("comment", "It was a\ntest.")]).await),
        format!("{ONE}?done=commented")
    );
    let page = ada.get(ONE).await;
    for part in [
        "It was a\ntest.",
        "<b>Status</b> from <bdi>In progress</bdi> to <bdi>Resolved</bdi>",
        "<b>Severity</b> from <bdi>High</bdi> to <bdi>Low</bdi>",
        "<b>Status</b> of alert <code>da500</code>",
        "value=\"lab, night\"",
        ADA.user_name,
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let wire = world.get("/api/incidents/5").await.expect(200);
    assert_eq!(wire["determination"], "Clean");
    assert_eq!(wire["assignedTo"], ADA.user_name);
    // The alert has a form of its own.
    let page = ada.get(ALERT).await;
    let fields = [
        ("status", "in_progress"),
        ("classification", "true_positive"),
        ("determination", "malware"),
        ("assigned_to", ""),
    ];
    assert_eq!(place(&ada.submit(&page, &fields).await), format!("{ALERT}?done=saved"));
    let page = ada.get(ALERT).await;
    ada.submit(&page, &[("comment", "seen")]).await;
    assert!(ada.get(ALERT).await.text().contains("seen"));
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_stays() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let old = ada.get(ONE).await;
    let severity = [
        ("severity", "low"),
        ("status", "in_progress"),
        ("tags", "ransomware, tier-0"),
        ("classification", "true_positive"),
        ("determination", "malware"),
        ("assigned_to", "analyst@contoso.com"),
    ];
    place(&ada.submit(&old, &severity).await);
    let mut later = severity.to_vec();
    later[0] = ("severity", "high");
    later[5] = ("assigned_to", "bo@contoso.com");
    place(&ada.submit(&old, &later).await);
    let wire = world.get("/api/incidents/5").await.expect(200);
    assert_eq!((&wire["severity"], &wire["assignedTo"]), (&json!("Low"), &json!("bo@contoso.com")));
}

#[tokio::test]
async fn wrong_input_is_answered_beside_its_field() {
    let world = world().await;
    let mut ada = Visitor::signed_in(&world, &ADA).await;
    let (long, tags) = ("x".repeat(1_001), "t".to_owned());
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    let (many, comment) = (many.join(","), "c".repeat(10_001));
    let same = |field: &'static str, value: &str| -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("status", "in_progress"),
            ("severity", "high"),
            ("classification", "true_positive"),
            ("determination", "malware"),
            ("assigned_to", "analyst@contoso.com"),
            ("tags", tags.as_str()),
        ];
        all.retain(|(name, _)| *name != field);
        all.insert(0, (field, value));
        all.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
    };
    for (address, field, value, text) in [
        (ONE, "status", "asleep", "Choose one of the list."),
        (ONE, "status", "redirected", "by a merge, not by its status"),
        (ONE, "severity", "", "Choose one of the list."),
        (ONE, "classification", "x", "Choose one of the list."),
        (ONE, "determination", "x", "Choose one of the list."),
        (ONE, "assigned_to", long.as_str(), "longer than 1000 characters"),
        (ONE, "tags", long.as_str(), "longer than 1000 characters"),
        (ONE, "tags", many.as_str(), "At most 100 tags"),
        (ALERT, "status", "active", "Choose one of the list."),
        (ALERT, "assigned_to", long.as_str(), "longer than 1000 characters"),
    ] {
        let page = ada.get(address).await;
        let fields = same(field, value);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = ada.submit(&page, &fields).await;
        assert_eq!(answer.status, 400, "{address} {field}");
        assert!(answer.text().contains(text), "{field}: {}", answer.text());
        assert!(answer.text().contains(&format!("id=\"{field}-problem\"")), "{field}");
    }
    for address in [ONE, ALERT] {
        let page = ada.get(address).await;
        for (text, expected) in
            [("  ", "The comment is empty"), (comment.as_str(), "more than 10000")]
        {
            let answer = ada.submit(&page, &[("comment", text)]).await;
            assert_eq!(answer.status, 400, "{address}");
            assert!(answer.text().contains("id=\"comment-problem\""), "{}", answer.text());
            assert!(answer.text().contains(expected), "{}", answer.text());
        }
        let foreign = [("form", "work"), ("csrf", "AAAA"), ("status", "resolved")];
        assert_eq!(ada.send(Request::post(address).form(&foreign)).await.status, 403);
        let unclear = [("comment", "x"), ("form", "other")];
        assert_eq!(ada.submit(&page, &unclear).await.status, 400);
    }
    let wire = world.get("/api/incidents/5").await.expect(200);
    assert_eq!(wire["status"], "InProgress", "nothing was changed");
}

#[tokio::test]
async fn the_addresses_that_graph_names_lead_to_the_pages() {
    let world = world().await;
    for (address, target) in [
        ("/incident2/5/overview?tid=x", ONE),
        ("/alerts/da500?tid=x", ALERT),
        ("/incident2/%2F%2Fevil.example/overview", "/portal/incidents"),
    ] {
        let mut ada = Visitor::of(&world);
        let before = place(&ada.get(address).await);
        assert_eq!(before, format!("/vakt/sign-in?return={target}"));
        let mut ada = Visitor::signed_in(&world, &ADA).await;
        assert_eq!(place(&ada.get(address).await), target);
    }
}
