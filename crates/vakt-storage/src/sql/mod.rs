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
mod audit;
mod batch;
mod delegation;
mod deleted;
mod directory;
mod endpoint;
mod events;
mod grants;
mod identity;
mod incidents;
mod indicators;
mod log_query;
mod machine_actions;
mod machines;
mod numbers;
mod people;
mod principals;
mod property_query;
mod sealing;
mod secrets;
mod segments;
mod sessions;
mod sightings;
mod sign_ins;
mod signing_keys;
mod tags;
mod tenants;
mod text;

use std::fmt::Display;
use std::str::FromStr;

use sqlx::Row;
use vakt_identity::StoreError;

use super::{Db, Store};
use crate::open::{self, OpenError, StartTurn};
use crate::rows::BadDocument;
use crate::seal::SealError;

pub(super) use incidents::index_old_alerts;

type DbRow = <Db as sqlx::Database>::Row;
type DbConnection = <Db as sqlx::Database>::Connection;
type DbPool = sqlx::Pool<Db>;

#[async_trait::async_trait]
impl open::Store for Store {
    async fn starting(&self) -> Result<StartTurn, OpenError> {
        let held = self.take_start_turn().await.map_err(OpenError::Failed)?;
        Ok(StartTurn { _held: held })
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// Reads an id column.
fn id<T: FromStr>(row: &DbRow, column: &str) -> Result<T, StoreError>
where
    T::Err: Display,
{
    let text: String = row.try_get(column).map_err(failed)?;
    parse(&text, column)
}

/// Reads an id column that may be empty.
fn optional_id<T: FromStr>(row: &DbRow, column: &str) -> Result<Option<T>, StoreError>
where
    T::Err: Display,
{
    let text: Option<String> = row.try_get(column).map_err(failed)?;
    text.map(|text| parse(&text, column)).transpose()
}

fn parse<T: FromStr>(text: &str, column: &str) -> Result<T, StoreError>
where
    T::Err: Display,
{
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

fn unsealed(error: SealError) -> StoreError {
    StoreError::Failed(error.to_string())
}
