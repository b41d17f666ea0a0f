//! The only source of chance.

use std::cell::RefCell;

use vakt_ids::{AssignmentId, ObjectId, ViewId};

/// Random bytes.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // AWS-LC's generator fails only where the machine has no entropy source at all; going on with
    // guessable ids and secrets would be worse than stopping.
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => bytes,
        Err(_) => std::process::abort(),
    }
}

/// Bytes for ids that are drawn together: most requests need an id, and each draw has its price.
const POOL_BYTES: usize = 1024;

/// Bytes that no id has taken yet. Secrets are drawn each for itself, and lie nowhere before.
struct Pool {
    bytes: [u8; POOL_BYTES],
    used: usize,
}

thread_local! {
    static POOL: RefCell<Pool> =
        const { RefCell::new(Pool { bytes: [0; POOL_BYTES], used: POOL_BYTES }) };
}

/// Random bytes of an id.
fn id_bytes() -> [u8; 16] {
    POOL.with_borrow_mut(|pool| {
        if pool.used >= POOL_BYTES {
            *pool = Pool { bytes: bytes(), used: 0 };
        }
        let next = pool.bytes.get(pool.used..).and_then(|rest| rest.first_chunk()).copied();
        pool.used += size_of::<[u8; 16]>();
        next.unwrap_or_else(bytes)
    })
}

/// A new GUID, as text.
pub(crate) fn guid() -> String {
    object_id().to_string()
}

/// A new object id.
pub(crate) fn object_id() -> ObjectId {
    ObjectId::from_random_bytes(id_bytes())
}

/// A new assignment id.
pub(crate) fn assignment_id() -> AssignmentId {
    AssignmentId::from_random_bytes(id_bytes())
}

/// A new view's id.
pub(crate) fn view_id() -> ViewId {
    ViewId::from_random_bytes(id_bytes())
}
