//! How to serve: what the command line says, with defaults.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use secrecy::SecretString;

use crate::clock::Clock;
use crate::faults::FaultMode;
use crate::federation::FederationOptions;
use crate::quota::QuotaWish;
use crate::sign_in_log::SignInLogMode;
use crate::strict::Strictness;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Data folder.
    pub data: PathBuf,
    /// URL of a PostgreSQL database, instead of a file in the data folder.
    pub database: Option<SecretString>,
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
    /// Proxies in front of the server, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// When sign-ins are recorded.
    pub sign_in_log: SignInLogMode,
    /// How long the logs are kept; for ever if absent.
    pub audit_retention_days: Option<u32>,
    /// Foreign issuers that may be asked for their keys.
    pub federation: FederationOptions,
    /// How Microsoft's limits are taken.
    pub strict: Strictness,
    /// Ceilings of one's own for groups of routes.
    pub quotas: Vec<QuotaWish>,
    /// Whether faults are to be had.
    pub faults: FaultMode,
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
            database: None,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8443),
            seed: None,
            take_over_microsoft_names: false,
            plain_http_on_loopback: false,
            ready_file: None,
            names: Vec::new(),
            certificate: None,
            sealing_key: None,
            trusted_proxies: Vec::new(),
            sign_in_log: SignInLogMode::default(),
            audit_retention_days: None,
            federation: FederationOptions::default(),
            strict: Strictness::default(),
            quotas: Vec::new(),
            faults: FaultMode::default(),
            clock: Clock::system(),
        }
    }
}
