//! From bytes to text: UTF-8, and UTF-16 where a mark says so, as PowerShell writes it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Largest file that is read: rules have kilobytes, and an export of a whole portal fits too.
pub const FILE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Why a file cannot be read.
#[derive(Debug)]
pub enum ReadProblem {
    /// The system says no.
    Io(io::Error),
    /// More than [`FILE_BYTES_MAX`].
    TooLarge,
    /// Neither UTF-8 nor marked UTF-16; with the first byte that is not.
    NotText(usize),
}

impl fmt::Display for ReadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::TooLarge => write!(f, "it is larger than {} MiB", FILE_BYTES_MAX >> 20),
            Self::NotText(at) => write!(f, "byte {at} is not UTF-8"),
        }
    }
}

impl std::error::Error for ReadProblem {}

impl From<io::Error> for ReadProblem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, ReadProblem> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX);
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    decode(bytes)
}

/// The text of bytes. A mark at the beginning is left out.
pub fn decode(bytes: Vec<u8>) -> Result<String, ReadProblem> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(ReadProblem::TooLarge);
    }
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let text = String::from_utf8(bytes)
                .map_err(|error| ReadProblem::NotText(error.utf8_error().valid_up_to()))?;
            Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadProblem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for (index, c) in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).enumerate() {
        text.push(c.map_err(|_| ReadProblem::NotText(2 + index * 2))?);
    }
    if rest.is_empty() { Ok(text) } else { Err(ReadProblem::NotText(bytes.len() + 1)) }
}

#[cfg(test)]
mod tests {
    use super::{FILE_BYTES_MAX, decode};

    #[test]
    fn texts_of_every_editor_are_read() {
        for (bytes, expected) in [
            (&b"T"[..], "T"),
            (b"", ""),
            (b"\xef\xbb\xbfT", "T"),
            (b"\xff\xfeT\0\n\0", "T\n"),
            (b"\xfe\xff\0T", "T"),
        ] {
            assert_eq!(decode(bytes.to_vec()).unwrap(), expected, "{bytes:?}");
        }
        for (bytes, expected) in [
            (b"T \xff".to_vec(), "byte 2 is not UTF-8"),
            (b"\xff\xfeT".to_vec(), "byte 2 is not UTF-8"),
            (vec![b' '; FILE_BYTES_MAX + 1], "it is larger than 8 MiB"),
        ] {
            assert_eq!(decode(bytes).unwrap_err().to_string(), expected);
        }
    }
}
