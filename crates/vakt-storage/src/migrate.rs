//! The embedded migrations; sqlx keeps and compares their checksums.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const SQLITE: &[(i64, &str, &str)] = &[
    (1, "create identity", include_str!("../migrations/sqlite/0001_create_identity.sql")),
    (2, "create incidents", include_str!("../migrations/sqlite/0002_create_incidents.sql")),
];

/// All migrations for SQLite.
pub(crate) fn sqlite() -> Migrator {
    let one = |&(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(SQLITE.iter().map(one).collect())
}
