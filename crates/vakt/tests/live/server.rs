//! Running the built command, and a server of it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// Tenant of the seed.
pub const TENANT: &str = "5e1f0c0e-0000-4000-8000-000000000001";
/// Application of the seed.
pub const CLIENT: &str = "5e1f0c0e-0000-4000-8000-0000000000a1";
/// Its secret.
pub const SECRET: &str = "live-Test.Secret_0123456789";

/// A tenant whose application may do everything.
pub const SEED: &str = r#"
[[tenant]]
id = "5e1f0c0e-0000-4000-8000-000000000001"
name = "Contoso"
domains = ["contoso.onmicrosoft.com"]

[[tenant.app]]
name = "admin"
app_id = "5e1f0c0e-0000-4000-8000-0000000000a1"
secret = "live-Test.Secret_0123456789"
permissions = [
    "Microsoft Threat Protection/Incident.ReadWrite.All",
    "Microsoft Graph/Application.ReadWrite.All",
    "Microsoft Graph/AppRoleAssignment.ReadWrite.All",
    "Microsoft Graph/Directory.Read.All",
]
consent = true
"#;

/// How long a server may take to answer, in a debug build on a busy machine.
const START_MAX_SECONDS: u64 = 30;

/// The command under test, with a configuration folder of its own.
pub fn vakt(config: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vakt"));
    command.env_clear().env("VAKT_CONFIG_DIR", config).stdin(Stdio::null());
    command
}

/// Runs the command to its end.
pub fn run(config: &Path, args: &[&str]) -> Output {
    vakt(config).args(args).output().unwrap()
}

/// Runs the command, which must succeed; gives its JSON.
pub fn json(config: &Path, args: &[&str]) -> Value {
    let output = run(config, &[&["--output", "json"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"))
}

/// Bytes as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder for one test.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A server that answers; killed when dropped.
pub struct Server {
    pub child: Child,
    pub url: String,
    pub ca: PathBuf,
}

impl Server {
    /// Starts `vakt serve` over a folder, on a port of its own choice.
    pub fn start(folder: &Path, args: &[&str]) -> Self {
        Self::start_by(vakt(folder), folder, args)
    }

    /// The same, with files of at most so many kilobytes: as on a disk that gets full.
    pub fn start_with_little_room(folder: &Path, kilobytes: u32) -> Self {
        let limit = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.env_clear().env("VAKT_CONFIG_DIR", folder).stdin(Stdio::null());
        command.args(["-c", &limit, env!("CARGO_BIN_EXE_vakt")]);
        Self::start_by(command, folder, &[])
    }

    fn start_by(mut command: Command, folder: &Path, args: &[&str]) -> Self {
        let ready = folder.join("ready.json");
        let _ = std::fs::remove_file(&ready);
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--data"]);
        command.arg(folder.join("data")).arg("--ready-file").arg(&ready).args(args);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut server = Self { child, url: String::new(), ca: PathBuf::new() };
        let ready = server.wait_for(&ready);
        server.url = ready["url"].as_str().unwrap().to_owned();
        server.ca = ready["ca"].as_str().unwrap().into();
        server
    }

    /// Starts it with [`SEED`].
    pub fn start_seeded(folder: &Path) -> Self {
        let seed = folder.join("seed.toml");
        std::fs::write(&seed, SEED).unwrap();
        Self::start(folder, &["--seed", seed.to_str().unwrap()])
    }

    fn wait_for(&mut self, ready: &Path) -> Value {
        for _ in 0..START_MAX_SECONDS * 200 {
            if let Ok(content) = std::fs::read(ready) {
                return serde_json::from_slice(&content).unwrap();
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "the server ended: {ended:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server did not answer within {START_MAX_SECONDS} seconds");
    }

    /// Ends it, and gives what it wrote to stdout.
    pub fn terminate_and_read(mut self) -> String {
        self.terminate();
        let mut written = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut written).unwrap();
        written
    }

    /// Sends SIGTERM and waits for the end.
    pub fn terminate(&mut self) -> std::process::ExitStatus {
        terminate(&mut self.child)
    }
}

/// Sends SIGTERM and waits for the end.
pub fn terminate(child: &mut Child) -> std::process::ExitStatus {
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(sent.success());
    child.wait().unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
