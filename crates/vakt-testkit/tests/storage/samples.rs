//! Things to store: complete, so that a member that is lost is noticed.

use std::sync::Arc;
use std::task::Poll;

use jiff::Timestamp;
use vakt_identity::audit::{Act, Activity, DirectoryEvent, Target, TargetKind};
use vakt_identity::{
    AppRole, Application, Audience, CertificateCredential, Domain, FederatedCredential,
    IdentityError, RequiredAccess, RequiredRole, RoleAssignment, SecretCredential,
    ServicePrincipal, StoreError, Tenant,
};
use vakt_ids::{AppId, AssignmentId, KeyId, ObjectId, RoleId, TenantId};
use vakt_storage::Store;

use crate::backend::Backend;

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
    application.spa_redirect_uris = vec!["https://spa/callback".into()];
    application.public_client_redirect_uris = vec!["http://localhost".into()];
    application.logout_url = Some("https://x/out".into());
    application.home_page_url = Some("https://x/".into());
    application.extras = [("verifiedPublisher".into(), "{\"displayName\":\"ü\"}".into())].into();
    application.certificates = vec![certificate(number)];
    application.federated = vec![FederatedCredential {
        id: KeyId::from_u128(number),
        name: "deploy".into(),
        issuer: "https://issuer.example/".into(),
        subject: "repo:x/y:ref:refs/heads/main".into(),
        audience: "api://AzureADTokenExchange".into(),
        description: Some("from the pipeline".into()),
    }];
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

/// A certificate, numbered.
pub fn certificate(number: u128) -> CertificateCredential {
    CertificateCredential {
        key_id: KeyId::from_u128(number << 8),
        display_name: Some("CN=app".into()),
        custom_key_identifier: vec![0, 1, 255],
        starts_at: at("2026-01-02T00:00:00Z"),
        expires_at: at("2027-01-02T00:00:00Z"),
        thumbprint_sha1: [5; 20],
        thumbprint_sha256: [6; 32],
        certificate_der: vec![48, 130, 0, 255],
        public_key_der: vec![48, 0],
    }
}

/// The presence of an application in a tenant, with something of its own everywhere.
pub fn principal(tenant: TenantId, of: &Application, object: u128) -> ServicePrincipal {
    let (object, now) = (ObjectId::from_u128(object), at("2026-01-03T00:00:00Z"));
    let mut principal = ServicePrincipal::of_application(tenant, object, of, now);
    principal.is_enabled = false;
    principal.assignment_required = true;
    principal.tags = vec!["principal's own".into()];
    principal.notes = Some("a note".into());
    principal.secrets = vec![secret(object.as_uuid().as_u128())];
    principal.certificates = vec![certificate(object.as_uuid().as_u128())];
    principal
}

/// When things are deleted.
pub fn later() -> Timestamp {
    at("2026-03-01T00:00:00Z")
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

/// A store with two tenants and nothing in them.
pub async fn with_tenants(backend: &impl Backend) -> Arc<dyn Store> {
    let store = backend.open().await;
    store.insert_tenant(&tenant(ONE, "one"), &[], &[]).await.unwrap();
    store.insert_tenant(&tenant(OTHER, "other"), &[], &[]).await.unwrap();
    store
}

/// Two principals of one tenant, a client and a resource.
pub async fn pair(store: &dyn Store) -> (ServicePrincipal, ServicePrincipal) {
    let (client, resource) = (application(ONE, 10), application(ONE, 20));
    store.insert_application(&client, &[]).await.unwrap();
    store.insert_application(&resource, &[]).await.unwrap();
    let (client, resource) = (principal(ONE, &client, 11), principal(ONE, &resource, 21));
    store.insert_service_principal(&client, &[]).await.unwrap();
    store.insert_service_principal(&resource, &[]).await.unwrap();
    (client, resource)
}

/// Was it refused for what is there already?
pub fn is_conflict<T>(result: Result<T, impl Into<IdentityError>>) -> bool {
    let error = result.err().map(Into::into);
    matches!(error, Some(IdentityError::Store(StoreError::Conflict(_))))
}

/// Polls all of them in turn until all are done.
pub async fn join_all(futures: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut running: Vec<_> = futures.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        running.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if running.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// A change of a tenant, told apart by its correlation id.
pub fn event(tenant: TenantId, correlation: &str) -> DirectoryEvent {
    let act = Act { correlation: correlation.into(), ..Act::of_server(at("2026-02-01T00:00:00Z")) };
    let target = Target { kind: TargetKind::Role, id: "id".into(), name: "name".into() };
    DirectoryEvent::done(Some(tenant), &act, Activity::UpdateApplication, target)
}

/// Is this piece among these bytes?
pub fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}
