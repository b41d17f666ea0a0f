//! `vakt mirror`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::moment::Moment;

/// What to mirror.
#[derive(Debug, Subcommand)]
pub enum MirrorCommand {
    /// Keep a copy of another server's incidents and alerts, and never remove any
    Incidents(MirrorIncidentsArgs),
}

/// `vakt mirror incidents`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt mirror incidents --from microsoft
  vakt mirror incidents --from microsoft --to archive --every 5
  vakt mirror incidents --from old-server --since 2025-01-01 --api classic")]
pub struct MirrorIncidentsArgs {
    /// Profile of the server and application to read with
    #[arg(long, value_name = "PROFILE")]
    pub from: String,
    /// Profile of the Vakt server and application to import with [default: the connection in use]
    #[arg(long, value_name = "PROFILE")]
    pub to: Option<String>,
    /// Go on for ever, and look for changes so often
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub every: Option<u32>,
    /// Read to the present and end; the default
    #[arg(long, conflicts_with = "every")]
    pub once: bool,
    /// Where to begin, if the mirror has not been so far: minutes, hours or days ago (`30m`, `24h`,
    /// `7d`), a date or an instant [default: with the first incident there is]
    #[arg(long, value_name = "TIME")]
    pub since: Option<Moment>,
    /// File that says how far the mirror is [default: one for each pair of profiles, in `mirrors`
    /// beside `profiles.toml`]
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// API to read by [default: Microsoft Graph, or the classic one where Graph is refused]
    #[arg(long, value_enum)]
    pub api: Option<MirrorApi>,
    /// Most incidents on a page, for sources that are slow with long ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub page_size: Option<u32>,
    /// How often a call may fail before the mirror gives up; waiting for a quota is no failure
    #[arg(long, value_name = "N", default_value_t = 8,
          value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub tries: u32,
}

/// An API to read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MirrorApi {
    /// Microsoft Graph
    Graph,
    /// The classic threat-protection API
    Classic,
}
