//! The stores of the domain rooms: SQL and nothing else. Open a data folder with [`open_sqlite`];
//! what comes back implements `IdentityStore` and `IncidentStore`.
//!
//! ```no_run
//! # async fn example() -> Result<(), vakt_storage::OpenError> {
//! let key = vakt_storage::SealingKey::from_bytes([7; 32]);
//! let store = vakt_storage::open_sqlite("vakt-data/vakt.db".as_ref(), key).await?;
//! # Ok(())
//! # }
//! ```

mod connect;
mod migrate;
mod rows;
mod seal;
mod sqlite;

pub use connect::{OpenError, open_sqlite};
pub use seal::{SealError, SealingKey};
pub use sqlite::SqliteStore;
