//! Granted delegated permissions.

use async_trait::async_trait;
use sqlx::Row;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{DelegationStore, DirectoryPage, GrantQuery, PermissionGrant, StoreError};
use vakt_ids::{GrantId, ObjectId, TenantId};

use super::grants::Grants;
use super::{DbConnection, DbRow, Store, conflict, events, failed, id};
use crate::rows::{from_ticks, plain, ticks};

const GRANTS: Grants = Grants { table: "permission_grants", client: "client_id" };

#[async_trait]
impl DelegationStore for Store {
    async fn list_permission_grants(
        &self,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<DirectoryPage<PermissionGrant>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        let rows = GRANTS.page(&mut connection, tenant, query).await?;
        let items = rows.items.iter().map(read_row).collect::<Result<_, _>>()?;
        Ok(DirectoryPage { items, next: rows.next, count: rows.count })
    }

    async fn find_permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
    ) -> Result<Option<PermissionGrant>, StoreError> {
        let sql = "SELECT * FROM permission_grants WHERE tenant_id = $1 AND id = $2";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(id.to_string());
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(read_row).transpose()
    }

    async fn insert_permission_grant(
        &self,
        grant: &PermissionGrant,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "INSERT INTO permission_grants
            (id, tenant_id, client_id, resource_id, scope, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let done = sqlx::query(sql)
            .bind(grant.id.to_string())
            .bind(grant.tenant.to_string())
            .bind(grant.client.to_string())
            .bind(grant.resource.to_string())
            .bind(plain(&grant.scope))
            .bind(ticks(grant.created_at))
            .execute(&mut *transaction)
            .await;
        done.map_err(conflict("a permission grant of this client on this resource"))?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)
    }

    async fn change_permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
        scope: &str,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE permission_grants SET scope = $3 WHERE tenant_id = $1 AND id = $2";
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(id.to_string());
        let done = query.bind(plain(scope)).execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    async fn delete_permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let sql = "DELETE FROM permission_grants WHERE tenant_id = $1 AND id = $2";
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(id.to_string());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }
}

/// Brings a grant back, if both ends are there and it was not granted anew meanwhile.
pub(super) async fn restore(
    connection: &mut DbConnection,
    grant: &PermissionGrant,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO permission_grants
        (id, tenant_id, client_id, resource_id, scope, created_at)
        SELECT $1, $2, c.object_id, r.object_id, $5, CAST($6 AS BIGINT)
        FROM service_principals c, service_principals r
        WHERE c.object_id = $3 AND c.tenant_id = $2 AND r.object_id = $4 AND r.tenant_id = $2
        ON CONFLICT DO NOTHING";
    sqlx::query(sql)
        .bind(grant.id.to_string())
        .bind(grant.tenant.to_string())
        .bind(grant.client.to_string())
        .bind(grant.resource.to_string())
        .bind(plain(&grant.scope))
        .bind(ticks(grant.created_at))
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}

/// All grants of a service principal, in both directions.
pub(super) async fn touching(
    connection: &mut DbConnection,
    principal: ObjectId,
) -> Result<Vec<PermissionGrant>, StoreError> {
    let sql = "SELECT * FROM permission_grants WHERE client_id = $1 OR resource_id = $1
        ORDER BY seq";
    let query = sqlx::query(sql).bind(principal.to_string());
    let rows = query.fetch_all(connection).await.map_err(failed)?;
    rows.iter().map(read_row).collect()
}

fn read_row(row: &DbRow) -> Result<PermissionGrant, StoreError> {
    Ok(PermissionGrant {
        tenant: id(row, "tenant_id")?,
        id: id(row, "id")?,
        client: id(row, "client_id")?,
        resource: id(row, "resource_id")?,
        scope: row.try_get("scope").map_err(failed)?,
        created_at: from_ticks(row.try_get("created_at").map_err(failed)?),
    })
}
