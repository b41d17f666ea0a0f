//! Opening everything a server needs before it listens: folder, certificate, store, seed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::ExposeSecret;
use tokio::sync::Semaphore;
use vakt_endpoint::Endpoint;
use vakt_identity::Identity;
use vakt_incidents::{Incidents, Rules};
use vakt_storage::{Database, SealingKey, Store};
use vakt_token::ValidatedTokens;

use crate::app::{App, IMPORTS_AT_ONCE_MAX, Running};
use crate::certificates::{self, ServerCertificate};
use crate::faults::Faults;
use crate::federation::Federation;
use crate::folder::DataFolder;
use crate::hashing::Hashing;
use crate::kept_answers::KeptAnswers;
use crate::names::{MICROSOFT_NAMES, Names};
use crate::options::ServeOptions;
use crate::peer::TrustedProxies;
use crate::quota::Quotas;
use crate::seed::{self, SeedFile, Seeded};
use crate::sign_in_log::SignInLog;
use crate::start_error::StartError;
use crate::throttle::Throttle;
use crate::{catching_up, chance, signing};

/// An application over its data folder, not listening.
pub struct OpenedApp {
    /// The application.
    pub app: Arc<App>,
    /// The local CA's certificate, if it is used.
    pub ca: Option<PathBuf>,
    pub(crate) seeded: Seeded,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) certificate: Option<ServerCertificate>,
    pub(crate) folder: DataFolder,
}

impl OpenedApp {
    /// Closes the database.
    pub async fn close(self) {
        self.app.sign_ins.close().await;
        self.store.close().await;
    }
}

/// Opens everything that `start` needs before it listens.
pub async fn open_app(options: &ServeOptions) -> Result<OpenedApp, StartError> {
    if options.plain_http_on_loopback && !options.listen.ip().is_loopback() {
        return Err(StartError::PlainHttpBeyondLoopback(options.listen));
    }
    let quotas = Quotas::new(options.strict, &options.quotas)?;
    let folder = DataFolder::open(&options.data)?;
    let certificate = certificate(options, &folder)?;
    let local_ca = options.certificate.is_none() && certificate.is_some();
    let ca = local_ca.then(|| absolute(folder.ca_certificate()));
    let store = open_store(options, &folder).await?;
    // Of several servers that start at once on a new database, one makes what is made only once.
    let turn = store.starting().await?;
    let names = names(options, certificate.as_ref());
    let federation = Federation::open(&options.federation, names.clone(), options.clock.clone())?;
    let identity = Identity::open(store.clone(), Arc::new(federation)).await?;
    signing::ensure_key(&identity, options.clock.now()).await?;
    let app = Arc::new(App {
        identity,
        incidents: Incidents::new(store.clone())
            .with_rules(Rules { determination_needs_true_positive: options.strict.is_strict() }),
        kept_answers: KeptAnswers::new(),
        endpoint: Endpoint::new(store.clone()),
        imports: Semaphore::new(IMPORTS_AT_ONCE_MAX),
        clock: options.clock.clone(),
        names,
        proxies: TrustedProxies(options.trusted_proxies.clone()),
        hashing: Hashing::new(),
        throttle: Throttle::new(),
        sign_ins: SignInLog::start(store.clone(), options.sign_in_log, options.clock.clone()),
        strict: options.strict,
        quotas,
        faults: Faults::new(options.faults),
        validated: ValidatedTokens::default(),
        running: Running {
            since: options.clock.now(),
            store: if options.database.is_some() { "PostgreSQL" } else { "SQLite" },
        },
    });
    catching_up::catch_up(&app).await?;
    let seeded = match &options.seed {
        None => Seeded::default(),
        Some(path) => {
            let folder = path.parent().unwrap_or(Path::new("."));
            seed::apply(&app, &SeedFile::read(path)?, folder).await?
        }
    };
    drop(turn);
    Ok(OpenedApp { app, ca, seeded, store, certificate, folder })
}

async fn open_store(
    options: &ServeOptions,
    folder: &DataFolder,
) -> Result<Arc<dyn Store>, StartError> {
    let database = match &options.database {
        Some(url) => Database::Postgres(url.clone()),
        None => Database::Sqlite(folder.database()),
    };
    let opening = vakt_storage::connect(&database).await?;
    let key = match &options.sealing_key {
        Some(hex) => SealingKey::from_hex(hex.expose_secret())?,
        // A new key for an old database would only hide that the right one is missing.
        None if opening.is_sealed().await? => SealingKey::load(&folder.sealing_key())?,
        None => SealingKey::load_or_create(&folder.sealing_key(), chance::bytes())?,
    };
    Ok(opening.unlock(key).await?)
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

fn certificate(
    options: &ServeOptions,
    folder: &DataFolder,
) -> Result<Option<ServerCertificate>, StartError> {
    if options.plain_http_on_loopback {
        return Ok(None);
    }
    if let Some(own) = &options.certificate {
        return Ok(Some(certificates::read(&own.certificate, &own.key)?));
    }
    let mut names = own_names(options);
    if options.take_over_microsoft_names {
        names.extend(MICROSOFT_NAMES.iter().map(|name| (*name).to_owned()));
    }
    Ok(Some(certificates::ensure_local(folder, &names, options.clock.now())?))
}

/// Names given by the operator, then those of this machine to itself.
fn own_names(options: &ServeOptions) -> Vec<String> {
    let mut names: Vec<String> =
        options.names.iter().map(|name| name.to_ascii_lowercase()).collect();
    names.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
    let ip = options.listen.ip();
    if !ip.is_loopback() && !ip.is_unspecified() {
        names.push(ip.to_string());
    }
    names
}

fn names(options: &ServeOptions, certificate: Option<&ServerCertificate>) -> Names {
    let is_microsoft = |name: &&String| MICROSOFT_NAMES.contains(&name.as_str());
    let of_certificate = certificate.map_or(&[][..], |certificate| &certificate.names);
    let of_certificate = of_certificate.iter().filter(|name| !is_microsoft(name));
    let mut own = own_names(options);
    let first = if options.certificate.is_some() && options.names.is_empty() {
        of_certificate.clone().find(|name| !name.starts_with("*.")).or(own.first())
    } else {
        own.first()
    };
    let fallback =
        with_port(&first.cloned().map_or("localhost".into(), bracketed), options.listen.port());
    own.extend(of_certificate.cloned());
    own = own.into_iter().map(bracketed).collect();
    Names {
        take_over: options.take_over_microsoft_names,
        plain_http: options.plain_http_on_loopback,
        fallback,
        own,
    }
}

/// Addresses of IPv6 stand in brackets where a port may follow.
fn bracketed(name: String) -> String {
    if name.parse::<std::net::Ipv6Addr>().is_ok() { format!("[{name}]") } else { name }
}

fn with_port(host: &str, port: u16) -> String {
    if port == 443 { host.to_owned() } else { format!("{host}:{port}") }
}
