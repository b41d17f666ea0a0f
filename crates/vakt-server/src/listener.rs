//! The listener: TLS, HTTP/1.1 and HTTP/2, their limits, and the router behind them.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::ServiceExt;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use rustls::CipherSuite;
use rustls::crypto::CryptoProvider;
use tokio::task::JoinHandle;
use tower::Layer;
use tower::util::MapRequestLayer;

use crate::admission::Admission;
use crate::app::AppState;
use crate::certificates::ServerCertificate;
use crate::front::Front;
use crate::start_error::StartError;
use crate::{path, router};

/// How long a connection may take to send its next request's head.
const HEAD_MAX_SECONDS: u64 = 30;
/// Read buffer of a connection. It must hold a head that is too large by far, so that it can be
/// answered in the caller's own dialect; it grows only as bytes arrive.
const HEAD_BUFFER_MAX_BYTES: usize = 1536 * 1024;

/// The TLS side of a certificate.
pub(crate) fn tls_config(certificate: ServerCertificate) -> Result<RustlsConfig, StartError> {
    let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(provider()))
        .with_safe_default_protocol_versions()
        .map_err(StartError::Tls)?
        .with_no_client_auth()
        .with_single_cert(certificate.chain, certificate.key)
        .map_err(StartError::Tls)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.ignore_client_order = true;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

/// The ciphers a client may choose from, in the order in which the server does: AES with 128 bits
/// protects as long as the certificate does, with ten rounds in place of fourteen.
fn provider() -> CryptoProvider {
    let mut provider = rustls::crypto::aws_lc_rs::default_provider();
    provider.cipher_suites.sort_by_key(|suite| !is_aes_128(suite.suite()));
    provider
}

fn is_aes_128(suite: CipherSuite) -> bool {
    matches!(
        suite,
        CipherSuite::TLS13_AES_128_GCM_SHA256
            | CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            | CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    )
}

/// Serves until the handle is told to stop.
pub(crate) fn listen(
    app: AppState,
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
) -> std::io::Result<JoinHandle<std::io::Result<()>>> {
    let router =
        MapRequestLayer::new(path::normalise::<Incoming>).layer(router::router(app.clone()));
    let service = Front::new(app, router);
    let service = ServiceExt::<http::Request<Incoming>>::into_make_service_with_connect_info::<
        SocketAddr,
    >(service);
    let server = axum_server::from_tcp(listener)?.handle(handle);
    Ok(match tls {
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls).acceptor(Admission::new());
            let mut server = server.acceptor(acceptor);
            configure(server.http_builder());
            tokio::spawn(server.serve(service))
        }
        None => {
            let mut server = server.acceptor(Admission::new());
            configure(server.http_builder());
            tokio::spawn(server.serve(service))
        }
    })
}

fn configure(builder: &mut Builder<TokioExecutor>) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEAD_MAX_SECONDS))
        .max_buf_size(HEAD_BUFFER_MAX_BYTES);
    let header_list = u32::try_from(HEAD_BUFFER_MAX_BYTES).unwrap_or(u32::MAX);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(header_list);
}
