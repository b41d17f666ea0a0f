//! Service principals.

use sqlx::Row;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{
    Application, Change, DirectoryPage, DirectoryQuery, IdentityError, ObjectKey, ServicePrincipal,
    StoreError, fold_resource_name,
};
use vakt_ids::TenantId;

use super::directory::{Table, page};
use super::{
    DbConnection, DbRow, Store, applications, conflict, corrupt, events, failed, id, tags,
};
use crate::rows::{fold, from_ticks, plain, read_principal, ticks, write_principal};

impl Store {
    pub(super) async fn principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Option<ServicePrincipal>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        find(&mut connection, tenant, key).await
    }

    pub(super) async fn principal_named(
        &self,
        tenant: TenantId,
        folded: &str,
    ) -> Result<Option<ServicePrincipal>, StoreError> {
        let sql = "SELECT p.* FROM service_principal_names n
            JOIN service_principals p ON p.object_id = n.object_id
            WHERE n.tenant_id = $1 AND n.folded = $2";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(plain(folded));
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(read_row).transpose()
    }

    pub(super) async fn principal_page(
        &self,
        tenant: TenantId,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<ServicePrincipal>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        let rows = page(&mut connection, Table::ServicePrincipals, tenant, query).await?;
        let items = rows.items.iter().map(read_row).collect::<Result<_, _>>()?;
        Ok(DirectoryPage { items, next: rows.next, count: rows.count })
    }

    pub(super) async fn add_principal(
        &self,
        principal: &ServicePrincipal,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        insert_following(&mut transaction, principal.clone()).await?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)
    }

    pub(super) async fn alter_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, ServicePrincipal>,
    ) -> Result<Option<ServicePrincipal>, IdentityError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let Some(mut principal) = find(&mut transaction, tenant, key).await? else {
            return Ok(None);
        };
        let events = change(&mut principal)?;
        update(&mut transaction, &principal).await?;
        events::record(&mut transaction, &events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(Some(principal))
    }
}

/// Adds a service principal with what its application has at this moment, which may have changed
/// since the caller read it.
pub(super) async fn insert_following(
    connection: &mut DbConnection,
    mut principal: ServicePrincipal,
) -> Result<(), StoreError> {
    if let Some(application) = applications::find_anywhere(connection, principal.app_id).await? {
        principal.follow(&application);
    }
    insert(connection, &principal).await
}

pub(super) async fn insert(
    connection: &mut DbConnection,
    principal: &ServicePrincipal,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO service_principals (object_id, tenant_id, app_id, owner_id,
        display_name, name_folded, is_enabled, assignment_required, document, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    sqlx::query(sql)
        .bind(principal.object_id.to_string())
        .bind(principal.tenant.to_string())
        .bind(principal.app_id.to_string())
        .bind(principal.owner.to_string())
        .bind(plain(&principal.display_name))
        .bind(fold(&principal.display_name))
        .bind(principal.is_enabled)
        .bind(principal.assignment_required)
        .bind(write_principal(principal).map_err(corrupt("service principal"))?)
        .bind(ticks(principal.created_at))
        .execute(&mut *connection)
        .await
        .map_err(conflict("a service principal of this application"))?;
    insert_names(connection, principal).await?;
    put_tags(connection, principal).await
}

async fn put_tags(
    connection: &mut DbConnection,
    principal: &ServicePrincipal,
) -> Result<(), StoreError> {
    let object = (principal.tenant, principal.object_id);
    tags::OF_PRINCIPAL.put(connection, object, &principal.tags).await
}

pub(super) async fn find(
    connection: &mut DbConnection,
    tenant: TenantId,
    key: ObjectKey,
) -> Result<Option<ServicePrincipal>, StoreError> {
    let (sql, value) = match key {
        ObjectKey::Object(id) => (
            "SELECT * FROM service_principals WHERE tenant_id = $1 AND object_id = $2",
            id.to_string(),
        ),
        ObjectKey::App(id) => (
            "SELECT * FROM service_principals WHERE tenant_id = $1 AND app_id = $2",
            id.to_string(),
        ),
    };
    let query = sqlx::query(sql).bind(tenant.to_string()).bind(value);
    let row = query.fetch_optional(connection).await.map_err(failed)?;
    row.as_ref().map(read_row).transpose()
}

async fn update(
    connection: &mut DbConnection,
    principal: &ServicePrincipal,
) -> Result<(), StoreError> {
    let object = principal.object_id.to_string();
    let sql = "UPDATE service_principals SET display_name = $1, name_folded = $2,
        is_enabled = $3, assignment_required = $4, document = $5 WHERE object_id = $6";
    sqlx::query(sql)
        .bind(plain(&principal.display_name))
        .bind(fold(&principal.display_name))
        .bind(principal.is_enabled)
        .bind(principal.assignment_required)
        .bind(write_principal(principal).map_err(corrupt("service principal"))?)
        .bind(&object)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    sqlx::query("DELETE FROM service_principal_names WHERE object_id = $1")
        .bind(&object)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    insert_names(connection, principal).await?;
    put_tags(connection, principal).await
}

/// Lets the service principals of a changed application follow it. In other tenants it takes no
/// name that something there has, and changes no display name that was given there: what another
/// tenant holds must neither be changed nor found out by the owner.
pub(super) async fn follow(
    connection: &mut DbConnection,
    application: &Application,
    old_name: &str,
) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT * FROM service_principals WHERE app_id = $1")
        .bind(application.app_id.to_string())
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?;
    for row in &rows {
        let mut principal = read_row(row)?;
        let given = principal.display_name.clone();
        principal.follow(application);
        if given != old_name {
            principal.display_name = given;
        }
        update(connection, &principal).await?;
    }
    Ok(())
}

const TAKE_NAME: &str =
    "INSERT INTO service_principal_names (tenant_id, folded, object_id) VALUES ($1, $2, $3)";
const TAKE_FREE_NAME: &str = "INSERT INTO service_principal_names
    (tenant_id, folded, object_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

async fn insert_names(
    connection: &mut DbConnection,
    principal: &ServicePrincipal,
) -> Result<(), StoreError> {
    let mut folded: Vec<String> =
        principal.names.iter().map(|name| fold_resource_name(name)).collect();
    folded.sort();
    folded.dedup();
    let is_guest = principal.owner != principal.tenant;
    for name in folded {
        sqlx::query(if is_guest { TAKE_FREE_NAME } else { TAKE_NAME })
            .bind(principal.tenant.to_string())
            .bind(plain(&name))
            .bind(principal.object_id.to_string())
            .execute(&mut *connection)
            .await
            .map_err(conflict("a service principal with one of these names"))?;
    }
    Ok(())
}

fn read_row(row: &DbRow) -> Result<ServicePrincipal, StoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    let name: String = row.try_get("display_name").map_err(failed)?;
    let mut principal = ServicePrincipal::new(
        id(row, "tenant_id")?,
        id(row, "object_id")?,
        (id(row, "app_id")?, id(row, "owner_id")?),
        &name,
        from_ticks(row.try_get("created_at").map_err(failed)?),
    );
    principal.is_enabled = row.try_get("is_enabled").map_err(failed)?;
    principal.assignment_required = row.try_get("assignment_required").map_err(failed)?;
    let document = read_principal(&document).map_err(corrupt("service principal"))?;
    document.fill(&mut principal).map_err(corrupt("service principal"))?;
    Ok(principal)
}
