//! What a running server says of itself, in the ready file and to the command.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::folder::{FolderError, write_whole};

/// The ready file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ready {
    /// Base address, without a trailing slash.
    pub url: String,
    /// Path of the CA certificate behind the server's own; absent with plain HTTP or an own
    /// certificate.
    pub ca: Option<String>,
    /// Tenants.
    pub tenants: Vec<ReadyTenant>,
}

/// A tenant of the ready file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadyTenant {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Domains.
    pub domains: Vec<String>,
}

impl Ready {
    /// Writes the file, whole or not at all.
    pub(crate) fn write(&self, path: &Path) -> Result<(), FolderError> {
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        write_whole(path, &text, false)
    }
}
