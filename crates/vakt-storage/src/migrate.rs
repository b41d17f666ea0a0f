//! The embedded migrations; sqlx keeps and compares their checksums.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

type Listed = (i64, &'static str, &'static str);

const SQLITE: &[Listed] = &[
    (1, "create identity", include_str!("../migrations/sqlite/0001_create_identity.sql")),
    (2, "create incidents", include_str!("../migrations/sqlite/0002_create_incidents.sql")),
    (3, "fold names", include_str!("../migrations/sqlite/0003_fold_names.sql")),
    (4, "complete identity", include_str!("../migrations/sqlite/0004_complete_identity.sql")),
    (5, "create logs", include_str!("../migrations/sqlite/0005_create_logs.sql")),
    (6, "create tags", include_str!("../migrations/sqlite/0006_create_tags.sql")),
    (7, "index alerts", include_str!("../migrations/sqlite/0007_index_alerts.sql")),
    (8, "create endpoint", include_str!("../migrations/sqlite/0008_create_endpoint.sql")),
    (9, "number tenants", include_str!("../migrations/sqlite/0009_number_tenants.sql")),
    (10, "widen creation", include_str!("../migrations/sqlite/0010_widen_creation.sql")),
    (11, "index sign ins", include_str!("../migrations/sqlite/0011_index_sign_ins.sql")),
    (12, "create views", include_str!("../migrations/sqlite/0012_create_views.sql")),
    (13, "count arrivals", include_str!("../migrations/sqlite/0013_count_arrivals.sql")),
    (14, "describe creation", include_str!("../migrations/sqlite/0014_describe_creation.sql")),
    (15, "segment ties", include_str!("../migrations/sqlite/0015_segment_ties.sql")),
    (16, "digest sightings", include_str!("../migrations/sqlite/0016_digest_sightings.sql")),
];

const POSTGRES: &[Listed] = &[
    (1, "create identity", include_str!("../migrations/postgres/0001_create_identity.sql")),
    (2, "create incidents", include_str!("../migrations/postgres/0002_create_incidents.sql")),
    (3, "create logs", include_str!("../migrations/postgres/0003_create_logs.sql")),
    (4, "create tags", include_str!("../migrations/postgres/0004_create_tags.sql")),
    (5, "index alerts", include_str!("../migrations/postgres/0005_index_alerts.sql")),
    (6, "create endpoint", include_str!("../migrations/postgres/0006_create_endpoint.sql")),
    (7, "number tenants", include_str!("../migrations/postgres/0007_number_tenants.sql")),
    (8, "index sign ins", include_str!("../migrations/postgres/0008_index_sign_ins.sql")),
    (9, "create views", include_str!("../migrations/postgres/0009_create_views.sql")),
    (10, "count arrivals", include_str!("../migrations/postgres/0010_count_arrivals.sql")),
    (11, "segment ties", include_str!("../migrations/postgres/0011_segment_ties.sql")),
    (12, "digest sightings", include_str!("../migrations/postgres/0012_digest_sightings.sql")),
];

/// All migrations for SQLite.
pub(crate) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

/// All migrations for PostgreSQL. Servers that start at once take turns: sqlx holds an advisory
/// lock meanwhile.
pub(crate) fn postgres() -> Migrator {
    migrator(POSTGRES)
}

fn migrator(listed: &[Listed]) -> Migrator {
    let one = |&(version, name, sql): &Listed| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(listed.iter().map(one).collect())
}
