//! `vakt serve`: start, stop, and what it refuses.

use std::time::{Duration, Instant};

use crate::server::{SEED, Server, folder, run, text};

#[test]
fn sigterm_ends_it_cleanly_in_time() {
    let folder = folder();
    let mut server = Server::start_seeded(folder.path());
    let asked = Instant::now();
    assert_eq!(server.terminate().code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_seed_is_applied_once_and_a_second_start_changes_nothing() {
    let folder = folder();
    Server::start_seeded(folder.path()).terminate();
    let server = Server::start_seeded(folder.path());
    let apps = crate::commands::as_admin(folder.path(), &server, &["app", "list"]);
    assert_eq!(apps.as_array().unwrap().len(), 1);
}

fn refused(args: &[&str], seed: Option<&str>, expected: &[&str]) {
    let folder = folder();
    let path = folder.path().join("seed.toml");
    std::fs::write(&path, seed.unwrap_or(SEED)).unwrap();
    let data = folder.path().join("data");
    let mut all = vec!["serve", "--data", data.to_str().unwrap()];
    all.extend(["--seed", path.to_str().unwrap()]);
    all.extend(args);
    let output = run(folder.path(), &all);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    for part in expected {
        assert!(shown.contains(part), "`{part}` is missing from: {shown}");
    }
}

#[test]
fn mistakes_are_refused_with_the_next_step() {
    let port = ["--listen", "127.0.0.1:0"];
    refused(
        &["--listen", "0.0.0.0:0", "--plain-http-on-loopback"],
        None,
        &["plain HTTP is served on loopback only"],
    );
    let misspelt = SEED.replace("secret =", "secrte =");
    refused(
        &port,
        Some(&misspelt),
        &["unknown field `secrte`", "line 10", "hint: correct the file"],
    );
    let no_role = SEED.replace("Incident.ReadWrite.All", "Incidents.ReadWrite.All");
    refused(
        &port,
        Some(&no_role),
        &["has no role `Incidents.ReadWrite.All`", "it has Incident.Read.All"],
    );
    let no_api = SEED.replace("Microsoft Graph/Directory", "Microsoft Gaph/Directory");
    refused(&port, Some(&no_api), &["there is no API `Microsoft Gaph`", "Microsoft Graph"]);
    let no_id = SEED.replace("id = \"5e1f0c0e-0000-4000-8000-000000000001\"", "id = \"1\"");
    refused(&port, Some(&no_id), &["`1` is not a tenant id (a GUID)"]);
}

#[test]
fn a_database_url_that_cannot_be_read_is_not_called_damage() {
    let folder = folder();
    let data = folder.path().join("data");
    let url = "mysql://ada:hunter2@db.example/vakt";
    let output =
        run(folder.path(), &["serve", "--data", data.to_str().unwrap(), "--database", url]);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("write it as postgres://"), "{shown}");
    assert!(!shown.contains("damaged") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn ids_and_secrets_that_the_seed_does_not_give_are_printed_once() {
    let folder = folder();
    let seed = folder.path().join("seed.toml");
    let text_of =
        "[[tenant]]\nname = 'x'\ndomains = ['x.example']\n[[tenant.app]]\nname = 'made'\n";
    std::fs::write(&seed, text_of).unwrap();
    let args = ["--seed", seed.to_str().unwrap()];
    let first = Server::start(folder.path(), &args).terminate_and_read();
    assert!(first.contains("made") && first.contains("SHOWN ONCE"), "{first}");
    let second = Server::start(folder.path(), &args).terminate_and_read();
    assert_eq!(second, "");
}

#[test]
fn a_lost_sealing_key_is_named_and_not_replaced() {
    let folder = folder();
    Server::start_seeded(folder.path()).terminate();
    let data = folder.path().join("data");
    std::fs::remove_file(data.join("seal.key")).unwrap();
    let args = ["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"];
    let output = run(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("is missing; put it back"), "{}", text(&output.stderr));
    assert!(!data.join("seal.key").exists());
}

#[test]
fn a_data_folder_has_one_server() {
    let folder = folder();
    let _server = Server::start_seeded(folder.path());
    let data = folder.path().join("data");
    let second = ["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"];
    let output = run(folder.path(), &second);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("is in use by another vakt"));
}

#[cfg(unix)]
#[test]
fn private_files_are_private_and_hold_no_secret() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    Server::start_seeded(folder.path()).terminate();
    let data = folder.path().join("data");
    for name in ["seal.key", "tls/ca.key", "tls/server.pem"] {
        let mode = std::fs::metadata(data.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let database = std::fs::read(data.join("vakt.db")).unwrap();
    let secret = crate::server::SECRET.as_bytes();
    assert!(!database.windows(secret.len()).any(|window| window == secret));
}
