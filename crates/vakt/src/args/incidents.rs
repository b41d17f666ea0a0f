//! `vakt incidents`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
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
    /// Import incidents as Microsoft's APIs return them
    Import(ImportArgs),
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
