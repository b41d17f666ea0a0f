//! `vakt indicator`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

/// What to do with indicators.
#[derive(Debug, Subcommand)]
pub enum IndicatorCommand {
    /// List indicators
    List(IndicatorListArgs),
    /// Add an indicator, or replace the one of its type and value
    Add(IndicatorAddArgs),
    /// Import indicators as Microsoft's API returns them
    Import(IndicatorImportArgs),
    /// Remove indicators: all that are named, or none
    Remove(IndicatorRemoveArgs),
}

/// `vakt indicator list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt indicator list --filter \"action eq 'Block'\"
  vakt indicator list --all --output json")]
pub struct IndicatorListArgs {
    /// OData filter, on indicatorValue, indicatorType, action, severity, expirationTime and so on
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Most indicators to list
    #[arg(long, value_name = "N", default_value_t = 100, conflicts_with = "all",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub top: u32,
    /// List all of them, page by page
    #[arg(long)]
    pub all: bool,
}

/// `vakt indicator add`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt indicator add DomainName evil.example --action Block --title \"case 4711\"
  vakt indicator add IpAddress 192.0.2.7 --action Audit --expires 2030-01-01T00:00:00Z")]
pub struct IndicatorAddArgs {
    /// FileSha1, FileSha256, FileMd5, CertificateThumbprint, IpAddress, DomainName or Url
    #[arg(value_name = "TYPE")]
    pub kind: String,
    /// What is looked for
    pub value: String,
    /// Warn, Block, Audit, BlockAndRemediate or Allowed
    #[arg(long, value_name = "ACTION", default_value = "Block")]
    pub action: String,
    /// Title; without one, the value
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Description
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Informational, Low, Medium or High
    #[arg(long, value_name = "SEVERITY")]
    pub severity: Option<String>,
    /// From when on it does not count any more
    #[arg(long, value_name = "TIME")]
    pub expires: Option<Timestamp>,
}

/// `vakt indicator import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt indicator import indicators.json
  vakt indicator list --profile microsoft --all --output json | vakt indicator import -")]
pub struct IndicatorImportArgs {
    /// File of an array, or of a page with `value` or `Indicators`; `-` for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `vakt indicator remove`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  vakt indicator remove 12 13")]
pub struct IndicatorRemoveArgs {
    /// Ids
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
}
