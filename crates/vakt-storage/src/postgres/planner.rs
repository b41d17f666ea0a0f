//! What PostgreSQL's planner knows of tables that grow fast. By itself it looks at them once a
//! minute; until then it takes a tenant's hundred thousand incidents for a few hundred, and reads
//! them all to find some. So it is told to look whenever an import has doubled them.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::postgres::PgPool;

/// Incidents and alerts after which the planner looks for the first time.
const FIRST_LOOK_ROWS: u64 = 1_000;

/// The tables that an import fills. They are looked at by samples: a second, however large they are.
const LOOK: &str =
    "ANALYZE incidents, incident_labels, alerts, alert_labels, alert_ties, tie_segments, machines";

/// Counts what this server stored, and has the planner look at it.
pub(super) struct Planner {
    stored_rows: AtomicU64,
    next_look_rows: AtomicU64,
}

impl Planner {
    pub(super) fn new() -> Self {
        Self { stored_rows: AtomicU64::new(0), next_look_rows: AtomicU64::new(FIRST_LOOK_ROWS) }
    }

    /// Counts incidents or alerts that were stored. Nobody waits for the planner.
    pub(super) fn stored(&self, rows: usize, pool: &PgPool) {
        if self.is_due(rows as u64) {
            let pool = pool.clone();
            tokio::spawn(async move {
                if let Err(error) = sqlx::query(LOOK).execute(&pool).await {
                    tracing::warn!(%error, "PostgreSQL could not look at its tables: imports may \
                        be slow until it does so by itself");
                }
            });
        }
    }

    fn is_due(&self, rows: u64) -> bool {
        let stored = self.stored_rows.fetch_add(rows, Ordering::Relaxed).saturating_add(rows);
        let next = self.next_look_rows.load(Ordering::Relaxed);
        let later = stored.saturating_mul(2);
        stored >= next
            && self
                .next_look_rows
                .compare_exchange(next, later, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Planner;

    #[test]
    fn the_planner_looks_whenever_what_is_stored_has_doubled() {
        let planner = Planner::new();
        let looks = (1..=100).filter(|_| planner.is_due(500)).count();
        assert_eq!(looks, 6, "at 1,000, 2,000, 4,000 … 32,000 of 50,000");
    }
}
