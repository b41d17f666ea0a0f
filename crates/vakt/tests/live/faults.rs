//! Faults, with the built command on both sides.

use crate::commands::initialised_with;
use crate::server::{folder, json, run, text};

#[test]
fn faults_are_set_met_and_taken_back_by_commands() {
    let folder = folder();
    let config = folder.path();
    let _server = initialised_with(config, &["--faults"]);
    let set = ["fault", "set", "Vakt administration"];
    let not_there = ["--status", "404", "--route", "/api/incidents"];
    let made = json(config, &[&set[..], &not_there].concat());
    assert_eq!((&made["status"], &made["next"]), (&404.into(), &1.into()));
    assert_eq!(json(config, &["fault", "list"])[0]["id"], made["id"]);
    let met = run(config, &["incidents", "list"]);
    assert_eq!(met.status.code(), Some(1));
    assert!(text(&met.stderr).contains("this fault was asked for"), "{}", text(&met.stderr));
    // The command waits and comes again by itself.
    let too_many = ["--status", "429", "--retry-after", "1", "--route", "/api/incidents"];
    json(config, &[&set[..], &too_many].concat());
    json(config, &["incidents", "list"]);
    json(config, &[&set[..], &["--delay-ms", "5", "--route", "/nowhere"]].concat());
    json(config, &["fault", "clear"]);
    assert_eq!(json(config, &["fault", "list"]).as_array().unwrap().len(), 0);
}
