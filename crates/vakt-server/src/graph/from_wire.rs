//! Changes to applications, from Graph's shapes. What is absent stays; collections are replaced
//! whole; what this version does not support is refused and never dropped.

use vakt_identity::{AppRole, Application, Audience, RequiredAccess, RequiredRole};
use vakt_wire::graph as wire;

use super::errors::bad_request;
use super::keys::body_id;
use crate::problem::Problem;

/// Applies changes to a registration.
pub(super) fn apply(
    changes: wire::ApplicationChanges,
    application: &mut Application,
) -> Result<(), Problem> {
    refuse_credentials(&changes)?;
    if let Some(name) = changes.display_name {
        application.display_name = name;
    }
    if let Some(uris) = changes.identifier_uris {
        application.identifier_uris = uris;
    }
    if let Some(audience) = changes.sign_in_audience {
        application.audience = read_audience(&audience)?;
    }
    if let Some(tags) = changes.tags {
        application.tags = tags;
    }
    if let Some(notes) = changes.notes {
        application.notes = Some(notes);
    }
    if let Some(api) = changes.api {
        application.wants_v2_tokens = read_version(api.requested_access_token_version)?;
    }
    if let Some(roles) = changes.app_roles {
        application.app_roles = roles.into_iter().map(app_role).collect::<Result<_, _>>()?;
    }
    if let Some(access) = changes.required_resource_access {
        application.required_access =
            access.iter().map(required_access).collect::<Result<_, _>>()?;
    }
    if let Some(uris) = changes.web.and_then(|web| web.redirect_uris) {
        application.redirect_uris = uris;
    }
    Ok(())
}

fn refuse_credentials(changes: &wire::ApplicationChanges) -> Result<(), Problem> {
    if changes.key_credentials.as_ref().is_some_and(|list| !list.is_empty()) {
        let text = "keyCredentials are not supported by this version; use addPassword";
        return Err(bad_request(text));
    }
    Ok(())
}

fn read_audience(text: &str) -> Result<Audience, Problem> {
    match text {
        "AzureADMyOrg" => Ok(Audience::HomeTenant),
        "AzureADMultipleOrgs" => Ok(Audience::AnyTenant),
        _ => Err(bad_request(format!(
            "signInAudience `{text}` is not supported; use AzureADMyOrg or AzureADMultipleOrgs"
        ))),
    }
}

fn read_version(version: Option<u8>) -> Result<bool, Problem> {
    match version {
        None | Some(1) => Ok(false),
        Some(2) => Ok(true),
        Some(other) => {
            Err(bad_request(format!("api.requestedAccessTokenVersion {other} is not 1, 2 or null")))
        }
    }
}

fn app_role(role: wire::AppRole) -> Result<AppRole, Problem> {
    let value = role.value.filter(|value| !value.is_empty());
    if !role.allowed_member_types.iter().any(|kind| kind == "Application") {
        return Err(bad_request("appRoles: allowedMemberTypes must contain Application"));
    }
    Ok(AppRole {
        id: body_id("appRoles.id", &role.id)?,
        value: value.ok_or_else(|| bad_request("appRoles: value is missing"))?,
        display_name: role.display_name,
        description: role.description,
        is_enabled: role.is_enabled,
    })
}

fn required_access(access: &wire::RequiredResourceAccess) -> Result<RequiredAccess, Problem> {
    let role = |one: &wire::ResourceAccess| {
        let is_app_role = match one.kind.as_str() {
            "Role" => true,
            "Scope" => false,
            other => {
                let text = format!("requiredResourceAccess: type `{other}` is not Role or Scope");
                return Err(bad_request(text));
            }
        };
        Ok(RequiredRole { id: body_id("resourceAccess.id", &one.id)?, is_app_role })
    };
    Ok(RequiredAccess {
        resource: body_id("resourceAppId", &access.resource_app_id)?,
        roles: access.resource_access.iter().map(role).collect::<Result<_, _>>()?,
    })
}
