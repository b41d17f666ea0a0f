//! Routes of Microsoft Graph, as far as registering an app needs them.

mod answers;
mod applications;
mod assignments;
mod audit_logs;
mod call;
mod certificates;
mod credentials;
mod delegation;
mod deleted;
mod directory_objects;
mod entity;
pub(crate) mod errors;
mod extras;
mod federated;
mod from_wire;
mod keys;
mod merge;
mod organization;
mod owners;
mod query;
mod routes;
mod service_principals;
mod small_list;
pub(crate) mod to_wire;

pub(crate) use answers::no_content;
pub(crate) use call::{Call, GRAPH_BODY_MAX_BYTES, answered};
pub(crate) use query::PAGE_SIZE_MAX as GRAPH_PAGE_SIZE_MAX;
pub(crate) use routes::routes;

/// Reads the query of a directory list, for the fuzz targets.
#[cfg(fuzzing)]
pub(crate) fn try_query(uri: &http::Uri) {
    use query::{Directory, Question, options, to_query};
    let Ok(options) = options(uri) else { return };
    for directory in [Directory::Applications, Directory::ServicePrincipals, Directory::Deleted] {
        let _ = to_query(&options, directory, &Question::of(uri));
    }
}
