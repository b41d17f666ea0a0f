//! What a mirror asks of its surroundings.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;

use super::ask::{Ask, Order, SourcePage};
use super::checkpoint::{Checkpoint, Counts};
use super::error::Side;
use crate::error::ClientError;
use crate::incidents::ImportSummary;

/// The API that incidents are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// Microsoft Graph: `/v1.0/security/incidents`.
    Graph,
    /// The classic API: `/api/incidents`.
    Classic,
}

impl Api {
    /// Its name in arguments and in the checkpoint.
    pub fn name(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Classic => "classic",
        }
    }

    /// The API of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Graph, Self::Classic].into_iter().find(|api| api.name() == name)
    }
}

impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where incidents are read. Calls are sent once: the mirror waits and tries again.
#[async_trait]
pub trait Source: Send + Sync {
    /// By which API.
    fn api(&self) -> Api;

    /// Largest page it takes, in incidents.
    fn page_max(&self) -> u32;

    /// The order that can be had of it. Where it is said to keep that of changes and does not,
    /// the mirror finds out.
    fn order(&self) -> Order;

    /// One page. Incidents come with their alerts.
    async fn page(&self, ask: &Ask) -> Result<SourcePage, ClientError>;

    /// All alerts of an incident; `None` if the source always sends them all with it.
    async fn alerts(&self, incident: &str) -> Result<Option<Vec<Value>>, ClientError>;

    /// Forgets its token, which was not taken.
    async fn forget_token(&self);
}

/// Where incidents are imported. Calls are sent once, as those of a [`Source`].
#[async_trait]
pub trait Target: Send + Sync {
    /// Imports incidents. What this acknowledges is durable.
    async fn import(&self, incidents: &[Value]) -> Result<ImportSummary, ClientError>;

    /// Forgets its token, which was not taken.
    async fn forget_token(&self);
}

/// Time, chance, a place for the checkpoint, and somebody to talk to.
pub trait Surroundings {
    /// The present.
    fn now(&self) -> Timestamp;

    /// Any number, each as likely.
    fn chance(&mut self) -> u64;

    /// Keeps the checkpoint, whole or not at all.
    fn keep(&mut self, checkpoint: &Checkpoint) -> Result<(), ClientError>;

    /// Hears what happens.
    fn hear(&mut self, event: &Event);
}

/// What happens on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A round begins.
    Started {
        /// By which API it reads.
        api: Api,
        /// From which time on; `None` for everything there is.
        from: Option<Timestamp>,
    },
    /// A page is imported and the checkpoint kept.
    Imported {
        /// All of this round, so far.
        counts: Counts,
        /// Everything that changed before this time is imported.
        up_to: Option<Timestamp>,
    },
    /// A call failed, and is made again after a while.
    Waiting {
        /// Whose call.
        side: Side,
        /// How long.
        pause: Duration,
        /// Why it failed.
        reason: String,
    },
    /// The API refuses this application, and the other one is tried.
    OtherApi {
        /// The one that is tried.
        api: Api,
        /// The refusal.
        reason: String,
    },
    /// The source keeps no order: windows of time are read from now on.
    Unordered,
    /// The source is too slow for long pages: shorter ones are asked for.
    ShorterPages,
    /// The source may have more alerts of an incident than it sent, and does not say.
    AlertsUnsure {
        /// The incident.
        incident: String,
        /// Why they could not be asked for.
        reason: String,
    },
    /// The target refused an incident.
    Refused {
        /// The incident.
        incident: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Members of incidents that the target does not know.
    Ignored {
        /// Their paths.
        members: Vec<String>,
    },
}
