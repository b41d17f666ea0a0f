//! `vakt app certificate` and `vakt app federated`: proofs that no secret has to be kept for.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use super::app::NameArg;
use crate::expiry::Expiry;

/// What to do with certificates.
#[derive(Debug, Subcommand)]
pub enum CertificateCommand {
    /// Register a certificate, or make one
    Add(CertificateAddArgs),
    /// List certificates
    List(NameArg),
    /// Remove a certificate
    Remove(CertificateRemoveArgs),
}

/// `vakt app certificate add`.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("source").required(true).args(["file", "generate"]),
    after_help = "Examples:
  vakt app certificate add siem siem.crt
  vakt app certificate add siem --generate siem.pem --expires 180d
  vakt token get --client-id ID --certificate siem.pem"
)]
pub struct CertificateAddArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// File with the certificate, PEM or DER; a private key beside it is not sent
    pub file: Option<PathBuf>,
    /// Make a key and a self-signed certificate and keep both in this new file
    #[arg(long, value_name = "FILE")]
    pub generate: Option<PathBuf>,
    /// When the certificate that is made ends: 90d, 12w, 2y, or a date [default: 1y]
    #[arg(long, value_name = "WHEN", conflicts_with = "file")]
    pub expires: Option<Expiry>,
    /// What it is for [default: the certificate's subject]
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
}

/// `vakt app certificate remove`.
#[derive(Debug, Args)]
pub struct CertificateRemoveArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// Key id or thumbprint, see `vakt app certificate list`
    pub key: String,
}

/// What to do with federated credentials.
#[derive(Debug, Subcommand)]
pub enum FederatedCommand {
    /// Trust a subject of an issuer
    Add(FederatedAddArgs),
    /// List trusted subjects
    List(NameArg),
    /// Trust a subject no longer
    Remove(FederatedRemoveArgs),
}

/// `vakt app federated add`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vakt app federated add siem cluster --issuer https://oidc.example/cluster \\
      --subject system:serviceaccount:siem:collector
  vakt app federated add siem github --issuer https://token.actions.githubusercontent.com \\
      --subject repo:contoso/siem:ref:refs/heads/main")]
pub struct FederatedAddArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// Name of the credential: letters, digits, `-` and `_`; it never changes
    pub name: String,
    /// Issuer of the tokens, exactly as their `iss`
    #[arg(long, value_name = "URL")]
    pub issuer: String,
    /// Subject of the tokens, exactly as their `sub`
    #[arg(long, value_name = "TEXT")]
    pub subject: String,
    /// Audience of the tokens, exactly as their `aud`
    #[arg(long, value_name = "TEXT", default_value = "api://AzureADTokenExchange")]
    pub audience: String,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
}

/// `vakt app federated remove`.
#[derive(Debug, Args)]
pub struct FederatedRemoveArgs {
    /// Application id, object id or exact name
    pub app: String,
    /// Name or id of the credential, see `vakt app federated list`
    pub credential: String,
}
