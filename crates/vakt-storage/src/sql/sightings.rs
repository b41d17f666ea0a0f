//! Machines that alerts name: each alert is a sighting of its devices.

use std::collections::{BTreeMap, HashMap};

use futures_util::TryStreamExt;
use sqlx::{QueryBuilder, Row};
use vakt_endpoint::{EndpointStoreError, Health, Machine, Risk, Sighting};
use vakt_ids::{MachineId, TenantId};
use vakt_incidents::{Alert, Device};

use super::super::take_turn;
use super::batch::pieces;
use super::machines;
use super::property_query::{corrupt, failed};
use super::{Db, DbConnection};
use crate::rows::read_machine;
use crate::turn::Turn;

/// Machines that are looked up and stored together.
const MACHINES_TOGETHER_MAX: usize = 512;

/// Takes in the devices of alerts, in the transaction that stores those.
/// A device that many alerts name is read once and written once, if anything of it is new.
pub(super) async fn note_devices_of<'a>(
    connection: &mut DbConnection,
    tenant: TenantId,
    alerts: impl Iterator<Item = &'a Alert>,
) -> Result<(), EndpointStoreError> {
    let mut seen: BTreeMap<MachineId, Vec<(&'a Alert, &'a Device)>> = BTreeMap::new();
    for alert in alerts {
        for device in &alert.devices {
            if let Some(id) = device.endpoint_id.as_deref().and_then(|text| text.parse().ok()) {
                seen.entry(id).or_default().push((alert, device));
            }
        }
    }
    if seen.is_empty() {
        return Ok(());
    }
    take_turn(connection, Turn::Machines(tenant)).await.map_err(failed)?;
    let ids: Vec<MachineId> = seen.keys().cloned().collect();
    for some in ids.chunks(MACHINES_TOGETHER_MAX) {
        let mut known = find_all(connection, tenant, some).await?;
        let (mut learned, mut seen_again) = (Vec::new(), Vec::new());
        for id in some {
            let before = known.remove(id);
            let mut after = before.clone();
            for (alert, device) in seen.get(id).into_iter().flatten() {
                let Some(sighting) = sighting(id, alert, device) else { continue };
                match &mut after {
                    Some(machine) => machine.learn(sighting),
                    None => after = Some(sighting.into_machine()),
                }
            }
            let Some(after) = after else { continue };
            match &before {
                Some(before) if *before == after => {}
                Some(before) if is_seen_again(before, &after) => seen_again.push(after),
                _ => learned.push(after),
            }
        }
        machines::put_seen(connection, tenant, seen_again).await?;
        machines::put_all(connection, tenant, &learned).await?;
    }
    Ok(())
}

/// Whether nothing is new but the time.
fn is_seen_again(before: &Machine, after: &Machine) -> bool {
    Machine { last_seen_at: after.last_seen_at, ..before.clone() } == *after
}

async fn find_all(
    connection: &mut DbConnection,
    tenant: TenantId,
    ids: &[MachineId],
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

/// A device as an alert saw it. One with members of unlawful size is no machine.
fn sighting(id: &MachineId, alert: &Alert, device: &Device) -> Option<Sighting> {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let seen = Sighting {
        first_seen_at: device.first_seen_at,
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
        ..Sighting::new(id.clone(), alert.last_activity_at)
    };
    seen.check().is_ok().then_some(seen)
}

/// The word that is spelled so but for case and `_`; an unknown one says nothing.
fn word<T: Copy>(text: &str, all: &[T], spelling: fn(T) -> &'static str) -> Option<T> {
    let folded = text.to_ascii_lowercase();
    all.iter().copied().find(|word| spelling(*word).replace('_', "") == folded)
}
