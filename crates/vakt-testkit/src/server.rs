//! A server in this process: a data folder of its own, a port of its own, TLS, a test's clock.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::sync::OnceCell;
use vakt_server::{FederationOptions, Running, ServeOptions};

use crate::clock::TestClock;

/// Keys take long to make and tests never look at which they are, so one folder with keys and no
/// content is made per process and copied for each server.
static FOLDER_WITH_KEYS: OnceCell<Vec<(PathBuf, Vec<u8>)>> = OnceCell::const_new();

/// What differs between test servers.
#[derive(Debug, Clone, Default)]
pub struct StartWith {
    /// Content of the seed file.
    pub seed: String,
    /// Answer for Microsoft's host names too.
    pub take_over: bool,
    /// The present.
    pub clock: TestClock,
    /// Proxies that are believed about addresses.
    pub trusted_proxies: Vec<IpAddr>,
    /// Files beside the seed file, which it may name.
    pub files: Vec<(String, Vec<u8>)>,
    /// Foreign issuers that may be asked; files that it names are beside the seed file.
    pub federation: FederationOptions,
    /// How long the logs are kept.
    pub audit_retention_days: Option<u32>,
}

impl StartWith {
    /// A seed file, and nothing else that is special.
    pub fn of(seed: String) -> Self {
        Self { seed, ..Self::default() }
    }
}

/// A server that answers until it is dropped or stopped.
pub struct TestServer {
    running: Running,
    folder: TempDir,
}

impl TestServer {
    /// Starts a server; its seed is applied from a file, as an operator's is.
    pub async fn start(with: StartWith) -> Self {
        let folder = TempDir::with_prefix("vakt-test-").unwrap();
        let keys = FOLDER_WITH_KEYS.get_or_init(make_folder_with_keys).await;
        for (path, content) in keys {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self::over(folder, with).await
    }

    /// Stops it, as Ctrl-C does, and starts another over the same data.
    pub async fn restart(self, with: StartWith) -> Self {
        self.running.stop().await;
        Self::over(self.folder, with).await
    }

    async fn over(folder: TempDir, with: StartWith) -> Self {
        let seed = folder.path().join("seed.toml");
        fs::write(&seed, &with.seed).unwrap();
        for (name, content) in &with.files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let mut options = options(folder.path(), &with.clock);
        options.federation = with.federation;
        for file in options.federation.keys.iter_mut().map(|keys| &mut keys.file) {
            *file = folder.path().join(&*file);
        }
        let authorities = options.federation.authorities.take();
        options.federation.authorities = authorities.map(|file| folder.path().join(file));
        options.seed = Some(seed);
        options.ready_file = Some(folder.path().join("ready.json"));
        options.take_over_microsoft_names = with.take_over;
        options.trusted_proxies = with.trusted_proxies;
        options.audit_retention_days = with.audit_retention_days;
        let running = vakt_server::start(options).await.unwrap();
        Self { running, folder }
    }

    /// What the ready file says, read from the file.
    pub fn ready(&self) -> vakt_server::Ready {
        let text = fs::read(self.folder.path().join("ready.json")).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    /// Its data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn options(folder: &Path, clock: &TestClock) -> ServeOptions {
    let mut options = ServeOptions::new(folder.to_owned());
    options.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    options.clock = clock.for_server();
    options
}

async fn make_folder_with_keys() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = TempDir::with_prefix("vakt-test-keys-").unwrap();
    let running = vakt_server::start(options(folder.path(), &TestClock::default())).await.unwrap();
    running.stop().await;
    let names = ["vakt.db", "seal.key", "tls/ca.pem", "tls/ca.key", "tls/server.pem"];
    names.map(|name| (name.into(), fs::read(folder.path().join(name)).unwrap())).to_vec()
}
