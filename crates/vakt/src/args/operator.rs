//! `vakt tenant`, `vakt keys` and `vakt admin`: a Vakt server's own API.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// What to do with tenants.
#[derive(Debug, Subcommand)]
pub enum TenantCommand {
    /// Make a tenant with an administrator's application, whose secret is shown this once
    Create(TenantCreateArgs),
    /// List tenants
    List,
    /// Show one tenant
    Show(TenantArg),
    /// Write all data of a tenant out, as JSON lines without secrets
    Export(TenantExportArgs),
    /// Delete a tenant and everything in it, for good
    Delete(TenantDeleteArgs),
}

/// A tenant.
#[derive(Debug, Args)]
pub struct TenantArg {
    /// Id or domain
    pub name: String,
}

/// `vakt tenant create`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt tenant create Fabrikam --domain fabrikam.onmicrosoft.com --save-profile fabrikam
  vakt tenant create Fabrikam --domain fabrikam.com --person ada@fabrikam.com --output json")]
pub struct TenantCreateArgs {
    /// Name of the tenant
    pub name: String,
    /// Domain, the default one first; may be repeated
    #[arg(long = "domain", value_name = "DOMAIN", required = true)]
    pub domains: Vec<String>,
    /// Id, if it must be this one
    #[arg(long, value_name = "GUID")]
    pub id: Option<String>,
    /// Register no administrator's application
    #[arg(long)]
    pub without_application: bool,
    /// Add a person who may sign in as Global Administrator, with a password shown this once
    #[arg(long, value_name = "USER_NAME")]
    pub person: Option<String>,
    /// Keep the administrator's application and secret in this profile, instead of showing them
    #[arg(long, value_name = "PROFILE", conflicts_with = "without_application")]
    pub save_profile: Option<String>,
}

/// `vakt tenant export`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  vakt tenant export fabrikam.onmicrosoft.com --to fabrikam.jsonl")]
pub struct TenantExportArgs {
    /// Id or domain
    pub name: String,
    /// New file to write, readable by its owner only [default: stdout]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// `vakt tenant delete`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  vakt tenant delete fabrikam.onmicrosoft.com --confirm Fabrikam")]
pub struct TenantDeleteArgs {
    /// Id or domain
    pub name: String,
    /// The tenant's name, so that the right one is deleted
    #[arg(long, value_name = "NAME")]
    pub confirm: String,
}

/// What to do with signing keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List keys and what they do
    List,
    /// Make a key; it is published now and signs after 24 hours
    Rotate(RotateArgs),
    /// Retire a key that nothing needs any more
    Retire(RetireArgs),
}

/// `vakt keys rotate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt keys rotate
  vakt keys rotate --now")]
pub struct RotateArgs {
    /// Sign with it at once: validators that keep key documents may not know it yet
    #[arg(long)]
    pub now: bool,
}

/// `vakt keys retire`.
#[derive(Debug, Args)]
pub struct RetireArgs {
    /// Key id, see `vakt keys list`
    // One in 64 begins with a hyphen, being base64url.
    #[arg(allow_hyphen_values = true)]
    pub kid: String,
    /// Retire it though tokens need it; those tokens end
    #[arg(long)]
    pub force: bool,
}

/// What to do with people who administer.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Add a person who may sign in and consent
    Add(AdminAddArgs),
    /// List people
    List,
    /// Set a new password
    ResetPassword(AdminPasswordArgs),
    /// Remove the second factor of somebody who lost it
    ResetTotp(PersonArg),
    /// Let somebody in again who failed too often
    Unlock(PersonArg),
    /// Remove a person
    Remove(PersonArg),
}

/// A person.
#[derive(Debug, Args)]
pub struct PersonArg {
    /// User name or object id
    pub person: String,
}

/// `vakt admin add`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt admin add ada@contoso.onmicrosoft.com
  vakt admin add ada@contoso.onmicrosoft.com --name Ada --role reader
  vakt admin add me@contoso.onmicrosoft.com --password-file - --for-myself")]
pub struct AdminAddArgs {
    /// User name, with a domain of the tenant
    pub user_name: String,
    /// Name [default: the user name]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// What the person may do
    #[arg(long, value_enum, default_value_t = AdminRole::Global)]
    pub role: AdminRole,
    /// How the first password comes about.
    #[command(flatten)]
    pub password: PasswordArgs,
}

/// `vakt admin reset-password`.
#[derive(Debug, Args)]
pub struct AdminPasswordArgs {
    /// User name or object id
    pub person: String,
    /// How the new password comes about.
    #[command(flatten)]
    pub password: PasswordArgs,
}

/// Where a password comes from.
#[derive(Debug, Args)]
pub struct PasswordArgs {
    /// File with the password, `-` for stdin [default: one is made and shown once]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// The password is yours and stays, instead of being changed at the next sign-in
    #[arg(long, requires = "password_file")]
    pub for_myself: bool,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AdminRole {
    /// Everything in the tenant.
    Global,
    /// Applications, and consent but for permissions of Microsoft Graph and Vakt.
    CloudApplication,
    /// Look, and change nothing.
    Reader,
}
