//! The caller a valid token makes.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use vakt_identity::audit::{Act, Actor};
use vakt_ids::{AppId, ObjectId, TenantId};
use vakt_token::ValidToken;

use crate::turnstile::Turnstile;

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
    pub correlation: ObjectId,
    /// The turnstile that it came through.
    pub turnstile: Turnstile,
    /// The token that it came with.
    pub(super) token: Arc<ValidToken>,
}

impl Caller {
    /// Is this role in the token? Its API is that of the route's row.
    pub fn holds(&self, role: &str) -> bool {
        self.token.roles.iter().any(|held| held == role)
    }

    /// Does the token's time last at this moment?
    pub fn may_call_at(&self, now: Timestamp) -> bool {
        self.token.check_times(now).is_ok()
    }

    /// The circumstances of what this call changes.
    pub fn act(&self, at: Timestamp) -> Act {
        let actor = Actor::Application { app: self.app, principal: self.principal };
        Act { at, actor, address: self.address, correlation: self.correlation.to_string() }
    }
}
