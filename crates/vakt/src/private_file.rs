//! Files that only their owner reads, replaced whole or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context as _;

/// Writes beside the file, then renames: a reader sees the old content or the new.
pub fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written", path.display());
    if let Some(dir) = path.parent() {
        create_folder(dir).with_context(failed)?;
    }
    let beside = path.with_extension(format!("tmp-{}", std::process::id()));
    // Left by a crash of a process that had the same number.
    remove(&beside)?;
    let written = write_new(&beside, content).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(failed)
}

/// Removes a file; one that is gone already is fine.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a file that is not there yet: what somebody keeps there already may be a key in use.
pub fn create(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    write_new(path, content).with_context(|| format!("{} cannot be written", path.display()))
}

/// Opens such a file, for what does not fit in memory.
pub fn open_new(path: &Path) -> anyhow::Result<File> {
    open_private(path).with_context(|| format!("{} cannot be written", path.display()))
}

fn write_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = open_private(path)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(unix)]
fn open_private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn open_private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Makes a folder, and those above it, that only their owner enters; one that is there stays.
#[cfg(unix)]
pub fn create_folder(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Makes a folder and those above it; one that is there stays.
#[cfg(not(unix))]
pub fn create_folder(dir: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).create(dir)
}
