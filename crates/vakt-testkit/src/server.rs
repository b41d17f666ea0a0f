//! A server in this process: a data folder of its own, a port of its own, TLS, a test's clock. Its
//! database is in the folder, or where `VAKT_TEST_STORE` is `postgres`, in PostgreSQL.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tokio::sync::OnceCell;
use vakt_server::{FaultMode, FederationOptions, QuotaWish, Running, ServeOptions, Strictness};

use crate::clock::TestClock;
use crate::postgres::TestDatabase;

/// Which database servers have whose test does not say: `sqlite` or `postgres`.
const STORE_VARIABLE: &str = "VAKT_TEST_STORE";

/// Keys take long to make and tests never look at which they are, so one folder with keys and no
/// content is made per process and copied for each server.
static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

/// What new servers start with.
struct Template {
    files: Vec<(PathBuf, Vec<u8>)>,
    database: Option<TestDatabase>,
}

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
    /// How Microsoft's limits are taken.
    pub strict: Strictness,
    /// Ceilings for groups of routes.
    pub quotas: Vec<QuotaWish>,
    /// Whether faults are to be had.
    pub faults: FaultMode,
    /// The database, if it is not to be a new one.
    pub database: Option<Arc<TestDatabase>>,
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
    database: Option<Arc<TestDatabase>>,
}

impl TestServer {
    /// Starts a server; its seed is applied from a file, as an operator's is.
    pub async fn start(mut with: StartWith) -> Self {
        let folder = TempDir::with_prefix("vakt-test-").unwrap();
        let template = TEMPLATE.get_or_init(make_template).await;
        for (path, content) in &template.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        if with.database.is_none() {
            with.database = template.database.as_ref().map(|empty| Arc::new(empty.copy()));
        }
        Self::over(folder, with).await
    }

    /// Stops it, as Ctrl-C does, and starts another over the same data.
    pub async fn restart(self, with: StartWith) -> Self {
        self.running.stop().await;
        Self::over(self.folder, StartWith { database: self.database, ..with }).await
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
        options.strict = with.strict;
        options.quotas = with.quotas;
        options.faults = with.faults;
        options.audit_retention_days = with.audit_retention_days;
        options.database = with.database.as_ref().map(|database| database.url().into());
        let running = vakt_server::start(options).await.unwrap();
        Self { running, folder, database: with.database }
    }

    /// Its database in PostgreSQL, if it has one there.
    pub fn database(&self) -> Option<&Arc<TestDatabase>> {
        self.database.as_ref()
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

#[expect(clippy::disallowed_methods, reason = "tests have no command line to read it from")]
fn wanted_store() -> Option<String> {
    std::env::var(STORE_VARIABLE).ok()
}

async fn make_template() -> Template {
    let folder = TempDir::with_prefix("vakt-test-keys-").unwrap();
    let mut options = options(folder.path(), &TestClock::default());
    let database = match wanted_store().as_deref() {
        None | Some("sqlite") => None,
        Some("postgres") => Some(TestDatabase::new().expect("PostgreSQL was asked for")),
        Some(other) => panic!("{STORE_VARIABLE} is `{other}`, and neither `sqlite` nor `postgres`"),
    };
    options.database = database.as_ref().map(|database| database.url().into());
    vakt_server::start(options).await.unwrap().stop().await;
    let names = ["vakt.db", "seal.key", "tls/ca.pem", "tls/ca.key", "tls/server.pem"];
    let read = |name: &str| Some((name.into(), fs::read(folder.path().join(name)).ok()?));
    Template { files: names.into_iter().filter_map(read).collect(), database }
}
