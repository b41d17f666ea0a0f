//! Digests of sightings: whether two say the same is seen without either of them.

use std::hash::{Hash, Hasher};

use aws_lc_rs::digest::{Context, SHA256};
use vakt_endpoint::Sighting;

/// Bytes of a digest: nobody finds two sightings that share so many.
const DIGEST_BYTES: usize = 16;

/// What a sighting says, but for the times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SightingDigest(pub [u8; DIGEST_BYTES]);

impl SightingDigest {
    /// Of a sighting without its times.
    pub(crate) fn of(sighting: &Sighting) -> Self {
        let mut bytes = Sha256Hasher(Context::new(&SHA256));
        sighting.hash(&mut bytes);
        let whole = bytes.0.finish();
        let mut first = [0; DIGEST_BYTES];
        first.iter_mut().zip(whole.as_ref()).for_each(|(place, byte)| *place = *byte);
        Self(first)
    }
}

/// Takes in what makes two values equal or not.
struct Sha256Hasher(Context);

impl Hasher for Sha256Hasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Never asked: the digest is longer.
    fn finish(&self) -> u64 {
        0
    }
}
