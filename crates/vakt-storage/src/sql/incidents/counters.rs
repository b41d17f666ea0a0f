//! A tenant's counters: changes, the last time stamp, incidents.

use jiff::Timestamp;
use sqlx::Row;
use vakt_ids::IncidentId;
use vakt_incidents::{ChangeNumber, IncidentStoreError, Stamp};

use super::super::super::take_turn;
use super::{DbConnection, Tenant, failed};
use crate::rows::{from_ticks, ticks};
use crate::turn::Turn;

/// Bits of an alert's row number that count the alerts of its tenant. Those that were numbered
/// without regard to tenants are below all others.
const ALERT_COUNT_BITS: u32 = 40;

/// The number of an alert's row among those of its tenant.
pub(super) fn alert_count(seq: i64) -> i64 {
    seq & ((1 << ALERT_COUNT_BITS) - 1)
}

/// The counters, while this transaction has its turn.
pub(super) struct Counters {
    tenant: Tenant,
    change: i64,
    stamp: i64,
    incident: i64,
    alert: i64,
}

impl Counters {
    /// Waits for the turn among the tenant's writers, and reads.
    pub(super) async fn take(
        connection: &mut DbConnection,
        tenant: Tenant,
    ) -> Result<Self, IncidentStoreError> {
        take_turn(connection, Turn::Incidents(tenant.id)).await.map_err(failed)?;
        let sql =
            "SELECT change, stamp, incident, alert FROM incident_counters WHERE tenant_id = $1";
        let row = sqlx::query(sql).bind(tenant.id.to_string()).fetch_optional(connection).await;
        let Some(row) = row.map_err(failed)? else {
            return Ok(Self { tenant, change: 0, stamp: 0, incident: 0, alert: 0 });
        };
        Ok(Self {
            tenant,
            change: row.try_get("change").map_err(failed)?,
            stamp: row.try_get("stamp").map_err(failed)?,
            incident: row.try_get("incident").map_err(failed)?,
            alert: row.try_get("alert").map_err(failed)?,
        })
    }

    /// The next change's number.
    pub(super) fn next_change(&mut self) -> ChangeNumber {
        self.change += 1;
        ChangeNumber(self.change)
    }

    /// The next incident's number.
    pub(super) fn next_incident(&mut self) -> Option<IncidentId> {
        self.incident += 1;
        IncidentId::new(self.incident)
    }

    /// The number of the next alert's row: the tenant's number, then the tenant's count.
    pub(super) fn next_alert(&mut self) -> i64 {
        self.alert += 1;
        (self.tenant.number << ALERT_COUNT_BITS) | self.alert
    }

    /// Keeps the count of incidents above a number that came from elsewhere.
    pub(super) fn note_incident(&mut self, id: IncidentId) {
        self.incident = self.incident.max(id.number());
    }

    /// Whether a number is above those of all incidents: none is stored under it.
    pub(super) fn is_beyond(&self, id: IncidentId) -> bool {
        id.number() > self.incident
    }

    /// The stamp as it is stored: later than every earlier one of the tenant, and than `after`.
    pub(super) fn next_stamp(&mut self, stamp: &Stamp, after: Timestamp) -> Stamp {
        let at = ticks(stamp.at).max(self.stamp + 1).max(ticks(after).saturating_add(1));
        // An incident may have come with a date far ahead; its own next date is ahead of that, but
        // the tenant's are not.
        self.stamp = ticks(stamp.at).max(self.stamp + 1);
        Stamp { by: stamp.by.clone(), at: from_ticks(at) }
    }

    /// Writes what was counted.
    pub(super) async fn save(
        &self,
        connection: &mut DbConnection,
    ) -> Result<(), IncidentStoreError> {
        let sql = "INSERT INTO incident_counters (tenant_id, change, stamp, incident, alert)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id) DO UPDATE
            SET change = excluded.change, stamp = excluded.stamp, incident = excluded.incident,
                alert = excluded.alert";
        sqlx::query(sql)
            .bind(self.tenant.id.to_string())
            .bind(self.change)
            .bind(self.stamp)
            .bind(self.incident)
            .bind(self.alert)
            .execute(connection)
            .await
            .map_err(failed)?;
        Ok(())
    }
}
