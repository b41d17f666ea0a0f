//! The stores of the domain rooms: SQL and nothing else. [`open`] gives a [`Store`], which is an
//! `IdentityStore`, an `IncidentStore` and an `EndpointStore`, over SQLite or PostgreSQL.
//!
//! ```no_run
//! # async fn example() -> Result<(), vakt_storage::OpenError> {
//! use vakt_storage::{Database, SealingKey, open};
//!
//! let key = SealingKey::from_bytes([7; 32]);
//! let store = open(&Database::Sqlite("vakt-data/vakt.db".into()), key).await?;
//! # Ok(())
//! # }
//! ```

mod migrate;
mod open;
mod postgres;
mod rows;
mod seal;
mod sqlite;
mod tenant_numbers;
mod turn;

pub use open::{Database, OpenError, Opening, StartTurn, Store, connect, open};
pub use seal::{SealError, SealingKey};
