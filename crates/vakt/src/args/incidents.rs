//! `vakt incidents`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use vakt_ids::IncidentId;

/// What to do with incidents.
#[derive(Debug, Subcommand)]
pub enum IncidentsCommand {
    /// List incidents, newest first
    List(ListArgs),
    /// Show one incident
    Get {
        /// Number of the incident
        id: IncidentId,
    },
    /// Show one incident with the reason for each of its alerts, and what happened to it
    Show(ShowArgs),
    /// Change an incident
    Update(UpdateArgs),
    /// Merge incidents into another
    Merge(MergeArgs),
    /// Put alerts into another incident, or into a new one
    Split(SplitArgs),
    /// Import incidents as Microsoft's APIs return them
    Import(ImportArgs),
}

/// `vakt incidents show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt incidents show 42
  vakt incidents show 42 --history --output json")]
pub struct ShowArgs {
    /// Number of the incident
    pub id: IncidentId,
    /// Show what happened to it, too
    #[arg(long)]
    pub history: bool,
}

/// `vakt incidents update`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt incidents update 42 --status InProgress --assign ada@contoso.com
  vakt incidents update 42 --status Resolved --classification TruePositive \\
    --determination Phishing --comment \"mail removed\"")]
#[command(group(ArgGroup::new("what").required(true).multiple(true)
    .args(["status", "assign", "classification", "determination", "comment", "tags"])))]
pub struct UpdateArgs {
    /// Number of the incident
    pub id: IncidentId,
    /// What becomes of it
    #[command(flatten)]
    pub change: ChangeArgs,
    /// Tag, in place of those that are there; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
}

/// What can be said of incidents and alerts.
#[derive(Debug, Args)]
#[group(skip)]
pub struct ChangeArgs {
    /// Active, InProgress or Resolved; of alerts New, InProgress or Resolved
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Owner; an empty text takes it away
    #[arg(long, value_name = "OWNER")]
    pub assign: Option<String>,
    /// TruePositive, FalsePositive, InformationalExpectedActivity or Unknown
    #[arg(long, value_name = "WORD")]
    pub classification: Option<String>,
    /// Malware, Phishing, SecurityTesting, Clean and so on
    #[arg(long, value_name = "WORD")]
    pub determination: Option<String>,
    /// Comment to add
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
}

/// `vakt incidents merge`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt incidents merge 42 --into 17
  vakt incidents merge 42 43 44 --into 17 --output json")]
pub struct MergeArgs {
    /// Numbers of the incidents to merge, five at most
    #[arg(required = true, value_name = "ID")]
    pub sources: Vec<IncidentId>,
    /// Number of the incident that their alerts go into
    #[arg(long, value_name = "ID")]
    pub into: IncidentId,
}

/// `vakt incidents split`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt incidents split da637551227677560813_-961444813
  vakt incidents split da1 da2 --into 17")]
pub struct SplitArgs {
    /// Ids of the alerts
    #[arg(required = true, value_name = "ALERT")]
    pub alerts: Vec<String>,
    /// Number of the incident they go into [default: a new one]
    #[arg(long, value_name = "ID")]
    pub into: Option<IncidentId>,
}

/// `vakt incidents list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt incidents list --filter \"status eq 'Active'\"
  vakt incidents list --filter \"lastUpdateTime ge 2026-01-01T00:00:00Z\" --all --output json")]
pub struct ListArgs {
    /// OData filter, on lastUpdateTime, createdTime, status, assignedTo; a Vakt server also takes
    /// severity, classification, determination, incidentId and incidentName
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Most incidents to list
    #[arg(long, value_name = "N", default_value_t = 100, conflicts_with = "all",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub top: u32,
    /// How many to pass over first
    #[arg(long, value_name = "N")]
    pub skip: Option<u32>,
    /// List all of them, page by page
    #[arg(long)]
    pub all: bool,
}

/// `vakt incidents import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt incidents import incidents.json
  vakt incidents import export/*.jsonl
  vakt incidents list --profile microsoft --all --output json | vakt incidents import -")]
pub struct ImportArgs {
    /// Files of one incident, an array, pages with `value`, or JSON lines; `-` for stdin
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}
