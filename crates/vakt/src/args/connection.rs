//! To which server, and as whom.

use std::path::PathBuf;

use clap::Args;
use secrecy::SecretString;

/// Server and application; each missing value comes from the profile.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionArgs {
    /// Address of the Vakt server
    #[arg(long, global = true, env = "VAKT_URL", value_name = "URL")]
    pub url: Option<String>,
    /// PEM file of the authority that signed the server's certificate
    #[arg(long, global = true, env = "VAKT_CA", value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Tenant: id or domain
    #[arg(long, global = true, env = "VAKT_TENANT", value_name = "TENANT")]
    pub tenant: Option<String>,
    /// Application to speak as
    #[arg(long, global = true, env = "VAKT_CLIENT_ID", value_name = "ID")]
    pub client_id: Option<String>,
    /// File with the application's secret, `-` for stdin; or set VAKT_CLIENT_SECRET
    #[arg(long, global = true, value_name = "FILE")]
    pub client_secret_file: Option<PathBuf>,
    /// PEM file with the application's certificate and private key, instead of a secret
    #[arg(long, global = true, value_name = "FILE",
          conflicts_with_all = ["client_secret_file", "federated_token_file"])]
    pub certificate: Option<PathBuf>,
    /// File with a token of a trusted issuer, instead of a secret; where nothing else is given,
    /// the file that AZURE_FEDERATED_TOKEN_FILE names
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "client_secret_file")]
    pub federated_token_file: Option<PathBuf>,
    /// The secret itself; meant for the environment, as others see command lines.
    #[arg(long, global = true, hide = true, env = "VAKT_CLIENT_SECRET", hide_env_values = true)]
    pub client_secret: Option<SecretString>,
    /// The platform's own token file; read from the environment.
    #[arg(long, global = true, hide = true, env = "AZURE_FEDERATED_TOKEN_FILE")]
    pub azure_federated_token_file: Option<PathBuf>,
}
