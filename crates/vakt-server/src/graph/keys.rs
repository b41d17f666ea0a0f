//! How paths name objects: `{id}` or `(appId='…')`, which the path layer turned into `appId=…`.

use vakt_identity::ObjectKey;

use super::errors::not_found;
use crate::problem::Problem;

/// Reads a key; what is no id names nothing.
pub(super) fn object_key(text: &str) -> Result<ObjectKey, Problem> {
    let missing = || not_found(text);
    match text.split_once('=') {
        Some((name, id)) if name.eq_ignore_ascii_case("appId") => {
            id.parse().map(ObjectKey::App).map_err(|_| missing())
        }
        Some(_) => Err(missing()),
        None => text.parse().map(ObjectKey::Object).map_err(|_| missing()),
    }
}

/// Reads an id of a body.
pub(super) fn body_id<T: std::str::FromStr<Err = vakt_ids::NotAnId>>(
    member: &str,
    text: &str,
) -> Result<T, Problem> {
    text.parse().map_err(|error| super::errors::bad_request(format!("{member}: {error}")))
}
