//! The identity store's trait, method by method.

use async_trait::async_trait;
use vakt_identity::{
    Application, Change, DirectoryPage, DirectoryQuery, IdentityError, IdentityStore, ObjectKey,
    RoleAssignment, SecretCredential, ServicePrincipal, StoreError, StoredSigningKey, Tenant,
    TenantName,
};
use vakt_ids::{AppId, AssignmentId, KeyId, ObjectId, TenantId};

use super::Store;

#[async_trait]
impl IdentityStore for Store {
    fn generation(&self) -> u64 {
        0
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
    ) -> Result<(), StoreError> {
        self.add_tenant(tenant, principals).await
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

    async fn insert_application(&self, application: &Application) -> Result<(), StoreError> {
        self.add_application(application).await
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
    ) -> Result<bool, StoreError> {
        self.remove_application(tenant, object).await
    }

    async fn add_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        secret: &SecretCredential,
    ) -> Result<bool, IdentityError> {
        self.put_secret(tenant, object, secret).await
    }

    async fn remove_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        key: KeyId,
    ) -> Result<bool, StoreError> {
        self.drop_secret(tenant, object, key).await
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
    ) -> Result<(), StoreError> {
        self.add_principal(principal).await
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
    ) -> Result<bool, StoreError> {
        self.remove_principal(tenant, object).await
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

    async fn insert_assignments(&self, assignments: &[RoleAssignment]) -> Result<(), StoreError> {
        self.add_assignments(assignments).await
    }

    async fn delete_assignment(
        &self,
        tenant: TenantId,
        id: AssignmentId,
    ) -> Result<bool, StoreError> {
        self.remove_assignment(tenant, id).await
    }

    async fn signing_keys(&self) -> Result<Vec<StoredSigningKey>, StoreError> {
        self.all_signing_keys().await
    }

    async fn insert_signing_key(&self, key: &StoredSigningKey) -> Result<(), StoreError> {
        self.add_signing_key(key).await
    }
}
