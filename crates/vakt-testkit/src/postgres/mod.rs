//! PostgreSQL for tests: the server that `VAKT_TEST_POSTGRES` names, else one of this process's own
//! from the programs that are installed, else none. Each test has a database of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// URL of a server that tests may use, as an account that may make databases.
const SERVER_VARIABLE: &str = "VAKT_TEST_POSTGRES";
/// Where Debian keeps the programs, one folder per version.
const PROGRAMS: &str = "/usr/lib/postgresql";

/// The one server of this process.
static SERVER: OnceLock<Option<Server>> = OnceLock::new();
/// Databases made so far.
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A server.
struct Server {
    /// URL without a database.
    base: String,
    /// What follows the database in the URL.
    options: String,
    /// Where `psql` and `pg_dump` are; empty: on the path.
    programs: PathBuf,
    /// The process that ends when this one does, if the server is its own.
    own: Option<Child>,
}

/// A database that is empty at first and gone at the end.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// A new one; `None`, and a line that says so, where there is no PostgreSQL.
    pub fn new() -> Option<Self> {
        Self::made_by(|name| format!("CREATE DATABASE {name}"))
    }

    /// A copy of this one, which nobody may use meanwhile.
    pub fn copy(&self) -> Self {
        let made = Self::made_by(|name| format!("CREATE DATABASE {name} TEMPLATE {}", self.name));
        made.expect("the server is there")
    }

    fn made_by(sql: impl Fn(&str) -> String) -> Option<Self> {
        let server = server()?;
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("vakt_test_{}_{number}", std::process::id());
        server.run("postgres", &sql(&name));
        Some(Self { name })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        server().expect("the server is there").url(&self.name)
    }

    /// Its URL as an account that needs this password and owns nothing; `None` where the server is
    /// not this process's own.
    pub fn guarded_url(&self, password: &str) -> Option<String> {
        let server = server().filter(|server| server.own.is_some())?;
        self.run(&format!("CREATE ROLE guarded LOGIN PASSWORD '{password}'"));
        let account = format!("//guarded:{password}@");
        Some(server.url(&self.name).replace("//vakt@", &account))
    }

    /// Runs a statement in it, as its owner; gives what it answers.
    pub fn run(&self, sql: &str) -> String {
        server().expect("the server is there").run(&self.name, sql)
    }

    /// All that is in it, each value of bytes also as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let server = server().expect("the server is there");
        let mut command = Command::new(server.programs.join("pg_dump"));
        let output = command.arg("--data-only").arg(server.url(&self.name)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut bytes = output.stdout;
        let text = String::from_utf8(bytes.clone()).unwrap();
        for hex in text.split("\\x").skip(1) {
            let digits: Vec<u8> = hex
                .bytes()
                .map_while(|digit| char::from(digit).to_digit(16))
                .map(|digit| u8::try_from(digit).unwrap())
                .collect();
            bytes.extend(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]));
        }
        bytes
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A server of this process's own goes with everything in it.
        if let Some(server) = server().filter(|server| server.own.is_none()) {
            server.run("postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("{}/{database}{}", self.base, self.options)
    }

    fn run(&self, database: &str, sql: &str) -> String {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        command.args(["--set", "ON_ERROR_STOP=1", "--command", sql]).arg(self.url(database));
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }
}

fn server() -> Option<&'static Server> {
    SERVER.get_or_init(find_or_start).as_ref()
}

#[expect(clippy::disallowed_methods, reason = "tests have no command line to read it from")]
fn named_by_the_environment() -> Option<String> {
    std::env::var(SERVER_VARIABLE).ok()
}

fn find_or_start() -> Option<Server> {
    if let Some(url) = named_by_the_environment() {
        let (url, options) = url
            .split_once('?')
            .map_or((&*url, String::new()), |(url, rest)| (url, format!("?{rest}")));
        let host = url.find("://").map_or(0, |at| at + 3);
        let end = url[host..].find('/').map_or(url.len(), |at| host + at);
        let base = url[..end].to_owned();
        return Some(Server { base, options, programs: PathBuf::new(), own: None });
    }
    let Some(programs) = newest_programs() else {
        // Past the test harness, which shows only what failed tests say.
        std::io::stderr().write_all(b"skipped: PostgreSQL is not installed\n").unwrap();
        return None;
    };
    let mut own = keeper(&programs).spawn().unwrap();
    let mut folder = String::new();
    BufReader::new(own.stdout.take().unwrap()).read_line(&mut folder).unwrap();
    assert!(!folder.is_empty(), "PostgreSQL did not start");
    let options = format!("?host={}", folder.trim_end());
    Some(Server { base: "postgres://vakt@localhost".to_owned(), options, programs, own: Some(own) })
}

fn newest_programs() -> Option<PathBuf> {
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    std::fs::read_dir(PROGRAMS)
        .ok()?
        .filter_map(|folder| Some(folder.ok()?.path()))
        .filter(|folder| folder.join("bin/initdb").exists())
        .max_by_key(|folder| version(folder))
        .map(|folder| folder.join("bin"))
}

/// The process that keeps a server as long as this process lives. PostgreSQL does not run as root.
fn keeper(programs: &Path) -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let mut command = Command::new(if is_root { "setpriv" } else { "sh" });
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh"]);
    }
    command.args(["-c", include_str!("cluster.sh"), "cluster"]).arg(programs);
    command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}
