//! The circumstances of a change: who makes it, from where, when.

use std::net::IpAddr;

use jiff::Timestamp;
use vakt_ids::{AppId, ObjectId};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// An application with a token.
    Application {
        /// Its client id.
        app: AppId,
        /// Its service principal.
        principal: ObjectId,
    },
    /// A person who signed in.
    Person {
        /// Object id.
        id: ObjectId,
        /// User name.
        user_name: String,
    },
    /// Somebody at the machine: a command over the data folder, a seed file.
    Console,
    /// The server itself: jobs, first start.
    Server,
}

/// The circumstances of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// From where, if over the network.
    pub address: Option<IpAddr>,
    /// The caller's id of the request, or one that was made for it; empty if there is none.
    pub correlation: String,
}

impl Act {
    /// Something the server does by itself.
    pub fn of_server(at: Timestamp) -> Self {
        Self { at, actor: Actor::Server, address: None, correlation: String::new() }
    }

    /// Something that is done at the machine.
    pub fn of_console(at: Timestamp) -> Self {
        Self { actor: Actor::Console, ..Self::of_server(at) }
    }

    /// The same for the eyes of another tenant than the actor's own: by whom and from where is not
    /// for them to know.
    pub fn for_other_tenants(&self) -> Self {
        Self { actor: Actor::Server, address: None, ..self.clone() }
    }
}
