//! Applications and their secrets.

use sqlx::Row;
use vakt_identity::{
    Application, ApplicationFault, Change, DirectoryPage, DirectoryQuery, IdentityError, ObjectKey,
    SECRETS_MAX, SecretCredential, StoreError, fold_resource_name,
};
use vakt_ids::{AppId, KeyId, ObjectId, TenantId};

use super::directory::{Table, page};
use super::{DbConnection, DbRow, Store, conflict, corrupt, failed, id, principals};
use crate::rows::{fold, from_ticks, read_application, ticks, write_application};

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
        let rows = page(&self.readers, Table::Applications, tenant, query).await?;
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        let mut items = Vec::with_capacity(rows.items.len());
        for row in rows.items {
            items.extend(with_secrets(&mut connection, Some(row)).await?);
        }
        Ok(DirectoryPage { items, next: rows.next, count: rows.count })
    }

    pub(super) async fn add_application(
        &self,
        application: &Application,
    ) -> Result<(), StoreError> {
        let document = write_application(application).map_err(corrupt("application"))?;
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "INSERT INTO applications
            (object_id, app_id, tenant_id, display_name, name_folded, document, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(sql)
            .bind(application.object_id.to_string())
            .bind(application.app_id.to_string())
            .bind(application.tenant.to_string())
            .bind(&application.display_name)
            .bind(fold(&application.display_name))
            .bind(document)
            .bind(ticks(application.created_at))
            .execute(&mut *transaction)
            .await
            .map_err(conflict("an application with this id"))?;
        insert_names(&mut transaction, application).await?;
        for secret in &application.secrets {
            insert_secret(&mut transaction, application.object_id, secret).await?;
        }
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
        let old_name = application.display_name.clone();
        change(&mut application)?;
        update(&mut transaction, &application).await?;
        principals::follow(&mut transaction, &application, &old_name).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(Some(application))
    }

    pub(super) async fn remove_application(
        &self,
        tenant: TenantId,
        object: ObjectId,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "DELETE FROM service_principals WHERE tenant_id = $1 AND app_id =
            (SELECT app_id FROM applications WHERE tenant_id = $1 AND object_id = $2)";
        let principals = sqlx::query(sql).bind(tenant.to_string()).bind(object.to_string());
        principals.execute(&mut *transaction).await.map_err(failed)?;
        let sql = "DELETE FROM applications WHERE tenant_id = $1 AND object_id = $2";
        let application = sqlx::query(sql).bind(tenant.to_string()).bind(object.to_string());
        let done = application.execute(&mut *transaction).await.map_err(failed)?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(done.rows_affected() > 0)
    }

    pub(super) async fn put_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        secret: &SecretCredential,
    ) -> Result<bool, IdentityError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let found = find(&mut transaction, tenant, ObjectKey::Object(object)).await?;
        let Some(application) = found else { return Ok(false) };
        if application.secrets.len() >= SECRETS_MAX {
            return Err(ApplicationFault::TooManySecrets.into());
        }
        insert_secret(&mut transaction, object, secret).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    pub(super) async fn drop_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        key: KeyId,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let sql = "DELETE FROM application_secrets WHERE object_id = $2 AND key_id = $3
            AND EXISTS (SELECT 1 FROM applications WHERE tenant_id = $1 AND object_id = $2)";
        let done = sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(object.to_string())
            .bind(key.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(done.rows_affected() > 0)
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

async fn find(
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
    let mut application = read_row(&row)?;
    let sql = "SELECT * FROM application_secrets WHERE object_id = $1 ORDER BY seq";
    let query = sqlx::query(sql).bind(application.object_id.to_string());
    let rows = query.fetch_all(connection).await.map_err(failed)?;
    application.secrets = rows.iter().map(read_secret).collect::<Result<_, _>>()?;
    Ok(Some(application))
}

async fn update(
    connection: &mut DbConnection,
    application: &Application,
) -> Result<(), StoreError> {
    let object = application.object_id.to_string();
    let sql = "UPDATE applications SET display_name = $1, name_folded = $2, document = $3
        WHERE object_id = $4";
    sqlx::query(sql)
        .bind(&application.display_name)
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
    insert_names(connection, application).await
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
    read_application(&document).map_err(corrupt("application"))?.fill(&mut application);
    Ok(application)
}

fn read_secret(row: &DbRow) -> Result<SecretCredential, StoreError> {
    let bytes = |column: &str| row.try_get::<Vec<u8>, _>(column).map_err(failed);
    let wrong = |_| StoreError::Corrupt { what: "secret", why: "salt or hash is cut".into() };
    Ok(SecretCredential {
        key_id: id(row, "key_id")?,
        description: row.try_get("description").map_err(failed)?,
        hint: row.try_get("hint").map_err(failed)?,
        starts_at: from_ticks(row.try_get("starts_at").map_err(failed)?),
        expires_at: from_ticks(row.try_get("expires_at").map_err(failed)?),
        salt: bytes("salt")?.try_into().map_err(wrong)?,
        hash: bytes("hash")?.try_into().map_err(wrong)?,
    })
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
        let sql =
            "INSERT INTO application_names (tenant_id, folded, object_id) VALUES ($1, $2, $3)";
        sqlx::query(sql)
            .bind(application.tenant.to_string())
            .bind(name)
            .bind(application.object_id.to_string())
            .execute(&mut *connection)
            .await
            .map_err(conflict("an application with one of these identifierUris"))?;
    }
    Ok(())
}

async fn insert_secret(
    connection: &mut DbConnection,
    object: ObjectId,
    secret: &SecretCredential,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO application_secrets
        (key_id, object_id, description, hint, starts_at, expires_at, salt, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(secret.key_id.to_string())
        .bind(object.to_string())
        .bind(&secret.description)
        .bind(&secret.hint)
        .bind(ticks(secret.starts_at))
        .bind(ticks(secret.expires_at))
        .bind(secret.salt.as_slice())
        .bind(secret.hash.as_slice())
        .execute(connection)
        .await
        .map_err(conflict("a secret with this key id"))?;
    Ok(())
}
