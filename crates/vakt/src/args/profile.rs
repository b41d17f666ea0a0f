//! `vakt profile`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use crate::profiles::ProfileCloud;

/// What to do with profiles.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List profiles
    List,
    /// Show one profile, or the default one
    Show {
        /// Name of the profile
        name: Option<String>,
    },
    /// Save a profile, in place of one of the same name
    Add(ProfileAddArgs),
    /// Make a profile the default one
    Use {
        /// Name of the profile
        name: String,
    },
    /// Remove a profile and its secret
    Remove {
        /// Name of the profile
        name: String,
    },
}

/// `vakt profile add`.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("server").required(true).args(["url", "cloud"]),
    after_help = "Examples:
  vakt profile add local --url https://localhost:8443 --ca vakt-data/tls/ca.pem \\
      --tenant contoso.onmicrosoft.com --client-id ID --client-secret-file -
  vakt profile add microsoft --cloud microsoft --tenant TENANT --client-id ID --client-secret-file F"
)]
pub struct ProfileAddArgs {
    /// Name of the profile
    pub name: String,
    /// Address of a Vakt server
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// A cloud of Microsoft, instead of a Vakt server
    #[arg(long, value_enum, value_name = "CLOUD")]
    pub cloud: Option<ProfileCloud>,
    /// PEM file of the authority that signed the server's certificate
    #[arg(long, value_name = "FILE", conflicts_with = "cloud")]
    pub ca: Option<PathBuf>,
    /// Tenant: id or domain
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// Application to speak as
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// File with the application's secret, `-` for stdin; the profile keeps a copy
    #[arg(long, value_name = "FILE")]
    pub client_secret_file: Option<PathBuf>,
    /// PEM file with the application's certificate and private key, instead of a secret; the
    /// profile keeps its path
    #[arg(long, value_name = "FILE",
          conflicts_with_all = ["client_secret_file", "federated_token_file"])]
    pub certificate: Option<PathBuf>,
    /// File with a token of a trusted issuer, instead of a secret; the profile keeps its path
    #[arg(long, value_name = "FILE", conflicts_with = "client_secret_file")]
    pub federated_token_file: Option<PathBuf>,
}
