//! Passwords are hashed and compared here: away from the threads that answer requests, and a few
//! at a time, since each takes 19 MiB and a whole core.

use secrecy::SecretString;
use tokio::sync::Semaphore;
use vakt_identity::people::{Candidate, Compared, PasswordFault, StoredPassword};

use crate::chance;
use crate::problem::Problem;

/// Hashes that are computed side by side; the others wait their turn within their own time limit.
/// Two keep people from waiting for one another, and a flood from taking the memory and the cores
/// that token requests need.
const HASHES_AT_ONCE_MAX: usize = 2;

/// Places for hashes.
pub(crate) struct Hashing {
    places: Semaphore,
}

impl Hashing {
    pub(crate) fn new() -> Self {
        Self { places: Semaphore::new(HASHES_AT_ONCE_MAX) }
    }

    /// Compares a password with what is kept of whoever it is said to belong to.
    pub(crate) async fn compare(
        &self,
        candidate: Candidate,
        password: SecretString,
    ) -> Result<Compared, Problem> {
        self.run(move || candidate.compare(&password)).await
    }

    /// Is this what is kept?
    pub(crate) async fn compare_stored(
        &self,
        kept: StoredPassword,
        password: SecretString,
    ) -> Result<bool, Problem> {
        self.run(move || kept.matches(&password)).await
    }

    /// Hashes a password that was checked.
    pub(crate) async fn hash(
        &self,
        password: SecretString,
    ) -> Result<Result<StoredPassword, PasswordFault>, Problem> {
        let salt = chance::bytes();
        self.run(move || StoredPassword::of(&password, salt)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _place = self.places.acquire().await.map_err(|_| Problem::internal())?;
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            tracing::error!(%error, "a password could not be hashed");
            Problem::internal()
        })
    }
}
