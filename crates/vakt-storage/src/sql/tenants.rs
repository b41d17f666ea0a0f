//! Tenants and their domains.

use sqlx::Row;
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::{Domain, ServicePrincipal, StoreError, Tenant, TenantName};
use vakt_ids::TenantId;

use super::super::{take_turn, unhurried};
use super::{DbRow, Store, conflict, events, failed, id, principals};
use crate::rows::{from_ticks, plain, ticks};
use crate::turn::Turn;

impl Store {
    pub(super) async fn all_tenants(&self) -> Result<Vec<Tenant>, StoreError> {
        let sql = "SELECT id, name, created_at FROM tenants ORDER BY seq";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await.map_err(failed)?;
        let mut tenants = Vec::with_capacity(rows.len());
        for row in rows {
            tenants.push(self.read_tenant(&row).await?);
        }
        Ok(tenants)
    }

    pub(super) async fn tenant_named(
        &self,
        name: &TenantName,
    ) -> Result<Option<Tenant>, StoreError> {
        const BY_ID: &str = "SELECT id, name, created_at FROM tenants WHERE id = $1";
        const BY_DOMAIN: &str = "SELECT t.id, t.name, t.created_at FROM tenants t
            JOIN tenant_domains d ON d.tenant_id = t.id WHERE d.name = $1";
        const OLDEST: &str = "SELECT id, name, created_at FROM tenants ORDER BY seq LIMIT 1";
        let query = match name {
            TenantName::Id(id) => sqlx::query(BY_ID).bind(id.to_string()),
            TenantName::Domain(domain) => sqlx::query(BY_DOMAIN).bind(plain(domain)),
            TenantName::Adfs => sqlx::query(OLDEST),
            TenantName::Any | TenantName::Consumers => return Ok(None),
        };
        match query.fetch_optional(&self.readers).await.map_err(failed)? {
            Some(row) => Ok(Some(self.read_tenant(&row).await?)),
            None => Ok(None),
        }
    }

    async fn read_tenant(&self, row: &DbRow) -> Result<Tenant, StoreError> {
        let tenant: TenantId = id(row, "id")?;
        let sql = "SELECT name, is_default FROM tenant_domains WHERE tenant_id = $1
            ORDER BY position";
        let rows = sqlx::query(sql).bind(tenant.to_string()).fetch_all(&self.readers).await;
        let domain = |row: &DbRow| {
            Ok(Domain { name: row.try_get("name")?, is_default: row.try_get("is_default")? })
        };
        let domains: Result<Vec<Domain>, sqlx::Error> =
            rows.map_err(failed)?.iter().map(domain).collect();
        Ok(Tenant {
            id: tenant,
            name: row.try_get("name").map_err(failed)?,
            domains: domains.map_err(failed)?,
            created_at: from_ticks(row.try_get("created_at").map_err(failed)?),
        })
    }

    pub(super) async fn add_tenant(
        &self,
        tenant: &Tenant,
        principals: &[ServicePrincipal],
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        sqlx::query("INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)")
            .bind(tenant.id.to_string())
            .bind(plain(&tenant.name))
            .bind(ticks(tenant.created_at))
            .execute(&mut *transaction)
            .await
            .map_err(conflict("a tenant with this id"))?;
        for (position, domain) in (0_i64..).zip(&tenant.domains) {
            let sql = "INSERT INTO tenant_domains (name, tenant_id, position, is_default)
                VALUES ($1, $2, $3, $4)";
            sqlx::query(sql)
                .bind(plain(&domain.name))
                .bind(tenant.id.to_string())
                .bind(position)
                .bind(domain.is_default)
                .execute(&mut *transaction)
                .await
                .map_err(conflict("a tenant with one of these domains"))?;
        }
        for principal in principals {
            principals::insert(&mut transaction, principal).await?;
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)
    }

    /// Its events are recorded last: they tell of the tenant when nothing else of it is left.
    pub(super) async fn remove_tenant(
        &self,
        tenant: TenantId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_identity().await.map_err(failed)?;
        unhurried(&mut transaction).await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Incidents(tenant)).await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Machines(tenant)).await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Indicators(tenant)).await.map_err(failed)?;
        let query = sqlx::query("DELETE FROM tenants WHERE id = $1").bind(tenant.to_string());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for sql in OUTSIDE_OF_TENANTS {
            let query = sqlx::query(sql).bind(tenant.to_string());
            query.execute(&mut *transaction).await.map_err(failed)?;
        }
        events::record(&mut transaction, events).await?;
        self.commit_identity(transaction).await.map_err(failed)?;
        Ok(true)
    }
}

/// What does not go with the row of its tenant by itself.
const OUTSIDE_OF_TENANTS: [&str; 15] = [
    "DELETE FROM incidents WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM incident_labels
        WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM incident_history
        WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM alerts WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM alert_ties WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM tie_segments
        WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM alert_labels
        WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM incident_arrivals
        WHERE tenant = (SELECT number FROM tenant_numbers WHERE tenant_id = $1)",
    "DELETE FROM incident_counters WHERE tenant_id = $1",
    "DELETE FROM machines WHERE tenant_id = $1",
    "DELETE FROM machine_actions WHERE tenant_id = $1",
    "DELETE FROM indicators WHERE tenant_id = $1",
    "DELETE FROM indicator_counts WHERE tenant_id = $1",
    "DELETE FROM sign_ins WHERE tenant_id = $1",
    "DELETE FROM directory_events WHERE tenant_id = $1",
];
