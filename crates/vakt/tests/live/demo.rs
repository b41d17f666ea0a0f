//! `vakt demo`: the journey, as text and as one JSON document.

use crate::server::{folder, json, run, text};

#[test]
fn the_journey_ends_with_incidents_and_pasteable_code() {
    let config = folder();
    let output = run(config.path(), &["demo", "--once", "--listen", "127.0.0.1:0"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for expected in [
        "1. Register an application",
        "found Microsoft Threat Protection (8ee8fdad-f234-4243-8f3b-15c294843740)",
        "Incident.Read.All",
        "4. Grant consent",
        "(shown once)",
        "Its signature is right",
        "8. Use it: GET /api/incidents",
        "---- curl ----",
        "---- Python ----",
        "---- PowerShell ----",
        "---- C# ----",
    ] {
        assert!(shown.contains(expected), "`{expected}` is missing from:\n{shown}");
    }
    let unfilled = ["{url}", "{ca}", "{tenant}", "{app}", "{secret}"];
    assert!(!unfilled.iter().any(|place| shown.contains(place)), "a snippet is not filled in");
}

#[test]
fn the_journey_is_one_json_document() {
    let config = folder();
    let journey = json(config.path(), &["demo", "--once", "--listen", "127.0.0.1:0"]);
    assert!(journey["incidents"].as_array().unwrap().len() >= 25);
    let v1 = &journey["tokens"]["v1"];
    let v2 = &journey["tokens"]["v2"];
    assert!(v1["expires_in"].is_string() && v2["expires_in"].is_number());
    let roles = &journey["validation"]["roles"];
    assert_eq!(*roles, serde_json::json!(["AdvancedHunting.Read.All", "Incident.Read.All"]));
    let app_id = journey["application"]["appId"].as_str().unwrap();
    for language in ["curl", "python", "powershell", "csharp"] {
        let snippet = journey["snippets"][language].as_str().unwrap();
        assert!(snippet.contains(app_id), "{language} does not name the application");
    }
}
