//! Service principals.

use serde_json::{Map, Value};
use vakt_identity::ServicePrincipal;
use vakt_wire::graph as wire;

use super::{certificate, check_passwords};
use crate::graph::extras::put;
use crate::graph::merge::{Writable, wanted};
use crate::graph::to_wire::{self, KeyBytes};
use crate::problem::Problem;

impl Writable for wire::ServicePrincipal {
    /// Much of it is the application's, and follows it.
    const READ_ONLY: &'static [&'static str] = &[
        "appDescription",
        "appDisplayName",
        "appId",
        "appOwnerOrganizationId",
        "appRoleAssignedTo",
        "appRoleAssignments",
        "appRoles",
        "createdDateTime",
        "deletedDateTime",
        "disabledByMicrosoftStatus",
        "homepage",
        "id",
        "info",
        "logoutUrl",
        "oauth2PermissionScopes",
        "owners",
        "replyUrls",
        "resourceSpecificApplicationPermissions",
        "servicePrincipalNames",
        "servicePrincipalType",
        "signInAudience",
    ];
    const FIXED: &'static [&'static str] = &[
        "addIns",
        "applicationTemplateId",
        "preferredTokenSigningKeyThumbprint",
        "tokenEncryptionKeyId",
        "verifiedPublisher",
    ];
}

/// Applies a body to a service principal.
pub(in crate::graph) fn apply(
    body: &Map<String, Value>,
    principal: &mut ServicePrincipal,
) -> Result<(), Problem> {
    let shown = to_wire::service_principal(principal, KeyBytes::Hidden);
    let wanted = wanted(&shown, body)?;
    check_passwords(&shown.password_credentials, &wanted.password_credentials)?;
    principal.certificates = certificate::list(&wanted.key_credentials, &principal.certificates)?;
    principal.is_enabled = wanted.account_enabled;
    principal.assignment_required = wanted.app_role_assignment_required;
    principal.display_name = wanted.display_name;
    principal.tags = wanted.tags;
    principal.notes = wanted.notes;
    let extras = &mut principal.extras;
    put(extras, "description", &wanted.description);
    put(extras, "alternativeNames", &wanted.alternative_names);
    put(extras, "loginUrl", &wanted.login_url);
    put(extras, "notificationEmailAddresses", &wanted.notification_email_addresses);
    put(extras, "preferredSingleSignOnMode", &wanted.preferred_single_sign_on_mode);
    put(extras, "samlSingleSignOnSettings", &wanted.saml_single_sign_on_settings);
    Ok(())
}
