//! The only source of chance.

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

/// A new GUID, as text.
pub(crate) fn guid() -> String {
    ObjectId::from_random_bytes(bytes()).to_string()
}

/// A new object id.
pub(crate) fn object_id() -> ObjectId {
    ObjectId::from_random_bytes(bytes())
}

/// A new assignment id.
pub(crate) fn assignment_id() -> AssignmentId {
    AssignmentId::from_random_bytes(bytes())
}

/// A new view's id.
pub(crate) fn view_id() -> ViewId {
    ViewId::from_random_bytes(bytes())
}
