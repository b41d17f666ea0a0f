//! Which index serves a page of the queue, as the planner is told by the migrations.

use sqlx::Row;
use tempfile::TempDir;

use super::open::connect;

#[tokio::test]
async fn a_page_of_incidents_is_found_by_the_index_that_leaves_least_to_read() {
    let folder = TempDir::with_prefix("vakt-test-plans-").unwrap();
    let pools = connect(&folder.path().join("vakt.db")).await.unwrap();
    let open = "(status = 'active' OR status = 'in_progress')";
    let all_three = "severity = 30 AND status = 'active' AND owner_folded = 'ann'";
    for (filter, order, expected) in [
        ("TRUE", "created_at DESC, id DESC", "incidents_by_creation"),
        (open, "created_at DESC, id DESC", "incidents_by_creation"),
        ("status = 'active'", "created_at DESC, id DESC", "incidents_by_status"),
        ("severity = 30", "created_at DESC, id DESC", "incidents_by_severity"),
        ("owner_folded = 'ann'", "created_at DESC, id DESC", "incidents_by_owner"),
        (all_three, "created_at DESC, id DESC", "incidents_by_owner"),
        ("created_at > 5", "created_at DESC, id DESC", "incidents_by_creation"),
        ("updated_at > 5", "updated_at, id", "incidents_by_update"),
        ("change > 5", "change, id", "incidents_by_change"),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT id FROM incidents WHERE tenant = 1 AND {filter} \
             ORDER BY {order} LIMIT 101"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&pools.readers).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        let is_expected = plan[0].contains(expected) && plan.len() == 1;
        assert!(is_expected, "{filter} by {order} takes {plan:?}");
    }
}
