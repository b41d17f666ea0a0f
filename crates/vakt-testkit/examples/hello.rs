//! The least that an axum server over TLS can do, to hold the server's own figures against:
//! `cargo run --release -p vakt-testkit --example hello -- CERTIFICATE KEY PORT`.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::routing::get;
use axum_server::tls_rustls::RustlsConfig;

#[tokio::main]
async fn main() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut arguments = std::env::args().skip(1);
    let certificate = arguments.next().unwrap();
    let key = arguments.next().unwrap();
    let port = arguments.next().unwrap().parse().unwrap();
    let tls = RustlsConfig::from_pem_file(certificate, key).await.unwrap();
    let app: Router = Router::new().route("/hello", get(|| async { "hello" }));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    axum_server::bind_rustls(address, tls).serve(app.into_make_service()).await.unwrap();
}
