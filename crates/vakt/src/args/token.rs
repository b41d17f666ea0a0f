//! `vakt token`.

use clap::{Args, Subcommand};

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Get a token and print it
    Get(GetArgs),
    /// Say what a token is good for
    Inspect(InspectArgs),
}

/// `vakt token get`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt token get
  vakt token get --v1 --resource https://api.securitycenter.microsoft.com
  curl -H \"Authorization: Bearer $(vakt token get)\" https://localhost:8443/api/incidents")]
pub struct GetArgs {
    /// Ask the v1 endpoint, which takes `resource`
    #[arg(long, conflicts_with = "v2")]
    pub v1: bool,
    /// Ask the v2.0 endpoint, which takes `scope` (the default)
    #[arg(long)]
    pub v2: bool,
    /// The API that the token is for [default: https://api.security.microsoft.com]
    #[arg(long, value_name = "URI")]
    pub resource: Option<String>,
}

/// `vakt token inspect`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt token get | vakt token inspect
  vakt token inspect --offline < Latest-token.txt")]
pub struct InspectArgs {
    /// The token, `-` for stdin; others on this machine see command lines
    #[arg(default_value = "-")]
    pub token: String,
    /// Do not fetch the issuer's keys
    #[arg(long)]
    pub offline: bool,
}
