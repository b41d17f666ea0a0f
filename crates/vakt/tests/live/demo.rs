//! `vakt demo`: the journey, as text and as one JSON document.

use std::io::Read;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::server::{folder, json, run, terminate, text, vakt};

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

/// Pastes a snippet into its program; `None`, with a line, where the program is not there.
fn paste(program: &str, flag: &str, snippet: &Value) -> Option<String> {
    let output = Command::new(program).args([flag, snippet.as_str().unwrap()]).output();
    let Ok(output) = output else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    assert!(output.status.success(), "{program}: {}", text(&output.stderr));
    Some(text(&output.stdout))
}

#[test]
fn the_printed_code_works_when_it_is_pasted() {
    let config = folder();
    let mut demo = vakt(config.path())
        .args(["--output", "json", "demo", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The server keeps running behind the document, so the end of the stream is no sign.
    let stdout: &mut dyn Read = demo.stdout.as_mut().unwrap();
    let mut documents = serde_json::Deserializer::from_reader(stdout).into_iter::<Value>();
    let journey = documents.next().unwrap().unwrap();
    let count = journey["incidents"].as_array().unwrap().len();
    let snippets = &journey["snippets"];
    if let Some(shown) = paste("python3", "-c", &snippets["python"]) {
        assert_eq!(shown.trim(), format!("{count} incidents"));
    }
    if let Some(shown) = paste("bash", "-c", &snippets["curl"]) {
        let page: Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(page["value"].as_array().unwrap().len(), 3);
    }
    if let Some(shown) = paste("pwsh", "-Command", &snippets["powershell"]) {
        assert!(shown.contains("incidentName"), "{shown}");
    }
    terminate(&mut demo);
}
