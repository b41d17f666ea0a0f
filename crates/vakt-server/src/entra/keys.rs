//! Key documents. v1 and v2 publish the same keys; v2 adds for whom they may sign.

use axum::extract::{Path, State};
use axum::response::Response;
use vakt_token::Jwks;

use super::errors::{Correlation, answer_document};
use super::{published, tenant_of};
use crate::app::{App, AppState};
use crate::edge::Head;

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
            published(&document)
        }
        Err(error) => {
            let correlation = Correlation::of(&head.headers, head.uri.query());
            answer_document(&error, app, &origin.base, &correlation)
        }
    }
}
