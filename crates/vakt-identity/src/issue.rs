//! The decision to issue, as a pure function: same registration, request and time, same answer.
//! The order of the checks follows recorded answers of Microsoft's platform.

use jiff::Timestamp;
use vakt_ids::{AppId, ObjectId, TenantId};

use crate::application::{Application, Audience};
use crate::catalogue;
use crate::credential::{Client, NeededIssuer, Proven, check_credential, needed_issuer};
use crate::refusal::Refusal;
use crate::registration::{Registration, Resource};
use crate::service_principal::ServicePrincipal;
use crate::surroundings::Outside;
use crate::target::{Credential, TokenRequest, requested_resource};
use crate::tenant::{Tenant, TenantName};

/// What a token will say; times, issuer and token id are added when it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Tenant.
    pub tenant: TenantId,
    /// Client.
    pub app_id: AppId,
    /// Client's name.
    pub app_name: String,
    /// Client's service principal.
    pub principal: ObjectId,
    /// The resource, as it was asked for.
    pub resource_name: String,
    /// The resource's application.
    pub resource_app_id: AppId,
    /// The resource wants v2.0 tokens.
    pub wants_v2_token: bool,
    /// Granted role values.
    pub roles: Vec<String>,
    /// What the client proved itself with.
    pub proven: Proven,
}

/// Decides on a client credentials request.
pub fn decide(
    registration: &Registration,
    request: &TokenRequest,
    outside: &Outside<'_>,
    now: Timestamp,
) -> Result<Grant, Refusal> {
    let client = find_asking(registration, request)?;
    let proven = check_credential(client, request, outside, now)?;
    let resource_name = requested_resource(request)?;
    let resource = find_resource(registration, client.tenant, resource_name)?;
    check_assignment(client.principal, resource)?;
    Ok(Grant {
        tenant: client.tenant.id,
        app_id: client.application.app_id,
        app_name: client.principal.display_name.clone(),
        principal: client.principal.object_id,
        proven,
        resource_name: resource_name.to_owned(),
        resource_app_id: resource.principal.app_id,
        wants_v2_token: resource.wants_v2_tokens,
        roles: resource.granted.iter().map(|role| role.value.clone()).collect(),
    })
}

/// The foreign issuer whose keys a decision on this request needs, if it gets as far as looking at
/// them. Nobody else is ever asked, so that a stranger's token causes no traffic.
pub fn foreign_issuer(
    registration: &Registration,
    request: &TokenRequest,
    is_own_origin: &dyn Fn(&str) -> bool,
) -> Option<NeededIssuer> {
    request.credential.assertion.as_ref()?;
    let client = find_asking(registration, request).ok()?;
    needed_issuer(client.application, &request.credential, is_own_origin)
}

/// Everything that is checked before the credential.
fn find_asking<'a>(
    registration: &'a Registration,
    request: &TokenRequest,
) -> Result<Client<'a>, Refusal> {
    check_grant_type(request)?;
    check_credential_given(&request.credential)?;
    let client_id = present(&request.client_id).ok_or(Refusal::MissingParameter("client_id"))?;
    let tenant = find_tenant(registration, request)?;
    let app_id = read_client_id(client_id, tenant)?;
    let application = find_application(registration, tenant, app_id)?;
    let principal = find_client(registration, tenant, application)?;
    Ok(Client { tenant, application, principal })
}

fn present(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|value| !value.is_empty())
}

fn check_grant_type(request: &TokenRequest) -> Result<(), Refusal> {
    match present(&request.grant_type) {
        None => Err(Refusal::MissingParameter("grant_type")),
        Some("client_credentials") => Ok(()),
        Some(other) => Err(Refusal::UnsupportedGrantType { grant_type: other.to_owned() }),
    }
}

fn check_credential_given(credential: &Credential) -> Result<(), Refusal> {
    const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    match (&credential.secret, &credential.assertion) {
        (None, None) => Err(Refusal::NoCredential),
        (Some(_), _) => Ok(()),
        (None, Some(assertion)) => match (present(&assertion.token), present(&assertion.kind)) {
            (None, _) => Err(Refusal::MissingParameter("client_assertion")),
            (_, None) => Err(Refusal::MissingParameter("client_assertion_type")),
            (_, Some(JWT_BEARER)) => Ok(()),
            (_, Some(_)) => Err(Refusal::Malformed),
        },
    }
}

fn read_client_id(client_id: &str, tenant: &Tenant) -> Result<AppId, Refusal> {
    let unknown = || Refusal::NotAnApplicationId { client_id: client_id.to_owned() };
    let app_id: AppId = client_id.parse().map_err(|_| Refusal::UnknownApplication {
        client_id: client_id.to_owned(),
        tenant: tenant.name.clone(),
    })?;
    if app_id.as_uuid().is_nil() { Err(unknown()) } else { Ok(app_id) }
}

fn find_tenant<'a>(
    registration: &'a Registration,
    request: &TokenRequest,
) -> Result<&'a Tenant, Refusal> {
    registration.tenant.as_ref().ok_or_else(|| match TenantName::read(&request.tenant) {
        TenantName::Any | TenantName::Consumers => Refusal::GrantNeedsTenant,
        _ if !could_be_a_tenant(&request.tenant) => {
            Refusal::InvalidTenant { tenant: request.tenant.clone() }
        }
        _ => Refusal::UnknownTenant { tenant: request.tenant.clone() },
    })
}

/// A GUID or a dotted name.
fn could_be_a_tenant(text: &str) -> bool {
    let lawful = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    text.chars().all(lawful)
        && (text.contains('.') || text.parse::<TenantId>().is_ok() || text == "adfs")
}

fn find_application<'a>(
    registration: &'a Registration,
    tenant: &Tenant,
    app_id: AppId,
) -> Result<&'a Application, Refusal> {
    let usable = |application: &&Application| {
        application.tenant == tenant.id || application.audience == Audience::AnyTenant
    };
    registration.application.as_ref().filter(usable).ok_or_else(|| {
        match catalogue::find(app_id) {
            // Microsoft's own applications are resources here and never clients.
            Some(_) => Refusal::NotAnApplicationId { client_id: app_id.to_string() },
            None => Refusal::UnknownApplication {
                client_id: app_id.to_string(),
                tenant: tenant.name.clone(),
            },
        }
    })
}

fn find_client<'a>(
    registration: &'a Registration,
    tenant: &Tenant,
    application: &Application,
) -> Result<&'a ServicePrincipal, Refusal> {
    let client = registration.client.as_ref().ok_or_else(|| {
        if application.tenant == tenant.id {
            Refusal::NoServicePrincipal { app_id: application.app_id, tenant: tenant.id }
        } else {
            Refusal::UnknownApplication {
                client_id: application.app_id.to_string(),
                tenant: tenant.name.clone(),
            }
        }
    })?;
    if client.is_enabled {
        return Ok(client);
    }
    Err(Refusal::Disabled { app_id: client.app_id, name: client.display_name.clone() })
}

fn find_resource<'a>(
    registration: &'a Registration,
    tenant: &Tenant,
    name: &str,
) -> Result<&'a Resource, Refusal> {
    let found = registration.resource.as_ref().filter(|found| found.principal.is_enabled);
    found.ok_or_else(|| Refusal::UnknownResource {
        resource: name.to_owned(),
        tenant: tenant.name.clone(),
    })
}

fn check_assignment(client: &ServicePrincipal, resource: &Resource) -> Result<(), Refusal> {
    let own = client.object_id == resource.principal.object_id;
    if own || !resource.principal.assignment_required || !resource.granted.is_empty() {
        return Ok(());
    }
    Err(Refusal::NotAssigned {
        app_id: client.app_id,
        name: client.display_name.clone(),
        resource_id: resource.principal.app_id,
        resource_name: resource.principal.display_name.clone(),
    })
}
