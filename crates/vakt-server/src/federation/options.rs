//! What the operator says about foreign issuers.

use std::path::{Path, PathBuf};

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// What the operator says about foreign issuers.
#[derive(Debug, Clone, Default)]
pub struct FederationOptions {
    /// Issuers that may be asked besides the well-known ones: a URL, a URL that ends in `/*` for
    /// every issuer below it, or `*` for every public one.
    pub issuers: Vec<String>,
    /// Issuers whose keys are read from a file and that are never asked.
    pub keys: Vec<IssuerKeysFile>,
    /// PEM file of certificate authorities that issuers are trusted by, besides the public ones.
    pub authorities: Option<PathBuf>,
}

/// An issuer whose keys are in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKeysFile {
    /// The issuer.
    pub issuer: String,
    /// Its key document, JSON.
    pub file: PathBuf,
}

/// Why the options cannot be followed. Texts are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum FederationError {
    /// An issuer's address.
    #[error(
        "`{issuer}` is not an issuer's address: {reason}; --federation-issuer takes an https URL \
         without a query, one that ends in /*, or *"
    )]
    Issuer {
        /// As given.
        issuer: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A file.
    #[error("cannot read `{file}`, which {option} names")]
    Read {
        /// Its path.
        file: PathBuf,
        /// Who named it.
        option: &'static str,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// A key document.
    #[error(
        "`{file}`, which --federation-keys names, is not a key document: {reason}; give the JSON \
         that the issuer's jwks_uri answers with"
    )]
    Keys {
        /// Its path.
        file: PathBuf,
        /// Reason.
        reason: String,
    },
    /// Certificates of authorities.
    #[error(
        "`{file}`, which --federation-ca names, holds no certificate authority that can be used: \
         {reason}; give certificates in PEM"
    )]
    Authorities {
        /// Its path.
        file: PathBuf,
        /// Reason.
        reason: String,
    },
}

impl FederationOptions {
    /// The operator's own authorities.
    pub(super) fn read_authorities(&self) -> Result<Vec<CertificateDer<'static>>, FederationError> {
        let Some(file) = &self.authorities else { return Ok(Vec::new()) };
        let pem = read(file, "--federation-ca")?;
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
        match found {
            Ok(found) if found.is_empty() => Err(self.unusable("there is none in it")),
            Ok(found) => Ok(found),
            Err(fault) => Err(self.unusable(fault)),
        }
    }

    pub(super) fn unusable(&self, reason: impl ToString) -> FederationError {
        let file = self.authorities.clone().unwrap_or_default();
        FederationError::Authorities { file, reason: reason.to_string() }
    }
}

/// A file that an option names.
pub(super) fn read(file: &Path, option: &'static str) -> Result<Vec<u8>, FederationError> {
    let failed = |source| FederationError::Read { file: file.to_owned(), option, source };
    std::fs::read(file).map_err(failed)
}
