//! Names of profiles.

use crate::problem::Problem;

const LENGTH_MAX_BYTES: usize = 64;

/// Is the name one? It becomes part of a file's name, so few characters are allowed.
pub(super) fn check(name: &str) -> Result<(), Problem> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.len() <= LENGTH_MAX_BYTES && name.chars().all(allowed) {
        return Ok(());
    }
    Err(Problem::new(format!("`{name}` cannot name a profile"))
        .with_hint("use letters, digits, `-` and `_`, at most 64"))
}
