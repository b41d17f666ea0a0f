//! Changing incidents and alerts by a function over their present state.

use vakt_ids::{AlertId, IncidentId};
use vakt_incidents::{
    ChangeError, ChangeNumber, EditAlert, EditIncident, Incident, IncidentStoreError, PlacedAlert,
    Stamp, Step,
};

use super::alert_rows;
use super::counters::Counters;
use super::{DbConnection, Tenant, incident_rows};
use crate::rows::{from_ticks, ticks};

/// Changes incidents; for each what it is now, `None` if there is none.
pub(super) async fn incidents(
    connection: &mut DbConnection,
    tenant: Tenant,
    ids: &[IncidentId],
    stamp: &Stamp,
    edit: EditIncident<'_>,
) -> Result<Vec<Option<Incident>>, ChangeError> {
    let mut counters = Counters::take(connection, tenant).await?;
    let mut changed = Vec::with_capacity(ids.len());
    for id in ids {
        let found = incident_rows::load(connection, tenant, &[*id]).await?;
        let Some(before) = found.into_iter().next() else {
            changed.push(None);
            continue;
        };
        let stamp = counters.next_stamp(stamp, before.updated_at);
        let mut after = before.clone();
        let steps = edit(&mut after, &stamp)?;
        if !steps.is_empty() {
            let change = counters.next_change();
            mark(&mut after, change, &stamp);
            store(connection, tenant, (&before, &mut after)).await?;
            let place = (after.id, change);
            incident_rows::put_history(connection, tenant, place, (&stamp, steps)).await?;
        }
        changed.push(Some(after));
    }
    counters.save(connection).await?;
    Ok(changed)
}

/// Says on an incident who changed it last.
pub(super) fn mark(incident: &mut Incident, change: ChangeNumber, stamp: &Stamp) {
    incident.change = change;
    incident.updated_at = stamp.at;
    incident.updated_by = Some(stamp.by.clone());
}

/// Stores an incident, and those of its alerts that differ.
async fn store(
    connection: &mut DbConnection,
    tenant: Tenant,
    (before, after): (&Incident, &mut Incident),
) -> Result<(), IncidentStoreError> {
    let change = after.change;
    incident_rows::put(connection, tenant, (after, change)).await?;
    for (old, new) in before.alerts.iter().zip(&mut after.alerts) {
        if old != new {
            new.change = change;
            alert_rows::replace(connection, tenant, new).await?;
        }
    }
    Ok(())
}

/// Changes alerts; for each what it is now, `None` if there is none.
pub(super) async fn alerts(
    connection: &mut DbConnection,
    tenant: Tenant,
    ids: &[AlertId],
    stamp: &Stamp,
    edit: EditAlert<'_>,
) -> Result<Vec<Option<PlacedAlert>>, ChangeError> {
    let mut counters = Counters::take(connection, tenant).await?;
    let mut changed = Vec::with_capacity(ids.len());
    for id in ids {
        let found = alert_rows::load(connection, tenant, std::slice::from_ref(id)).await?;
        let Some(mut placed) = found.into_iter().next() else {
            changed.push(None);
            continue;
        };
        let stamp = counters.next_stamp(stamp, placed.alert.updated_at);
        let steps = edit(&mut placed.alert, &stamp)?;
        if !steps.is_empty() {
            placed.change = counters.next_change();
            alert_rows::replace(connection, tenant, &placed).await?;
            touch(connection, tenant, (placed.incident, placed.change), (&stamp, steps)).await?;
        }
        changed.push(Some(placed));
    }
    counters.save(connection).await?;
    Ok(changed)
}

/// Counts an incident as changed because of something in it.
pub(super) async fn touch(
    connection: &mut DbConnection,
    tenant: Tenant,
    (id, change): (IncidentId, ChangeNumber),
    (stamp, steps): (&Stamp, Vec<Step>),
) -> Result<(), IncidentStoreError> {
    for mut incident in incident_rows::load_bare(connection, tenant, &[id]).await? {
        // One that came with a date ahead of ours moves on all the same, or pollers would miss it.
        let next = from_ticks(ticks(incident.updated_at).saturating_add(1));
        let stamp = Stamp { by: stamp.by.clone(), at: stamp.at.max(next) };
        mark(&mut incident, change, &stamp);
        incident_rows::put(connection, tenant, (&incident, change)).await?;
    }
    incident_rows::put_history(connection, tenant, (id, change), (stamp, steps)).await
}
