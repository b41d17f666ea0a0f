//! `vakt app`.

use clap::{Args, Subcommand};

use super::{CertificateCommand, FederatedCommand};
use crate::expiry::Expiry;

/// What to do with applications.
#[derive(Debug, Subcommand)]
pub enum AppCommand {
    /// Register an application and its service principal
    Create(CreateArgs),
    /// List applications
    List {
        /// Only those whose name starts like this
        #[arg(long, value_name = "PREFIX")]
        name: Option<String>,
        /// Those that were deleted and can be restored
        #[arg(long, conflicts_with = "name")]
        deleted: bool,
    },
    /// Show one application
    Show(NameArg),
    /// Delete an application; it can be restored for 30 days
    Delete(NameArg),
    /// Restore a deleted application
    Restore(NameArg),
    /// Stop an application from getting tokens in this tenant
    Disable(NameArg),
    /// Let a disabled application get tokens again
    Enable(NameArg),
    /// Permissions the application asks for
    Permission {
        /// What to do.
        #[command(subcommand)]
        command: PermissionCommand,
    },
    /// Grant every permission the application asks for
    Consent(NameArg),
    /// Secrets of the application
    Secret {
        /// What to do.
        #[command(subcommand)]
        command: SecretCommand,
    },
    /// Certificates of the application
    Certificate {
        /// What to do.
        #[command(subcommand)]
        command: CertificateCommand,
    },
    /// Subjects of other issuers that may act as the application
    Federated {
        /// What to do.
        #[command(subcommand)]
        command: FederatedCommand,
    },
}

/// An application, by whatever name.
#[derive(Debug, Args)]
pub struct NameArg {
    /// Application id, object id or exact name
    pub app: String,
}

/// `vakt app create`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt app create siem
  vakt app create partner --multi-tenant --redirect-uri https://portal.azure.com")]
pub struct CreateArgs {
    /// Name of the application
    pub name: String,
    /// Let other tenants use it, once they consent
    #[arg(long)]
    pub multi_tenant: bool,
    /// Where browsers may be sent back to; may be repeated
    #[arg(long = "redirect-uri", value_name = "URI")]
    pub redirect_uris: Vec<String>,
}

/// What to do with permissions.
#[derive(Debug, Subcommand)]
pub enum PermissionCommand {
    /// Ask for application permissions; they take effect with `vakt app consent`
    #[command(after_help = "Examples:
  vakt app permission add siem \"Microsoft Threat Protection/Incident.Read.All\"
  vakt app permission add siem \"Microsoft Graph/SecurityIncident.Read.All\"")]
    Add(PermissionArgs),
    /// Take application permissions back, granted or only asked for
    #[command(after_help = "Example:
  vakt app permission remove siem \"Microsoft Graph/SecurityIncident.Read.All\"")]
    Remove(PermissionArgs),
    /// List what is asked for and what is granted
    List(NameArg),
}

/// `vakt app permission add` and `remove`.
#[derive(Debug, Args)]
pub struct PermissionArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// API and role. The API by its name, the beginning of its name, or its application id
    #[arg(required = true, value_name = "API/ROLE")]
    pub permissions: Vec<String>,
}

/// What to do with secrets.
#[derive(Debug, Subcommand)]
pub enum SecretCommand {
    /// Make a secret; its value is shown this once
    Add(SecretAddArgs),
    /// List secrets, without their values
    List(NameArg),
    /// Remove a secret
    Remove(SecretRemoveArgs),
}

/// `vakt app secret add`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt app secret add siem --description \"log collector\" --expires 90d
  vakt app secret add siem --output json")]
pub struct SecretAddArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// When it ends: 90d, 12w, 2y, or a date [default: the server's, two years]
    #[arg(long, value_name = "WHEN")]
    pub expires: Option<Expiry>,
}

/// `vakt app secret remove`.
#[derive(Debug, Args)]
pub struct SecretRemoveArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// Key id of the secret, see `vakt app secret list`
    pub key_id: String,
}
