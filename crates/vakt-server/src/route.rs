//! A line of the table of routes.

use axum::routing::{MethodFilter, MethodRouter};

use crate::access::Access;
use crate::app::AppState;

/// A route and how it is protected.
pub(crate) struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
    pub handler: MethodRouter<AppState>,
}

/// A line.
pub(crate) fn route(
    method: &'static str,
    path: &'static str,
    access: Access,
    handler: MethodRouter<AppState>,
) -> Route {
    Route { method, path, access, handler }
}

/// The method that a line names.
pub(crate) fn filter_of(method: &str) -> MethodFilter {
    match method {
        "POST" => MethodFilter::POST,
        "PATCH" => MethodFilter::PATCH,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}
