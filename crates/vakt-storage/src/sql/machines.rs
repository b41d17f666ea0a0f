//! Machines and their tags.

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row};
use vakt_endpoint::{
    Change, EndpointStoreError, Machine, MachineField, MachineName, Outcome, Page, Query, Sighting,
    Unchanged,
};
use vakt_ids::{MachineId, TenantId};

use super::super::{FOR_UPDATE, take_turn};
use super::batch::{Insertion, Values, pieces};
use super::property_query::{Column, corrupt, failed, page};
use super::{Db, DbConnection, DbRow, Store};
use crate::rows::{SightingDigest, fold, plain, read_machine, ticks, write_machine};
use crate::turn::Turn;

/// What [`read_machine`] reads.
pub(super) const SELECT_DOCUMENT: &str = "SELECT last_seen_at || document AS document";

impl Column for MachineField {
    const TABLE: &'static str = "machines";
    const WHAT: &'static str = "machine";
    const DOCUMENT: &'static str = SELECT_DOCUMENT;

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
    const ONE: &str = "FROM machines WHERE tenant_id = $1 AND id = $2";
    let sql = format!("{SELECT_DOCUMENT} {ONE}{}", if to_change { FOR_UPDATE } else { "" });
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant.to_string()).bind(id.to_owned());
    let row = query.fetch_optional(connection).await.map_err(failed)?;
    row.map(|row| read_row(&row)).transpose()
}

fn read_row(row: &DbRow) -> Result<Machine, EndpointStoreError> {
    let document: String = row.try_get("document").map_err(failed)?;
    read_machine(&document).map_err(corrupt("machine"))
}

const COLUMNS: &str = "tenant_id, id, name_folded, first_seen_at, last_seen_at, platform_folded,
    release_folded, health, onboarding, risk, exposure, value, directory_id, address,
    external_address, group_folded, group_id, document, seen_digest";
const REPLACE: &str = " ON CONFLICT (tenant_id, id) DO UPDATE SET
    name_folded = excluded.name_folded, first_seen_at = excluded.first_seen_at,
    last_seen_at = excluded.last_seen_at, platform_folded = excluded.platform_folded,
    release_folded = excluded.release_folded, health = excluded.health,
    onboarding = excluded.onboarding, risk = excluded.risk, exposure = excluded.exposure,
    value = excluded.value, directory_id = excluded.directory_id, address = excluded.address,
    external_address = excluded.external_address, group_folded = excluded.group_folded,
    group_id = excluded.group_id, document = excluded.document,
    seen_digest = excluded.seen_digest";

async fn put(
    connection: &mut DbConnection,
    tenant: TenantId,
    machine: &Machine,
) -> Result<(), EndpointStoreError> {
    put_all(connection, tenant, &[(machine, None)]).await
}

/// Stores machines, each id once; with what their last sighting said, if nothing else is known.
pub(super) async fn put_all(
    connection: &mut DbConnection,
    tenant: TenantId,
    machines: &[(&Machine, Option<SightingDigest>)],
) -> Result<(), EndpointStoreError> {
    let folded = |text: &Option<String>| text.as_deref().map(fold);
    for piece in pieces(machines) {
        let mut documents = Vec::with_capacity(piece.len());
        for (machine, _) in piece {
            documents.push(write_machine(machine).map_err(corrupt("machine"))?);
        }
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO machines (");
        sql.push(COLUMNS).push(") ");
        sql.push_values(piece.iter().zip(documents), |mut row, ((machine, digest), document)| {
            row.push_bind(tenant.to_string())
                .push_bind(machine.id.to_string())
                .push_bind(fold(machine.dns_name.as_deref().unwrap_or_default()))
                .push_bind(ticks(machine.first_seen_at))
                .push_bind(ticks(machine.last_seen_at))
                .push_bind(folded(&machine.os_platform))
                .push_bind(folded(&machine.os_release))
                .push_bind(machine.health.as_str())
                .push_bind(machine.onboarding.map(|word| word.as_str()))
                .push_bind(machine.risk.map(|word| word.as_str()))
                .push_bind(machine.exposure.map(|word| word.as_str()))
                .push_bind(machine.value.as_str())
                .push_bind(folded(&machine.directory_id))
                .push_bind(folded(&machine.last_address))
                .push_bind(folded(&machine.last_external_address))
                .push_bind(folded(&machine.group_name))
                .push_bind(machine.group_id)
                .push_bind(document)
                .push_bind(digest.as_ref().map(|digest| digest.0.to_vec()));
        });
        sql.push(REPLACE);
        sql.build().execute(&mut *connection).await.map_err(failed)?;
        put_tags(connection, tenant, piece).await?;
    }
    Ok(())
}

static SEEN_AGAIN: Insertion = Insertion::update(
    "machines SET last_seen_at = v.column3, seen_digest = v.column4 FROM (",
    4,
    ") AS v WHERE machines.tenant_id = v.column1 AND machines.id = v.column2",
);
static SEEN_ALIKE: Insertion = Insertion::update(
    "machines SET last_seen_at = CASE WHEN v.column3 > machines.last_seen_at THEN v.column3
    ELSE machines.last_seen_at END FROM (",
    5,
    ") AS v WHERE machines.tenant_id = v.column1 AND machines.id = v.column2
    AND machines.seen_digest = v.column4 AND machines.first_seen_at <= v.column5
    RETURNING machines.id",
);

/// Notes that machines were seen again, of which nothing else is new.
pub(super) async fn put_seen(
    connection: &mut DbConnection,
    tenant: TenantId,
    machines: Vec<(Machine, Option<SightingDigest>)>,
) -> Result<(), EndpointStoreError> {
    let tenant = tenant.to_string();
    let bind = |values: &mut Values, (machine, digest): (Machine, Option<SightingDigest>)| {
        values.add(tenant.as_str()).add(machine.id.as_str()).add(ticks(machine.last_seen_at));
        values.add(digest.map(|digest| digest.0.to_vec()));
    };
    SEEN_AGAIN.store(connection, machines, bind).await.map_err(failed)
}

/// A sighting, of which it may be that all but the time is known.
pub(super) struct Alike<'a> {
    pub id: &'a MachineId,
    pub seen_at: Timestamp,
    pub first_seen_at: Timestamp,
    pub digest: &'a SightingDigest,
}

/// Notes when machines were seen of which nothing else is new, and tells which those are.
pub(super) async fn put_seen_alike(
    connection: &mut DbConnection,
    tenant: TenantId,
    sightings: Vec<Alike<'_>>,
) -> Result<HashSet<String>, EndpointStoreError> {
    let tenant = tenant.to_string();
    let bind = |values: &mut Values, sighting: Alike<'_>| {
        values.add(tenant.as_str()).add(sighting.id.as_str()).add(ticks(sighting.seen_at));
        values.add(sighting.digest.0.to_vec()).add(ticks(sighting.first_seen_at));
    };
    let told = SEEN_ALIKE.store_and_tell(connection, sightings, bind).await.map_err(failed)?;
    told.iter().map(|row| row.try_get("id").map_err(failed)).collect()
}

async fn put_tags(
    connection: &mut DbConnection,
    tenant: TenantId,
    machines: &[(&Machine, Option<SightingDigest>)],
) -> Result<(), EndpointStoreError> {
    let mut sql = QueryBuilder::<Db>::new("DELETE FROM machine_tags WHERE tenant_id = ");
    sql.push_bind(tenant.to_string()).push(" AND machine_id IN (");
    let mut list = sql.separated(", ");
    for (machine, _) in machines {
        list.push_bind(machine.id.to_string());
    }
    sql.push(")");
    sql.build().execute(&mut *connection).await.map_err(failed)?;
    let of_machine = |(machine, _): &(&Machine, Option<SightingDigest>)| {
        let id = machine.id.to_string();
        let tags = machine.tags.iter().map(move |tag| (fold(&plain(tag)), id.clone()));
        tags.collect::<Vec<_>>()
    };
    let tags: Vec<(String, String)> = machines.iter().flat_map(of_machine).collect();
    for piece in pieces(&tags) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO machine_tags (tenant_id, tag_folded, machine_id) ",
        );
        sql.push_values(piece, |mut row, (tag, machine)| {
            row.push_bind(tenant.to_string()).push_bind(tag.clone()).push_bind(machine.clone());
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}
