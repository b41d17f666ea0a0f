//! Connecting to a PostgreSQL database.

use std::str::FromStr;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Row};
use tokio::time::timeout;

use super::{Pools, sql, take_turn};
use crate::migrate;
use crate::open::OpenError;
use crate::turn::Turn;

/// Connections of one server that change the directory. Such changes follow one another over all
/// servers; two keep the next one ready while the present one commits, and a few wait without
/// taking part in the queue for connections.
const WRITERS_MAX: u32 = 4;
/// Connections of one server that read, import and log. A process of PostgreSQL stands behind each,
/// 100 of which it allows by default: four servers fit.
const READERS_MAX: u32 = 20;
/// How long a request waits for a connection: then the database is overloaded or away, and an
/// error now is better than a queue.
const CONNECTION_WAIT_SECONDS: u64 = 10;
/// How long a server that starts waits for PostgreSQL to answer.
const CONNECT_MAX_SECONDS: u64 = 15;
/// A statement that takes longer holds up others; the longest honest one is an import's.
const STATEMENT_MAX: &str = "30s";
/// A connection that was quiet for so long is tried before it is used again: PostgreSQL may have
/// been started anew meanwhile.
const QUIET_TRUSTED_SECONDS: u64 = 5;
/// The oldest version of PostgreSQL, as its makers still care for it.
const VERSION_MIN: i32 = 14;

/// Connects and brings the database to this version's schema.
pub(crate) async fn connect(url: &SecretString) -> Result<Pools, OpenError> {
    let url = url.expose_secret();
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(OpenError::Url);
    }
    // What is wrong with it may be a part of the password.
    let options = PgConnectOptions::from_str(url).map_err(|_| OpenError::Url)?;
    // A slow statement of many rows is thousands of question marks in the log, and no more.
    let options = options.application_name("vakt").disable_statement_logging();
    prepare(&options).await?;
    let options = options.options([("statement_timeout", STATEMENT_MAX)]);
    Ok(Pools {
        writers: pool(WRITERS_MAX).connect_lazy_with(options.clone()),
        readers: pool(READERS_MAX).connect_lazy_with(options),
    })
}

fn pool(max: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(max)
        .acquire_timeout(Duration::from_secs(CONNECTION_WAIT_SECONDS))
        .test_before_acquire(false)
        .before_acquire(|connection, metadata| {
            Box::pin(async move {
                if metadata.idle_for.as_secs() >= QUIET_TRUSTED_SECONDS {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}

/// Looks at the server, then migrates; on a connection of its own, since a migration may take
/// longer than a statement of a request.
async fn prepare(options: &PgConnectOptions) -> Result<(), OpenError> {
    let connecting = PgConnection::connect_with(options);
    let mut connection = match timeout(Duration::from_secs(CONNECT_MAX_SECONDS), connecting).await {
        Ok(connected) => connected.map_err(|error| refusal(options, error))?,
        Err(_) => {
            let source = std::io::Error::from(std::io::ErrorKind::TimedOut);
            return Err(refusal(options, source.into()));
        }
    };
    let sql =
        "SELECT current_setting('server_version'), current_setting('server_version_num')::int,
        current_setting('server_encoding')";
    let row = sqlx::query(sql).fetch_one(&mut connection).await.map_err(OpenError::Failed)?;
    let version: String = row.try_get(0).map_err(OpenError::Failed)?;
    let number: i32 = row.try_get(1).map_err(OpenError::Failed)?;
    let encoding: String = row.try_get(2).map_err(OpenError::Failed)?;
    if number / 10_000 < VERSION_MIN {
        return Err(OpenError::TooOld { server: server(options), version, needed: VERSION_MIN });
    }
    if encoding != "UTF8" {
        return Err(OpenError::Encoding { name: name(options), encoding });
    }
    migrate::postgres().run(&mut connection).await.map_err(|error| not_migrated(options, error))?;
    index_old_alerts(&mut connection).await?;
    connection.close().await.map_err(OpenError::Failed)
}

/// Does the rest of migration 5, step by step; servers that start at once take turns.
async fn index_old_alerts(connection: &mut PgConnection) -> Result<(), OpenError> {
    loop {
        let mut transaction = connection.begin().await.map_err(OpenError::Failed)?;
        take_turn(&mut transaction, Turn::Start).await.map_err(OpenError::Failed)?;
        let more = sql::index_old_alerts(&mut transaction).await.map_err(OpenError::OldAlerts)?;
        transaction.commit().await.map_err(OpenError::Failed)?;
        if !more {
            return Ok(());
        }
    }
}

fn refusal(options: &PgConnectOptions, source: sqlx::Error) -> OpenError {
    let code = source.as_database_error().and_then(|error| error.code()).unwrap_or_default();
    let server = server(options);
    match code.as_ref() {
        // invalid_authorization_specification, invalid_password
        "28000" | "28P01" => OpenError::Refused { server, source },
        // invalid_catalog_name
        "3D000" => OpenError::NoDatabase { server, name: name(options) },
        _ => OpenError::Unreachable { server, source },
    }
}

fn not_migrated(options: &PgConnectOptions, error: MigrateError) -> OpenError {
    let source = match &error {
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => source,
        _ => return OpenError::Migration(error),
    };
    let code = source.as_database_error().and_then(|error| error.code());
    // insufficient_privilege
    if code.as_deref() == Some("42501") {
        return OpenError::NotOwner { name: name(options) };
    }
    OpenError::Migration(error)
}

fn server(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

/// The database's name; PostgreSQL takes the account's where none is said.
fn name(options: &PgConnectOptions) -> String {
    options.get_database().unwrap_or(options.get_username()).to_owned()
}
