//! Deleted objects: out of the live tables, so that their names are free at once and no live
//! question meets them, and whole, so that they can come back.

use jiff::Timestamp;
use sqlx::Row;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{
    DeletedKind, DeletedObject, DirectoryPage, DirectoryQuery, FormerObject, ObjectKey,
    ServicePrincipal, StoreError,
};
use vakt_ids::{ObjectId, TenantId};

use super::directory::{Table, page};
use super::{
    DbConnection, DbRow, Store, applications, assignments, conflict, corrupt, delegation, events,
    failed, optional_id, principals,
};
use crate::rows::{Former, Held, fold, from_ticks, read_former, ticks, write_former};

const DELETE_APPLICATION: &str = "DELETE FROM applications WHERE object_id = $1";
const DELETE_PRINCIPAL: &str = "DELETE FROM service_principals WHERE object_id = $1";
const DELETE_FORMER: &str = "DELETE FROM deleted_objects WHERE object_id = $1";

impl Store {
    pub(super) async fn remove_application(
        &self,
        tenant: TenantId,
        object: ObjectId,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let key = ObjectKey::Object(object);
        let found = applications::find(&mut transaction, tenant, key).await?;
        let Some(application) = found else { return Ok(false) };
        let home = ObjectKey::App(application.app_id);
        if let Some(principal) = principals::find(&mut transaction, tenant, home).await? {
            move_principal(&mut transaction, principal, at, Some(object)).await?;
        }
        keep(&mut transaction, &Former::Application(application), at, None).await?;
        remove(&mut transaction, DELETE_APPLICATION, object).await?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    pub(super) async fn remove_principal(
        &self,
        tenant: TenantId,
        object: ObjectId,
        at: Timestamp,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let key = ObjectKey::Object(object);
        let found = principals::find(&mut transaction, tenant, key).await?;
        let Some(principal) = found else { return Ok(false) };
        move_principal(&mut transaction, principal, at, None).await?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    pub(super) async fn deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<Option<DeletedObject>, StoreError> {
        let sql = "SELECT * FROM deleted_objects WHERE tenant_id = $1 AND object_id = $2";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(object.to_string());
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(read_row).transpose()
    }

    pub(super) async fn deleted_page(
        &self,
        tenant: TenantId,
        kind: DeletedKind,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<DeletedObject>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        let rows = page(&mut connection, Table::Deleted(kind), tenant, query).await?;
        let items = rows.items.iter().map(read_row).collect::<Result<_, _>>()?;
        Ok(DirectoryPage { items, next: rows.next, count: rows.count })
    }

    pub(super) async fn restore(
        &self,
        tenant: TenantId,
        object: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "SELECT document FROM deleted_objects WHERE tenant_id = $1
            AND (object_id = $2 OR deleted_with = $2) ORDER BY seq DESC";
        let documents: Vec<String> = sqlx::query_scalar(sql)
            .bind(tenant.to_string())
            .bind(object.to_string())
            .fetch_all(&mut *transaction)
            .await
            .map_err(failed)?;
        if documents.is_empty() {
            return Ok(false);
        }
        // An application was kept after the service principal that went with it, so it is first.
        for document in documents {
            bring_back(&mut transaction, &document).await?;
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    pub(super) async fn purge(
        &self,
        tenant: TenantId,
        object: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        // First, while the events' applications can still be looked up.
        events::record(&mut transaction, events).await?;
        let sql = "DELETE FROM deleted_objects WHERE tenant_id = $1
            AND (object_id = $2 OR deleted_with = $2)";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(object.to_string());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    pub(super) async fn purge_older(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "DELETE FROM deleted_objects WHERE deleted_at < $1";
        let query = sqlx::query(sql).bind(ticks(before));
        let purged = query.execute(&mut *transaction).await.map_err(failed)?.rows_affected();
        if purged > 0 {
            self.commit_identity(transaction).await.map_err(failed)?;
        }
        Ok(purged)
    }
}

/// Moves a service principal with its grants out of the live tables.
async fn move_principal(
    connection: &mut DbConnection,
    principal: ServicePrincipal,
    at: Timestamp,
    with: Option<ObjectId>,
) -> Result<(), StoreError> {
    let object = principal.object_id;
    let held = Held {
        roles: assignments::touching(connection, object).await?,
        delegated: delegation::touching(connection, object).await?,
    };
    keep(connection, &Former::ServicePrincipal(principal, held), at, with).await?;
    remove(connection, DELETE_PRINCIPAL, object).await
}

/// Keeps what is about to be removed. An older state under the same id has nobody left to come
/// back for.
async fn keep(
    connection: &mut DbConnection,
    former: &Former,
    at: Timestamp,
    with: Option<ObjectId>,
) -> Result<(), StoreError> {
    let (kind, tenant, object, app, name) = match former {
        Former::Application(it) => {
            (DeletedKind::Application, it.tenant, it.object_id, it.app_id, &it.display_name)
        }
        Former::ServicePrincipal(it, _) => {
            (DeletedKind::ServicePrincipal, it.tenant, it.object_id, it.app_id, &it.display_name)
        }
    };
    remove(connection, DELETE_FORMER, object).await?;
    let sql = "INSERT INTO deleted_objects
        (object_id, tenant_id, kind, app_id, name_folded, deleted_at, deleted_with, document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(object.to_string())
        .bind(tenant.to_string())
        .bind(word(kind))
        .bind(app.to_string())
        .bind(fold(name))
        .bind(ticks(at))
        .bind(with.map(|with| with.to_string()))
        .bind(write_former(former).map_err(corrupt("deleted object"))?)
        .execute(connection)
        .await
        .map_err(conflict("a deleted object with this id"))?;
    Ok(())
}

async fn remove(
    connection: &mut DbConnection,
    sql: &'static str,
    object: ObjectId,
) -> Result<(), StoreError> {
    let query = sqlx::query(sql).bind(object.to_string());
    query.execute(connection).await.map_err(failed)?;
    Ok(())
}

async fn bring_back(connection: &mut DbConnection, document: &str) -> Result<(), StoreError> {
    match read_former(document).map_err(corrupt("deleted object"))? {
        Former::Application(application) => {
            applications::insert(connection, &application).await?;
            remove(connection, DELETE_FORMER, application.object_id).await
        }
        Former::ServicePrincipal(principal, held) => {
            let object = principal.object_id;
            principals::insert_following(connection, principal).await?;
            for grant in held.roles {
                assignments::restore(connection, &grant).await?;
            }
            for grant in held.delegated {
                delegation::restore(connection, &grant).await?;
            }
            remove(connection, DELETE_FORMER, object).await
        }
    }
}

/// The word of a kind in the table.
pub(super) fn word(kind: DeletedKind) -> &'static str {
    match kind {
        DeletedKind::Application => "application",
        DeletedKind::ServicePrincipal => "service principal",
    }
}

fn read_row(row: &DbRow) -> Result<DeletedObject, StoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    let object = match read_former(&document).map_err(corrupt("deleted object"))? {
        Former::Application(application) => FormerObject::Application(Box::new(application)),
        Former::ServicePrincipal(principal, _) => {
            FormerObject::ServicePrincipal(Box::new(principal))
        }
    };
    Ok(DeletedObject {
        deleted_at: from_ticks(row.try_get("deleted_at").map_err(failed)?),
        deleted_with: optional_id(row, "deleted_with")?,
        object,
    })
}
