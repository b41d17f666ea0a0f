//! Granted app roles.

use sqlx::Row;
use sqlx::query::Query;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{DirectoryPage, GrantQuery, RoleAssignment, StoreError};
use vakt_ids::{AssignmentId, ObjectId, TenantId};

use super::grants::Grants;
use super::{Db, DbConnection, DbRow, Store, conflict, events, failed, id};
use crate::rows::{from_ticks, plain, ticks};

const GRANTS: Grants = Grants { table: "role_assignments", client: "principal_id" };
const OF_PRINCIPAL: &str =
    "SELECT * FROM role_assignments WHERE tenant_id = $1 AND principal_id = $2 ORDER BY seq";
const ON_RESOURCE: &str =
    "SELECT * FROM role_assignments WHERE tenant_id = $1 AND resource_id = $2 ORDER BY seq";

impl Store {
    pub(super) async fn roles_of(
        &self,
        tenant: TenantId,
        principal: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError> {
        self.assignments(OF_PRINCIPAL, tenant, principal).await
    }

    pub(super) async fn roles_on(
        &self,
        tenant: TenantId,
        resource: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError> {
        self.assignments(ON_RESOURCE, tenant, resource).await
    }

    async fn assignments(
        &self,
        sql: &'static str,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<Vec<RoleAssignment>, StoreError> {
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(object.to_string());
        let rows = query.fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(read_row).collect()
    }

    pub(super) async fn assignment_page(
        &self,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<DirectoryPage<RoleAssignment>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        let rows = GRANTS.page(&mut connection, tenant, query).await?;
        let items = rows.items.iter().map(read_row).collect::<Result<_, _>>()?;
        Ok(DirectoryPage { items, next: rows.next, count: rows.count })
    }

    pub(super) async fn assignment(
        &self,
        tenant: TenantId,
        assignment: AssignmentId,
    ) -> Result<Option<RoleAssignment>, StoreError> {
        let sql = "SELECT * FROM role_assignments WHERE tenant_id = $1 AND id = $2";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(assignment.to_string());
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(read_row).transpose()
    }

    pub(super) async fn add_assignments(
        &self,
        assignments: &[RoleAssignment],
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        for assignment in assignments {
            insert(&mut transaction, assignment).await?;
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)
    }

    pub(super) async fn remove_assignment(
        &self,
        tenant: TenantId,
        assignment: AssignmentId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "DELETE FROM role_assignments WHERE tenant_id = $1 AND id = $2";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(assignment.to_string());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }
}

async fn insert(
    connection: &mut DbConnection,
    assignment: &RoleAssignment,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO role_assignments (id, tenant_id, principal_id, principal_name,
        resource_id, resource_name, role_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let done = bound(sql, assignment).execute(connection).await;
    done.map_err(conflict("this app role assignment"))?;
    Ok(())
}

/// Brings a grant back, if both ends are there and it was not granted anew meanwhile.
pub(super) async fn restore(
    connection: &mut DbConnection,
    assignment: &RoleAssignment,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO role_assignments (id, tenant_id, principal_id, principal_name,
        resource_id, resource_name, role_id, created_at)
        SELECT $1, $2, p.object_id, $4, r.object_id, $6, $7, CAST($8 AS BIGINT)
        FROM service_principals p, service_principals r
        WHERE p.object_id = $3 AND p.tenant_id = $2 AND r.object_id = $5 AND r.tenant_id = $2
        ON CONFLICT DO NOTHING";
    bound(sql, assignment).execute(connection).await.map_err(failed)?;
    Ok(())
}

fn bound(
    sql: &'static str,
    assignment: &RoleAssignment,
) -> Query<'static, Db, <Db as sqlx::Database>::Arguments> {
    sqlx::query(sql)
        .bind(assignment.id.to_string())
        .bind(assignment.tenant.to_string())
        .bind(assignment.principal.to_string())
        .bind(plain(&assignment.principal_name).into_owned())
        .bind(assignment.resource.to_string())
        .bind(plain(&assignment.resource_name).into_owned())
        .bind(assignment.role.to_string())
        .bind(ticks(assignment.created_at))
}

/// All grants of a service principal, in both directions.
pub(super) async fn touching(
    connection: &mut DbConnection,
    principal: ObjectId,
) -> Result<Vec<RoleAssignment>, StoreError> {
    let sql = "SELECT * FROM role_assignments WHERE principal_id = $1 OR resource_id = $1
        ORDER BY seq";
    let query = sqlx::query(sql).bind(principal.to_string());
    let rows = query.fetch_all(connection).await.map_err(failed)?;
    rows.iter().map(read_row).collect()
}

fn read_row(row: &DbRow) -> Result<RoleAssignment, StoreError> {
    Ok(RoleAssignment {
        tenant: id(row, "tenant_id")?,
        id: id(row, "id")?,
        principal: id(row, "principal_id")?,
        principal_name: row.try_get("principal_name").map_err(failed)?,
        resource: id(row, "resource_id")?,
        resource_name: row.try_get("resource_name").map_err(failed)?,
        role: id(row, "role_id")?,
        created_at: from_ticks(row.try_get("created_at").map_err(failed)?),
    })
}
