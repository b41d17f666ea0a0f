//! `vakt audit`.

use clap::{Args, Subcommand};

use crate::moment::Moment;

/// What to read.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Token requests: who got a token, and who was refused
    SignIns(SignInsArgs),
    /// Changes of applications, grants, people, tenants and keys
    Changes(LogArgs),
}

/// Which lines of a log.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  vakt audit sign-ins --failed --since 24h
  vakt audit sign-ins --app siem --code 7000215 --output json
  vakt audit changes --since 2026-01-01 --all-tenants
  vakt audit sign-ins --follow")]
pub struct LogArgs {
    /// Not before: 30m, 24h or 7d ago, a date, or an instant
    #[arg(long, value_name = "WHEN")]
    pub since: Option<Moment>,
    /// Before: the same forms
    #[arg(long, value_name = "WHEN", conflicts_with = "follow")]
    pub until: Option<Moment>,
    /// By or about this application: id or exact name
    #[arg(long, value_name = "APP")]
    pub app: Option<String>,
    /// Only what was refused
    #[arg(long)]
    pub failed: bool,
    /// Only this id of the caller's, as error messages name it
    #[arg(long, value_name = "ID")]
    pub correlation: Option<String>,
    /// Logs of all tenants and of the server, as its operator
    #[arg(long)]
    pub all_tenants: bool,
    /// Most lines
    #[arg(long, value_name = "N", default_value_t = 100,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub top: u32,
    /// Go on with new lines as they come, until Ctrl-C
    #[arg(long)]
    pub follow: bool,
}

/// `vakt audit sign-ins`.
#[derive(Debug, Clone, Args)]
pub struct SignInsArgs {
    /// Which lines.
    #[command(flatten)]
    pub log: LogArgs,
    /// Only this AADSTS number
    #[arg(long, value_name = "NUMBER")]
    pub code: Option<u32>,
}
