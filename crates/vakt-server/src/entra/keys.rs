//! Key documents. v1 and v2 publish the same keys; v2 adds for whom they may sign.
//!
//! They may be kept for an hour, where Microsoft's may be kept for a day. A new key is published for
//! a day before it signs, so that both would do; a key that is retired by force is forgotten sooner.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use vakt_token::Jwks;

use super::discovery::refused;
use super::{published, tenant_of};
use crate::app::{App, AppState};
use crate::edge::Head;

/// How long a key document may be kept.
const KEPT: &str = "max-age=3600, private";

/// `GET /{tenant}/discovery/keys`
pub(crate) async fn keys_v1(
    State(app): State<AppState>,
    Path(segment): Path<String>,
    head: Head,
) -> Response {
    serve(&app, &segment, &head, false).await
}

/// `GET /{tenant}/discovery/v2.0/keys`
pub(crate) async fn keys_v2(
    State(app): State<AppState>,
    Path(segment): Path<String>,
    head: Head,
) -> Response {
    serve(&app, &segment, &head, true).await
}

async fn serve(app: &App, segment: &str, head: &Head, with_issuer: bool) -> Response {
    let origin = app.names.origin(&head.uri, &head.headers);
    let found = async { Ok((tenant_of(app, segment).await?, app.identity.keys().await?)) };
    match found.await {
        Ok((tenant, keys)) => {
            let mut document: Jwks = keys.jwks().clone();
            let issuer = origin.v2_issuer(tenant.map(|tenant| tenant.id));
            for key in document.keys.iter_mut().filter(|_| with_issuer) {
                key.issuer = Some(issuer.clone());
            }
            answer(&document, &head.headers)
        }
        Err(error) => refused(app, &origin, head, &error),
    }
}

/// The document, or the word that the caller has it already.
fn answer(document: &Jwks, headers: &HeaderMap) -> Response {
    let mut response = published(document);
    let kids: Vec<&str> = document.keys.iter().map(|key| key.kid.as_str()).collect();
    // At one address the document differs by its keys and by nothing else.
    let tag = format!("\"{}\"", kids.join("."));
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|value| value.split(',')).any(|known| is_tag(known.trim(), &tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(CONTENT_TYPE);
    }
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(KEPT));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// Compares weakly, as RFC 9110 wants it here.
fn is_tag(known: &str, tag: &str) -> bool {
    known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
}
