//! Start and stop: data folder, store, certificate, seed, listener.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::ServiceExt;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use hyper::body::Incoming;
use hyper_util::rt::TokioTimer;
use secrecy::{ExposeSecret, SecretString};
use tokio::task::JoinHandle;
use tower::Layer;
use tower::util::MapRequestLayer;
use vakt_identity::{Identity, IdentityError, StoreError};
use vakt_incidents::Incidents;
use vakt_storage::{OpenError, SealError, SealingKey, SqliteStore, open_sqlite};

use crate::app::{App, AppState};
use crate::certificates::{self, CertificateError, ServerCertificate};
use crate::clock::Clock;
use crate::folder::{DataFolder, FolderError};
use crate::names::{MICROSOFT_NAMES, Names};
use crate::ready::{Ready, ReadyTenant};
use crate::seed::{self, SeedError, SeedFile, Seeded};
use crate::{chance, path, router, signing};

/// How long running requests may take to end once a stop was asked for.
const STOP_GRACE_SECONDS: u64 = 3;
/// How long a connection may take to send its next request's head.
const HEAD_MAX_SECONDS: u64 = 30;
/// Read buffer of a connection. It must hold a head that is too large by far, so that it can be
/// answered in the caller's own dialect; it grows only as bytes arrive.
const HEAD_BUFFER_MAX_BYTES: usize = 1536 * 1024;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Data folder.
    pub data: PathBuf,
    /// Address; port 0 picks one.
    pub listen: SocketAddr,
    /// Seed file.
    pub seed: Option<PathBuf>,
    /// Answer for Microsoft's host names too.
    pub take_over_microsoft_names: bool,
    /// No TLS; only on loopback.
    pub plain_http_on_loopback: bool,
    /// File to write when the server can answer.
    pub ready_file: Option<PathBuf>,
    /// Host names of one's own, besides `localhost`.
    pub names: Vec<String>,
    /// A certificate of one's own instead of the local CA's.
    pub certificate: Option<OwnCertificate>,
    /// The sealing key, as 64 hexadecimal digits, instead of the data folder's file.
    pub sealing_key: Option<SecretString>,
    /// The present.
    pub clock: Clock,
}

/// PEM files of a certificate chain and its key.
#[derive(Debug, Clone)]
pub struct OwnCertificate {
    /// Chain, the server's own first.
    pub certificate: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

impl ServeOptions {
    /// The defaults, over a data folder.
    pub fn new(data: PathBuf) -> Self {
        Self {
            data,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8443),
            seed: None,
            take_over_microsoft_names: false,
            plain_http_on_loopback: false,
            ready_file: None,
            names: Vec::new(),
            certificate: None,
            sealing_key: None,
            clock: Clock::system(),
        }
    }
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Plain HTTP beyond loopback.
    #[error(
        "plain HTTP is served on loopback only, and `{0}` is not; leave --plain-http-on-loopback out, or listen on 127.0.0.1"
    )]
    PlainHttpBeyondLoopback(SocketAddr),
    /// The address.
    #[error(
        "cannot listen on `{address}`; is another server running there? --listen names another address"
    )]
    Listen {
        /// Address.
        address: SocketAddr,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The sealing key.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// TLS.
    #[error("the certificate and its key do not make a TLS configuration")]
    Tls(#[source] rustls::Error),
    /// The seed.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The identity room.
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::Identity(error.into())
    }
}

/// An application over its data folder, not listening.
pub struct OpenedApp {
    /// The application.
    pub app: Arc<App>,
    /// The local CA's certificate, if it is used.
    pub ca: Option<PathBuf>,
    pub(crate) seeded: Seeded,
    store: Arc<SqliteStore>,
    certificate: Option<ServerCertificate>,
    _folder: DataFolder,
}

impl OpenedApp {
    /// Closes the database.
    pub async fn close(self) {
        self.store.close().await;
    }
}

/// Opens everything that `start` needs before it listens.
pub async fn open_app(options: &ServeOptions) -> Result<OpenedApp, StartError> {
    if options.plain_http_on_loopback && !options.listen.ip().is_loopback() {
        return Err(StartError::PlainHttpBeyondLoopback(options.listen));
    }
    let folder = DataFolder::open(&options.data)?;
    let certificate = certificate(options, &folder)?;
    let local_ca = options.certificate.is_none() && certificate.is_some();
    let ca = local_ca.then(|| absolute(folder.ca_certificate()));
    let key = match &options.sealing_key {
        Some(hex) => SealingKey::from_hex(hex.expose_secret())?,
        None => SealingKey::load_or_create(&folder.sealing_key(), chance::bytes())?,
    };
    let store = Arc::new(open_sqlite(&folder.database(), key).await?);
    let identity = Identity::open(store.clone()).await?;
    signing::ensure_key(&identity, options.clock.now()).await?;
    let app = Arc::new(App {
        identity,
        incidents: Incidents::new(store.clone()),
        clock: options.clock.clone(),
        names: names(options, certificate.as_ref()),
    });
    let seeded = match &options.seed {
        None => Seeded::default(),
        Some(path) => {
            let folder = path.parent().unwrap_or(std::path::Path::new("."));
            seed::apply(&app, &SeedFile::read(path)?, folder).await?
        }
    };
    Ok(OpenedApp { app, ca, seeded, store, certificate, _folder: folder })
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
    let is_microsoft = |name: &String| MICROSOFT_NAMES.contains(&name.as_str());
    let mut own = own_names(options);
    own.push("[::1]".into());
    let of_certificate = certificate.map(|certificate| certificate.names.clone());
    own.extend(of_certificate.unwrap_or_default().into_iter().filter(|name| !is_microsoft(name)));
    let first = match &options.certificate {
        Some(_) if options.names.is_empty() => own.last().cloned(),
        _ => own.first().cloned(),
    };
    let host = first.unwrap_or_else(|| "localhost".into());
    Names {
        take_over: options.take_over_microsoft_names,
        plain_http: options.plain_http_on_loopback,
        fallback: with_port(&host, options.listen.port()),
        own,
    }
}

fn with_port(host: &str, port: u16) -> String {
    if port == 443 { host.to_owned() } else { format!("{host}:{port}") }
}

/// A server that answers.
pub struct Running {
    ready: Ready,
    seeded: Seeded,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
    app: Arc<App>,
    store: Arc<SqliteStore>,
    _folder: DataFolder,
}

impl Running {
    /// Address, CA and tenants.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// What the seed made.
    pub fn seeded(&self) -> &Seeded {
        &self.seeded
    }

    /// The application behind the routes, for tests that look inside.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Stops: no new connections, running requests get a few seconds, then the database closes.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(Duration::from_secs(STOP_GRACE_SECONDS)));
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(%error, "the listener ended with an error");
        }
        self.store.close().await;
    }
}

/// Starts a server. When this returns, it answers, and the ready file is written.
pub async fn start(mut options: ServeOptions) -> Result<Running, StartError> {
    let address = options.listen;
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    options.listen = listener.local_addr().map_err(failed)?;
    let mut opened = open_app(&options).await?;
    let tls = opened.certificate.take().map(tls_config).transpose()?;
    let handle = Handle::new();
    let task = listen(opened.app.clone(), listener, tls, handle.clone()).map_err(failed)?;
    let ready = Ready {
        url: opened.app.names.fallback_base(),
        ca: opened.ca.as_ref().map(|path| path.display().to_string()),
        tenants: ready_tenants(&opened.app).await?,
    };
    if let Some(path) = &options.ready_file {
        ready.write(path)?;
    }
    Ok(Running {
        ready,
        seeded: opened.seeded,
        handle,
        task,
        app: opened.app,
        store: opened.store,
        _folder: opened._folder,
    })
}

async fn ready_tenants(app: &App) -> Result<Vec<ReadyTenant>, StartError> {
    let tenants = app.identity.store().tenants().await?;
    let one = |tenant: vakt_identity::Tenant| ReadyTenant {
        id: tenant.id.to_string(),
        name: tenant.name,
        domains: tenant.domains.into_iter().map(|domain| domain.name).collect(),
    };
    Ok(tenants.into_iter().map(one).collect())
}

fn tls_config(certificate: ServerCertificate) -> Result<RustlsConfig, StartError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(StartError::Tls)?
        .with_no_client_auth()
        .with_single_cert(certificate.chain, certificate.key)
        .map_err(StartError::Tls)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

fn listen(
    app: AppState,
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
) -> std::io::Result<JoinHandle<std::io::Result<()>>> {
    let service = MapRequestLayer::new(path::normalise::<Incoming>).layer(router::router(app));
    let service = ServiceExt::<http::Request<Incoming>>::into_make_service(service);
    Ok(match tls {
        Some(tls) => {
            let mut server = axum_server::from_tcp_rustls(listener, tls)?.handle(handle);
            configure(server.http_builder());
            tokio::spawn(async move { server.serve(service).await })
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle);
            configure(server.http_builder());
            tokio::spawn(async move { server.serve(service).await })
        }
    })
}

fn configure(builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEAD_MAX_SECONDS))
        .max_buf_size(HEAD_BUFFER_MAX_BYTES);
    let header_list = u32::try_from(HEAD_BUFFER_MAX_BYTES).unwrap_or(u32::MAX);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(header_list);
}
