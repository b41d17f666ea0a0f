//! Registrations.

use vakt_identity::{Application, RequiredAccess, RequiredRole, Tenant};
use vakt_wire::graph as wire;

use super::credential::{certificate, secret};
use super::{KeyBytes, app_role, audience};
use crate::graph::extras::get;

/// A registration; its tenant's domain is its publisher's.
pub(crate) fn application(
    application: &Application,
    tenant: Option<&Tenant>,
    keys: KeyBytes,
) -> wire::Application {
    let extras = &application.extras;
    wire::Application {
        id: application.object_id.to_string(),
        app_id: application.app_id.to_string(),
        display_name: application.display_name.clone(),
        description: get(extras, "description"),
        identifier_uris: application.identifier_uris.clone(),
        sign_in_audience: audience(application.audience).into(),
        created_date_time: Some(application.created_at),
        publisher_domain: tenant.and_then(Tenant::default_domain).map(str::to_owned),
        tags: application.tags.clone(),
        notes: application.notes.clone(),
        service_management_reference: get(extras, "serviceManagementReference"),
        api: api(application),
        app_roles: application.app_roles.iter().map(app_role).collect(),
        required_resource_access: application.required_access.iter().map(access).collect(),
        key_credentials: application.certificates.iter().map(|it| certificate(it, keys)).collect(),
        password_credentials: application.secrets.iter().map(secret).collect(),
        web: web(application),
        spa: wire::RedirectUris { redirect_uris: application.spa_redirect_uris.clone() },
        public_client: wire::RedirectUris {
            redirect_uris: application.public_client_redirect_uris.clone(),
        },
        default_redirect_uri: get(extras, "defaultRedirectUri"),
        is_fallback_public_client: get(extras, "isFallbackPublicClient"),
        is_device_only_auth_supported: get(extras, "isDeviceOnlyAuthSupported"),
        oauth2_require_post_response: get(extras, "oauth2RequirePostResponse"),
        info: get(extras, "info"),
        optional_claims: get(extras, "optionalClaims"),
        group_membership_claims: get(extras, "groupMembershipClaims"),
        parental_control_settings: get(extras, "parentalControlSettings"),
        saml_metadata_url: get(extras, "samlMetadataUrl"),
        ..wire::Application::default()
    }
}

fn api(application: &Application) -> wire::ApplicationApi {
    let extras = &application.extras;
    wire::ApplicationApi {
        requested_access_token_version: application.wants_v2_tokens.then_some(2),
        oauth2_permission_scopes: get(extras, "api.oauth2PermissionScopes"),
        pre_authorized_applications: get(extras, "api.preAuthorizedApplications"),
        known_client_applications: get(extras, "api.knownClientApplications"),
        accept_mapped_claims: get(extras, "api.acceptMappedClaims"),
    }
}

fn web(application: &Application) -> wire::ApplicationWeb {
    wire::ApplicationWeb {
        redirect_uris: application.redirect_uris.clone(),
        redirect_uri_settings: application
            .redirect_uris
            .iter()
            .map(|uri| redirect_setting(uri))
            .collect(),
        logout_url: application.logout_url.clone(),
        home_page_url: application.home_page_url.clone(),
        implicit_grant_settings: get(&application.extras, "web.implicitGrantSettings"),
    }
}

/// The same address again, without a place in an order.
fn redirect_setting(uri: &str) -> wire::RedirectUriSettings {
    wire::RedirectUriSettings { uri: uri.to_owned(), index: None }
}

fn access(access: &RequiredAccess) -> wire::RequiredResourceAccess {
    let one = |role: &RequiredRole| wire::ResourceAccess {
        id: role.id.to_string(),
        kind: if role.is_app_role { "Role" } else { "Scope" }.into(),
    };
    wire::RequiredResourceAccess {
        resource_app_id: access.resource.to_string(),
        resource_access: access.roles.iter().map(one).collect(),
    }
}
