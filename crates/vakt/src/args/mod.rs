//! What can be asked. Types only: nothing here does anything.

mod alerts;
mod app;
mod app_credentials;
mod audit;
mod connection;
mod fault;
mod incidents;
mod indicator;
mod kql;
mod machine;
mod mirror;
mod operator;
mod precedence;
mod profile;
mod server;
mod token;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use alerts::{AlertCreateArgs, AlertImportArgs, AlertListArgs, AlertUpdateArgs, AlertsCommand};
pub use app::{
    AppCommand, CreateArgs, PermissionArgs, PermissionCommand, SecretAddArgs, SecretCommand,
    SecretRemoveArgs,
};
pub use app_credentials::{
    CertificateAddArgs, CertificateCommand, CertificateRemoveArgs, FederatedAddArgs,
    FederatedCommand, FederatedRemoveArgs,
};
pub use audit::{AuditCommand, LogArgs};
pub use connection::ConnectionArgs;
pub use fault::{FaultCommand, FaultSetArgs, FaultTarget};
pub use incidents::{
    ImportArgs, IncidentsCommand, ListArgs, MergeArgs, ShowArgs, SplitArgs, UpdateArgs,
};
pub use indicator::{
    IndicatorAddArgs, IndicatorCommand, IndicatorImportArgs, IndicatorListArgs, IndicatorRemoveArgs,
};
pub use kql::{
    BatchMode, ColourArg, KqlBatchArgs, KqlCheckArgs, KqlCommand, KqlExplainArgs, KqlFormatArgs,
    KqlLspArgs, SchemaArgs, StageArg,
};
pub use machine::{
    ActionArg, MachineActionArgs, MachineCommand, MachineImportArgs, MachineListArgs,
};
pub use mirror::{MirrorApi, MirrorCommand, MirrorIncidentsArgs};
pub use operator::{
    AdminAddArgs, AdminCommand, AdminPasswordArgs, AdminRole, KeysCommand, PasswordArgs,
    RetireArgs, RotateArgs, TenantCommand, TenantCreateArgs, TenantDeleteArgs, TenantExportArgs,
};
pub use precedence::parse;
pub use profile::{ProfileAddArgs, ProfileCommand};
pub use server::{DemoArgs, InitArgs, ServeArgs, SignInLogArg};
pub use token::{GetArgs, InspectArgs, TokenCommand};

/// Identity for programs, and the threat-protection API: serve it, administer it, use it.
#[derive(Debug, Parser)]
#[command(
    name = "vakt",
    version,
    after_help = "Examples:
  vakt init && vakt serve --data vakt-data
  vakt app create siem
  vakt app permission add siem \"Microsoft Threat Protection/Incident.Read.All\"
  vakt app consent siem
  vakt token get | vakt token inspect -
  vakt incidents list --filter \"status eq 'Active'\""
)]
pub struct Cli {
    /// Arguments of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Arguments of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Form of the output
    #[arg(long, global = true, value_enum, default_value_t = Output::Table)]
    pub output: Output,
    /// Profile to use, instead of the default one
    #[arg(long, global = true, env = "VAKT_PROFILE", value_name = "NAME")]
    pub profile: Option<String>,
    /// Folder of `profiles.toml` [default: vakt in the user's configuration folder]
    #[arg(long, global = true, env = "VAKT_CONFIG_DIR", value_name = "DIR")]
    pub config_dir: Option<PathBuf>,
    /// The user's configuration folder; read from the environment.
    #[arg(long, global = true, hide = true, env = "XDG_CONFIG_HOME")]
    pub config_home: Option<PathBuf>,
    /// The user's home folder; read from the environment.
    #[arg(long, global = true, hide = true, env = "HOME")]
    pub home: Option<PathBuf>,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people
    #[value(alias = "text")]
    Table,
    /// For programs
    Json,
    /// For code review: of `vakt kql check` alone
    Sarif,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prepare a data folder with a tenant, an administrator application and a certificate
    Init(InitArgs),
    /// Run the server
    Serve(ServeArgs),
    /// Show the whole journey on a server of its own, in one minute
    Demo(DemoArgs),
    /// Register applications, give them permissions and secrets
    App(AppArgs),
    /// Get tokens, and see what they are good for
    Token(TokenArgs),
    /// Read, change, merge, split and import incidents
    Incidents(IncidentsArgs),
    /// Read, change, make and send alerts
    Alerts(AlertsArgs),
    /// Keep a copy of another server's incidents up to date
    Mirror(MirrorArgs),
    /// List, show and import machines, and ask for something to be done to them
    Machine(MachineArgs),
    /// List, add, import and remove indicators of compromise
    Indicator(IndicatorArgs),
    /// Make, export and delete tenants, as the server's operator
    Tenant(TenantArgs),
    /// Rotate the keys that sign tokens, as the server's operator
    Keys(KeysArgs),
    /// Add and help people who sign in and consent
    Admin(AdminArgs),
    /// Read who got tokens, and who changed what
    Audit(AuditArgs),
    /// Let applications' next calls fail, where the server runs with `--faults`
    Fault(FaultArgs),
    /// Check, format and explain queries in KQL, and serve editors
    Kql(KqlArgs),
    /// Keep servers and applications under names
    Profile(ProfileArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

/// `vakt app`.
#[derive(Debug, Args)]
pub struct AppArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: AppCommand,
}

/// `vakt token`.
#[derive(Debug, Args)]
pub struct TokenArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: TokenCommand,
}

/// `vakt alerts`.
#[derive(Debug, Args)]
pub struct AlertsArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: AlertsCommand,
}

/// `vakt incidents`.
#[derive(Debug, Args)]
pub struct IncidentsArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: IncidentsCommand,
}

/// `vakt mirror`.
#[derive(Debug, Args)]
pub struct MirrorArgs {
    /// Server and application to import with.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to mirror.
    #[command(subcommand)]
    pub command: MirrorCommand,
}

/// `vakt machine`.
#[derive(Debug, Args)]
pub struct MachineArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: MachineCommand,
}

/// `vakt indicator`.
#[derive(Debug, Args)]
pub struct IndicatorArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: IndicatorCommand,
}

/// `vakt tenant`.
#[derive(Debug, Args)]
pub struct TenantArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: TenantCommand,
}

/// `vakt keys`.
#[derive(Debug, Args)]
pub struct KeysArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: KeysCommand,
}

/// `vakt admin`.
#[derive(Debug, Args)]
pub struct AdminArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: AdminCommand,
}

/// `vakt audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// `vakt fault`.
#[derive(Debug, Args)]
pub struct FaultArgs {
    /// Server and application to speak as.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: FaultCommand,
}

/// `vakt kql`.
#[derive(Debug, Args)]
pub struct KqlArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: KqlCommand,
}

/// `vakt profile`.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ProfileCommand,
}

/// `vakt completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  vakt completions bash > /etc/bash_completion.d/vakt")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
