//! Sealing of signing keys at rest: AES-256-GCM under a key that lives outside the database, in a
//! file of mode 0600 or in the environment.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use zeroize::Zeroizing;

/// First byte of everything sealed this way.
const FORMAT_VERSION: u8 = 1;

/// Why sealing failed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key file.
    #[error("cannot {action} the sealing key file `{path}`")]
    File {
        /// What was tried.
        action: &'static str,
        /// Its path.
        path: String,
        /// Reason.
        #[source]
        source: std::io::Error,
    },
    /// The key file is gone.
    #[error(
        "the sealing key file `{path}` is missing; put it back, or give the key in VAKT_SEALING_KEY"
    )]
    Missing {
        /// Its path.
        path: String,
    },
    /// The key file holds something else.
    #[error(
        "the sealing key file `{path}` is damaged: it must hold 64 hexadecimal digits; put the right one back"
    )]
    Damaged {
        /// Its path.
        path: String,
    },
    /// Not 64 hex digits.
    #[error("a sealing key is 64 hexadecimal digits (32 bytes)")]
    NotAKey,
    /// Wrong key, or damaged content.
    #[error(
        "the sealing key does not fit this database; use the one it was first opened with, the same on every server"
    )]
    WrongKey,
}

/// A sealing key.
pub struct SealingKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(hidden)")
    }
}

impl SealingKey {
    /// From 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, SealError> {
        let text = text.trim();
        let mut bytes = Zeroizing::new([0; 32]);
        if text.len() != 64 || !text.is_ascii() {
            return Err(SealError::NotAKey);
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            let digits = text.get(index * 2..index * 2 + 2).ok_or(SealError::NotAKey)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| SealError::NotAKey)?;
        }
        Ok(Self(bytes))
    }

    /// Reads a key file, or makes one of `fresh` random bytes that only its owner can read. The
    /// file and its folder are on disk before this returns: a key that is lost takes all signing
    /// keys with it.
    pub fn load_or_create(path: &Path, fresh: [u8; 32]) -> Result<Self, SealError> {
        match create_whole(path, &fresh) {
            Ok(()) => Ok(Self::from_bytes(fresh)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Self::load(path),
            Err(source) => {
                Err(SealError::File { action: "make", path: path.display().to_string(), source })
            }
        }
    }

    /// Reads a key file.
    pub fn load(path: &Path) -> Result<Self, SealError> {
        let fail = |source: std::io::Error| match source {
            source if source.kind() == std::io::ErrorKind::NotFound => {
                SealError::Missing { path: path.display().to_string() }
            }
            source => SealError::File { action: "read", path: path.display().to_string(), source },
        };
        let mut text = Zeroizing::new(String::new());
        File::open(path).and_then(|mut file| file.read_to_string(&mut text)).map_err(fail)?;
        let damaged = |_| SealError::Damaged { path: path.display().to_string() };
        Self::from_hex(&text).map_err(damaged)
    }

    /// Seals `plain`; it can be opened only with the same `name`.
    pub(crate) fn seal(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut content = plain.to_vec();
        let nonce = self
            .cipher()?
            .seal_in_place_append_tag(Aad::from(name.as_bytes()), &mut content)
            .map_err(|_| SealError::WrongKey)?;
        let mut sealed = vec![FORMAT_VERSION];
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&content);
        Ok(sealed)
    }

    /// Opens what [`Self::seal`] made.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (head, content) = sealed.split_at_checked(1 + NONCE_LEN).ok_or(SealError::WrongKey)?;
        let nonce = match head.split_first() {
            Some((&FORMAT_VERSION, nonce)) => Nonce::try_assume_unique_for_key(nonce),
            _ => return Err(SealError::WrongKey),
        };
        let mut content = Zeroizing::new(content.to_vec());
        let nonce = nonce.map_err(|_| SealError::WrongKey)?;
        let plain = self
            .cipher()?
            .open_in_place(nonce, Aad::from(name.as_bytes()), &mut content)
            .map_err(|_| SealError::WrongKey)?;
        let length = plain.len();
        content.truncate(length);
        Ok(content)
    }

    fn cipher(&self) -> Result<RandomizedNonceKey, SealError> {
        RandomizedNonceKey::new(&AES_256_GCM, self.0.as_slice()).map_err(|_| SealError::NotAKey)
    }
}

/// Makes the file with its whole content, or fails if it is there: written beside, then renamed, so
/// that a crash leaves a whole file or none. (The data folder's lock keeps others away.)
fn create_whole(path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    if path.exists() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    let beside = path.with_extension("new");
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    file.write_all(Zeroizing::new(hex + "\n").as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    sync_folder(path)
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_name_open_what_was_sealed() {
        let key = SealingKey::from_bytes([1; 32]);
        let sealed = key.seal("a", b"private").unwrap();
        assert!(!sealed.windows(7).any(|window| window == b"private"));
        assert_eq!(key.open("a", &sealed).unwrap().as_slice(), b"private");
        assert!(key.open("b", &sealed).is_err());
        assert!(SealingKey::from_bytes([2; 32]).open("a", &sealed).is_err());
        assert!(key.open("a", &sealed[..5]).is_err());
    }
}
