//! What is to be done to machines.

use sqlx::Row;
use vakt_endpoint::{
    ActionFault, ActionField, Change, EndpointStoreError, MachineAction, Page, Query, Unchanged,
};
use vakt_ids::{MachineActionId, TenantId};

use super::super::FOR_UPDATE;
use super::property_query::{Column, corrupt, failed, page};
use super::{DbConnection, Store};
use crate::rows::{fold, read_machine_action, ticks, write_machine_action};

impl Column for ActionField {
    const TABLE: &'static str = "machine_actions";
    const WHAT: &'static str = "machine action";

    fn column(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Status => "status",
            Self::Machine => "machine_id",
            Self::Kind => "kind",
            Self::Requestor => "requestor_folded",
            Self::Created => "created_at",
            Self::Updated => "updated_at",
        }
    }
}

impl Store {
    pub(super) async fn page_of_actions(
        &self,
        tenant: TenantId,
        query: &Query<ActionField>,
    ) -> Result<Page<MachineAction>, EndpointStoreError> {
        page(&self.readers, tenant, query, read_machine_action).await
    }

    pub(super) async fn action_with(
        &self,
        tenant: TenantId,
        id: MachineActionId,
    ) -> Result<Option<MachineAction>, EndpointStoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        find(&mut connection, tenant, id, false).await
    }

    /// The index of active actions lets one of each kind be on a machine.
    pub(super) async fn record_action(
        &self,
        tenant: TenantId,
        action: &MachineAction,
    ) -> Result<(), Unchanged> {
        let sql = "INSERT INTO machine_actions (tenant_id, id, machine_id, kind, status,
            requestor_folded, created_at, updated_at, document)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(action.id.to_string())
            .bind(action.machine.to_string())
            .bind(action.kind.as_str())
            .bind(action.status.as_str())
            .bind(fold(&action.requestor))
            .bind(ticks(action.created_at))
            .bind(ticks(action.updated_at))
            .bind(write_machine_action(action).map_err(corrupt("machine action"))?)
            .execute(&mut *transaction)
            .await;
        match done {
            Ok(_) => {}
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                return Err(ActionFault::AlreadyActive.into());
            }
            Err(error) => return Err(failed(error).into()),
        }
        transaction.commit().await.map_err(failed)?;
        Ok(())
    }

    pub(super) async fn edit_action(
        &self,
        tenant: TenantId,
        id: MachineActionId,
        change: Change<'_, MachineAction>,
    ) -> Result<Option<MachineAction>, Unchanged> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let found = find(&mut transaction, tenant, id, true).await?;
        let Some(mut action) = found else { return Ok(None) };
        change(&mut action)?;
        let sql = "UPDATE machine_actions SET status = $3, updated_at = $4, document = $5
            WHERE tenant_id = $1 AND id = $2";
        sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(id.to_string())
            .bind(action.status.as_str())
            .bind(ticks(action.updated_at))
            .bind(write_machine_action(&action).map_err(corrupt("machine action"))?)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(Some(action))
    }
}

async fn find(
    connection: &mut DbConnection,
    tenant: TenantId,
    id: MachineActionId,
    to_change: bool,
) -> Result<Option<MachineAction>, EndpointStoreError> {
    const SQL: &str = "SELECT document FROM machine_actions WHERE tenant_id = $1 AND id = $2";
    let sql = if to_change { format!("{SQL}{FOR_UPDATE}") } else { SQL.to_owned() };
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant.to_string()).bind(id.to_string());
    let Some(row) = query.fetch_optional(connection).await.map_err(failed)? else {
        return Ok(None);
    };
    let document: String = row.try_get("document").map_err(failed)?;
    Ok(Some(read_machine_action(&document).map_err(corrupt("machine action"))?))
}
