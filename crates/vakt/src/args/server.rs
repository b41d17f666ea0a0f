//! `vakt init`, `vakt serve`, `vakt demo`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use secrecy::SecretString;
use vakt_server::QuotaWish;

/// `vakt serve`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt serve --data vakt-data
  vakt serve --data /var/lib/vakt --listen 0.0.0.0:443 --name vakt.example")]
pub struct ServeArgs {
    /// Folder of the server's data, made by `vakt init`
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// URL of a PostgreSQL database, instead of a file in the data folder. It may hold a password:
    /// give it in the environment, where other users cannot see it
    #[arg(long, value_name = "URL", env = "VAKT_DATABASE_URL", hide_env_values = true)]
    pub database: Option<SecretString>,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8443", value_parser = address)]
    pub listen: SocketAddr,
    /// Tenants and applications to create if they are missing
    #[arg(long, value_name = "FILE")]
    pub seed: Option<PathBuf>,
    /// Answer under Microsoft's host names and issue under Microsoft's issuers
    #[arg(long)]
    pub take_over_microsoft_names: bool,
    /// Speak plain HTTP; on loopback addresses only
    #[arg(long, conflicts_with_all = ["tls_certificate", "tls_key"])]
    pub plain_http_on_loopback: bool,
    /// File that is written once the server answers
    #[arg(long, value_name = "FILE")]
    pub ready_file: Option<PathBuf>,
    /// Host name the server is reached by; may be repeated
    #[arg(long = "name", value_name = "HOST")]
    pub names: Vec<String>,
    /// PEM file of a certificate to use instead of our own
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// PEM file of the certificate's private key
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Address of a proxy in front, whose `X-Forwarded-For` is believed; may be repeated
    #[arg(long = "trusted-proxy", value_name = "IP")]
    pub trusted_proxies: Vec<IpAddr>,
    /// When sign-ins are recorded: a moment after the answer, or before it
    #[arg(long, value_name = "WHEN", default_value = "batched")]
    pub sign_in_log: SignInLogArg,
    /// How long the logs of sign-ins and changes are kept, in days; for ever if absent
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub audit_retention_days: Option<u32>,
    /// Issuer whose tokens federated credentials may trust: a URL, one that ends in `/*`, or `*` for
    /// every public one; may be repeated
    #[arg(long = "federation-issuer", value_name = "URL")]
    pub federation_issuers: Vec<String>,
    /// Issuer whose keys are in a file, and that is never asked; may be repeated
    #[arg(long, value_name = "URL=FILE", value_parser = issuer_keys)]
    pub federation_keys: Vec<(String, PathBuf)>,
    /// PEM file of certificate authorities that issuers may use, besides the public ones
    #[arg(long, value_name = "FILE")]
    pub federation_ca: Option<PathBuf>,
    /// Take Microsoft's ceilings as they are: quotas, page sizes, options and filters beyond them are
    /// refused in its words
    #[arg(long, env = "VAKT_STRICT", value_parser = clap::builder::FalseyValueParser::new())]
    pub strict: bool,
    /// Most calls that an application may make of a group of routes, such as `hunting=45/60`; may be
    /// repeated
    #[arg(long = "quota", value_name = "GROUP=CALLS/SECONDS")]
    pub quotas: Vec<QuotaWish>,
    /// Let requests ask for faults, and applications' next calls meet them; for tests only
    #[arg(long, env = "VAKT_FAULTS", value_parser = clap::builder::FalseyValueParser::new())]
    pub faults: bool,
    /// Key that seals the signing keys, as 64 hexadecimal digits, instead of the data folder's file
    #[arg(long, hide = true, env = "VAKT_SEALING_KEY", hide_env_values = true)]
    pub sealing_key: Option<SecretString>,
    /// What is logged, such as `info` or `vakt_server=debug`
    #[arg(long, value_name = "FILTER", env = "VAKT_LOG", default_value = "info")]
    pub log: String,
}

/// When sign-ins are recorded.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SignInLogArg {
    /// Many at a time, within a tenth of a second of their answers
    Batched,
    /// Before the answer: whoever holds a token is in the log
    BeforeAnswer,
}

/// Names are not looked up: a server should not listen where a name happens to lead.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "write an IP address and a port: 127.0.0.1:8443, [::1]:8443, or 0.0.0.0:8443 for every \
         network of this machine"
            .into()
    })
}

/// An issuer has no query, so the first `=` ends it.
fn issuer_keys(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((issuer, file)) if !issuer.is_empty() && !file.is_empty() => {
            Ok((issuer.to_owned(), file.into()))
        }
        _ => Err("write the issuer's URL, `=`, and the file of its keys".into()),
    }
}

/// `vakt init`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt init
  vakt init --data /var/lib/vakt --name vakt.example --url https://vakt.example")]
pub struct InitArgs {
    /// Folder of the server's data
    #[arg(long, value_name = "DIR", default_value = "vakt-data")]
    pub data: PathBuf,
    /// URL of a PostgreSQL database, instead of a file in the data folder. It may hold a password:
    /// give it in the environment, where other users cannot see it
    #[arg(long, value_name = "URL", env = "VAKT_DATABASE_URL", hide_env_values = true)]
    pub database: Option<SecretString>,
    /// Name of the tenant
    #[arg(long, value_name = "NAME", default_value = "Contoso")]
    pub tenant_name: String,
    /// First domain of the tenant
    #[arg(long, value_name = "DOMAIN", default_value = "contoso.onmicrosoft.com")]
    pub domain: String,
    /// User name of the first person, a Global Administrator [default: admin@DOMAIN]
    #[arg(long, value_name = "USER")]
    pub administrator: Option<String>,
    /// Host name the server is reached by; may be repeated
    #[arg(long = "name", value_name = "HOST")]
    pub names: Vec<String>,
    /// Address under which the profile finds the server
    #[arg(long, value_name = "URL", default_value = "https://localhost:8443")]
    pub url: String,
    /// Key that seals the signing keys, as 64 hexadecimal digits, instead of the data folder's file
    #[arg(long, hide = true, env = "VAKT_SEALING_KEY", hide_env_values = true)]
    pub sealing_key: Option<SecretString>,
    /// Name of the profile to save
    #[arg(long, value_name = "NAME", default_value = "local")]
    pub profile_name: String,
}

/// `vakt demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Stop after the journey, instead of leaving the server running
    #[arg(long)]
    pub once: bool,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8443", value_parser = address)]
    pub listen: SocketAddr,
}
