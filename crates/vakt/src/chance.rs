//! The only place of the command that draws a number by chance; for pauses, not for secrets.

use std::hash::{BuildHasher, RandomState};

/// A number, each as likely: the standard library keys its hash tables by chance, and the hash of
/// nothing under a fresh key is one.
pub fn number() -> u64 {
    RandomState::new().hash_one(())
}
