//! Merging incidents, and putting alerts elsewhere.

use vakt_ids::{AlertId, IncidentId};
use vakt_incidents::{
    ChangeError, ChangeNumber, Classification, Determination, Incident, IncidentStoreError,
    PlaceReason, PlacedAlert, Severity, Stamp, Status, Step, Unlawful, redirect,
};

use super::change::mark;
use super::counters::Counters;
use super::{DbConnection, Tenant, alert_rows, corrupt, failed, incident_rows};
use crate::rows::write_reason;

/// Merges incidents into another; `None` if one of them is not there.
pub(super) async fn merge(
    connection: &mut DbConnection,
    tenant: Tenant,
    sources: &[IncidentId],
    target: IncidentId,
    stamp: &Stamp,
) -> Result<Option<Incident>, ChangeError> {
    let mut counters = Counters::take(connection, tenant).await?;
    let found = incident_rows::load_bare(connection, tenant, &[target]).await?;
    let Some(target) = found.into_iter().next() else { return Ok(None) };
    refuse_merged(&target)?;
    let sources_found = incident_rows::load_bare(connection, tenant, sources).await?;
    if sources.iter().any(|id| !sources_found.iter().any(|one| one.id == *id)) {
        return Ok(None);
    }
    sources_found.iter().try_for_each(refuse_merged)?;
    let id = target.id;
    join(connection, (tenant, &mut counters), (sources_found, target), stamp).await?;
    counters.save(connection).await?;
    Ok(incident_rows::load(connection, tenant, &[id]).await?.into_iter().next())
}

fn refuse_merged(incident: &Incident) -> Result<(), Unlawful> {
    match (incident.status, incident.redirect) {
        (Status::Redirected, into) => {
            Err(Unlawful::Merged { id: incident.id, into: into.unwrap_or(incident.id) })
        }
        _ => Ok(()),
    }
}

/// Joins incidents: the sources' alerts go to the target, which becomes as severe as they were.
pub(super) async fn join(
    connection: &mut DbConnection,
    (tenant, counters): (Tenant, &mut Counters),
    (sources, mut target): (Vec<Incident>, Incident),
    stamp: &Stamp,
) -> Result<(), IncidentStoreError> {
    let latest = sources.iter().map(|source| source.updated_at).max();
    let after = latest.map_or(target.updated_at, |latest| latest.max(target.updated_at));
    let stamp = counters.next_stamp(stamp, after);
    let mut steps = Vec::new();
    for mut source in sources {
        let change = counters.next_change();
        let reason = PlaceReason::Merged { from: source.id, by: stamp.by.clone(), at: stamp.at };
        move_all(connection, tenant, (source.id, target.id), (&reason, change)).await?;
        let source_steps = redirect(&mut source, target.id);
        raise(&mut target, source.severity);
        mark(&mut source, change, &stamp);
        incident_rows::put(connection, tenant, (&source, change)).await?;
        let place = (source.id, change);
        incident_rows::put_history(connection, tenant, place, (&stamp, source_steps)).await?;
        steps.push(Step::new("merged_from", None, Some(source.id.to_string())));
    }
    let change = counters.next_change();
    mark(&mut target, change, &stamp);
    incident_rows::put(connection, tenant, (&target, change)).await?;
    incident_rows::put_history(connection, tenant, (target.id, change), (&stamp, steps)).await
}

async fn move_all(
    connection: &mut DbConnection,
    tenant: Tenant,
    (from, to): (IncidentId, IncidentId),
    (reason, change): (&PlaceReason, ChangeNumber),
) -> Result<(), IncidentStoreError> {
    let sql = "UPDATE alerts SET incident_id = $3, reason = $4, change = $5
        WHERE tenant = $1 AND incident_id = $2";
    sqlx::query(sql)
        .bind(tenant.number)
        .bind(from.number())
        .bind(to.number())
        .bind(write_reason(reason).map_err(corrupt("reason"))?)
        .bind(change.0)
        .execute(connection)
        .await
        .map_err(failed)?;
    Ok(())
}

/// An incident is at least as severe as what joins it.
pub(super) fn raise(incident: &mut Incident, severity: Severity) {
    let rank = |word| Severity::ALL.iter().position(|known| *known == word);
    if rank(severity) > rank(incident.severity) {
        incident.severity = severity;
    }
}

/// Puts alerts into another incident, or into a new one that is named after the first of them.
pub(super) async fn move_alerts(
    connection: &mut DbConnection,
    tenant: Tenant,
    ids: &[AlertId],
    target: Option<IncidentId>,
    stamp: &Stamp,
) -> Result<Option<Incident>, ChangeError> {
    let mut counters = Counters::take(connection, tenant).await?;
    let alerts = alert_rows::load(connection, tenant, ids).await?;
    let missing = ids.iter().any(|id| !alerts.iter().any(|one| one.alert.id == *id));
    let Some(first) = alerts.first().filter(|_| !missing) else { return Ok(None) };
    let mut target = match target {
        Some(id) => match incident_rows::load_bare(connection, tenant, &[id]).await?.pop() {
            Some(target) => target,
            None => return Ok(None),
        },
        None => begin(&mut counters, first, stamp)?,
    };
    refuse_merged(&target)?;
    let stamp = counters.next_stamp(stamp, target.updated_at);
    let change = counters.next_change();
    mark(&mut target, change, &stamp);
    let moving: Vec<_> = alerts.iter().filter(|one| one.incident != target.id).collect();
    moving.iter().for_each(|one| raise(&mut target, one.alert.severity));
    incident_rows::put(connection, tenant, (&target, change)).await?;
    let mut steps = Vec::new();
    for placed in &moving {
        steps.push(move_one(connection, tenant, (placed, target.id), (&stamp, change)).await?);
    }
    leave(connection, (tenant, &mut counters), &moving, &stamp).await?;
    incident_rows::put_history(connection, tenant, (target.id, change), (&stamp, steps)).await?;
    counters.save(connection).await?;
    Ok(incident_rows::load(connection, tenant, &[target.id]).await?.into_iter().next())
}

async fn move_one(
    connection: &mut DbConnection,
    tenant: Tenant,
    (placed, target): (&PlacedAlert, IncidentId),
    (stamp, change): (&Stamp, ChangeNumber),
) -> Result<Step, IncidentStoreError> {
    let from = placed.incident;
    let reason = PlaceReason::Moved { from: Some(from), by: stamp.by.clone(), at: stamp.at };
    let sql = "UPDATE alerts SET incident_id = $3, reason = $4, change = $5
        WHERE tenant = $1 AND id = $2";
    sqlx::query(sql)
        .bind(tenant.number)
        .bind(alert_rows::stored_id(&placed.alert.id))
        .bind(target.number())
        .bind(write_reason(&reason).map_err(corrupt("reason"))?)
        .bind(change.0)
        .execute(connection)
        .await
        .map_err(failed)?;
    let alert = Some(placed.alert.id.to_string());
    let (from, to) = (Some(from.to_string()), Some(target.to_string()));
    Ok(Step { what: "alert_moved".to_owned(), alert, from, to })
}

/// Says on the incidents that alerts left where they went.
async fn leave(
    connection: &mut DbConnection,
    (tenant, counters): (Tenant, &mut Counters),
    moving: &[&PlacedAlert],
    stamp: &Stamp,
) -> Result<(), IncidentStoreError> {
    let mut left: Vec<IncidentId> = moving.iter().map(|one| one.incident).collect();
    left.sort();
    left.dedup();
    for id in left {
        let change = counters.next_change();
        let gone = moving.iter().filter(|one| one.incident == id);
        let step = |one: &&PlacedAlert| Step {
            what: "alert_left".to_owned(),
            alert: Some(one.alert.id.to_string()),
            from: Some(id.to_string()),
            to: None,
        };
        let steps = gone.map(step).collect();
        super::change::touch(connection, tenant, (id, change), (stamp, steps)).await?;
    }
    Ok(())
}

/// A new incident around an alert. It is created now, whenever the alert was: readers that ask for
/// what was created since their last call must find it.
pub(super) fn begin(
    counters: &mut Counters,
    placed: &PlacedAlert,
    stamp: &Stamp,
) -> Result<Incident, IncidentStoreError> {
    let alert = &placed.alert;
    let exhausted = || IncidentStoreError::Failed("there are no numbers left".to_owned());
    let id = counters.next_incident().ok_or_else(exhausted)?;
    let name = match alert.title.trim() {
        "" => format!("Incident {id}"),
        title => title.to_owned(),
    };
    Ok(Incident {
        id,
        redirect: None,
        name,
        description: None,
        summary: None,
        created_at: stamp.at,
        updated_at: stamp.at,
        updated_by: Some(stamp.by.clone()),
        change: ChangeNumber::default(),
        assigned_to: None,
        classification: Classification::Unknown,
        determination: Determination::NotAvailable,
        status: Status::Active,
        severity: alert.severity,
        priority: None,
        resolving_comment: None,
        tags: Vec::new(),
        system_tags: Vec::new(),
        comments: Vec::new(),
        alerts: Vec::new(),
    })
}
