//! One small document over HTTPS: the name is resolved once and the address that was checked is
//! the one that is connected to, nothing is followed, and everything has an end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, ACCEPT_ENCODING, HOST, USER_AGENT};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Collected, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::address::Reach;

/// Largest document: a key document with chains of certificates for ten keys has 60 KiB.
pub(super) const DOCUMENT_MAX_BYTES: usize = 256 * 1024;
/// Largest head of an answer.
const HEAD_MAX_BYTES: usize = 32 * 1024;
/// Time until a connection stands. An issuer's address that does not answer is given up early,
/// since it may have another one.
const CONNECT_MAX_SECONDS: u64 = 2;
/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 4;
/// Time for one document in all. An issuer has two, and their reader's caller waits.
const DOCUMENT_MAX_SECONDS: u64 = 4;

/// Why a document was not had. Texts are for the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchFault {
    /// The name.
    #[error("its name cannot be resolved: {0}")]
    Resolve(std::io::Error),
    /// A name without an address.
    #[error("its name has no address")]
    NoAddress,
    /// An address inside.
    #[error(
        "its name leads to {0}, which is no address of the public internet; \
         --federation-issuer allows it for an issuer you know"
    )]
    Address(std::net::IpAddr),
    /// The connection.
    #[error("no connection: {0}")]
    Connect(std::io::Error),
    /// TLS.
    #[error("no TLS: {0}; --federation-ca names authorities of your own")]
    Tls(std::io::Error),
    /// HTTP.
    #[error("no answer in HTTP: {0}")]
    Http(#[from] hyper::Error),
    /// Another status than 200, redirects included.
    #[error("it answered {0}, and only 200 counts; redirects are not followed")]
    Status(StatusCode),
    /// The body.
    #[error("its answer broke off or has more than {DOCUMENT_MAX_BYTES} bytes")]
    Body,
    /// Time.
    #[error("it took longer than {DOCUMENT_MAX_SECONDS} seconds")]
    Timeout,
    /// What cannot be asked for.
    #[error("its address cannot be asked for: {0}")]
    Unaskable(&'static str),
}

/// The fetcher: what it trusts.
pub(super) struct Fetcher {
    tls: Arc<ClientConfig>,
}

impl Fetcher {
    /// Trusts the public authorities and these.
    pub(super) fn new(more: Vec<CertificateDer<'static>>) -> Result<Self, rustls::Error> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for authority in more {
            roots.add(authority)?;
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: Arc::new(config) })
    }

    /// The document at `url`, if it can be had within `reach` and the limits.
    pub(super) async fn get(&self, url: &Url, reach: Reach) -> Result<Bytes, FetchFault> {
        let limit = Duration::from_secs(DOCUMENT_MAX_SECONDS);
        timeout(limit, self.get_unlimited(url, reach)).await.map_err(|_| FetchFault::Timeout)?
    }

    async fn get_unlimited(&self, url: &Url, reach: Reach) -> Result<Bytes, FetchFault> {
        let stream = connect(&addresses(url, reach).await?).await?;
        if url.scheme() == "http" {
            return exchange(stream, url).await;
        }
        let connector = TlsConnector::from(self.tls.clone());
        let stream = connector.connect(server_name(url)?, stream).await.map_err(FetchFault::Tls)?;
        exchange(stream, url).await
    }
}

/// Where the name leads, if all of it is within reach: a name that leads inside as well as outside
/// is no mistake.
async fn addresses(url: &Url, reach: Reach) -> Result<Vec<SocketAddr>, FetchFault> {
    let port = url.port_or_known_default().ok_or(FetchFault::Unaskable("it has no port"))?;
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Ipv6(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Domain(name)) => {
            lookup_host((name, port)).await.map_err(FetchFault::Resolve)?.collect()
        }
        None => return Err(FetchFault::Unaskable("it names no host")),
    };
    match found.iter().find(|address| !reach.covers(address.ip())) {
        Some(inside) => Err(FetchFault::Address(inside.ip())),
        None => Ok(found),
    }
}

async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, FetchFault> {
    let mut last = FetchFault::NoAddress;
    for address in addresses.iter().take(ADDRESSES_MAX) {
        let limit = Duration::from_secs(CONNECT_MAX_SECONDS);
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = FetchFault::Connect(error),
            Err(_) => last = FetchFault::Timeout,
        }
    }
    Err(last)
}

fn server_name(url: &Url) -> Result<ServerName<'static>, FetchFault> {
    match url.host() {
        Some(Host::Ipv4(ip)) => Ok(ServerName::from(std::net::IpAddr::from(ip))),
        Some(Host::Ipv6(ip)) => Ok(ServerName::from(std::net::IpAddr::from(ip))),
        Some(Host::Domain(name)) => ServerName::try_from(name.to_owned())
            .map_err(|_| FetchFault::Unaskable("its name is not a host name")),
        None => Err(FetchFault::Unaskable("it names no host")),
    }
}

async fn exchange<S>(stream: S, url: &Url) -> Result<Bytes, FetchFault>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD_MAX_BYTES);
    let (mut sender, connection) = builder.handshake(TokioIo::new(stream)).await?;
    // One connection for one exchange; whatever becomes of it, the set ends it when this returns.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let response = sender.send_request(request(url)?).await?;
    if response.status() != StatusCode::OK {
        return Err(FetchFault::Status(response.status()));
    }
    let body = Limited::new(response.into_body(), DOCUMENT_MAX_BYTES).collect().await;
    body.map(Collected::to_bytes).map_err(|_| FetchFault::Body)
}

fn request(url: &Url) -> Result<Request<Empty<Bytes>>, FetchFault> {
    let host = url.host_str().ok_or(FetchFault::Unaskable("it names no host"))?;
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let target = url
        .query()
        .map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    Request::get(target)
        .header(HOST, host)
        .header(ACCEPT, "application/json")
        .header(ACCEPT_ENCODING, "identity")
        .header(USER_AGENT, concat!("vakt/", env!("CARGO_PKG_VERSION")))
        .body(Empty::new())
        .map_err(|_| FetchFault::Unaskable("it cannot be written as a request"))
}
