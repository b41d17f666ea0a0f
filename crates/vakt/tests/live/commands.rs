//! The page's steps with the commands, from `vakt init` to incidents.

use std::path::Path;

use serde_json::{Value, json as value};

use crate::server::{CLIENT, SECRET, Server, TENANT, folder, json, run, text, vakt};

/// Runs a command as the seed's administrator.
pub fn as_admin(config: &Path, server: &Server, args: &[&str]) -> Value {
    let output = vakt(config)
        .args(["--output", "json"])
        .args(args)
        .env("VAKT_URL", &server.url)
        .env("VAKT_CA", &server.ca)
        .env("VAKT_TENANT", TENANT)
        .env("VAKT_CLIENT_ID", CLIENT)
        .env("VAKT_CLIENT_SECRET", SECRET)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// `vakt init`, and a server over what it made, reached by the profile it saved.
pub fn initialised(folder: &Path) -> Server {
    initialised_with(folder, &[])
}

/// The same, with further arguments of `vakt serve`.
pub fn initialised_with(folder: &Path, args: &[&str]) -> Server {
    let data = folder.join("data");
    let made = json(folder, &["init", "--data", data.to_str().unwrap()]);
    assert_eq!(made["profile"], "local");
    let server = Server::start(folder, args);
    let profiles = std::fs::read_to_string(folder.join("profiles.toml")).unwrap();
    let profiles = profiles.replace("https://localhost:8443", &server.url);
    std::fs::write(folder.join("profiles.toml"), profiles).unwrap();
    server
}

#[test]
fn the_pages_steps_one_command_each() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    let app = json(config, &["app", "create", "siem"]);
    let app_id = app["appId"].as_str().unwrap();
    let permission = "microsoft threat/incident.read.all";
    json(config, &["app", "permission", "add", "siem", permission]);
    let before = run(config, &["app", "permission", "list", "siem"]);
    assert!(text(&before.stdout).contains("Incident.Read.All"), "{}", text(&before.stdout));
    json(config, &["app", "consent", "siem"]);
    let secret = json(config, &["app", "secret", "add", "siem", "--expires", "90d"]);
    let secret_file = config.join("siem.secret");
    std::fs::write(&secret_file, secret["secretText"].as_str().unwrap()).unwrap();
    let file = secret_file.to_str().unwrap();
    for version in ["--v1", "--v2"] {
        let as_siem = ["--client-id", app_id, "--client-secret-file", file];
        let args = [&["token", "get", version][..], &as_siem].concat();
        let token = text(&run(config, &args).stdout);
        let seen = json(config, &["token", "inspect", token.trim()]);
        assert_eq!(seen["verified"]["state"], "verified", "{seen}");
        assert_eq!(seen["roles"], value!(["Incident.Read.All"]));
    }
    json(config, &["app", "delete", "siem"]);
    let gone = run(config, &["app", "show", "siem"]);
    assert_eq!(gone.status.code(), Some(1));
}

#[test]
fn incidents_go_in_as_exported_and_come_out() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    for (name, content, created) in [
        ("one.json", r#"{"incidentId": 1, "incidentName": "one"}"#, 1),
        ("array.json", r#"[{"incidentId": 2}, {"incidentId": 3}]"#, 2),
        (
            "page.json",
            r#"{"value": [{"incidentId": 4}, {"incidentId": 1, "incidentName": "one", "alerts": null}]}"#,
            1,
        ),
        ("without.json", r#"{"incidentId": 7, "lastUpdateTime": "2026-01-02T00:00:00Z"}"#, 1),
        (
            "with.json",
            r#"{"incidentId": 7, "lastUpdateTime": "2026-01-02T00:00:00Z", "alerts": [{"alertId": "da7"}]}"#,
            0,
        ),
        ("lines.jsonl", "{\"incidentId\": 5}\n{\"id\": \"6\", \"severity\": \"high\"}\n", 2),
    ] {
        let path = config.join(name);
        std::fs::write(&path, content).unwrap();
        let done = json(config, &["incidents", "import", path.to_str().unwrap()]);
        assert_eq!(done["files"][0]["created"], created, "{name}: {done}");
    }
    let listed = json(config, &["incidents", "list", "--filter", "severity eq 'High'"]);
    assert_eq!(listed[0]["incidentId"], 6);
    assert_eq!(json(config, &["incidents", "get", "1"])["incidentName"], "one");
    let again = json(config, &["incidents", "get", "7"]);
    assert_eq!(again["alerts"][0]["alertId"], "da7", "alerts of the same state are taken later");
    let bad = config.join("bad.json");
    std::fs::write(&bad, r#"[{"incidentId": 9, "status": "Opne"}]"#).unwrap();
    let output = run(config, &["incidents", "import", bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("`Opne` is not a status"), "{}", text(&output.stderr));
}

#[test]
fn a_profile_named_by_flag_goes_over_the_environment() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    for (args, code) in [
        (&["app", "list", "--profile", "local"][..], 0),
        (&["--profile", "local", "app", "list"], 0),
        (&["app", "list"], 1),
    ] {
        let output = vakt(config)
            .args(args)
            .env("VAKT_CLIENT_ID", CLIENT)
            .env("VAKT_CLIENT_SECRET", "not-for-this-server")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn refusals_exit_with_1_and_a_hint() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    json(config, &["app", "create", "siem"]);
    for (args, expected) in [
        (vec!["app", "show", "sime"], "no application has the id or the name `sime`"),
        (
            vec!["app", "permission", "add", "siem", "Microsoft Threat/Incidents.Read.All"],
            "Incident.Read.All",
        ),
        (vec!["incidents", "get", "99"], "Resource incident 99 was not found"),
        (vec!["incidents", "list", "--filter", "statsu eq 'Active'"], "`statsu` is not a property"),
        (vec!["token", "get", "--resource", "https://nothing.example"], "AADSTS500011"),
        (vec!["token", "inspect", "not-a-token"], "hint:"),
        (vec!["app", "list", "--profile", "nowhere"], "there is no profile `nowhere`"),
    ] {
        let output = run(config, &args);
        let shown = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {shown}");
        assert!(shown.contains(expected), "{args:?}: `{expected}` is missing from: {shown}");
    }
}

#[test]
fn machines_and_indicators_go_in_and_come_out() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised(config);
    let file = config.join("machines.json");
    let machines =
        r#"{"value": [{"id": "a1", "computerDnsName": "ws1.contoso.com"}, {"id": "b2"}]}"#;
    std::fs::write(&file, machines).unwrap();
    let done = json(config, &["machine", "import", file.to_str().unwrap()]);
    assert_eq!(done["created"], 2);
    let listed =
        json(config, &["machine", "list", "--filter", "computerDnsName eq 'WS1.contoso.com'"]);
    assert_eq!(listed[0]["id"], "a1");
    assert_eq!(json(config, &["machine", "show", "ws1.contoso.com"])["id"], "a1");
    let action = ["machine", "action", "a1", "isolate", "--comment", "case 7"];
    let refused = run(config, &action);
    assert_eq!(refused.status.code(), Some(1), "administrators isolate nothing by themselves");
    assert!(text(&refused.stderr).contains("Machine.Isolate"), "{}", text(&refused.stderr));
    json(
        config,
        &["app", "permission", "add", "Vakt administration", "WindowsDefenderATP/Machine.Isolate"],
    );
    json(config, &["app", "consent", "Vakt administration"]);
    assert_eq!(json(config, &action)["status"], "Pending");
    let add = ["indicator", "add", "DomainName", "Evil.example", "--severity", "High"];
    assert_eq!(json(config, &add)["indicatorValue"], "evil.example");
    let file = config.join("indicators.json");
    let indicators = r#"[{"indicatorValue": "192.0.2.7", "indicatorType": "IpAddress", "action": "Block"},
        {"indicatorValue": "192.0.2.0/24", "indicatorType": "IpAddress", "action": "Block"}]"#;
    std::fs::write(&file, indicators).unwrap();
    let output = run(config, &["indicator", "import", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "one of two was refused");
    assert!(text(&output.stderr).contains("192.0.2.0/24"), "{}", text(&output.stderr));
    json(config, &["indicator", "remove", "1"]);
    let left = json(config, &["indicator", "list"]);
    assert_eq!(left[0]["indicatorValue"], "192.0.2.7");
    assert_eq!(left.as_array().unwrap().len(), 1);
}
