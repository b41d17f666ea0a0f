//! The command's face: help, usage errors, exit codes, what goes to which stream.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its command has failed")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Runs `vakt` in an environment of its own, with this on stdin.
fn vakt(args: &[&str], stdin: &str) -> Output {
    let home: PathBuf = [env!("CARGO_TARGET_TMPDIR"), "home-of-nobody"].iter().collect();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vakt"))
        .args(args)
        .env_clear()
        .env("HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its stdin may be gone before we have written.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn help_is_no_error_and_usage_is_one() {
    for (args, code, on_stdout, on_stderr) in [
        (&["--help"][..], 0, "Usage: vakt", ""),
        (&["--version"], 0, "vakt 0.1.0", ""),
        (&["app", "secret", "add", "--help"], 0, "--expires", ""),
        (&["completions", "bash"], 0, "_vakt()", ""),
        (&[], 1, "", "Usage: vakt"),
        (&["dance"], 1, "", "unrecognized subcommand 'dance'"),
        (&["app", "secret", "add", "x", "--expires", "soon"], 1, "", "give days, weeks or years"),
        (&["serve", "--data", "x", "--quota", "hunting"], 1, "", "write GROUP=CALLS/SECONDS"),
        (
            &["serve", "--data", "x", "--listen", "nonsense"],
            1,
            "",
            "write an IP address and a port",
        ),
        (&["fault", "set", "x"], 1, "", "--status <STATUS>"),
        (&["profile", "add", "x"], 1, "", "<--url <URL>|--cloud <CLOUD>>"),
        (&["incidents", "list", "--top", "1", "--all"], 1, "", "cannot be used with"),
        (&["incidents", "update", "1"], 1, "", "--status <STATUS>|"),
        (&["incidents", "merge", "1"], 1, "", "--into <ID>"),
        (&["alerts", "update", "da1"], 1, "", "--status <STATUS>|"),
        (&["mirror", "incidents", "--help"], 0, "--checkpoint", ""),
        (&["mirror", "incidents"], 1, "", "--from <PROFILE>"),
        (
            &["mirror", "incidents", "--from", "x", "--once", "--every", "5"],
            1,
            "",
            "cannot be used",
        ),
    ] {
        let output = vakt(args, "");
        assert_eq!(output.status.code(), Some(code), "for {args:?}: {}", stderr(&output));
        assert!(stdout(&output).contains(on_stdout), "for {args:?}: {}", stdout(&output));
        assert!(stderr(&output).contains(on_stderr), "for {args:?}: {}", stderr(&output));
    }
}

#[test]
fn missing_settings_end_with_the_next_step() {
    let output = vakt(&["token", "get"], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    let expected = "error: no server is given\n\nhint: give it with --url or VAKT_URL, or save a profile with `vakt profile add`\n";
    assert_eq!(stderr(&output), expected);
}

#[test]
fn a_token_is_explained_from_stdin() {
    // {"alg":"RS256"} and {"aud":"https://graph.microsoft.com"}
    let token =
        "Bearer eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20ifQ.c2ln\n";
    let output = vakt(&["token", "inspect", "--offline"], token);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("It is good for Microsoft Graph"), "{}", stdout(&output));
    let output = vakt(&["token", "inspect", "--offline", "--output", "json"], token);
    assert!(stdout(&output).contains("\"state\": \"unknown\""), "{}", stdout(&output));
    let output = vakt(&["token", "inspect", "--offline", "not-a-token"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("hint: give the text of `access_token` alone"));
}

#[test]
fn profiles_are_kept_without_their_secrets() {
    let dir = format!("{}/profiles-{}", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    let run = |args: &[&str], stdin: &str| {
        let output = vakt(&[&["--config-dir", &dir], args].concat(), stdin);
        assert_eq!(output.status.code(), Some(0), "for {args:?}: {}", stderr(&output));
        stdout(&output)
    };
    let url = "https://localhost:8443";
    let add = ["profile", "add", "local", "--url", url, "--client-secret-file", "-"];
    run(&add, "hush-hush\n");
    run(&["profile", "add", "cloud", "--cloud", "microsoft", "--tenant", "contoso"], "");
    let list = run(&["profile", "list"], "");
    assert!(list.contains("*") && list.contains("microsoft"), "{list}");
    let shown = run(&["profile", "show", "--output", "json"], "");
    assert!(shown.contains("\"name\": \"local\"") && !shown.contains("hush"), "{shown}");
    run(&["profile", "use", "cloud"], "");
    run(&["profile", "remove", "local"], "");
    assert_eq!(run(&["profile", "list"], "").lines().count(), 2);
    std::fs::remove_dir_all(&dir).unwrap();
}
