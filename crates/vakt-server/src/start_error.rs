//! Why a server does not start. Texts are for the operator and end with a next step where one is
//! known.

use std::net::SocketAddr;

use vakt_identity::{IdentityError, StoreError};
use vakt_storage::{OpenError, SealError};

use crate::certificates::CertificateError;
use crate::federation::FederationError;
use crate::folder::FolderError;
use crate::quota::QuotaWishFault;
use crate::seed::SeedError;

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Plain HTTP beyond loopback.
    #[error(
        "plain HTTP is served on loopback only, and `{0}` is not; leave --plain-http-on-loopback out, or listen on 127.0.0.1"
    )]
    PlainHttpBeyondLoopback(SocketAddr),
    /// The address.
    #[error(
        "cannot listen on `{address}`; is another server running there? --listen names another address"
    )]
    Listen {
        /// Address.
        address: SocketAddr,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The sealing key.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// TLS.
    #[error(
        "the certificate and its key do not belong together; check --tls-certificate and --tls-key"
    )]
    Tls(#[source] rustls::Error),
    /// Foreign issuers.
    #[error(transparent)]
    Federation(#[from] FederationError),
    /// A quota of the operator's own.
    #[error(transparent)]
    Quota(#[from] QuotaWishFault),
    /// The seed.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The identity room.
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::Identity(error.into())
    }
}

impl StartError {
    /// The next step, where the text does not hold it already.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Folder(FolderError::Io { .. }) => {
                Some("name a folder that you may write to with --data")
            }
            Self::Open(OpenError::File { .. } | OpenError::Migration(_)) => Some(
                "the database may be damaged, or of a newer version of vakt: use that version, or a backup of the folder",
            ),
            Self::Certificate(CertificateError::Folder(_) | CertificateError::Unusable { .. }) => {
                Some(
                    "check the files that --tls-certificate and --tls-key name, and that you may read them",
                )
            }
            Self::Seed(_) => Some(
                "correct the file that --seed names; docs/reference/seed.md says what it may hold",
            ),
            Self::PlainHttpBeyondLoopback(_)
            | Self::Open(_)
            | Self::Listen { .. }
            | Self::Folder(FolderError::InUse(_))
            | Self::Seal(_)
            | Self::Certificate(CertificateError::Make(_))
            | Self::Tls(_)
            | Self::Federation(_)
            | Self::Quota(_)
            | Self::Identity(_) => None,
        }
    }
}
