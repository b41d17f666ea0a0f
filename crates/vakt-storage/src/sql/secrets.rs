//! Secrets of applications, row by row: they come and go while everything else is read.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row};
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{
    Application, ApplicationFault, IdentityError, ObjectKey, SECRETS_MAX, SecretCredential,
    StoreError,
};
use vakt_ids::{KeyId, ObjectId, TenantId};

use super::{Db, DbConnection, DbRow, Store, applications, conflict, events, failed, id};
use crate::rows::{from_ticks, plain, ticks};

impl Store {
    pub(super) async fn put_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        secret: &SecretCredential,
        events: &[DirectoryEvent],
    ) -> Result<bool, IdentityError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        let key = ObjectKey::Object(object);
        let found = applications::find(&mut transaction, tenant, key).await?;
        let Some(application) = found else { return Ok(false) };
        if application.secrets.len() >= SECRETS_MAX {
            return Err(ApplicationFault::TooManySecrets.into());
        }
        insert(&mut transaction, object, secret).await?;
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }

    pub(super) async fn drop_secret(
        &self,
        tenant: TenantId,
        object: ObjectId,
        key: KeyId,
        events: &[DirectoryEvent],
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
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }
}

/// Adds a secret to an application that is there.
pub(super) async fn insert(
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
        .bind(secret.description.as_deref().map(plain))
        .bind(plain(&secret.hint))
        .bind(ticks(secret.starts_at))
        .bind(ticks(secret.expires_at))
        .bind(secret.salt.as_slice())
        .bind(secret.hash.as_slice())
        .execute(connection)
        .await
        .map_err(conflict("a secret with this key id"))?;
    Ok(())
}

/// Gives applications their secrets, oldest first.
pub(super) async fn attach(
    connection: &mut DbConnection,
    applications: &mut [Application],
) -> Result<(), StoreError> {
    if applications.is_empty() {
        return Ok(());
    }
    let mut sql = QueryBuilder::<Db>::new("SELECT * FROM application_secrets WHERE object_id IN (");
    let mut ids = sql.separated(", ");
    for application in applications.iter() {
        ids.push_bind(application.object_id.to_string());
    }
    sql.push(") ORDER BY seq");
    let rows = sql.build().fetch_all(connection).await.map_err(failed)?;
    let mut found: HashMap<ObjectId, Vec<SecretCredential>> = HashMap::new();
    for row in &rows {
        found.entry(id(row, "object_id")?).or_default().push(read_row(row)?);
    }
    for application in applications {
        application.secrets = found.remove(&application.object_id).unwrap_or_default();
    }
    Ok(())
}

fn read_row(row: &DbRow) -> Result<SecretCredential, StoreError> {
    let bytes = |column: &str| row.try_get::<Vec<u8>, _>(column).map_err(failed);
    let wrong = |bytes: Vec<u8>| StoreError::Corrupt {
        what: "secret",
        why: format!("{} bytes", bytes.len()),
    };
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
