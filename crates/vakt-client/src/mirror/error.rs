//! Why a mirror stopped.

use std::error::Error;
use std::fmt;

use super::patience::is_passing;
use crate::error::{ClientError, ErrorKind};

/// Where something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Where incidents are read.
    Source,
    /// Where they are imported.
    Target,
    /// Where the mirror keeps how far it is.
    Checkpoint,
}

/// What stopped a mirror. Everything that the checkpoint covers is imported.
#[derive(Debug)]
pub struct MirrorError {
    side: Side,
    cause: ClientError,
}

impl MirrorError {
    /// Something that went wrong on one side.
    pub(super) fn new(side: Side, cause: ClientError) -> Self {
        let cause = match (side, cause.kind()) {
            (Side::Target, ErrorKind::Server) => cause.with_hint(
                "look into the target server's log, and whether its disk is full; then run the \
                 same command again: it goes on from where it was",
            ),
            (Side::Source, ErrorKind::Forbidden) => cause.with_hint(
                "the source's application needs `SecurityIncident.Read.All` of Microsoft Graph, or \
                 `Incident.Read.All` of Microsoft Threat Protection, and an administrator's consent",
            ),
            _ => cause,
        };
        Self { side, cause }
    }

    /// Where it went wrong.
    pub fn side(&self) -> Side {
        self.side
    }

    /// What went wrong there.
    pub fn cause(&self) -> &ClientError {
        &self.cause
    }

    /// May it be well again later, with nobody doing anything about it?
    pub fn is_passing(&self) -> bool {
        is_passing(&self.cause)
    }
}

impl fmt::Display for MirrorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.side {
            Side::Source => "incidents cannot be read from the source",
            Side::Target => "incidents cannot be imported into the target",
            Side::Checkpoint => "the checkpoint cannot be kept",
        })
    }
}

impl Error for MirrorError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}
