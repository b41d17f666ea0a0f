//! Machines that alerts name: each alert is a sighting of its devices.

use std::collections::{BTreeMap, HashMap};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row};
use vakt_endpoint::{EndpointStoreError, Health, Machine, Risk, Sighting};
use vakt_ids::{MachineId, TenantId};
use vakt_incidents::{Alert, Device};

use super::super::take_turn;
use super::batch::pieces;
use super::machines::{self, Alike};
use super::property_query::{corrupt, failed};
use super::{Db, DbConnection};
use crate::rows::{SightingDigest, read_machine};
use crate::turn::Turn;

/// Machines that are looked up and stored together.
const MACHINES_TOGETHER_MAX: usize = 512;

/// What alerts say of the machines they name.
pub(super) struct Sightings(BTreeMap<MachineId, Seen>);

/// What they say of one machine.
struct Seen {
    sightings: Vec<Sighting>,
    first_seen_at: Timestamp,
    last_seen_at: Timestamp,
    /// Of what all of them say but for the time; none if they differ.
    digest: Option<SightingDigest>,
}

impl Sightings {
    pub(super) fn of<'a>(alerts: impl Iterator<Item = &'a Alert>) -> Self {
        let mut machines = BTreeMap::new();
        for alert in alerts {
            for device in &alert.devices {
                let id = device.endpoint_id.as_deref().and_then(|text| text.parse().ok());
                if let Some(untimed) = id.and_then(|id| sighting(id, device)) {
                    add(&mut machines, untimed, (device.first_seen_at, alert.last_activity_at));
                }
            }
        }
        Self(machines)
    }

    /// Takes them in, in the transaction that stores the alerts. A machine of which nothing is new
    /// but the time is not read, any other one is read once and written once.
    pub(super) async fn store(
        self,
        connection: &mut DbConnection,
        tenant: TenantId,
    ) -> Result<(), EndpointStoreError> {
        if self.0.is_empty() {
            return Ok(());
        }
        take_turn(connection, Turn::Machines(tenant)).await.map_err(failed)?;
        let mut machines = self.0;
        let alike = machines::put_seen_alike(connection, tenant, alike(&machines)).await?;
        machines.retain(|id, _| !alike.contains(id.as_str()));
        let mut machines = machines.into_iter();
        loop {
            let some: Vec<_> = machines.by_ref().take(MACHINES_TOGETHER_MAX).collect();
            if some.is_empty() {
                return Ok(());
            }
            learn(connection, tenant, some).await?;
        }
    }
}

/// Adds a sighting that has no times yet.
fn add(
    machines: &mut BTreeMap<MachineId, Seen>,
    untimed: Sighting,
    (first_seen_at, seen_at): (Option<Timestamp>, Timestamp),
) {
    let digest = SightingDigest::of(&untimed);
    let sighting = Sighting { first_seen_at, seen_at, ..untimed };
    let first_seen_at = first_seen_at.unwrap_or(seen_at).min(seen_at);
    let seen = machines.entry(sighting.id.clone()).or_insert_with(|| Seen {
        sightings: Vec::new(),
        first_seen_at,
        last_seen_at: seen_at,
        digest: Some(digest.clone()),
    });
    seen.first_seen_at = seen.first_seen_at.min(first_seen_at);
    seen.last_seen_at = seen.last_seen_at.max(seen_at);
    seen.digest.take_if(|known| *known != digest);
    seen.sightings.push(sighting);
}

fn alike(machines: &BTreeMap<MachineId, Seen>) -> Vec<Alike<'_>> {
    let mut alike = Vec::with_capacity(machines.len());
    for (id, seen) in machines {
        if let Some(digest) = &seen.digest {
            let Seen { first_seen_at, last_seen_at: seen_at, .. } = *seen;
            alike.push(Alike { id, seen_at, first_seen_at, digest });
        }
    }
    alike
}

/// Takes in what is seen of machines of which something may be new.
async fn learn(
    connection: &mut DbConnection,
    tenant: TenantId,
    machines: Vec<(MachineId, Seen)>,
) -> Result<(), EndpointStoreError> {
    let ids: Vec<&MachineId> = machines.iter().map(|(id, _)| id).collect();
    let mut known = find_all(connection, tenant, &ids).await?;
    let (mut learned, mut seen_again) = (Vec::new(), Vec::new());
    for (id, seen) in machines {
        let before = known.remove(&id);
        let is_newer = before.as_ref().is_none_or(|one| one.last_seen_at <= seen.last_seen_at);
        // An older sighting fills gaps: what the last one said is not all that is known.
        let digest = seen.digest.filter(|_| is_newer);
        let mut after = before.clone();
        for sighting in seen.sightings {
            match &mut after {
                Some(machine) => machine.learn(sighting),
                None => after = Some(sighting.into_machine()),
            }
        }
        let Some(after) = after else { continue };
        match &before {
            Some(before) if *before == after => {}
            Some(before) if is_seen_again(before, &after) => seen_again.push((after, digest)),
            _ => learned.push((after, digest)),
        }
    }
    machines::put_seen(connection, tenant, seen_again).await?;
    let learned: Vec<_> =
        learned.iter().map(|(machine, digest)| (machine, digest.clone())).collect();
    machines::put_all(connection, tenant, &learned).await
}

/// Whether nothing is new but the time.
fn is_seen_again(before: &Machine, after: &Machine) -> bool {
    Machine { last_seen_at: after.last_seen_at, ..before.clone() } == *after
}

async fn find_all(
    connection: &mut DbConnection,
    tenant: TenantId,
    ids: &[&MachineId],
) -> Result<HashMap<MachineId, Machine>, EndpointStoreError> {
    let mut known = HashMap::with_capacity(ids.len());
    for piece in pieces(ids) {
        let mut sql = QueryBuilder::<Db>::new(machines::SELECT_DOCUMENT);
        sql.push(" FROM machines WHERE tenant_id = ")
            .push_bind(tenant.to_string())
            .push(" AND id IN (");
        let mut list = sql.separated(", ");
        for id in piece {
            list.push_bind(id.to_string());
        }
        sql.push(")").push(super::super::FOR_UPDATE);
        let mut rows = sql.build().fetch(&mut *connection);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            let document: String = row.try_get("document").map_err(failed)?;
            let machine = read_machine(&document).map_err(corrupt("machine"))?;
            known.insert(machine.id.clone(), machine);
        }
    }
    Ok(known)
}

/// A device as an alert saw it, without the times. One with members of unlawful size is no machine.
fn sighting(id: MachineId, device: &Device) -> Option<Sighting> {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let seen = Sighting {
        dns_name: text(&device.dns_name),
        os_platform: text(&device.os_platform),
        os_release: text(&device.os_release),
        os_build: device.os_build,
        processor: text(&device.processor),
        health: device.health.as_deref().and_then(|text| word(text, Health::ALL, Health::as_str)),
        group_name: text(&device.group_name),
        group_id: device.group_id,
        risk: device.risk.as_deref().and_then(|text| word(text, Risk::ALL, Risk::as_str)),
        directory_id: text(&device.directory_id),
        tags: device.tags.clone(),
        ..Sighting::new(id, Timestamp::UNIX_EPOCH)
    };
    seen.check().is_ok().then_some(seen)
}

/// The word that is spelled so but for case and `_`; an unknown one says nothing.
fn word<T: Copy>(text: &str, all: &[T], spelling: fn(T) -> &'static str) -> Option<T> {
    let folded = text.to_ascii_lowercase();
    all.iter().copied().find(|word| spelling(*word).replace('_', "") == folded)
}
