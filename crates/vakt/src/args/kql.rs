//! `vakt kql`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// What to do with queries. None of it needs a server.
#[derive(Debug, Subcommand)]
pub enum KqlCommand {
    /// Say what is wrong with the queries in files
    Check(KqlCheckArgs),
    /// Write the queries in files anew, always in the same form
    Format(KqlFormatArgs),
    /// Show what a query is read as
    Explain(KqlExplainArgs),
    /// Answer queries, one JSON line for each
    Batch(KqlBatchArgs),
    /// Run a language server for editors, over stdin and stdout
    Lsp(KqlLspArgs),
}

/// What queries may read.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// JSON file of the tables that there are [default: the tables of advanced hunting]
    #[arg(long, value_name = "FILE")]
    pub schema: Option<PathBuf>,
}

/// `vakt kql check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt kql check hunt.kql
  vakt kql check rules/ docs/hunting.md --output sarif > kql.sarif
  git show HEAD:rules/one.yaml | vakt kql check - --stdin-name one.yaml")]
pub struct KqlCheckArgs {
    /// Files and folders: .kql, .csl, .txt, fences in Markdown, detection rules in YAML; `-` for
    /// stdin
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What queries may read.
    #[command(flatten)]
    pub schema: SchemaArgs,
    /// Name of what comes on stdin; its end says what kind of file it is
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub stdin_name: String,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
    /// Whether to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColourArg::Auto)]
    pub color: ColourArg,
    /// Anything in it means no colours; read from the environment.
    #[arg(long, hide = true, env = "NO_COLOR")]
    pub no_color: Option<String>,
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColourArg {
    /// On a terminal, and where NO_COLOR is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `vakt kql format`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt kql format < hunt.kql
  vakt kql format --write rules/
  vakt kql format --check rules/ docs/")]
pub struct KqlFormatArgs {
    /// Files and folders; `-` for stdin
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
    /// Change nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long, conflicts_with = "write")]
    pub check: bool,
    /// Write the files in place
    #[arg(long)]
    pub write: bool,
}

/// `vakt kql explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt kql explain --stage bound hunt.kql
  echo 'DeviceEvents | take 5' | vakt kql explain --stage tree -")]
pub struct KqlExplainArgs {
    /// File of a query; `-` for stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// As what to show it
    #[arg(long, value_enum)]
    pub stage: StageArg,
    /// What queries may read.
    #[command(flatten)]
    pub schema: SchemaArgs,
}

/// A stage on the way from text to meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StageArg {
    /// The words and signs of the text
    Tokens,
    /// How they belong together
    Tree,
    /// What they mean: columns, types, functions
    Bound,
}

/// `vakt kql batch`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  echo '{\"id\": 1, \"query\": \"DeviceEvents | count\"}' | vakt kql batch --mode bind")]
pub struct KqlBatchArgs {
    /// How far to go with each query
    #[arg(long, value_enum, env = "KQL_MODE")]
    pub mode: BatchMode,
    /// What queries may read.
    #[command(flatten)]
    pub schema: SchemaArgs,
    /// Folder of the data that queries read, in run mode
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// How far to go with a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BatchMode {
    /// Is it KQL?
    Parse,
    /// Which columns does it answer?
    Bind,
    /// What does it answer? Not in this release
    Run,
}

/// `vakt kql lsp`.
#[derive(Debug, Args)]
pub struct KqlLspArgs {
    /// What queries may read.
    #[command(flatten)]
    pub schema: SchemaArgs,
}
