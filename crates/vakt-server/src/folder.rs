//! The data folder: one place for everything that must be kept, used by one process at a time.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or folder.
    #[error("cannot {action} `{path}`")]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Reason.
        #[source]
        source: io::Error,
    },
    /// Another process has it.
    #[error(
        "the data folder `{0}` is in use by another vakt; stop it first, or name another folder"
    )]
    InUse(PathBuf),
}

/// An open data folder; its lock lasts as long as this value.
#[derive(Debug)]
pub struct DataFolder {
    root: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if it is not there, then readable by its owner only, and locks it.
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        make_private_folder(root)?;
        make_private_folder(&root.join("tls"))?;
        let path = root.join("lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|source| io_error("open", &path, source))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(FolderError::InUse(root.to_owned())),
            Err(fs::TryLockError::Error(source)) => Err(io_error("lock", &path, source)),
        }
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.root.join("vakt.db")
    }

    /// The file of the key that seals signing keys.
    pub fn sealing_key(&self) -> PathBuf {
        self.root.join("seal.key")
    }

    /// Certificates and their keys.
    pub fn tls(&self) -> PathBuf {
        self.root.join("tls")
    }

    /// The local CA's certificate.
    pub fn ca_certificate(&self) -> PathBuf {
        self.tls().join("ca.pem")
    }
}

fn make_private_folder(path: &Path) -> Result<(), FolderError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| io_error("make the folder", path, source))
}

pub(crate) fn io_error(action: &'static str, path: &Path, source: io::Error) -> FolderError {
    FolderError::Io { action, path: path.to_owned(), source }
}

/// Writes a file so that it is there whole or not at all, also after a power cut. What an earlier
/// crash left beside it is not trusted, its permissions least of all.
pub(crate) fn write_whole(path: &Path, content: &[u8], private: bool) -> Result<(), FolderError> {
    use std::io::Write;
    let fail = |source| io_error("write", path, source);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.new"));
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(error)),
        _ => {}
    }
    let mut options = File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o644 });
    let mut file = options.open(&beside).map_err(fail)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(fail)?;
    fs::rename(&beside, path).map_err(fail)?;
    match path.parent() {
        Some(folder) if cfg!(unix) && !folder.as_os_str().is_empty() => {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(fail)
        }
        _ => Ok(()),
    }
}
