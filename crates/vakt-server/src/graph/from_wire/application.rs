//! Registrations.

use serde_json::{Map, Value};
use vakt_identity::{AppRole, Application, Audience, RequiredAccess, RequiredRole};
use vakt_wire::graph as wire;

use super::{certificate, check_passwords};
use crate::graph::errors::bad_request;
use crate::graph::extras::put;
use crate::graph::keys::body_id;
use crate::graph::merge::{Writable, wanted};
use crate::graph::to_wire::{self, KeyBytes};
use crate::problem::Problem;

impl Writable for wire::Application {
    const READ_ONLY: &'static [&'static str] = &[
        "appId",
        "certification",
        "createdDateTime",
        "deletedDateTime",
        "disabledByMicrosoftStatus",
        "id",
        "owners",
        "publisherDomain",
    ];
    const FIXED: &'static [&'static str] = &[
        "addIns",
        "applicationTemplateId",
        "requestSignatureVerification",
        "servicePrincipalLockConfiguration",
        "tokenEncryptionKeyId",
        "uniqueName",
        "verifiedPublisher",
    ];
}

/// Applies a body to a registration.
pub(in crate::graph) fn apply(
    body: &Map<String, Value>,
    application: &mut Application,
) -> Result<(), Problem> {
    let shown = to_wire::application(application, None, KeyBytes::Hidden);
    let wanted = wanted(&shown, body)?;
    check_passwords(&shown.password_credentials, &wanted.password_credentials)?;
    let present = &application.certificates;
    application.certificates = certificate::list(&wanted.key_credentials, present)?;
    application.audience = read_audience(&wanted.sign_in_audience)?;
    application.wants_v2_tokens = read_version(wanted.api.requested_access_token_version)?;
    application.app_roles = wanted.app_roles.iter().map(app_role).collect::<Result<_, _>>()?;
    let access = wanted.required_resource_access.iter().map(required_access);
    application.required_access = access.collect::<Result<_, _>>()?;
    application.redirect_uris = redirect_uris(&shown.web, &wanted.web);
    apply_plain(wanted, application)
}

/// What is taken over as it is.
fn apply_plain(wanted: wire::Application, application: &mut Application) -> Result<(), Problem> {
    for scope in &wanted.api.oauth2_permission_scopes {
        check_scope(scope)?;
    }
    application.display_name = wanted.display_name;
    application.identifier_uris = wanted.identifier_uris;
    application.spa_redirect_uris = wanted.spa.redirect_uris;
    application.public_client_redirect_uris = wanted.public_client.redirect_uris;
    application.logout_url = wanted.web.logout_url;
    application.home_page_url = wanted.web.home_page_url;
    application.tags = wanted.tags;
    application.notes = wanted.notes;
    let extras = &mut application.extras;
    put(extras, "description", &wanted.description);
    put(extras, "serviceManagementReference", &wanted.service_management_reference);
    put(extras, "api.oauth2PermissionScopes", &wanted.api.oauth2_permission_scopes);
    put(extras, "api.preAuthorizedApplications", &wanted.api.pre_authorized_applications);
    put(extras, "api.knownClientApplications", &wanted.api.known_client_applications);
    put(extras, "api.acceptMappedClaims", &wanted.api.accept_mapped_claims);
    put(extras, "web.implicitGrantSettings", &wanted.web.implicit_grant_settings);
    put(extras, "defaultRedirectUri", &wanted.default_redirect_uri);
    put(extras, "isFallbackPublicClient", &wanted.is_fallback_public_client);
    put(extras, "isDeviceOnlyAuthSupported", &wanted.is_device_only_auth_supported);
    put(extras, "oauth2RequirePostResponse", &wanted.oauth2_require_post_response);
    put(extras, "info", &wanted.info);
    put(extras, "optionalClaims", &wanted.optional_claims);
    put(extras, "groupMembershipClaims", &wanted.group_membership_claims);
    put(extras, "parentalControlSettings", &wanted.parental_control_settings);
    put(extras, "samlMetadataUrl", &wanted.saml_metadata_url);
    Ok(())
}

/// The same addresses stand in two members; whichever was changed counts.
fn redirect_uris(shown: &wire::ApplicationWeb, wanted: &wire::ApplicationWeb) -> Vec<String> {
    let settings_changed = shown.redirect_uri_settings != wanted.redirect_uri_settings;
    if settings_changed && shown.redirect_uris == wanted.redirect_uris {
        return wanted.redirect_uri_settings.iter().map(|one| one.uri.clone()).collect();
    }
    wanted.redirect_uris.clone()
}

fn read_audience(text: &str) -> Result<Audience, Problem> {
    match text {
        "AzureADMyOrg" | "" => Ok(Audience::HomeTenant),
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

fn app_role(role: &wire::AppRole) -> Result<AppRole, Problem> {
    let value = role.value.clone().filter(|value| !value.is_empty());
    if !role.allowed_member_types.iter().any(|kind| kind == "Application") {
        return Err(bad_request("appRoles: allowedMemberTypes must contain Application"));
    }
    Ok(AppRole {
        id: body_id("appRoles.id", &role.id)?,
        value: value.ok_or_else(|| bad_request("appRoles: value is missing"))?,
        display_name: role.display_name.clone(),
        description: role.description.clone(),
        is_enabled: role.is_enabled,
    })
}

fn check_scope(scope: &wire::OAuth2PermissionScope) -> Result<(), Problem> {
    body_id::<vakt_ids::RoleId>("api.oauth2PermissionScopes.id", &scope.id)?;
    match scope.kind.as_str() {
        "Admin" | "User" => Ok(()),
        other => Err(bad_request(format!(
            "api.oauth2PermissionScopes: type `{other}` is not Admin or User"
        ))),
    }
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
