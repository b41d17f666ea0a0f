//! `vakt serve --database`: several servers over one PostgreSQL database, and what is refused.

use std::path::Path;

use tempfile::TempDir;
use vakt_testkit::postgres::TestDatabase;

use crate::server::{SEED, Server, folder, run, text};

/// A sealing key, as all servers of a database share it.
const KEY: &str = "0101010101010101010101010101010101010101010101010101010101010101";
/// Another one.
const OTHER_KEY: &str = "0202020202020202020202020202020202020202020202020202020202020202";
/// A password that must be seen nowhere.
const PASSWORD: &str = "hunter2-hunter2";

fn start(folder: &Path, url: &str) -> Server {
    let seed = folder.join("seed.toml");
    std::fs::write(&seed, SEED).unwrap();
    let seed = seed.to_str().unwrap();
    Server::start(folder, &["--database", url, "--sealing-key", KEY, "--seed", seed])
}

#[test]
fn servers_that_start_at_once_on_an_empty_database_share_it() {
    let Some(database) = TestDatabase::new() else { return };
    let url = database.url();
    let folders: Vec<TempDir> = (0..3).map(|_| folder()).collect();
    let servers: Vec<Server> = std::thread::scope(|scope| {
        let start = |folder: &TempDir| {
            let (folder, url) = (folder.path().to_owned(), url.clone());
            scope.spawn(move || start(&folder, &url))
        };
        let running: Vec<_> = folders.iter().map(start).collect();
        running.into_iter().map(|server| server.join().unwrap()).collect()
    });
    for made_once in ["tenants", "applications", "signing_keys", "sealing"] {
        let count = database.run(&format!("SELECT COUNT(*) FROM {made_once}"));
        assert_eq!(count, "1", "{made_once}");
    }
    for (folder, server) in folders.iter().zip(&servers) {
        let apps = crate::commands::as_admin(folder.path(), server, &["app", "list"]);
        assert_eq!(apps.as_array().unwrap().len(), 1);
        assert!(!folder.path().join("data/seal.key").exists(), "the key was given");
    }
}

/// Starts a server that does not come up, and looks at what it says.
fn refused(url: &str, key: &str, expected: &str) {
    let folder = folder();
    let data = folder.path().join("data");
    let args = ["serve", "--log", "trace", "--listen", "127.0.0.1:0", "--sealing-key", key];
    let output = run(
        folder.path(),
        &[&args, &["--database", url, "--data", data.to_str().unwrap()][..]].concat(),
    );
    let shown = text(&output.stderr) + &text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains(expected), "`{expected}` is missing from: {shown}");
    assert!(!shown.contains(PASSWORD), "the password is shown: {shown}");
}

#[test]
fn databases_that_cannot_be_used_are_named_with_the_next_step() {
    let Some(database) = TestDatabase::new() else { return };
    let with = |rest: &str| format!("postgres://vakt:{PASSWORD}@{rest}");
    refused(&format!("mysql://vakt:{PASSWORD}@db/vakt"), KEY, "write it as postgres://");
    refused(&with("db:port/vakt"), KEY, "write it as postgres://");
    refused(&with("127.0.0.1:1/vakt"), KEY, "cannot connect to PostgreSQL at `127.0.0.1:1`");
    let missing = database.url().replace("/vakt_test_", "/no_such_");
    refused(&missing, KEY, "make it with `createdb no_such_");
    start(folder().path(), &database.url()).terminate();
    refused(&database.url(), OTHER_KEY, "the sealing key does not fit this database");
}

#[test]
fn accounts_that_may_not_are_told_what_they_lack() {
    let Some(database) = TestDatabase::new() else { return };
    let Some(guarded) = database.guarded_url(PASSWORD) else { return };
    refused(&guarded, KEY, "may not make tables in the database");
    let wrong = guarded.replace(PASSWORD, "wrong");
    refused(&wrong, KEY, "refuses the account or its password");
}
