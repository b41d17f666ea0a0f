//! A mirror between two servers, the source strict and with faults: it ends with identical sets,
//! whatever fails and wherever it is killed, and says what stops it.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json as value};
use tempfile::TempDir;

use crate::commands::initialised_with;
use crate::server::{Server, folder, json, run, terminate, text, vakt};

/// Rounds of killing.
const KILLS: u64 = 12;

/// Two servers; the target's folder knows the source as a profile.
struct Pair {
    source: TempDir,
    target: TempDir,
    source_server: Server,
    target_server: Server,
}

impl Pair {
    fn start() -> Self {
        let (source, target) = (folder(), folder());
        // Strict in all but the number of calls a minute: the test has no minutes.
        let strict = ["--strict", "--faults", "--quota", "incidents-list=100000/60"];
        let source_server = initialised_with(source.path(), &strict);
        let target_server = initialised_with(target.path(), &["--faults"]);
        let pair = Self { source, target, source_server, target_server };
        let secret = pair.source.path().join("secrets").join("local.secret");
        pair.add_profile("source", &secret);
        pair
    }

    /// Saves the source's administrator, with this file as its secret.
    fn add_profile(&self, name: &str, secret: &Path) {
        let known = json(self.source.path(), &["profile", "show", "local"]);
        let of = |member: &str| known[member].as_str().unwrap().to_owned();
        self.add_profile_of(name, &of("url"), &of("clientId"), secret);
    }

    fn add_profile_of(&self, name: &str, url: &str, client: &str, secret: &Path) {
        let known = json(self.source.path(), &["profile", "show", "local"]);
        let (ca, tenant) = (self.source_server.ca.to_str(), known["tenant"].as_str());
        let given = ["--url", url, "--ca", ca.unwrap(), "--tenant", tenant.unwrap()];
        let secret = secret.to_str().unwrap();
        let who = ["--client-id", client, "--client-secret-file", secret];
        let add = [&["profile", "add", name][..], &given, &who].concat();
        let output = run(self.target.path(), &add);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }

    /// The target answers somewhere else now, also to a mirror that began before.
    fn follow_target(&self, old_url: &str) {
        for name in ["profiles.toml", "mirrors/source.json"] {
            let path = self.target.path().join(name);
            let Ok(content) = std::fs::read_to_string(&path) else { continue };
            std::fs::write(path, content.replace(old_url, &self.target_server.url)).unwrap();
        }
    }

    /// Imports into the source.
    fn put(&self, incidents: &[Value]) {
        let file = self.source.path().join("put.json");
        std::fs::write(&file, Value::from(incidents).to_string()).unwrap();
        json(self.source.path(), &["incidents", "import", file.to_str().unwrap()]);
    }

    /// Mirrors to the end; gives the summary.
    fn mirror(&self, args: &[&str]) -> Value {
        json(self.target.path(), &[&["mirror", "incidents", "--from", "source"], args].concat())
    }

    fn fault(&self, config: &Path, args: &[&str]) {
        let name = "Vakt administration";
        let set = [&["--output", "json", "fault", "set", name][..], args].concat();
        let output = run(config, &set);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }

    fn assert_identical(&self, what: &str) {
        let (source, target) = (all(self.source.path()), all(self.target.path()));
        assert_eq!(source.len(), target.len(), "{what}");
        for (source, target) in source.iter().zip(&target) {
            assert_eq!(source, target, "{what}");
        }
    }
}

/// All incidents with their alerts, by id.
fn all(config: &Path) -> Vec<Value> {
    let mut all = json(config, &["incidents", "list", "--all"]).as_array().unwrap().clone();
    all.sort_by_key(|incident| incident["incidentId"].as_i64());
    all
}

/// Incidents of these numbers as they were from a minute of a day on, one every hundred seconds, so
/// that what a mirror reads again anyhow hides nothing; every fifth one changed in the same instant
/// as the one before.
fn incidents(ids: std::ops::Range<i64>, minute: i64, status: &str) -> Vec<Value> {
    let incident = |id: i64| {
        let seconds = minute * 60 + 100 * (id - i64::from(id % 5 == 0));
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let time = format!("2026-01-05T{hour:02}:{minute:02}:{second:02}.1234567Z");
        let alerts = (0..id % 4).map(|n| {
            value!({
                "alertId": format!("da{id}_{n}"), "title": format!("alert {n} of {id}"),
                "severity": "High", "creationTime": time, "lastUpdatedTime": time,
                "firstActivity": time, "lastActivity": time, "mitreTechniques": ["T1059.001"],
                "devices": [{"mdatpDeviceId": format!("d{id}"), "deviceDnsName": "ws1.contoso.com"}],
                "entities": [{"entityType": "Ip", "ipAddress": "192.0.2.7"}],
            })
        });
        value!({
            "incidentId": id, "incidentName": format!("incident {id}"), "status": status,
            "severity": "Medium", "createdTime": "2026-01-01T00:00:00Z", "lastUpdateTime": time,
            "tags": [format!("t{}", id % 3)], "alerts": alerts.collect::<Vec<_>>(),
            "comments": [{"comment": "seen", "createdBy": "a@b", "createdTime": time}],
        })
    };
    ids.map(incident).collect()
}

/// Lets calls on both sides fail, as the next calls of either side's administrator.
fn set_faults(pair: &Pair, list: &str) {
    for (config, args) in [
        (&pair.source, &["--status", "429", "--retry-after", "1", "--route", list][..]),
        (&pair.source, &["--status", "500", "--next", "2", "--route", list]),
        (&pair.source, &["--status", "401", "--route", list]),
        (&pair.source, &["--status", "503", "--route", list]),
        (&pair.source, &["--status", "429", "--on", "token"]),
        (&pair.target, &["--status", "500", "--route", "/vakt/v1/incidents/import"]),
        (&pair.target, &["--status", "401", "--route", "/vakt/v1/incidents/import"]),
        (&pair.target, &["--status", "429", "--route", "/vakt/v1/incidents/import"]),
    ] {
        pair.fault(config.path(), args);
    }
}

fn the_copy_is_identical(pair: &Pair, api: &str, list: &str) {
    pair.put(&incidents(1..301, 0, "Active"));
    set_faults(pair, list);
    let done = pair.mirror(&["--page-size", "40"]);
    assert_eq!((&done["created"], &done["refused"]), (&300.into(), &0.into()), "{done}");
    assert_eq!(done["api"], api);
    for config in [&pair.source, &pair.target] {
        let left = json(config.path(), &["fault", "list"]);
        assert_eq!(left, value!([]), "a fault was not met");
    }
    pair.assert_identical("after faults");
    // Newer states, new incidents, and an alert that went from one incident to another.
    let mut changed = incidents(40..60, 600, "Resolved");
    changed.extend(incidents(301..311, 600, "Active"));
    let moved = changed[1]["alerts"].as_array_mut().unwrap().remove(0);
    changed[4]["alerts"].as_array_mut().unwrap().push(moved);
    pair.put(&changed);
    let done = pair.mirror(&["--page-size", "7"]);
    assert_eq!((&done["created"], &done["updated"]), (&10.into(), &20.into()), "{done}");
    assert!(done["read"].as_u64().unwrap() < 100, "it reads what changed, not everything: {done}");
    pair.assert_identical("after changes");
    let done = pair.mirror(&[]);
    assert_eq!((&done["created"], &done["updated"]), (&0.into(), &0.into()), "{done}");
    // What people do to incidents and alerts, an alert's own change among it.
    for args in [
        &["incidents", "update", "7", "--status", "Resolved"][..],
        &["incidents", "update", "9", "--comment", "seen again"],
        &["alerts", "update", "da11_0", "--status", "InProgress"],
        &["incidents", "merge", "21", "--into", "22"],
        &["incidents", "split", "da23_1"],
    ] {
        json(pair.source.path(), args);
    }
    pair.mirror(&[]);
    pair.assert_identical("after people were at it");
    let checkpoint = done["checkpoint"].as_str().unwrap();
    let kept: Value = serde_json::from_slice(&std::fs::read(checkpoint).unwrap()).unwrap();
    // The split made one.
    assert_eq!((&kept["version"], &kept["counts"]["created"]), (&1.into(), &311.into()), "{kept}");
}

#[test]
fn the_copy_is_identical_whatever_fails_by_the_classic_api() {
    let pair = Pair::start();
    // Graph refuses the administrator, who has no role there.
    the_copy_is_identical(&pair, "classic", "/api/incidents");
}

#[test]
fn the_copy_is_identical_whatever_fails_by_graph() {
    let pair = Pair::start();
    let add = ["app", "permission", "add", "Vakt administration"];
    let role = "Microsoft Graph/SecurityIncident.Read.All";
    json(pair.source.path(), &[&add[..], &[role]].concat());
    json(pair.source.path(), &["app", "consent", "Vakt administration"]);
    the_copy_is_identical(&pair, "graph", "/v1.0/security/incidents");
}

/// A small generator: the points differ from round to round, and are the same in every run.
fn delay(round: u64) -> Duration {
    let mixed = round.wrapping_add(7).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
    Duration::from_micros(50_000 + mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) % 1_500_000)
}

#[test]
fn a_mirror_killed_at_random_points_goes_on_and_loses_nothing() {
    let pair = Pair::start();
    pair.put(&incidents(1..401, 0, "Active"));
    // Most of the time an import is under way, and ends with the mirror.
    let slow = ["--delay-ms", "60", "--next", "10000", "--route", "/vakt/v1/incidents/import"];
    pair.fault(pair.target.path(), &slow);
    let mut reached = std::collections::BTreeSet::new();
    for round in 0..KILLS {
        let args = ["mirror", "incidents", "--from", "source", "--page-size", "6"];
        let mut child = vakt(pair.target.path())
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delay(round));
        child.kill().unwrap();
        child.wait().unwrap();
        reached.insert(all(pair.target.path()).len());
        // The source goes on changing, also behind the place the mirror is at.
        let first = i64::try_from(round).unwrap() * 9 + 1;
        let minute = 700 + 5 * i64::try_from(round).unwrap();
        pair.put(&incidents(first..first + 12, minute, "InProgress"));
    }
    pair.mirror(&[]);
    pair.assert_identical("after kills");
    assert!(reached.len() > 2, "no kill came in between: {reached:?}");
}

#[test]
fn what_stops_a_mirror_is_said_with_the_next_step() {
    let pair = Pair::start();
    pair.put(&incidents(1..4, 0, "Active"));
    let (source, target) = (pair.source.path(), pair.target.path());
    let wrong = target.join("wrong.secret");
    std::fs::write(&wrong, "not the secret").unwrap();
    pair.add_profile("wrong", &wrong);
    pair.add_profile_of(
        "gone",
        "https://127.0.0.1:9",
        "5e1f0c0e-0000-4000-8000-0000000000a1",
        &wrong,
    );
    let app = json(source, &["app", "create", "reader"]);
    json(source, &["app", "consent", "reader"]);
    let secret = json(source, &["app", "secret", "add", "reader"]);
    let secret_file = target.join("reader.secret");
    std::fs::write(&secret_file, secret["secretText"].as_str().unwrap()).unwrap();
    let url = pair.source_server.url.clone();
    pair.add_profile_of("roleless", &url, app["appId"].as_str().unwrap(), &secret_file);
    let full = ["--status", "500", "--next", "2", "--route", "/vakt/v1/incidents/import"];
    pair.fault(target, &full);
    let unknown = target.join("unknown.json");
    std::fs::write(&unknown, r#"{"version":2}"#).unwrap();
    let unknown = unknown.to_str().unwrap();
    let nowhere = "/proc/no-such-folder/checkpoint.json";
    for (args, expected, hint) in [
        (&["--from", "wrong"][..], "AADSTS7000215", "secret's value, not its id"),
        (&["--from", "gone", "--tries", "2"], "could not be reached", "check the address"),
        (&["--from", "roleless"], "cannot be read from the source", "SecurityIncident.Read.All"),
        (&["--from", "source", "--tries", "2"], "imported into the target", "its disk is full"),
        (&["--from", "source", "--to", "source"], "are both", "name two servers"),
        (&["--from", "nobody"], "there is no profile `nobody`", "hint: "),
        (&["--from", "source", "--checkpoint", unknown], "the unknown version 2", "another file"),
        (
            &["--from", "source", "--checkpoint", nowhere],
            nowhere.trim_end_matches("/checkpoint.json"),
            "",
        ),
    ] {
        let output = run(target, &[&["mirror", "incidents"], args].concat());
        let shown = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {shown}");
        assert!(shown.contains(expected) && shown.contains(hint), "{args:?}: {shown}");
    }
    assert_eq!(pair.mirror(&[])["created"], 3, "nothing was counted as done that was not");
    let kept = target.join("mirrors").join("source.json");
    let args = ["--from", "wrong", "--checkpoint", kept.to_str().unwrap()];
    let output = run(target, &[&["mirror", "incidents"][..], &args].concat());
    assert_eq!(output.status.code(), Some(1), "the same source, but its secret is wrong");
}

#[test]
fn a_target_that_gets_full_costs_nothing_once_it_has_room_again() {
    let mut pair = Pair::start();
    let mut large = incidents(1..301, 0, "Active");
    for incident in &mut large {
        incident["comments"][0]["comment"] = "x".repeat(20_000).into();
    }
    for some in large.chunks(100) {
        pair.put(some);
    }
    pair.target_server.terminate();
    let old_url = pair.target_server.url.clone();
    pair.target_server = Server::start_with_little_room(pair.target.path(), 4_096);
    pair.follow_target(&old_url);
    let args = ["mirror", "incidents", "--from", "source", "--tries", "2", "--page-size", "20"];
    let output = run(pair.target.path(), &args);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("its disk is full"), "{shown}");
    pair.target_server.terminate();
    let old_url = pair.target_server.url.clone();
    pair.target_server = Server::start(pair.target.path(), &[]);
    pair.follow_target(&old_url);
    let before = all(pair.target.path()).len();
    assert!(before < 300, "there was room for everything");
    pair.mirror(&["--page-size", "20"]);
    pair.assert_identical("after room was made");
}

#[test]
fn a_mirror_that_goes_on_for_ever_keeps_its_checkpoint_to_itself() {
    let pair = Pair::start();
    let target = pair.target.path();
    pair.put(&incidents(1..4, 0, "Active"));
    let args = ["--output", "json", "mirror", "incidents", "--from", "source", "--every", "1"];
    let mut child =
        vakt(target).args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let kept = target.join("mirrors").join("source.json");
    for _ in 0..3_000 {
        if kept.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = run(target, &["mirror", "incidents", "--from", "source"]);
    let shown = text(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{shown}");
    assert!(shown.contains("another mirror is running"), "{shown}");
    assert_eq!(terminate(&mut child).code(), Some(0));
    let mut written = String::new();
    let mut stdout = child.stdout.take().unwrap();
    std::io::Read::read_to_string(&mut stdout, &mut written).unwrap();
    let done: Value = serde_json::from_str(&written).unwrap();
    assert_eq!((&done["created"], &done["rounds"]), (&3.into(), &1.into()), "{done}");
    pair.assert_identical("after being told to stop");
}
