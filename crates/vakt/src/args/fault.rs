//! `vakt fault`: faults for tests.

use clap::{Args, Subcommand, ValueEnum};

/// What to do with faults.
#[derive(Debug, Subcommand)]
pub enum FaultCommand {
    /// Let an application's next calls fail, or be slow
    Set(FaultSetArgs),
    /// List faults that wait for calls
    List,
    /// Take faults back
    Clear(FaultClearArgs),
}

/// `vakt fault set`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt fault set siem --status 429 --retry-after 2 --next 3
  vakt fault set siem --delay-ms 5000 --route /api/incidents
  vakt fault set siem --status 503 --on token")]
pub struct FaultSetArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// 401, 403, 404, 429, 500 or 503; without it calls are only slow
    #[arg(long, value_name = "STATUS", required_unless_present = "delay_ms")]
    pub status: Option<u16>,
    /// For how many calls
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub next: u32,
    /// `Retry-After` of 429 and 503, in seconds [default: 1]
    #[arg(long, value_name = "SECONDS")]
    pub retry_after: Option<u32>,
    /// How long an answer is held back, in milliseconds
    #[arg(long, value_name = "MILLISECONDS")]
    pub delay_ms: Option<u32>,
    /// Only calls whose path starts so
    #[arg(long, value_name = "PREFIX")]
    pub route: Option<String>,
    /// Which of its requests
    #[arg(long, value_enum, default_value_t = FaultTarget::Api)]
    pub on: FaultTarget,
}

/// Which requests meet a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FaultTarget {
    /// Calls of an API
    Api,
    /// Requests for tokens
    Token,
}

/// `vakt fault clear`.
#[derive(Debug, Args)]
pub struct FaultClearArgs {
    /// Id of one fault, see `vakt fault list` [default: all]
    pub id: Option<String>,
}
