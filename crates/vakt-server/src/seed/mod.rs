//! The seed: a TOML file of tenants, applications and incidents, applied idempotently.

mod apply;
mod file;

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
    /// Its text: unknown keys, wrong types. Names the key and its line.
    #[error("the seed file `{path}` is wrong:\n{message}")]
    Parse {
        /// Its path.
        path: PathBuf,
        /// What and where.
        message: String,
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
    /// The incident store failed.
    #[error("the seed's incidents cannot be stored")]
    Incidents(#[from] vakt_incidents::IncidentStoreError),
}
