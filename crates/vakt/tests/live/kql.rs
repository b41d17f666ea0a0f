//! `vakt kql` over real files and streams. No server is there, and none is needed.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json as value};

use crate::server::{folder, run, text, vakt};

/// A file, its text, and the line and column of what is wrong with it; none where nothing is.
type Rule = (&'static str, &'static str, Option<(u32, u32)>);

/// A rule of each kind.
const RULES: &[Rule] = &[
    ("good.kql", "DeviceEvents\n| where ActionType == 'x'\n| take 5\n", None),
    ("wrong.kql", "DeviceEvents\n| wher ActionType == 'x'\n", Some((2, 3))),
    ("table.csl", "// a\nDeviceEvent\n| take 5\n", Some((2, 1))),
    ("two.txt", "DeviceEvents\n| take 5\n\nDeviceEvents\n| tak 5\n", Some((5, 3))),
    ("notes.txt", "Remember the milk\n", None),
    ("page.md", "# Hunt\n\n- ```kql\n  DeviceEvents | where Nothing == 1\n  ```\n", Some((4, 24))),
    ("rule.yaml", "id: 1\nquery: |\n  DeviceEvents\n    | take 'x'\n", Some((4, 12))),
    ("sub/defender.yml", "queryCondition:\n  queryText: DeviceEvents | take\n", Some((2, 33))),
    ("ignored.json", "{\"query\": \"no KQL at all\"}", None),
];

fn write_rules(folder: &Path) {
    for (name, content, _) in RULES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// Runs the command with this on stdin.
fn ask(folder: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut command = vakt(folder);
    command.args(args).current_dir(folder).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    let writer = std::thread::spawn(move || {
        // A command that refuses its arguments reads nothing.
        let _ = input.write_all(&stdin);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

#[test]
fn each_kind_of_file_is_checked_where_its_queries_are() {
    let folder = folder();
    write_rules(folder.path());
    for (name, _, wrong) in RULES {
        let output = ask(folder.path(), &["kql", "check", name, "--output", "json"], b"");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let problems = report["files"][0]["problems"].as_array().unwrap();
        let place = problems.first().map(|one| (one["line"].clone(), one["column"].clone()));
        // Named, a text is a query, whatever it looks like.
        if ["notes.txt", "ignored.json"].contains(name) {
            assert!(place.is_some(), "{name}");
            continue;
        }
        assert_eq!(place, wrong.map(|(line, column)| (value!(line), value!(column))), "{report:#}");
        let code = i32::from(wrong.is_some());
        assert_eq!(output.status.code(), Some(code), "{name}: {}", text(&output.stderr));
    }
}

#[test]
fn folders_are_checked_with_all_that_is_in_them() {
    let folder = folder();
    write_rules(folder.path());
    let output = ask(folder.path(), &["kql", "check", "."], b"");
    let (told, note) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{note}");
    assert!(note.contains("8 files, 8 queries: 6 errors"), "{note}\n{told}");
    assert!(told.contains("Did you mean `where`?"), "{told}");
    assert!(told.contains("2 | | wher ActionType == 'x'\n  |   ^^^^"), "{told}");
    assert!(!told.contains('\u{1b}'), "no colours in a pipe: {told:?}");
    let sarif = ask(folder.path(), &["kql", "check", ".", "--output", "sarif"], b"");
    let log: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let place = &results.last().unwrap()["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "wrong.kql", "{place}");
}

#[test]
fn what_cannot_be_read_is_told_and_hides_nothing() {
    let folder = folder();
    write_rules(folder.path());
    fs::write(folder.path().join("bytes.kql"), b"T\xff").unwrap();
    for (args, stdin, code, expected) in [
        (&["kql", "check", "nothing.kql"][..], "", 1, "nothing.kql cannot be read: "),
        (&["kql", "check", "bytes.kql", "good.kql"], "", 1, "byte 1 is not UTF-8"),
        (&["kql", "check", "-"], "DeviceEvents", 0, "1 file, 1 query: no problems"),
        (&["kql", "check", "-"], "DeviceEvent", 1, "1 error"),
        (&["kql", "check", "-", "--stdin-name", "a.md"], "# Nothing", 0, "a.md holds no query"),
        (&["kql", "check"], "", 1, "required arguments were not provided"),
        (&["kql", "check", "good.kql", "--schema", "page.md"], "", 1, "page.md is no schema: "),
        (&["kql", "format", "good.kql", "wrong.kql"], "", 1, "2 files cannot go to one output"),
        (&["kql", "explain", "--stage", "tree", "-"], "", 1, "- holds no query"),
        (&["app", "list", "--output", "sarif"], "", 1, "only `vakt kql check` writes SARIF"),
        (&["kql", "batch"], "", 1, "--mode <MODE>"),
    ] {
        let output = ask(folder.path(), args, stdin.as_bytes());
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
        assert!(told.contains(expected), "{args:?}: `{expected}` is missing from: {told}");
    }
}

#[test]
fn queries_are_read_against_the_tables_of_a_file() {
    let folder = folder();
    let schema = r#"{"tables": {"Sign": {"columns": [["Who", "string"]]}}}"#;
    fs::write(folder.path().join("schema.json"), schema).unwrap();
    for (query, code) in [("Sign | where Who == 'x'", 0), ("DeviceEvents", 1)] {
        let args = ["kql", "check", "-", "--schema", "schema.json"];
        let output = ask(folder.path(), &args, query.as_bytes());
        assert_eq!(output.status.code(), Some(code), "{query}: {}", text(&output.stdout));
    }
}

#[test]
fn formatting_changes_queries_and_nothing_else() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let formatted = "// why\nDeviceEvents\n| take 5\n";
    let output = ask(folder.path(), &["kql", "format"], b"// why\nDeviceEvents|take 5");
    assert_eq!(text(&output.stdout), formatted, "{}", text(&output.stderr));
    fs::write(path("a.kql"), "// why\nDeviceEvents|take 5").unwrap();
    fs::write(path("b.md"), "# T\n\n> ```kql\n> DeviceEvents|take 5\n> ```\n").unwrap();
    fs::write(path("c.yaml"), "query: |\n  DeviceEvents|take 5\nname: \"DeviceEvents|take 5\"\n")
        .unwrap();
    fs::write(path("d.kql"), "DeviceEvents|tak 5").unwrap();
    let check = ask(folder.path(), &["kql", "format", "--check", "a.kql", "b.md", "c.yaml"], b"");
    assert_eq!(check.status.code(), Some(1));
    assert_eq!(text(&check.stdout), "a.kql\nb.md\nc.yaml\n");
    let written = ask(folder.path(), &["kql", "format", "--write", "."], b"");
    assert_eq!(written.status.code(), Some(1), "d.kql is no KQL");
    assert!(text(&written.stderr).contains("d.kql:1:14"), "{}", text(&written.stderr));
    for (name, expected) in [
        ("a.kql", formatted),
        ("b.md", "# T\n\n> ```kql\n> DeviceEvents\n> | take 5\n> ```\n"),
        ("c.yaml", "query: |\n  DeviceEvents\n  | take 5\nname: \"DeviceEvents|take 5\"\n"),
        ("d.kql", "DeviceEvents|tak 5\n"),
    ] {
        assert_eq!(
            fs::read_to_string(path(name)).unwrap().trim_end(),
            expected.trim_end(),
            "{name}"
        );
    }
    let again = ask(folder.path(), &["kql", "format", "--check", "a.kql", "b.md", "c.yaml"], b"");
    assert_eq!((again.status.code(), text(&again.stdout)), (Some(0), String::new()));
}

#[test]
fn every_stage_can_be_seen() {
    let folder = folder();
    for (stage, expected) in
        [("tokens", "1:16 Word \"take\""), ("tree", "  Pipe\n"), ("bound", "DeviceEvents")]
    {
        let args = ["kql", "explain", "--stage", stage, "-"];
        let output = ask(folder.path(), &args, b"DeviceEvents | take 5");
        let told = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(told.contains(expected), "{stage}: {told}");
    }
}

/// What each line is answered in each mode.
fn batch(mode: &str, lines: &str) -> Vec<Value> {
    let folder = folder();
    let output = ask(folder.path(), &["kql", "batch", "--mode", mode], lines.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn line(id: &Value, query: &str) -> String {
    format!("{}\n", value!({ "id": id, "query": query }))
}

#[test]
fn batches_answer_line_by_line() {
    let count = value!([{ "name": "Count", "type": "long" }]);
    for (query, parse, bind) in [
        ("DeviceEvents | count", Ok(value!([])), Ok(count.clone())),
        // The last of several results is the answer.
        ("DeviceEvents; DeviceEvents | count", Ok(value!([])), Ok(count)),
        (
            "DeviceEvents | project X = 1, Y = '😀'",
            Ok(value!([])),
            Ok(value!([
                { "name": "X", "type": "long" }, { "name": "Y", "type": "string" },
            ])),
        ),
        ("DeviceEvents\n| wher A", Err((2, 3)), Err((2, 3))),
        ("print '😀' | where Nothing", Ok(value!([])), Err((1, 20))),
        ("Nothing", Ok(value!([])), Err((1, 1))),
    ] {
        let id = value!("a-1");
        for (mode, expected) in [("parse", &parse), ("bind", &bind)] {
            let answers = batch(mode, &line(&id, query));
            assert_eq!((answers.len(), &answers[0]["id"]), (1, &id));
            match expected {
                Ok(columns) => {
                    assert_eq!(answers[0], value!({ "id": id, "columns": columns }), "{query}");
                }
                Err((line, column)) => {
                    let error = &answers[0]["error"];
                    let place = (&error["line"], &error["column"]);
                    assert_eq!(place, (&value!(line), &value!(column)), "{query}: {error}");
                    assert!(error["code"].is_string() && error["message"].is_string(), "{error}");
                    assert_eq!(answers[0].as_object().unwrap().len(), 2);
                }
            }
        }
    }
}

#[test]
fn no_rows_are_made_up() {
    let answers =
        batch("run", &(line(&value!(1), "DeviceEvents | take 1") + &line(&value!(2), "Nothing")));
    let message = answers[0]["error"]["message"].as_str().unwrap();
    assert!(message.contains("does not execute queries yet"), "{message}");
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&value!(1), &value!(2)));
    assert_ne!(answers[1]["error"]["code"], answers[0]["error"]["code"], "it is wrong anyway");
}

#[test]
fn bad_lines_are_answered_and_end_nothing() {
    let long = format!("{{\"id\": 9, \"query\": \"{}\"}}\n", "x".repeat(9 * 1024 * 1024));
    let good = line(&value!(1), "DeviceEvents | count");
    let lines = ["{oh\n", "{\"id\": 7}\n", "\n", "[]\n", &long, &good].concat();
    let answers = batch("bind", &lines);
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&Value::Null, &value!(7), &Value::Null, &Value::Null, &value!(1)]);
    for (answer, expected) in answers.iter().zip(["no object", "no object", "no object", "8 MiB"]) {
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.contains(expected), "{message}");
    }
    assert!(answers[4]["columns"].is_array());
    // A line in no text at all.
    let folder = folder();
    let output = ask(folder.path(), &["kql", "batch", "--mode", "parse"], b"\xff\xfe\n");
    assert!(text(&output.stdout).starts_with("{\"id\":null,\"error\""), "{}", text(&output.stdout));
}

#[test]
fn who_waits_for_an_answer_gets_it() {
    let folder = folder();
    // The mode may also come from the environment.
    let mut command = vakt(folder.path());
    command.args(["kql", "batch"]).env("KQL_MODE", "bind").stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in 0..3 {
        input.write_all(line(&value!(id), "DeviceEvents | count").as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_commands_have_examples() {
    let folder = folder();
    for command in ["check", "format", "explain", "batch"] {
        let output = run(folder.path(), &["kql", command, "--help"]);
        assert!(text(&output.stdout).contains("Example"), "{command}");
    }
}
