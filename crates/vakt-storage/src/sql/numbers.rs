//! Which number stands for a tenant.

use vakt_ids::TenantId;

use super::Store;
use crate::tenant_numbers::{NOBODY, NumberedTenant};

impl Store {
    /// The tenant with its number, for those who read.
    pub(super) async fn numbered(&self, tenant: TenantId) -> Result<NumberedTenant, sqlx::Error> {
        if let Some(known) = self.tenant_numbers.find(tenant) {
            return Ok(known);
        }
        let number: Option<i64> =
            sqlx::query_scalar("SELECT number FROM tenant_numbers WHERE tenant_id = $1")
                .bind(tenant.to_string())
                .fetch_optional(&self.readers)
                .await?;
        let Some(number) = number else { return Ok(NumberedTenant { id: tenant, number: NOBODY }) };
        let found = NumberedTenant { id: tenant, number };
        self.tenant_numbers.remember(found);
        Ok(found)
    }

    /// The same for those who write: a tenant that has no number gets one. In a transaction of its
    /// own, so that no number is remembered that was taken back.
    pub(super) async fn give_number(
        &self,
        tenant: TenantId,
    ) -> Result<NumberedTenant, sqlx::Error> {
        let found = self.numbered(tenant).await?;
        if found.number != NOBODY {
            return Ok(found);
        }
        let mut transaction = self.begin().await?;
        let sql = "INSERT INTO tenant_numbers (tenant_id) VALUES ($1)
            ON CONFLICT (tenant_id) DO NOTHING";
        sqlx::query(sql).bind(tenant.to_string()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        self.numbered(tenant).await
    }
}
