//! What the server does by itself, once an hour: keys that nothing needs any more are retired, and
//! what was kept long enough is removed. Several servers on one database may do it side by side;
//! each thing is done once.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::{MissedTickBehavior, interval};
use vakt_identity::audit::Act;
use vakt_identity::{IdentityError, RESTORABLE_MAX_HOURS, StoreError};

use crate::app::{App, AppState};

/// How often.
const EVERY_SECONDS: u64 = 3600;
/// Most lines removed at once: the store has one writer, and others must get their turn between.
const PURGED_AT_ONCE_MAX: u32 = 1_000;

/// Does it now, and every hour, until it is dropped.
pub(crate) async fn run(app: AppState, audit_retention_days: Option<u32>) {
    let mut hourly = interval(Duration::from_secs(EVERY_SECONDS));
    hourly.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hourly.tick().await;
        let now = app.clock.now();
        if let Err(error) = retire_keys(&app, now).await {
            tracing::error!(%error, "signing keys could not be retired; trying again in an hour");
        }
        if let Err(error) = purge(&app, audit_retention_days, now).await {
            tracing::error!(%error, "old objects could not be removed; trying again in an hour");
        }
        if let Err(error) = app.incidents.purge_arrivals(now).await {
            tracing::error!(%error, "old counts could not be removed; trying again in an hour");
        }
    }
}

/// Retires the keys that signed their last token long enough ago.
async fn retire_keys(app: &App, now: Timestamp) -> Result<(), IdentityError> {
    for kid in app.identity.retire_keys_that_are_over(&Act::of_server(now)).await? {
        tracing::info!(kid, "a signing key was retired: no token needs it any more");
    }
    Ok(())
}

/// Removes deleted objects that can no longer be restored, and lines of the logs that are older
/// than the operator wants to keep them.
async fn purge(
    app: &App,
    audit_retention_days: Option<u32>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let before = |hours: i64| now.saturating_sub(SignedDuration::from_hours(hours));
    if let Ok(before) = before(RESTORABLE_MAX_HOURS) {
        app.identity.store().purge_deleted_before(before).await?;
    }
    let Some(days) = audit_retention_days else { return Ok(()) };
    let Ok(before) = before(i64::from(days) * 24) else { return Ok(()) };
    let mut removed = 0;
    loop {
        let at_once = app.identity.audit_store().purge_audit(before, PURGED_AT_ONCE_MAX).await?;
        removed += at_once;
        if at_once < u64::from(PURGED_AT_ONCE_MAX) {
            break;
        }
        tokio::task::yield_now().await;
    }
    if removed > 0 {
        tracing::info!(removed, %before, "old lines of the logs were removed");
    }
    Ok(())
}
