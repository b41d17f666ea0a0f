//! The identity store's trait, method by method.

use async_trait::async_trait;
use jiff::Timestamp;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{
    Application, Change, DeletedKind, DeletedObject, DirectoryPage, DirectoryQuery, GrantQuery,
    IdentityError, IdentityStore, ObjectKey, RoleAssignment, SecretCredential, ServicePrincipal,
    StoreError, StoredSigningKey, Tenant, TenantName,
};
use vakt_ids::{AppId, AssignmentId, KeyId, ObjectId, TenantId};

use super::Store;

#[async_trait]
impl IdentityStore for Store {
    async fn generation(&self) -> Result<u64, StoreError> {
        self.present_generation().await
    }

    fn generation_at_hand(&self) -> Option<u64> {
        self.present_generation_at_hand()
    }

    async fn tenants(&self) -> Result<Vec<Tenant>, StoreError> {
        self.all_tenants().await
    }

    async fn find_tenant(&self, name: &TenantName) -> Result<Option<Tenant>, StoreError> {
        self.tenant_named(name).await
    }

    async fn insert_tenant(
        &self,
        tenant: &Tenant,
        principals: &[ServicePrincipal],
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        self.add_tenant(tenant, principals, events).await
    }

    async fn delete_tenant(
        &self,
        tenant: TenantId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.remove_tenant(tenant, events).await
    }

    async fn find_application_anywhere(
        &self,
        app: AppId,
    ) -> Result<Option<Application>, StoreError> {
        self.application_anywhere(app).await
    }

    async fn find_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Option<Application>, StoreError> {
        self.application(tenant, key).await
    }

    async fn list_applications(
        &self,
        tenant: TenantId,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<Application>, StoreError> {
        self.application_page(tenant, query).await
    }

    async fn insert_application(
        &self,
        application: &Application,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        self.add_application(application, events).await
    }

    async fn change_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, Application>,
    ) -> Result<Option<Application>, IdentityError> {
        self.alter_application(tenant, key, change).await
    }

    async fn delete_application(
        &self,
        tenant: TenantId,
        object: ObjectId,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.remove_application(tenant, object, at, events).await
    }

    async fn add_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        secret: &SecretCredential,
        events: &[DirectoryEvent],
    ) -> Result<bool, IdentityError> {
        self.put_secret(tenant, object, secret, events).await
    }

    async fn remove_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        key: KeyId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.drop_secret(tenant, object, key, events).await
    }

    async fn find_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Option<ServicePrincipal>, StoreError> {
        self.principal(tenant, key).await
    }

    async fn find_resource(
        &self,
        tenant: TenantId,
        folded_name: &str,
    ) -> Result<Option<ServicePrincipal>, StoreError> {
        self.principal_named(tenant, folded_name).await
    }

    async fn list_service_principals(
        &self,
        tenant: TenantId,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<ServicePrincipal>, StoreError> {
        self.principal_page(tenant, query).await
    }

    async fn insert_service_principal(
        &self,
        principal: &ServicePrincipal,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        self.add_principal(principal, events).await
    }

    async fn change_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, ServicePrincipal>,
    ) -> Result<Option<ServicePrincipal>, IdentityError> {
        self.alter_principal(tenant, key, change).await
    }

    async fn delete_service_principal(
        &self,
        tenant: TenantId,
        object: ObjectId,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.remove_principal(tenant, object, at, events).await
    }

    async fn find_deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<Option<DeletedObject>, StoreError> {
        self.deleted(tenant, object).await
    }

    async fn list_deleted(
        &self,
        tenant: TenantId,
        kind: DeletedKind,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<DeletedObject>, StoreError> {
        self.deleted_page(tenant, kind, query).await
    }

    async fn restore_deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.restore(tenant, object, events).await
    }

    async fn purge_deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.purge(tenant, object, events).await
    }

    async fn purge_deleted_before(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.purge_older(before).await
    }

    async fn assignments_of(
        &self,
        tenant: TenantId,
        principal: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError> {
        self.roles_of(tenant, principal).await
    }

    async fn assignments_on(
        &self,
        tenant: TenantId,
        resource: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError> {
        self.roles_on(tenant, resource).await
    }

    async fn list_assignments(
        &self,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<DirectoryPage<RoleAssignment>, StoreError> {
        self.assignment_page(tenant, query).await
    }

    async fn find_assignment(
        &self,
        tenant: TenantId,
        id: AssignmentId,
    ) -> Result<Option<RoleAssignment>, StoreError> {
        self.assignment(tenant, id).await
    }

    async fn insert_assignments(
        &self,
        assignments: &[RoleAssignment],
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        self.add_assignments(assignments, events).await
    }

    async fn delete_assignment(
        &self,
        tenant: TenantId,
        id: AssignmentId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.remove_assignment(tenant, id, events).await
    }

    async fn signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError> {
        self.all_signing_keys().await
    }

    async fn insert_signing_key(
        &self,
        key: &StoredSigningKey,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        self.add_signing_key(key, events).await
    }

    async fn retire_signing_key(
        &self,
        kid: &str,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        self.end_signing_key(kid, at, events).await
    }
}
