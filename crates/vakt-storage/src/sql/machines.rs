//! Machines and their tags.

use sqlx::Row;
use vakt_endpoint::{
    Change, EndpointStoreError, Machine, MachineField, MachineName, Outcome, Page, Query, Sighting,
    Unchanged,
};
use vakt_ids::TenantId;

use super::super::{FOR_UPDATE, take_turn};
use super::property_query::{Column, corrupt, failed, page};
use super::{DbConnection, DbRow, Store};
use crate::rows::{fold, plain, read_machine, ticks, write_machine};
use crate::turn::Turn;

impl Column for MachineField {
    const TABLE: &'static str = "machines";
    const WHAT: &'static str = "machine";

    fn column(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name_folded",
            Self::FirstSeen => "first_seen_at",
            Self::LastSeen => "last_seen_at",
            Self::Platform => "platform_folded",
            Self::Release => "release_folded",
            Self::Health => "health",
            Self::Onboarding => "onboarding",
            Self::Risk => "risk",
            Self::Exposure => "exposure",
            Self::Value => "value",
            Self::Directory => "directory_id",
            Self::Address => "address",
            Self::ExternalAddress => "external_address",
            Self::GroupName => "group_folded",
            Self::GroupId => "group_id",
            Self::Tags => "t.tag_folded",
        }
    }

    fn element() -> &'static str {
        "EXISTS (SELECT 1 FROM machine_tags t WHERE t.tenant_id = machines.tenant_id
            AND t.machine_id = machines.id AND "
    }
}

impl Store {
    pub(super) async fn page_of_machines(
        &self,
        tenant: TenantId,
        query: &Query<MachineField>,
    ) -> Result<Page<Machine>, EndpointStoreError> {
        page(&self.readers, tenant, query, read_machine).await
    }

    pub(super) async fn machine_named(
        &self,
        tenant: TenantId,
        name: &MachineName,
    ) -> Result<Option<Machine>, EndpointStoreError> {
        let mut connection = self.readers.acquire().await.map_err(failed)?;
        find_named(&mut connection, tenant, name, false).await
    }

    pub(super) async fn take_in(
        &self,
        tenant: TenantId,
        sightings: &[Sighting],
    ) -> Result<Vec<Outcome>, EndpointStoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        take_turn(&mut transaction, Turn::Machines(tenant)).await.map_err(failed)?;
        let mut outcomes = Vec::with_capacity(sightings.len());
        for sighting in sightings {
            outcomes.push(note_device(&mut transaction, tenant, sighting.clone()).await?);
        }
        transaction.commit().await.map_err(failed)?;
        Ok(outcomes)
    }

    pub(super) async fn edit_machine(
        &self,
        tenant: TenantId,
        name: &MachineName,
        change: Change<'_, Machine>,
    ) -> Result<Option<Machine>, Unchanged> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let found = find_named(&mut transaction, tenant, name, true).await?;
        let Some(mut machine) = found else { return Ok(None) };
        change(&mut machine)?;
        put(&mut transaction, tenant, &machine).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(Some(machine))
    }
}

/// Takes in what somebody knows of a machine, which it makes at first sight. In the transaction of
/// a caller who holds [`Turn::Machines`]; nothing is written when nothing is new.
pub(super) async fn note_device(
    connection: &mut DbConnection,
    tenant: TenantId,
    sighting: Sighting,
) -> Result<Outcome, EndpointStoreError> {
    let (machine, outcome) =
        match find_by_id(connection, tenant, sighting.id.as_str(), true).await? {
            None => (sighting.into_machine(), Outcome::Created),
            Some(known) => {
                let mut machine = known.clone();
                machine.learn(sighting);
                if machine == known {
                    return Ok(Outcome::Unchanged);
                }
                (machine, Outcome::Updated)
            }
        };
    put(connection, tenant, &machine).await?;
    Ok(outcome)
}

async fn find_named(
    connection: &mut DbConnection,
    tenant: TenantId,
    name: &MachineName,
    to_change: bool,
) -> Result<Option<Machine>, EndpointStoreError> {
    if let Some(id) = &name.id
        && let Some(found) = find_by_id(connection, tenant, id.as_str(), to_change).await?
    {
        return Ok(Some(found));
    }
    if name.text.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT id FROM machines WHERE tenant_id = $1 AND name_folded = $2
        ORDER BY last_seen_at DESC, id LIMIT 1";
    let id: Option<String> = sqlx::query_scalar(sql)
        .bind(tenant.to_string())
        .bind(fold(&name.text))
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed)?;
    match id {
        Some(id) => find_by_id(connection, tenant, &id, to_change).await,
        None => Ok(None),
    }
}

async fn find_by_id(
    connection: &mut DbConnection,
    tenant: TenantId,
    id: &str,
    to_change: bool,
) -> Result<Option<Machine>, EndpointStoreError> {
    const SQL: &str = "SELECT document FROM machines WHERE tenant_id = $1 AND id = $2";
    let sql = if to_change { format!("{SQL}{FOR_UPDATE}") } else { SQL.to_owned() };
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant.to_string()).bind(id.to_owned());
    let row = query.fetch_optional(connection).await.map_err(failed)?;
    row.map(|row| read_row(&row)).transpose()
}

fn read_row(row: &DbRow) -> Result<Machine, EndpointStoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    read_machine(&document).map_err(corrupt("machine"))
}

pub(super) async fn put(
    connection: &mut DbConnection,
    tenant: TenantId,
    machine: &Machine,
) -> Result<(), EndpointStoreError> {
    let sql = "INSERT INTO machines (tenant_id, id, name_folded, first_seen_at, last_seen_at,
        platform_folded, release_folded, health, onboarding, risk, exposure, value, directory_id,
        address, external_address, group_folded, group_id, document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (tenant_id, id) DO UPDATE SET name_folded = excluded.name_folded,
        first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at,
        platform_folded = excluded.platform_folded, release_folded = excluded.release_folded,
        health = excluded.health, onboarding = excluded.onboarding, risk = excluded.risk,
        exposure = excluded.exposure, value = excluded.value,
        directory_id = excluded.directory_id, address = excluded.address,
        external_address = excluded.external_address, group_folded = excluded.group_folded,
        group_id = excluded.group_id, document = excluded.document";
    let folded = |text: &Option<String>| text.as_deref().map(fold);
    sqlx::query(sql)
        .bind(tenant.to_string())
        .bind(machine.id.to_string())
        .bind(fold(machine.dns_name.as_deref().unwrap_or_default()))
        .bind(ticks(machine.first_seen_at))
        .bind(ticks(machine.last_seen_at))
        .bind(folded(&machine.os_platform))
        .bind(folded(&machine.os_release))
        .bind(machine.health.as_str())
        .bind(machine.onboarding.map(|word| word.as_str()))
        .bind(machine.risk.map(|word| word.as_str()))
        .bind(machine.exposure.map(|word| word.as_str()))
        .bind(machine.value.as_str())
        .bind(folded(&machine.directory_id))
        .bind(folded(&machine.last_address))
        .bind(folded(&machine.last_external_address))
        .bind(folded(&machine.group_name))
        .bind(machine.group_id)
        .bind(write_machine(machine).map_err(corrupt("machine"))?)
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    put_tags(connection, tenant, machine).await
}

async fn put_tags(
    connection: &mut DbConnection,
    tenant: TenantId,
    machine: &Machine,
) -> Result<(), EndpointStoreError> {
    sqlx::query("DELETE FROM machine_tags WHERE tenant_id = $1 AND machine_id = $2")
        .bind(tenant.to_string())
        .bind(machine.id.to_string())
        .execute(&mut *connection)
        .await
        .map_err(failed)?;
    for tag in &machine.tags {
        let sql = "INSERT INTO machine_tags (tenant_id, tag_folded, machine_id)
            VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(tenant.to_string())
            .bind(fold(&plain(tag)))
            .bind(machine.id.to_string())
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    Ok(())
}
