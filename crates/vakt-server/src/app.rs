//! Everything a request can reach: one field per room.

use std::sync::Arc;

use vakt_identity::Identity;
use vakt_incidents::Incidents;

use crate::clock::Clock;
use crate::names::Names;

/// The composed application.
pub struct App {
    /// Tenants, applications, tokens.
    pub identity: Identity,
    /// Incidents and alerts.
    pub incidents: Incidents,
    /// The present.
    pub clock: Clock,
    /// Host names answered for.
    pub(crate) names: Names,
}

/// How handlers hold it.
pub(crate) type AppState = Arc<App>;
