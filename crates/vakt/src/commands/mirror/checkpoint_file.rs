//! The file that says how far a mirror is, and the lock beside it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use vakt_client::mirror::Checkpoint;

use crate::private_file;
use crate::problem::Problem;

/// Largest checkpoint that is read, in bytes; they have a few hundred.
const LENGTH_MAX_BYTES: u64 = 64 * 1024;

/// A checkpoint's file, held by this process alone for as long as this lives.
#[derive(Debug)]
pub struct CheckpointFile {
    path: PathBuf,
    /// Unlocked when it is closed, however the process ends. The file itself stays: removing it
    /// would let a third process lock another one of the same name.
    _lock: File,
}

impl CheckpointFile {
    /// Takes the file, which need not be there yet.
    pub fn take(path: &Path) -> anyhow::Result<Self> {
        let lock_path = path.with_added_extension("lock");
        if let Some(folder) = path.parent() {
            private_file::create_folder(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .with_context(|| format!("{} cannot be opened", lock_path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                let text = format!("another mirror is running with {}", path.display());
                Err(Problem::new(text)
                    .with_hint("end it first, or give this one its own file with --checkpoint")
                    .into())
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", lock_path.display()))
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says; `None` when nothing was kept yet.
    pub fn read(&self) -> anyhow::Result<Option<Checkpoint>> {
        let cannot = || format!("the checkpoint {} cannot be read", self.path.display());
        let bytes = match fs::metadata(&self.path) {
            Ok(found) if found.len() > LENGTH_MAX_BYTES => {
                let text = format!("{} is too long for a checkpoint", self.path.display());
                return Err(Problem::new(text).with_hint("give another --checkpoint").into());
            }
            Ok(_) => fs::read(&self.path).with_context(cannot)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(cannot),
        };
        let checkpoint = Checkpoint::from_json(&bytes);
        Ok(Some(checkpoint.with_context(|| self.path.display().to_string())?))
    }

    /// Puts a checkpoint in its place, whole or not at all.
    pub fn write(&self, checkpoint: &Checkpoint) -> anyhow::Result<()> {
        private_file::write(&self.path, &checkpoint.to_json()?)
    }
}
