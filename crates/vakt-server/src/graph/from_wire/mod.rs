//! Bodies to directory objects: what a body wants is worked out over the present state by
//! [`super::merge`], and then read field by field. What would be lost is refused.

mod application;
mod certificate;
mod principal;

pub(super) use application::apply as apply_to_application;
pub(super) use certificate::read as read_certificate;
pub(super) use principal::apply as apply_to_principal;

use std::collections::BTreeSet;

use vakt_wire::graph as wire;

use super::errors::bad_request;
use crate::problem::Problem;

/// Secrets are made and removed by actions of their own: a list must be as it is shown.
fn check_passwords(
    shown: &[wire::PasswordCredential],
    wanted: &[wire::PasswordCredential],
) -> Result<(), Problem> {
    let ids = |list: &[wire::PasswordCredential]| -> BTreeSet<Option<String>> {
        list.iter().map(|one| one.key_id.as_ref().map(|id| id.to_ascii_lowercase())).collect()
    };
    match ids(shown) == ids(wanted) {
        true => Ok(()),
        false => Err(bad_request(
            "passwordCredentials cannot be set; use addPassword and removePassword",
        )),
    }
}
