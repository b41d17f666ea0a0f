//! Views of the queue that people saved.

use sqlx::{QueryBuilder, Row};
use vakt_ids::{ObjectId, TenantId, ViewId};
use vakt_incidents::{IncidentStoreError, Saved, SavedView};

use super::super::super::FOR_UPDATE;
use super::{Db, DbConnection, DbRow, Store, corrupt, failed};
use crate::rows::{BadDocument, fold, plain, read_view, write_view};

impl Store {
    pub(super) async fn views_of(
        &self,
        tenant: TenantId,
        person: ObjectId,
    ) -> Result<Vec<SavedView>, IncidentStoreError> {
        let sql = "SELECT id, name, document FROM saved_views
            WHERE tenant_id = $1 AND person_id = $2 ORDER BY name_folded";
        let query = sqlx::query(sql).bind(tenant.to_string()).bind(person.to_string());
        let rows = query.fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(read).collect()
    }

    pub(super) async fn keep_view(
        &self,
        (tenant, person): (TenantId, ObjectId),
        view: &SavedView,
        max: usize,
    ) -> Result<Saved, IncidentStoreError> {
        let document = write_view(&view.asks).map_err(corrupt("view"))?;
        let mut transaction = self.begin().await.map_err(failed)?;
        // Whoever holds the person's row saves alone, so that nobody comes to keep one too many.
        if !is_there(&mut transaction, tenant, person).await? {
            return Ok(Saved::Nobody);
        }
        let (number, is_known) = counts(&mut transaction, person, &fold(&view.name)).await?;
        if !is_known && number >= max {
            return Ok(Saved::Full);
        }
        let sql = "INSERT INTO saved_views (id, tenant_id, person_id, name, name_folded, document)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id, name_folded) DO UPDATE
            SET name = excluded.name, document = excluded.document";
        sqlx::query(sql)
            .bind(view.id.to_string())
            .bind(tenant.to_string())
            .bind(person.to_string())
            .bind(plain(&view.name))
            .bind(fold(&view.name))
            .bind(document)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(if is_known { Saved::Replaced } else { Saved::Added })
    }

    pub(super) async fn forget_view(
        &self,
        (tenant, person): (TenantId, ObjectId),
        view: ViewId,
    ) -> Result<bool, IncidentStoreError> {
        let sql = "DELETE FROM saved_views WHERE tenant_id = $1 AND person_id = $2 AND id = $3";
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(person.to_string())
            .bind(view.to_string());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done.rows_affected() > 0)
    }
}

/// Is the person in the tenant? If so, the row is nobody else's until the transaction ends.
async fn is_there(
    connection: &mut DbConnection,
    tenant: TenantId,
    person: ObjectId,
) -> Result<bool, IncidentStoreError> {
    let mut sql = QueryBuilder::<Db>::new("SELECT object_id FROM people WHERE tenant_id = ");
    sql.push_bind(tenant.to_string());
    sql.push(" AND object_id = ").push_bind(person.to_string()).push(FOR_UPDATE);
    let row = sql.build().fetch_optional(connection).await.map_err(failed)?;
    Ok(row.is_some())
}

/// How many views a person has, and whether one of them has this folded name.
async fn counts(
    connection: &mut DbConnection,
    person: ObjectId,
    name: &str,
) -> Result<(usize, bool), IncidentStoreError> {
    let sql = "SELECT name_folded FROM saved_views WHERE person_id = $1";
    let query = sqlx::query_scalar::<_, String>(sql).bind(person.to_string());
    let names = query.fetch_all(connection).await.map_err(failed)?;
    Ok((names.len(), names.iter().any(|known| known == name)))
}

fn read(row: &DbRow) -> Result<SavedView, IncidentStoreError> {
    let id: String = row.try_get("id").map_err(failed)?;
    let document: String = row.try_get("document").map_err(failed)?;
    let bad = |_| BadDocument(format!("id `{id}`"));
    Ok(SavedView {
        id: id.parse().map_err(bad).map_err(corrupt("view"))?,
        name: row.try_get("name").map_err(failed)?,
        asks: read_view(&document).map_err(corrupt("view"))?,
    })
}
