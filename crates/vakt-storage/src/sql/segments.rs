//! Segments of the log of sign-ins. Applications and correlation ids are indexed within 4,096 lines at
//! a time, so that a new line costs little however long the log is; a search looks into the segments
//! one group after the other, and ends where its page is full.

use std::ops::RangeInclusive;

use sqlx::{QueryBuilder, Row};
use vakt_identity::StoreError;
use vakt_identity::audit::{AuditOrder, AuditQuery};

use super::{Db, DbPool, failed};

/// A segment has two to the power of so many lines, as in the migration that makes the indexes.
const SEGMENT_LINES_LOG2: u32 = 12;
/// Characters of a value that are in the index.
const INDEXED_CHARS: usize = 8;
/// Segments that one statement looks into: the first, and the most of a later one.
const GROUP_SEGMENTS_FIRST: i64 = 4;
const GROUP_SEGMENTS_MAX: i64 = 256;

/// What is left to be looked into.
pub(super) struct Segments {
    left: RangeInclusive<i64>,
    order: AuditOrder,
    group: i64,
}

impl Segments {
    /// Those that a search by application or correlation id must look into; `None` for others.
    pub(super) async fn of(
        readers: &DbPool,
        query: &AuditQuery,
    ) -> Result<Option<Self>, StoreError> {
        if query.app.is_none() && query.correlation.is_none() {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT (SELECT MIN(number) FROM sign_ins) AS first,
                    (SELECT MAX(number) FROM sign_ins) AS last",
        )
        .fetch_one(readers)
        .await
        .map_err(failed)?;
        let bound = |name: &str| row.try_get::<Option<i64>, _>(name).map_err(failed);
        let (first, last) = (bound("first")?.unwrap_or(1), bound("last")?.unwrap_or(0));
        let (first, last) = match (query.order, query.after) {
            (AuditOrder::NewestFirst, Some(after)) => (first, last.min(after.saturating_sub(1))),
            (AuditOrder::OldestFirst, Some(after)) => (first.max(after.saturating_add(1)), last),
            (_, None) => (first, last),
        };
        let left = match first <= last {
            true => first >> SEGMENT_LINES_LOG2..=last >> SEGMENT_LINES_LOG2,
            false => RangeInclusive::new(1, 0),
        };
        Ok(Some(Self { left, order: query.order, group: GROUP_SEGMENTS_FIRST }))
    }

    /// The next group, in the order of the query.
    pub(super) fn next_group(&mut self) -> Option<RangeInclusive<i64>> {
        if self.left.is_empty() {
            return None;
        }
        let (first, last) = (*self.left.start(), *self.left.end());
        let group = match self.order {
            AuditOrder::NewestFirst => first.max(last - self.group + 1)..=last,
            AuditOrder::OldestFirst => first..=last.min(first + self.group - 1),
        };
        self.left = match self.order {
            AuditOrder::NewestFirst => first..=group.start() - 1,
            AuditOrder::OldestFirst => group.end() + 1..=last,
        };
        self.group = (self.group * 4).min(GROUP_SEGMENTS_MAX);
        Some(group)
    }
}

/// The condition that a line is in one of the segments.
pub(super) fn push_group(sql: &mut QueryBuilder<Db>, group: RangeInclusive<i64>) {
    sql.push(" AND (number >> ").push(SEGMENT_LINES_LOG2).push(") IN (");
    let mut listed = sql.separated(", ");
    for segment in group {
        listed.push(segment);
    }
    sql.push(")");
}

/// The condition that a column is a value, by its index within segments.
pub(super) fn push_indexed(sql: &mut QueryBuilder<Db>, column: &str, value: String) {
    let start: String = value.chars().take(INDEXED_CHARS).collect();
    sql.push(" AND substr(").push(column).push(", 1, ").push(INDEXED_CHARS).push(") = ");
    sql.push_bind(start);
    sql.push(" AND ").push(column).push(" = ").push_bind(value);
}
