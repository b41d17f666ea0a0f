//! A foreign issuer on a TLS socket of its own, as well-behaved as a test wants it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::client_signer::ClientSigner;

/// How an issuer answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behaviour {
    /// As it should.
    Proper,
    /// Never.
    Silent,
    /// With a redirect to the very document that was asked for.
    Redirecting,
    /// With this status and an otherwise proper document.
    Status(u16),
    /// With more than anybody wants to read.
    Huge,
    /// With a page for people.
    Html,
    /// As if it were this issuer.
    CallsItself(String),
    /// With keys elsewhere.
    KeysAt(String),
}

struct State {
    behaviour: Mutex<Behaviour>,
    keys: Mutex<Vec<ClientSigner>>,
    asked: AtomicUsize,
}

/// An issuer that answers until it is dropped.
pub struct TestIssuer {
    url: String,
    ca: String,
    state: Arc<State>,
    serving: tokio::task::JoinHandle<()>,
}

impl TestIssuer {
    /// Starts an issuer with these keys, under `https://localhost:<port>`.
    pub async fn start(keys: Vec<ClientSigner>) -> Self {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let state = Arc::new(State {
            behaviour: Mutex::new(Behaviour::Proper),
            keys: Mutex::new(keys),
            asked: AtomicUsize::new(0),
        });
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let serving = tokio::spawn(serve(listener, acceptor, url.clone(), state.clone()));
        Self { url, ca: made.cert.pem(), state, serving }
    }

    /// Its address, which is its `iss`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate it is trusted by, PEM.
    pub fn ca(&self) -> &str {
        &self.ca
    }

    /// From now on it answers so.
    pub fn behave(&self, behaviour: Behaviour) {
        *self.state.behaviour.lock().unwrap() = behaviour;
    }

    /// From now on it has these keys.
    pub fn rotate(&self, keys: Vec<ClientSigner>) {
        *self.state.keys.lock().unwrap() = keys;
    }

    /// How many requests it has seen.
    pub fn asked(&self) -> usize {
        self.state.asked.load(Ordering::SeqCst)
    }
}

impl Drop for TestIssuer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, url: String, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, url, state) = (acceptor.clone(), url.clone(), state.clone());
        tokio::spawn(async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => head.push(byte),
                    Err(_) => return,
                }
            }
            state.asked.fetch_add(1, Ordering::SeqCst);
            let head = String::from_utf8(head).unwrap();
            let path = head.split(' ').nth(1).unwrap();
            let behaviour = state.behaviour.lock().unwrap().clone();
            if behaviour == Behaviour::Silent {
                tokio::time::sleep(Duration::from_secs(60)).await;
                return;
            }
            let answer = answer(&state, &url, path, &behaviour);
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        });
    }
}

fn answer(state: &State, url: &str, path: &str, behaviour: &Behaviour) -> String {
    let (mut status, mut more) = (200, String::new());
    let (mut issuer, mut keys_at) = (url.to_owned(), format!("{url}/keys"));
    match behaviour {
        Behaviour::Redirecting => (status, more) = (302, format!("Location: {url}{path}\r\n")),
        Behaviour::Status(other) => status = *other,
        Behaviour::CallsItself(other) => issuer = other.clone(),
        Behaviour::KeysAt(other) => keys_at = other.clone(),
        _ => {}
    }
    let keys = state.keys.lock().unwrap();
    let keys: Vec<_> = keys.iter().map(ClientSigner::jwk).collect();
    let body = match (behaviour, path) {
        (Behaviour::Html, _) => "<html>sign in</html>".to_owned(),
        (Behaviour::Huge, _) => format!("\"{}\"", "x".repeat(400 * 1024)),
        (_, "/.well-known/openid-configuration") => {
            json!({ "issuer": issuer, "jwks_uri": keys_at }).to_string()
        }
        (_, "/keys") => json!({ "keys": keys }).to_string(),
        _ => {
            status = 404;
            String::new()
        }
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status} -\r\n{more}Content-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}
