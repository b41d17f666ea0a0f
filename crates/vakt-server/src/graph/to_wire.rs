//! Directory objects to Graph's shapes, field by field.

use vakt_identity::{
    AppRole, Application, Audience, RequiredAccess, RoleAssignment, SecretCredential,
    ServicePrincipal, Tenant, catalogue,
};
use vakt_wire::graph as wire;

pub(crate) fn application(application: &Application, tenant: Option<&Tenant>) -> wire::Application {
    wire::Application {
        id: application.object_id.to_string(),
        app_id: application.app_id.to_string(),
        display_name: application.display_name.clone(),
        identifier_uris: application.identifier_uris.clone(),
        sign_in_audience: audience(application.audience).into(),
        created_date_time: Some(application.created_at),
        deleted_date_time: None,
        publisher_domain: tenant.and_then(Tenant::default_domain).map(str::to_owned),
        tags: application.tags.clone(),
        notes: application.notes.clone(),
        api: wire::ApplicationApi {
            requested_access_token_version: application.wants_v2_tokens.then_some(2),
            ..wire::ApplicationApi::default()
        },
        app_roles: application.app_roles.iter().map(app_role).collect(),
        required_resource_access: application.required_access.iter().map(access).collect(),
        key_credentials: Vec::new(),
        password_credentials: application.secrets.iter().map(secret).collect(),
        web: wire::ApplicationWeb {
            redirect_uris: application.redirect_uris.clone(),
            ..wire::ApplicationWeb::default()
        },
        ..wire::Application::default()
    }
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::HomeTenant => "AzureADMyOrg",
        Audience::AnyTenant => "AzureADMultipleOrgs",
    }
}

fn app_role(role: &AppRole) -> wire::AppRole {
    wire::AppRole {
        id: role.id.to_string(),
        value: Some(role.value.clone()),
        display_name: role.display_name.clone(),
        description: role.description.clone(),
        is_enabled: role.is_enabled,
        allowed_member_types: vec!["Application".into()],
        origin: Some("Application".into()),
    }
}

fn access(access: &RequiredAccess) -> wire::RequiredResourceAccess {
    let one = |role: &vakt_identity::RequiredRole| wire::ResourceAccess {
        id: role.id.to_string(),
        kind: if role.is_app_role { "Role" } else { "Scope" }.into(),
    };
    wire::RequiredResourceAccess {
        resource_app_id: access.resource.to_string(),
        resource_access: access.roles.iter().map(one).collect(),
    }
}

/// A secret without its value.
pub(super) fn secret(secret: &SecretCredential) -> wire::PasswordCredential {
    wire::PasswordCredential {
        key_id: Some(secret.key_id.to_string()),
        display_name: secret.description.clone(),
        hint: Some(secret.hint.clone()),
        start_date_time: Some(secret.starts_at),
        end_date_time: Some(secret.expires_at),
        secret_text: None,
        custom_key_identifier: None,
    }
}

pub(crate) fn service_principal(principal: &ServicePrincipal) -> wire::ServicePrincipal {
    wire::ServicePrincipal {
        id: principal.object_id.to_string(),
        app_id: principal.app_id.to_string(),
        display_name: principal.display_name.clone(),
        app_display_name: Some(principal.display_name.clone()),
        app_owner_organization_id: Some(principal.owner.to_string()),
        account_enabled: principal.is_enabled,
        app_role_assignment_required: principal.assignment_required,
        service_principal_names: principal.names.clone(),
        service_principal_type: "Application".into(),
        sign_in_audience: Some(
            if principal.owner == principal.tenant {
                "AzureADMyOrg"
            } else {
                "AzureADMultipleOrgs"
            }
            .into(),
        ),
        created_date_time: Some(principal.created_at),
        app_roles: principal.app_roles.iter().map(app_role).collect(),
        oauth2_permission_scopes: scopes(principal),
        reply_urls: Vec::new(),
        tags: principal.tags.clone(),
        ..wire::ServicePrincipal::default()
    }
}

fn scopes(principal: &ServicePrincipal) -> Vec<wire::OAuth2PermissionScope> {
    let api = catalogue::find(principal.app_id);
    let scopes = api.map_or(&[][..], |api| api.scopes);
    let one = |scope: &catalogue::CatalogueScope| wire::OAuth2PermissionScope {
        id: scope.id.to_string(),
        value: Some(scope.value.into()),
        kind: "Admin".into(),
        is_enabled: true,
        admin_consent_display_name: Some(scope.display_name.into()),
        admin_consent_description: Some(scope.description.into()),
        ..wire::OAuth2PermissionScope::default()
    };
    scopes.iter().map(one).collect()
}

pub(crate) fn assignment(assignment: &RoleAssignment) -> wire::AppRoleAssignment {
    wire::AppRoleAssignment {
        id: assignment.id.to_string(),
        created_date_time: Some(assignment.created_at),
        app_role_id: assignment.role.to_string(),
        principal_id: assignment.principal.to_string(),
        principal_type: "ServicePrincipal".into(),
        principal_display_name: assignment.principal_name.clone(),
        resource_id: assignment.resource.to_string(),
        resource_display_name: assignment.resource_name.clone(),
        ..wire::AppRoleAssignment::default()
    }
}

pub(super) fn organization(tenant: &Tenant) -> wire::Organization {
    let domain = |(index, domain): (usize, &vakt_identity::Domain)| wire::VerifiedDomain {
        name: domain.name.clone(),
        kind: "Managed".into(),
        is_default: domain.is_default,
        is_initial: index == 0,
        capabilities: "Email, OfficeCommunicationsOnline".into(),
    };
    wire::Organization {
        id: tenant.id.to_string(),
        display_name: tenant.name.clone(),
        created_date_time: Some(tenant.created_at),
        tenant_type: "AAD".into(),
        verified_domains: tenant.domains.iter().enumerate().map(domain).collect(),
    }
}

pub(super) fn domains(tenant: &Tenant) -> Vec<wire::Domain> {
    let domain = |(index, domain): (usize, &vakt_identity::Domain)| wire::Domain {
        id: domain.name.clone(),
        authentication_type: "Managed".into(),
        is_default: domain.is_default,
        is_initial: index == 0,
        is_verified: true,
        supported_services: vec!["Email".into(), "OfficeCommunicationsOnline".into()],
    };
    tenant.domains.iter().enumerate().map(domain).collect()
}
