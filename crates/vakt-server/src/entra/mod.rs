//! Routes of the identity platform.

mod discovery;
pub(crate) mod errors;
mod explain;
mod form;
mod instance;
mod keys;
mod metadata;
mod token;
mod user_realm;

pub(crate) use discovery::{openid_v1, openid_v2};
pub(crate) use explain::{explain, meaning};
pub(crate) use form::TOKEN_BODY_MAX_BYTES;
#[cfg(fuzzing)]
pub(crate) use form::TokenForm;
pub(crate) use instance::instance_discovery;
pub(crate) use keys::{keys_v1, keys_v2};
pub(crate) use metadata::{metadata_of_nobody, metadata_v1, metadata_v2};
pub(crate) use token::{ask_in_person, token_v1, token_v2};
pub(crate) use user_realm::user_realm;

use axum::response::Response;
use http::header::{ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use http::{HeaderValue, StatusCode};
use vakt_identity::{IdentityError, Refusal, Tenant, TenantName};

use crate::app::App;
use crate::problem::json;

/// A document that browsers and caches may keep for a day (recorded headers).
fn published(body: &impl serde::Serialize) -> Response {
    let mut response = json(StatusCode::OK, body);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=86400, private"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, OPTIONS"));
    response
}

/// The answer to a browser that asks before it reads a published document.
pub(crate) async fn preflight_published() -> Response {
    let mut response = published(&serde_json::json!({}));
    *response.status_mut() = StatusCode::NO_CONTENT;
    *response.body_mut() = axum::body::Body::empty();
    response
}

/// The tenant of a path segment; `None` for `common` and `organizations`.
async fn tenant_of(app: &App, segment: &str) -> Result<Option<Tenant>, IdentityError> {
    let name = TenantName::read(segment);
    if name == TenantName::Any {
        return Ok(None);
    }
    let found = app.identity.store().find_tenant(&name).await?;
    let unknown = || Refusal::UnknownTenant { tenant: segment.to_owned() };
    found.map(Some).ok_or_else(|| IdentityError::Refused(unknown()))
}
