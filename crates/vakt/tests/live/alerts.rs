//! Alerts on their way into incidents, with the built command.

use serde_json::{Value, json as value};

use crate::commands::initialised;
use crate::server::{folder, json, run, text};

fn alert(id: &str) -> Value {
    value!({
        "alertId": id, "title": format!("Alert {id}"), "severity": "Low",
        "creationTime": "2026-02-28T10:00:00Z", "lastUpdatedTime": "2026-02-28T10:00:00Z",
        "devices": [{ "mdatpDeviceId": "24c222b0b60fe148eeece49ac83910cc6a7ef491" }],
    })
}

#[test]
fn alerts_are_sent_explained_split_and_merged() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    let file = config.join("alerts.json");
    std::fs::write(&file, value!([alert("da1"), alert("da2")]).to_string()).unwrap();
    let file = file.to_str().unwrap();
    let sent = json(config, &["alerts", "import", file]);
    let first = sent["stored"][0]["incidentId"].to_string();
    assert_eq!(sent["stored"][1]["incidentId"].to_string(), first);
    let shown = run(config, &["incidents", "show", &first, "--history"]);
    let shown = text(&shown.stdout);
    for told in ["and began this one", "as alert da1 of this incident does", "alert_added (da2)"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let split = json(config, &["incidents", "split", "da2"]);
    let second = split["incidentId"].to_string();
    assert_ne!(second, first);
    let merged = json(config, &["incidents", "merge", &second, "--into", &first]);
    assert_eq!(merged["placements"][1]["reason"]["kind"], "merged");
    let change = ["--status", "Resolved", "--tag", "a", "--comment", "done"];
    let updated = json(config, &[&["incidents", "update", &first][..], &change].concat());
    assert_eq!((&updated["status"], &updated["tags"]), (&"Resolved".into(), &value!(["a"])));
    assert_eq!(json(config, &["alerts", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(json(config, &["alerts", "show", "da1"])["status"], "Resolved");
    let alert = json(config, &["alerts", "update", "da1", "--assign", "ada"]);
    assert_eq!(alert["assignedTo"], "ada");
}

#[test]
fn records_that_are_not_kept_are_no_success() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    let file = config.join("PT1H.json");
    let record = |table: &str| {
        value!({
            "category": format!("AdvancedHunting-{table}"),
            "properties": { "Timestamp": "2026-02-28T10:00:00Z", "AlertId": "da1" },
        })
    };
    std::fs::write(&file, format!("{}\r\n{}\r\n", record("AlertInfo"), record("EmailEvents")))
        .unwrap();
    let sent = run(config, &["alerts", "import", file.to_str().unwrap()]);
    assert_eq!(sent.status.code(), Some(1));
    assert!(text(&sent.stdout).contains("da1"), "{}", text(&sent.stdout));
    assert!(text(&sent.stderr).contains("not kept: 1 of EmailEvents"), "{}", text(&sent.stderr));
}
