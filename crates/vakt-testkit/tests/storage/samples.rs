//! Things to store: complete, so that a member that is lost is noticed.

use jiff::Timestamp;
use vakt_identity::{
    AppRole, Application, Audience, Domain, RequiredAccess, RequiredRole, RoleAssignment,
    SecretCredential, ServicePrincipal, Tenant,
};
use vakt_ids::{AppId, AssignmentId, KeyId, ObjectId, RoleId, TenantId};

/// The tenant of most samples, and another.
pub const ONE: TenantId = TenantId::from_u128(1);
/// The other tenant.
pub const OTHER: TenantId = TenantId::from_u128(2);

/// An instant, in hundreds of nanoseconds after a whole second.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A tenant with two domains.
pub fn tenant(id: TenantId, name: &str) -> Tenant {
    let domain = |suffix: &str, is_default| Domain { name: format!("{name}{suffix}"), is_default };
    Tenant {
        id,
        name: name.into(),
        domains: vec![domain(".onmicrosoft.com", false), domain(".example", true)],
        created_at: at("2026-01-01T00:00:00.0000001Z"),
    }
}

/// An application that uses every member, numbered.
pub fn application(tenant: TenantId, number: u128) -> Application {
    let (object, app) = (ObjectId::from_u128(number << 64), AppId::from_u128(number << 32));
    let now = at("2026-01-02T03:04:05.1234567Z");
    let mut application = Application::new(tenant, object, app, &format!("app {number}"), now);
    application.audience = Audience::AnyTenant;
    application.identifier_uris =
        vec![format!("api://{number}"), format!("https://{number}.example/")];
    application.wants_v2_tokens = true;
    application.app_roles = vec![role(number)];
    application.required_access = vec![RequiredAccess {
        resource: AppId::from_u128(9),
        roles: vec![
            RequiredRole { id: RoleId::from_u128(90), is_app_role: true },
            RequiredRole { id: RoleId::from_u128(91), is_app_role: false },
        ],
    }];
    application.redirect_uris = vec!["https://x/callback".into()];
    application.tags = vec!["tag".into()];
    application.notes = Some("notes, with 'quotes' and ünicode".into());
    application.secrets = vec![secret(number), secret(number + 1)];
    application
}

/// A role, numbered.
pub fn role(number: u128) -> AppRole {
    AppRole {
        id: RoleId::from_u128(number),
        value: format!("Role.{number}"),
        display_name: "role".into(),
        description: "does something".into(),
        is_enabled: number.is_multiple_of(2),
    }
}

/// A secret, numbered.
pub fn secret(number: u128) -> SecretCredential {
    SecretCredential {
        key_id: KeyId::from_u128(number << 16),
        description: Some(format!("secret {number}")),
        hint: "abc".into(),
        starts_at: at("2026-01-02T00:00:00Z"),
        expires_at: at("2028-01-02T00:00:00.0000009Z"),
        salt: [3; 16],
        hash: [4; 32],
    }
}

/// The presence of an application in a tenant.
pub fn principal(tenant: TenantId, of: &Application, object: u128) -> ServicePrincipal {
    ServicePrincipal {
        tenant,
        object_id: ObjectId::from_u128(object),
        app_id: of.app_id,
        owner: of.tenant,
        display_name: of.display_name.clone(),
        is_enabled: false,
        assignment_required: true,
        names: of.names(),
        app_roles: of.app_roles.clone(),
        tags: vec!["principal's own".into()],
        created_at: at("2026-01-03T00:00:00Z"),
    }
}

/// A grant, numbered.
pub fn grant(
    client: &ServicePrincipal,
    resource: &ServicePrincipal,
    number: u128,
) -> RoleAssignment {
    RoleAssignment {
        tenant: client.tenant,
        id: AssignmentId::from_u128(number),
        principal: client.object_id,
        principal_name: client.display_name.clone(),
        resource: resource.object_id,
        resource_name: resource.display_name.clone(),
        role: RoleId::from_u128(number),
        created_at: at("2026-01-04T00:00:00Z"),
    }
}
