//! Segments of the ties between alerts. What ties alerts comes in no order, so it is kept in order
//! among 16,384 alerts at a time, and a new tie costs little however many there are; who looks for
//! one looks into each segment, or only into those whose alerts were active when it matters.

use std::collections::BTreeMap;

use vakt_incidents::{Alert, IncidentStoreError};

use super::super::batch::{Insertion, Values};
use super::counters::alert_count;
use super::{DbConnection, Tenant, failed};
use crate::rows::ticks;

/// A segment has two to the power of so many alerts, as in the migration that makes it.
const SEGMENT_ALERTS_LOG2: u32 = 14;

static SEGMENTS: Insertion = Insertion::into(
    "tie_segments (tenant, segment, first_activity_at, last_activity_at)",
    4,
    "ON CONFLICT (tenant, segment) DO UPDATE SET
    first_activity_at = CASE WHEN excluded.first_activity_at < tie_segments.first_activity_at
        THEN excluded.first_activity_at ELSE tie_segments.first_activity_at END,
    last_activity_at = CASE WHEN excluded.last_activity_at > tie_segments.last_activity_at
        THEN excluded.last_activity_at ELSE tie_segments.last_activity_at END
    WHERE excluded.first_activity_at < tie_segments.first_activity_at
        OR excluded.last_activity_at > tie_segments.last_activity_at",
);

/// The segment of an alert's ties.
pub(super) fn segment_of(alert_seq: i64) -> i64 {
    alert_count(alert_seq) >> SEGMENT_ALERTS_LOG2
}

/// From the first activity to the last, in ticks.
#[derive(Clone, Copy)]
pub(super) struct Activity {
    first: i64,
    last: i64,
}

impl Activity {
    pub(super) fn of(alert: &Alert) -> Self {
        Self { first: ticks(alert.first_activity_at), last: ticks(alert.last_activity_at) }
    }

    fn and(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// When alerts are active whose ties are stored, by segment.
#[derive(Default)]
pub(super) struct ActiveSegments(BTreeMap<i64, Activity>);

impl ActiveSegments {
    pub(super) fn note(&mut self, alert_seq: i64, activity: Activity) {
        let known = self.0.entry(segment_of(alert_seq)).or_insert(activity);
        *known = known.and(activity);
    }

    /// Widens what is stored of the segments.
    pub(super) async fn store(
        self,
        connection: &mut DbConnection,
        tenant: Tenant,
    ) -> Result<(), IncidentStoreError> {
        let bind = |values: &mut Values, (segment, activity): (i64, Activity)| {
            values.add(tenant.number).add(segment).add(activity.first).add(activity.last);
        };
        let segments = self.0.into_iter().collect();
        SEGMENTS.store(connection, segments, bind).await.map_err(failed)
    }
}
