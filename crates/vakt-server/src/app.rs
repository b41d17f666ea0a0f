//! Everything a request can reach: one field per room.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Semaphore;
use vakt_endpoint::Endpoint;
use vakt_identity::Identity;
use vakt_incidents::Incidents;
use vakt_token::ValidatedTokens;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::hashing::Hashing;
use crate::kept_answers::KeptAnswers;
use crate::names::Names;
use crate::peer::TrustedProxies;
use crate::quota::Quotas;
use crate::sign_in_log::SignInLog;
use crate::strict::Strictness;
use crate::throttle::Throttle;

/// Imports that run side by side. Each may hold a body of 16 MiB and its decoded form, and SQLite
/// has one writer anyway; the others wait their turn within their own time limit.
pub(crate) const IMPORTS_AT_ONCE_MAX: usize = 2;

/// The composed application.
pub struct App {
    /// Tenants, applications, tokens.
    pub identity: Identity,
    /// Incidents and alerts.
    pub incidents: Incidents,
    /// Answers that are given again.
    pub(crate) kept_answers: KeptAnswers,
    /// Machines, machine actions and indicators.
    pub endpoint: Endpoint,
    /// Places for imports that run side by side.
    pub(crate) imports: Semaphore,
    /// The present.
    pub clock: Clock,
    /// Host names answered for.
    pub(crate) names: Names,
    /// Proxies whose word about addresses counts.
    pub(crate) proxies: TrustedProxies,
    /// Places for hashing passwords.
    pub(crate) hashing: Hashing,
    /// Limits on failed credentials.
    pub(crate) throttle: Throttle,
    /// Who asked for tokens.
    pub(crate) sign_ins: Arc<SignInLog>,
    /// How Microsoft's limits are taken.
    pub strict: Strictness,
    /// How many calls an application may make, and has made.
    pub(crate) quotas: Quotas,
    /// Faults that tests ask for.
    pub(crate) faults: Faults,
    /// Access tokens that were validated already.
    pub(crate) validated: ValidatedTokens,
    /// What the start page says of the server.
    pub(crate) running: Running,
}

/// A server that runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Running {
    /// Since when.
    pub since: Timestamp,
    /// Over which database, by its name.
    pub store: &'static str,
}

/// How handlers hold it.
pub(crate) type AppState = Arc<App>;
