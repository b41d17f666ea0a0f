//! `vakt machine`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// What to do with machines.
#[derive(Debug, Subcommand)]
pub enum MachineCommand {
    /// List machines
    List(MachineListArgs),
    /// Show one machine
    Show {
        /// Id or full name
        machine: String,
    },
    /// Import machines as Microsoft's API returns them
    Import(MachineImportArgs),
    /// Ask for something to be done to a machine
    Action(MachineActionArgs),
}

/// `vakt machine list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt machine list --filter \"healthStatus eq 'Active'\"
  vakt machine list --filter \"machineTags/any(t: t eq 'lab')\" --all --output json")]
pub struct MachineListArgs {
    /// OData filter, on computerDnsName, lastSeen, osPlatform, healthStatus, riskScore,
    /// machineTags and so on
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Most machines to list
    #[arg(long, value_name = "N", default_value_t = 100, conflicts_with = "all",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub top: u32,
    /// List all of them, page by page
    #[arg(long)]
    pub all: bool,
}

/// `vakt machine import`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt machine import machines.json
  vakt machine list --profile microsoft --all --output json | vakt machine import -")]
pub struct MachineImportArgs {
    /// File of an array, or of a page with `value`; `-` for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `vakt machine action`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt machine action ws1.contoso.com isolate --comment \"case 4711\"
  vakt machine action ws1.contoso.com stop-file --sha1 5de8139332ac119239bbb5b76a9a2bd3b6c5a111 \\
    --comment \"case 4711\"")]
pub struct MachineActionArgs {
    /// Id or full name
    pub machine: String,
    /// What is to be done
    #[arg(value_enum)]
    pub action: ActionArg,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub comment: String,
    /// How far it goes: Full, Selective or UnManagedDevice to isolate, Quick or Full to scan
    #[arg(long, value_name = "SCOPE")]
    pub scope: Option<String>,
    /// SHA-1 of the file that is to be stopped
    #[arg(long, value_name = "HASH")]
    pub sha1: Option<String>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ActionArg {
    /// Cut it off the network
    Isolate,
    /// Let it back
    Unisolate,
    /// Scan it for malware
    Scan,
    /// Let only signed code run
    Restrict,
    /// Let any code run again
    Unrestrict,
    /// Collect evidence
    Collect,
    /// Take it out of the service
    Offboard,
    /// Stop a file and lock it away
    StopFile,
}
