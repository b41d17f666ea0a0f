//! The stores' SQL, one text for every database. This folder is compiled once per database, inside
//! `sqlite` and inside `postgres`: what differs between them (how a connection is opened, how a
//! writer gets its turn, where the generation is kept) is in those two modules, and everything that
//! reads or writes rows is here.
//!
//! So that one text serves both: placeholders are `$1`, ids and documents are TEXT, times are ticks,
//! conditions on truth say TRUE and FALSE, texts that compare without regard to case have a folded
//! column beside them, and nothing here asks which database it is on.

mod applications;
mod assignments;
mod directory;
mod identity;
mod incident_query;
mod incidents;
mod principals;
mod sealing;
mod signing_keys;
mod tenants;
mod text;

use sqlx::Row;
use vakt_identity::StoreError;

use super::{Db, Store};
use crate::open;
use crate::rows::BadDocument;

type DbRow = <Db as sqlx::Database>::Row;
type DbConnection = <Db as sqlx::Database>::Connection;
type DbPool = sqlx::Pool<Db>;

#[async_trait::async_trait]
impl open::Store for Store {
    async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// Reads an id column.
fn id<T: std::str::FromStr>(row: &DbRow, column: &str) -> Result<T, StoreError>
where
    T::Err: std::fmt::Display,
{
    let text: String = row.try_get(column).map_err(failed)?;
    text.parse().map_err(|error: T::Err| StoreError::Corrupt {
        what: "id",
        why: format!("{column}: {error}"),
    })
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// A broken uniqueness rule means that `what` is there already.
fn conflict(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() => {
            StoreError::Conflict(what)
        }
        _ => failed(error),
    }
}

fn corrupt(what: &'static str) -> impl Fn(BadDocument) -> StoreError {
    move |bad| StoreError::Corrupt { what, why: bad.to_string() }
}
