//! `vakt alerts`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use super::incidents::ChangeArgs;

/// What to do with alerts.
#[derive(Debug, Subcommand)]
pub enum AlertsCommand {
    /// List alerts, newest first
    List(AlertListArgs),
    /// Show one alert with its evidence
    Show {
        /// Id of the alert
        id: String,
    },
    /// Change an alert
    Update(AlertUpdateArgs),
    /// Make an alert about an event
    Create(AlertCreateArgs),
    /// Send alerts as Microsoft's APIs return them, or records of the streaming API
    Import(AlertImportArgs),
}

/// `vakt alerts list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt alerts list --filter \"severity eq 'High' and status eq 'New'\"
  vakt alerts list --filter \"lastUpdateTime ge 2026-01-01T00:00:00Z\" --all --output json")]
pub struct AlertListArgs {
    /// OData filter, on lastUpdateTime, alertCreationTime, status, severity, category and so on
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Most alerts to list
    #[arg(long, value_name = "N", default_value_t = 100, conflicts_with = "all",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub top: u32,
    /// List all of them, page by page
    #[arg(long)]
    pub all: bool,
}

/// `vakt alerts update`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt alerts update da1 --status InProgress --assign ada@contoso.com
  vakt alerts update da1 --status Resolved --comment \"a test\"")]
#[command(group(ArgGroup::new("what").required(true).multiple(true)
    .args(["status", "assign", "classification", "determination", "comment"])))]
pub struct AlertUpdateArgs {
    /// Id of the alert
    pub id: String,
    /// What becomes of it
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `vakt alerts create`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt alerts create --machine 24c222b0b60fe148eeece49ac83910cc6a7ef491 --severity Low \\
    --title \"Odd logon\" --description \"Somebody logged on.\" --action \"Ask them.\" \\
    --event-time 2026-02-28T09:30:00Z --report-id 20776 --category Exploit
  vakt alerts create --machine $ID --severity High --title T --description D --action A \\
    --event-time $TIME --report-id $REPORT --category Execution --output json")]
pub struct AlertCreateArgs {
    /// Device, by the endpoint product's id
    #[arg(long, value_name = "ID")]
    pub machine: String,
    /// Informational, Low, Medium or High
    #[arg(long, value_name = "WORD")]
    pub severity: String,
    /// Title
    #[arg(long, value_name = "TEXT")]
    pub title: String,
    /// Description
    #[arg(long, value_name = "TEXT")]
    pub description: String,
    /// What to do about it
    #[arg(long, value_name = "TEXT")]
    pub action: String,
    /// Time of the event
    #[arg(long, value_name = "TIME")]
    pub event_time: String,
    /// Number of the event
    #[arg(long, value_name = "ID")]
    pub report_id: String,
    /// Tactic or kind
    #[arg(long, value_name = "WORD")]
    pub category: String,
}

/// `vakt alerts import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt alerts import alerts.json
  vakt alerts import y=2026/m=02/d=28/h=09/m=00/PT1H.json")]
pub struct AlertImportArgs {
    /// File of alerts (one, an array, pages with `value`) or of records, or JSON lines of either;
    /// `-` for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
