//! Pages of grants, of roles and of delegated permissions alike: they have the same ends.

use sqlx::{QueryBuilder, Row};
use vakt_identity::{DirectoryPage, GrantQuery, StoreError};
use vakt_ids::TenantId;

use super::{Db, DbConnection, DbRow, failed};

/// A table of grants.
#[derive(Clone, Copy)]
pub(super) struct Grants {
    pub table: &'static str,
    /// The column of the client's service principal.
    pub client: &'static str,
}

impl Grants {
    /// Reads one page of rows. The cursor is the last row's number.
    pub(super) async fn page(
        self,
        connection: &mut DbConnection,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<DirectoryPage<DbRow>, StoreError> {
        let mut sql = self.select("SELECT * FROM ", tenant, query);
        if let Some(cursor) = &query.after {
            sql.push(" AND seq > ").push_bind(cursor.parse().unwrap_or(i64::MAX));
        }
        sql.push(" ORDER BY seq LIMIT ").push_bind(i64::from(query.top) + 1);
        let mut items = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
        let more = items.len() > query.top as usize;
        items.truncate(query.top as usize);
        let next = match items.last() {
            Some(last) if more => Some(last.try_get::<i64, _>("seq").map_err(failed)?.to_string()),
            _ => None,
        };
        let count = match query.count {
            true => Some(self.count(connection, tenant, query).await?),
            false => None,
        };
        Ok(DirectoryPage { items, next, count })
    }

    async fn count(
        self,
        connection: &mut DbConnection,
        tenant: TenantId,
        query: &GrantQuery,
    ) -> Result<u64, StoreError> {
        let mut sql = self.select("SELECT COUNT(*) FROM ", tenant, query);
        let count: i64 = sql.build_query_scalar().fetch_one(connection).await.map_err(failed)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    fn select(self, head: &'static str, tenant: TenantId, query: &GrantQuery) -> QueryBuilder<Db> {
        let mut sql = QueryBuilder::new(head);
        sql.push(self.table).push(" WHERE tenant_id = ").push_bind(tenant.to_string());
        if let Some(client) = query.client {
            sql.push(" AND ").push(self.client).push(" = ").push_bind(client.to_string());
        }
        if let Some(resource) = query.resource {
            sql.push(" AND resource_id = ").push_bind(resource.to_string());
        }
        sql
    }
}
