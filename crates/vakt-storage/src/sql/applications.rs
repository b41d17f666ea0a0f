//! Applications.

use sqlx::Row;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{
    Application, Change, DirectoryPage, DirectoryQuery, IdentityError, ObjectKey, StoreError,
    fold_resource_name,
};
use vakt_ids::{AppId, TenantId};

use super::directory::{Table, page};
use super::{
    DbConnection, DbRow, Store, conflict, corrupt, events, failed, id, principals, secrets, tags,
};
use crate::rows::{fold, from_ticks, plain, read_application, ticks, write_application};

impl Store {
    pub(super) async fn application_anywhere(
        &self,
        app: AppId,
    ) -> Result<Option<Application>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        find_anywhere(&mut connection, app).await
    }

    pub(super) async fn application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Option<Application>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        find(&mut connection, tenant, key).await
    }

    pub(super) async fn application_page(
        &self,
        tenant: TenantId,
        query: &DirectoryQuery,
    ) -> Result<DirectoryPage<Application>, StoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        let rows = page(&mut connection, Table::Applications, tenant, query).await?;
        let mut items: Vec<Application> =
            rows.items.iter().map(read_row).collect::<Result<_, _>>()?;
        secrets::attach(&mut connection, &mut items).await?;
        Ok(DirectoryPage { items, next: rows.next, count: rows.count })
    }

    pub(super) async fn add_application(
        &self,
        application: &Application,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        insert(&mut transaction, application).await?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)
    }

    pub(super) async fn alter_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: Change<'_, Application>,
    ) -> Result<Option<Application>, IdentityError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let Some(mut application) = find(&mut transaction, tenant, key).await? else {
            return Ok(None);
        };
        let (old_name, secrets) = (application.display_name.clone(), application.secrets.clone());
        let events = change(&mut application)?;
        application.secrets = secrets;
        update(&mut transaction, &application).await?;
        principals::follow(&mut transaction, &application, &old_name).await?;
        events::record(&mut transaction, &events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(Some(application))
    }
}

pub(super) async fn find_anywhere(
    connection: &mut DbConnection,
    app: AppId,
) -> Result<Option<Application>, StoreError> {
    let query = sqlx::query("SELECT * FROM applications WHERE app_id = $1").bind(app.to_string());
    let row = query.fetch_optional(&mut *connection).await.map_err(failed)?;
    with_secrets(connection, row).await
}

pub(super) async fn find(
    connection: &mut DbConnection,
    tenant: TenantId,
    key: ObjectKey,
) -> Result<Option<Application>, StoreError> {
    let (sql, value) = match key {
        ObjectKey::Object(id) => {
            ("SELECT * FROM applications WHERE tenant_id = $1 AND object_id = $2", id.to_string())
        }
        ObjectKey::App(id) => {
            ("SELECT * FROM applications WHERE tenant_id = $1 AND app_id = $2", id.to_string())
        }
    };
    let query = sqlx::query(sql).bind(tenant.to_string()).bind(value);
    let row = query.fetch_optional(&mut *connection).await.map_err(failed)?;
    with_secrets(connection, row).await
}

async fn with_secrets(
    connection: &mut DbConnection,
    row: Option<DbRow>,
) -> Result<Option<Application>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let mut application = [read_row(&row)?];
    secrets::attach(connection, &mut application).await?;
    let [application] = application;
    Ok(Some(application))
}

/// Adds an application with its names and secrets.
pub(super) async fn insert(
    connection: &mut DbConnection,
    application: &Application,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO applications
        (object_id, app_id, tenant_id, display_name, name_folded, document, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(sql)
        .bind(application.object_id.to_string())
        .bind(application.app_id.to_string())
        .bind(application.tenant.to_string())
        .bind(plain(&application.display_name))
        .bind(fold(&application.display_name))
        .bind(write_application(application).map_err(corrupt("application"))?)
        .bind(ticks(application.created_at))
        .execute(&mut *connection)
        .await
        .map_err(conflict("an application with this id"))?;
    insert_names(connection, application).await?;
    put_tags(connection, application).await?;
    for secret in &application.secrets {
        secrets::insert(connection, application.object_id, secret).await?;
    }
    Ok(())
}

async fn update(
    connection: &mut DbConnection,
    application: &Application,
) -> Result<(), StoreError> {
    let object = application.object_id.to_string();
    let sql = "UPDATE applications SET display_name = $1, name_folded = $2, document = $3
        WHERE object_id = $4";
    sqlx::query(sql)
        .bind(plain(&application.display_name))
        .bind(fold(&application.display_name))
        .bind(write_application(application).map_err(corrupt("application"))?)
        .bind(&object)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    sqlx::query("DELETE FROM application_names WHERE object_id = $1")
        .bind(&object)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    insert_names(connection, application).await?;
    put_tags(connection, application).await
}

async fn put_tags(
    connection: &mut DbConnection,
    application: &Application,
) -> Result<(), StoreError> {
    let object = (application.tenant, application.object_id);
    tags::OF_APPLICATION.put(connection, object, &application.tags).await
}

fn read_row(row: &DbRow) -> Result<Application, StoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    let name: String = row.try_get("display_name").map_err(failed)?;
    let created_at = from_ticks(row.try_get("created_at").map_err(failed)?);
    let mut application = Application::new(
        id(row, "tenant_id")?,
        id(row, "object_id")?,
        id(row, "app_id")?,
        &name,
        created_at,
    );
    let document = read_application(&document).map_err(corrupt("application"))?;
    document.fill(&mut application).map_err(corrupt("application"))?;
    Ok(application)
}

async fn insert_names(
    connection: &mut DbConnection,
    application: &Application,
) -> Result<(), StoreError> {
    let mut folded: Vec<String> =
        application.identifier_uris.iter().map(|uri| fold_resource_name(uri)).collect();
    folded.sort();
    folded.dedup();
    for name in folded {
        let sql = "INSERT INTO application_names (tenant_id, folded, object_id)
            VALUES ($1, $2, $3)";
        sqlx::query(sql)
            .bind(application.tenant.to_string())
            .bind(plain(&name))
            .bind(application.object_id.to_string())
            .execute(&mut *connection)
            .await
            .map_err(conflict("an application with one of these identifierUris"))?;
    }
    Ok(())
}
