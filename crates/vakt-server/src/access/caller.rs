//! The caller a valid token makes.

use std::net::IpAddr;

use jiff::Timestamp;
use vakt_identity::audit::{Act, Actor};
use vakt_ids::{AppId, ObjectId, TenantId};

/// Who calls. Handlers take the tenant from here and from nowhere else.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Tenant of the token.
    pub tenant: TenantId,
    /// The client.
    pub app: AppId,
    /// The client's service principal.
    pub principal: ObjectId,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
    /// The caller's id of the request, or a new one.
    pub correlation: String,
}

impl Caller {
    /// The circumstances of what this call changes.
    pub fn act(&self, at: Timestamp) -> Act {
        let actor = Actor::Application { app: self.app, principal: self.principal };
        Act { at, actor, address: self.address, correlation: self.correlation.clone() }
    }
}
