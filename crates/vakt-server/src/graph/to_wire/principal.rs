//! Service principals.

use vakt_identity::{ServicePrincipal, catalogue};
use vakt_wire::graph as wire;

use super::credential::{certificate, secret};
use super::{KeyBytes, app_role, audience};
use crate::graph::extras::get;

/// A service principal, with what its application shows to every tenant.
pub(crate) fn service_principal(
    principal: &ServicePrincipal,
    keys: KeyBytes,
) -> wire::ServicePrincipal {
    let (extras, published) = (&principal.extras, &principal.published);
    wire::ServicePrincipal {
        id: principal.object_id.to_string(),
        app_id: principal.app_id.to_string(),
        display_name: principal.display_name.clone(),
        app_display_name: Some(principal.display_name.clone()),
        app_description: get(published, "description"),
        description: get(extras, "description"),
        app_owner_organization_id: Some(principal.owner.to_string()),
        account_enabled: principal.is_enabled,
        app_role_assignment_required: principal.assignment_required,
        service_principal_names: principal.names.clone(),
        service_principal_type: "Application".into(),
        sign_in_audience: Some(audience(principal.audience).into()),
        created_date_time: Some(principal.created_at),
        alternative_names: get(extras, "alternativeNames"),
        app_roles: principal.app_roles.iter().map(app_role).collect(),
        oauth2_permission_scopes: scopes(principal),
        key_credentials: principal.certificates.iter().map(|it| certificate(it, keys)).collect(),
        password_credentials: principal.secrets.iter().map(secret).collect(),
        reply_urls: principal.reply_urls.clone(),
        homepage: principal.home_page_url.clone(),
        logout_url: principal.logout_url.clone(),
        login_url: get(extras, "loginUrl"),
        info: get(published, "info"),
        notes: principal.notes.clone(),
        tags: principal.tags.clone(),
        notification_email_addresses: get(extras, "notificationEmailAddresses"),
        preferred_single_sign_on_mode: get(extras, "preferredSingleSignOnMode"),
        saml_single_sign_on_settings: get(extras, "samlSingleSignOnSettings"),
        ..wire::ServicePrincipal::default()
    }
}

/// Those of the catalogue for Microsoft's APIs, of the application for others.
fn scopes(principal: &ServicePrincipal) -> Vec<wire::OAuth2PermissionScope> {
    let Some(api) = catalogue::find(principal.app_id) else {
        return get(&principal.published, "api.oauth2PermissionScopes");
    };
    let one = |scope: &catalogue::CatalogueScope| wire::OAuth2PermissionScope {
        id: scope.id.to_string(),
        value: Some(scope.value.into()),
        kind: "Admin".into(),
        is_enabled: true,
        admin_consent_display_name: Some(scope.display_name.into()),
        admin_consent_description: Some(scope.description.into()),
        ..wire::OAuth2PermissionScope::default()
    };
    api.scopes.iter().map(one).collect()
}
