//! The seed: a TOML file of tenants, applications and incidents, applied idempotently.

mod apply;
mod credentials;
mod file;
mod machines;
mod people;

pub use apply::{Seeded, SeededApp};
pub(crate) use apply::{apply, resolve};
pub(crate) use file::SeedFile;

use std::path::PathBuf;

/// Why a seed cannot be applied.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file.
    #[error("cannot read the seed file `{path}`")]
    Read {
        /// Its path.
        path: PathBuf,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// Its text: unknown keys, wrong types.
    #[error("the seed file `{path}`, line {line}: {message}")]
    Parse {
        /// Its path.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The key, and what is wrong with it.
        message: String,
    },
    /// A file that it names.
    #[error("cannot read the incidents file `{path}` that the seed names")]
    ReadIncidents {
        /// Its path.
        path: PathBuf,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// Its content.
    #[error("{place}: {message}")]
    Content {
        /// Which tenant or application.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// The identity room refused.
    #[error("{place}")]
    Identity {
        /// Which tenant or application.
        place: String,
        /// Reason.
        #[source]
        source: vakt_identity::IdentityError,
    },
    /// A file that it names.
    #[error("cannot read the machines file `{path}` that the seed names")]
    ReadMachines {
        /// Its path.
        path: PathBuf,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// The endpoint store failed.
    #[error("the seed's machines cannot be stored")]
    Machines(#[from] vakt_endpoint::EndpointStoreError),
    /// The incident store failed.
    #[error("the seed's incidents cannot be stored")]
    Incidents(#[from] vakt_incidents::IncidentStoreError),
}
