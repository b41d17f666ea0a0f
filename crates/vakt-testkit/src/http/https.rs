//! The connection: to 127.0.0.1 under any name, trusting the CA of the ready file and nothing
//! else. One connection per request, so that no request can lean on another.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::HOST;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{Answer, Request};
use crate::clock::TestClock;

/// A client of one server.
#[derive(Clone)]
pub struct Https {
    address: SocketAddr,
    connector: TlsConnector,
    h2_connector: TlsConnector,
}

/// Certificates are looked at when the test began, whatever the clock of this machine says.
#[derive(Debug)]
struct AtBeginning;

impl TimeProvider for AtBeginning {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(TestClock::beginning().as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds)))
    }
}

impl Https {
    /// A client of the server at this address that trusts this CA.
    pub fn new(address: SocketAddr, ca_pem: &[u8]) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(ca_pem).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_details(provider, Arc::new(AtBeginning))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector = TlsConnector::from(Arc::new(config.clone()));
        config.alpn_protocols = vec![b"h2".to_vec()];
        Self { address, connector, h2_connector: TlsConnector::from(Arc::new(config)) }
    }

    /// Sends a request over HTTP/1.1 and reads its answer.
    pub async fn send(&self, request: Request) -> Answer {
        let host = self.host(&request);
        let stream = TokioIo::new(self.connect(&self.connector, &host).await);
        let (mut sender, connection) = http1::handshake(stream).await.unwrap();
        let driver = tokio::spawn(connection);
        let claimed = request.claimed_host.clone().unwrap_or(host);
        let mut outgoing = outgoing(request);
        outgoing.headers_mut().insert(HOST, claimed.parse().unwrap());
        let answer = read(sender.send_request(outgoing).await).await.unwrap();
        driver.abort();
        answer
    }

    /// A connection that stays open for many requests, as most clients have it.
    pub async fn keep(&self) -> KeptConnection {
        let host = format!("localhost:{}", self.address.port());
        let stream = TokioIo::new(self.connect(&self.connector, &host).await);
        let (sender, connection) = http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        KeptConnection { sender, host }
    }

    /// Sends a request over HTTP/2; an error is one of the connection or the stream.
    pub async fn send_h2(&self, request: Request) -> hyper::Result<Answer> {
        let host = self.host(&request);
        let stream = TokioIo::new(self.connect(&self.h2_connector, &host).await);
        let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
        let driver = tokio::spawn(connection);
        let mut outgoing = outgoing(request);
        *outgoing.uri_mut() = format!("https://{host}{}", outgoing.uri()).parse().unwrap();
        let answer = read(sender.send_request(outgoing).await).await;
        driver.abort();
        answer
    }

    /// A connection on which HTTP/2 was agreed and nothing was sent.
    pub async fn connect_h2(&self) -> TlsStream<TcpStream> {
        self.connect(&self.h2_connector, "localhost").await
    }

    fn host(&self, request: &Request) -> String {
        let own = || format!("localhost:{}", self.address.port());
        request.host.clone().unwrap_or_else(own)
    }

    /// Sends bytes, ends the sending side, and reads until the server is done.
    pub async fn exchange(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect(&self.connector, "localhost").await;
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut received = Vec::new();
        // A server may end the connection without a farewell; what came before it counts.
        let _ = stream.read_to_end(&mut received).await;
        received
    }

    async fn connect(&self, tls: &TlsConnector, host: &str) -> TlsStream<TcpStream> {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let stream = TcpStream::connect(self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        tls.connect(name, stream).await.unwrap()
    }
}

/// A connection that stays open; one request at a time.
pub struct KeptConnection {
    sender: http1::SendRequest<Full<Bytes>>,
    host: String,
}

impl KeptConnection {
    /// Sends a request and reads its answer.
    pub async fn send(&mut self, request: impl Into<Request>) -> Answer {
        let mut outgoing = outgoing(request.into());
        outgoing.headers_mut().insert(HOST, self.host.parse().unwrap());
        self.sender.ready().await.unwrap();
        read(self.sender.send_request(outgoing).await).await.unwrap()
    }
}

fn outgoing(request: Request) -> http::Request<Full<Bytes>> {
    let mut outgoing = http::Request::new(Full::new(request.body));
    *outgoing.method_mut() = request.method;
    *outgoing.uri_mut() = request.target.parse().unwrap();
    for (name, value) in request.headers {
        outgoing.headers_mut().append(name, value);
    }
    outgoing
}

async fn read(incoming: hyper::Result<http::Response<Incoming>>) -> hyper::Result<Answer> {
    let (head, body) = incoming?.into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
}
