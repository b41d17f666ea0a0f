//! Everything the decision needs to know, loaded beforehand.

use crate::application::Application;
use crate::permission::AppRole;
use crate::service_principal::ServicePrincipal;
use crate::tenant::Tenant;

/// What the store knows of a request's tenant, client and resource; absent means not found.
#[derive(Debug, Clone, Default)]
pub struct Registration {
    /// The tenant of the token.
    pub tenant: Option<Tenant>,
    /// The client's registration, in whichever tenant.
    pub application: Option<Application>,
    /// The client's presence in the tenant.
    pub client: Option<ServicePrincipal>,
    /// The resource in the tenant.
    pub resource: Option<Resource>,
}

/// The resource a token is for.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Its service principal.
    pub principal: ServicePrincipal,
    /// It asks for v2.0 tokens.
    pub wants_v2_tokens: bool,
    /// Enabled roles that the client holds for it, sorted by value.
    pub granted: Vec<AppRole>,
}
