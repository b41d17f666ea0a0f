//! Secrets in files, and on stdin.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Context as _;
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use crate::problem::Problem;

/// Longest text that is read, in bytes: secrets have under 100, tokens under 3,000.
const LENGTH_MAX_BYTES: u64 = 64 * 1024;

/// The text in a file, or on stdin for `-`; white space around it is no part of it.
pub fn read_secret(path: &Path) -> anyhow::Result<SecretString> {
    let mut text = Zeroizing::new(String::new());
    if path == Path::new("-") {
        io::stdin().lock().take(LENGTH_MAX_BYTES).read_to_string(&mut text)?;
    } else {
        let opened = fs::File::open(path)
            .with_context(|| format!("the secret file {} cannot be read", path.display()))?;
        opened.take(LENGTH_MAX_BYTES).read_to_string(&mut text)?;
    }
    match text.trim() {
        "" => Err(Problem::new(format!("there is no secret in {}", path.display()))
            .with_hint("put the secret's value there, alone")
            .into()),
        secret => Ok(secret.into()),
    }
}
