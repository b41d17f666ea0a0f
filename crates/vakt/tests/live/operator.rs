//! The operator's commands and applications without secrets, with the built command.

use std::path::Path;

use serde_json::Value;

use crate::commands::initialised;
use crate::server::{Server, folder, json, run, text};

fn started() -> (tempfile::TempDir, Server) {
    let folder = folder();
    let server = initialised(folder.path());
    (folder, server)
}

fn refused(config: &Path, args: &[&str], expected: &str) {
    let output = run(config, args);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {shown}");
    assert!(shown.contains(expected), "{args:?}: `{expected}` is missing from: {shown}");
}

#[test]
fn a_tenant_lives_and_goes_by_commands() {
    let (folder, _server) = started();
    let config = folder.path();
    let create = ["tenant", "create", "Fabrikam", "--domain", "fabrikam.example"];
    let more = ["--person", "ada@fabrikam.example", "--save-profile", "fabrikam"];
    let made = json(config, &[&create[..], &more].concat());
    assert_eq!(made["administrator"]["secretText"], "(in the profile)");
    assert!(made["person"]["password"].as_str().unwrap().len() >= 16);
    assert_eq!(json(config, &["tenant", "list"]).as_array().unwrap().len(), 2);
    let apps = json(config, &["app", "list", "--profile", "fabrikam"]);
    assert_eq!(apps[0]["displayName"], "Vakt administration");
    let people = json(config, &["admin", "list", "--profile", "fabrikam"]);
    assert_eq!(people[0]["userPrincipalName"], "ada@fabrikam.example");
    refused(config, &["tenant", "list", "--profile", "fabrikam"], "Missing application roles");
    let file = config.join("fabrikam.jsonl");
    let to = ["--to", file.to_str().unwrap()];
    json(config, &[&["tenant", "export", "fabrikam.example"], &to[..]].concat());
    let exported = std::fs::read_to_string(&file).unwrap();
    let last: Value = serde_json::from_str(exported.lines().last().unwrap()).unwrap();
    assert_eq!(last["kind"], "end");
    refused(config, &[&["tenant", "export", "fabrikam.example"], &to[..]].concat(), "exists");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), exported, "what is there stays");
    let delete = ["tenant", "delete", "fabrikam.example", "--confirm"];
    refused(config, &[&delete[..], &["Fabricam"]].concat(), "repeat its name, `Fabrikam`");
    json(config, &[&delete[..], &["Fabrikam"]].concat());
    refused(config, &["tenant", "show", "fabrikam.example"], "There is no tenant");
    refused(config, &["app", "list", "--profile", "fabrikam"], "AADSTS90002");
}

#[test]
fn people_and_keys_are_managed_by_commands() {
    let (folder, _server) = started();
    let config = folder.path();
    let name = "ada@contoso.onmicrosoft.com";
    let made = json(config, &["admin", "add", name, "--role", "cloud-application"]);
    assert_eq!(made["role"], "Cloud Application Administrator");
    let file = config.join("password");
    std::fs::write(&file, "four words are long\n").unwrap();
    let reset = ["admin", "reset-password", name, "--for-myself", "--password-file"];
    let reset = json(config, &[&reset[..], &[file.to_str().unwrap()]].concat());
    assert_eq!((&reset["mustChangePassword"], reset.get("password")), (&Value::from(false), None));
    json(config, &["admin", "unlock", name]);
    json(config, &["admin", "reset-totp", name]);
    json(config, &["admin", "remove", name]);
    refused(config, &["admin", "unlock", name], "There is no person");
    let first = json(config, &["keys", "list"])[0]["kid"].as_str().unwrap().to_owned();
    refused(config, &["keys", "retire", &first], "it signs");
    let unknown = "-BYA0zGitiaFGrAsx_dYWJfpxko";
    for words in [&[unknown][..], &[unknown, "--force"], &["--force", unknown]] {
        refused(config, &[&["keys", "retire"][..], words].concat(), "no signing key");
    }
    assert_eq!(json(config, &["keys", "rotate"])["state"], "waiting");
    assert_eq!(json(config, &["keys", "rotate", "--now"])["state"], "signing");
    assert_eq!(json(config, &["keys", "retire", &first, "--force"])["state"], "retired");
    let shown = text(&run(config, &["keys", "list"]).stdout);
    assert!(shown.contains("retired") && shown.contains("ago)"), "{shown}");
}

#[test]
fn an_application_proves_itself_with_a_certificate_it_made() {
    let (folder, _server) = started();
    let config = folder.path();
    let app = json(config, &["app", "create", "siem"]);
    let app_id = app["appId"].as_str().unwrap();
    let file = config.join("siem.pem");
    let path = file.to_str().unwrap();
    let add = ["app", "certificate", "add", "siem", "--generate", path, "--expires", "30d"];
    let made = json(config, &add);
    assert_eq!(made["thumbprint"].as_str().unwrap().len(), 40);
    refused(config, &add, "exists");
    let get = ["token", "get", "--client-id", app_id, "--certificate", path];
    for version in ["--v1", "--v2"] {
        let output = run(config, &[&get[..], &[version]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    let listed = json(config, &["app", "certificate", "list", "siem"]);
    assert_eq!(listed[0]["keyId"], made["keyId"]);
    let thumbprint = made["thumbprint"].as_str().unwrap();
    json(config, &["app", "certificate", "remove", "siem", thumbprint]);
    refused(config, &get, "AADSTS700027");
    refused(config, &["token", "get", "--client-id", app_id, "--certificate", "none.pem"], "hint:");
}

#[test]
fn applications_are_restored_switched_and_stripped() {
    let (folder, _server) = started();
    let config = folder.path();
    let app = json(config, &["app", "create", "siem"]);
    let app_id = app["appId"].as_str().unwrap();
    let permission = "Microsoft Threat Protection/Incident.Read.All";
    json(config, &["app", "permission", "add", "siem", permission]);
    json(config, &["app", "consent", "siem"]);
    let removed = json(config, &["app", "permission", "remove", "siem", permission]);
    assert_eq!((&removed["asked"], &removed["granted"]), (&Value::from(1), &Value::from(1)));
    let secret = json(config, &["app", "secret", "add", "siem"]);
    let file = config.join("siem.secret");
    std::fs::write(&file, secret["secretText"].as_str().unwrap()).unwrap();
    let get =
        ["token", "get", "--client-id", app_id, "--client-secret-file", file.to_str().unwrap()];
    json(config, &["app", "disable", "siem"]);
    refused(config, &get, "AADSTS7000112");
    json(config, &["app", "enable", app_id]);
    json(config, &get);
    json(config, &["app", "delete", "siem"]);
    let deleted = json(config, &["app", "list", "--deleted"]);
    assert_eq!(deleted[0]["appId"], app_id);
    json(config, &["app", "restore", "siem"]);
    json(config, &get);
    let federated = ["--issuer", "https://oidc.example", "--subject", "pod"];
    let add = ["app", "federated", "add", "siem", "cluster"];
    json(config, &[&add[..], &federated].concat());
    assert_eq!(json(config, &["app", "federated", "list", "siem"])[0]["subject"], "pod");
    json(config, &["app", "federated", "remove", "siem", "cluster"]);
    assert_eq!(json(config, &["app", "federated", "list", "siem"]), serde_json::json!([]));
}
