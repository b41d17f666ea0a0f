//! The authorization server's metadata in the words of RFC 8414: what OAuth clients read that know
//! nothing of OpenID Connect. It promises what is there and nothing else. The address follows from
//! the issuer: the well-known path stands between the host and the issuer's path.

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use vakt_ids::TenantId;
use vakt_wire::entra::OAuthServerMetadata;

use super::discovery::{CLIENT_AUTHENTICATION, named_tenant, refused, words};
use super::published;
use crate::app::{App, AppState};
use crate::edge::Head;
use crate::names::Origin;
use crate::problem::Problem;

/// `GET /.well-known/oauth-authorization-server/{tenant}`
pub(crate) async fn metadata_v1(
    State(app): State<AppState>,
    Path(segment): Path<String>,
    head: Head,
) -> Response {
    serve(&app, &segment, &head, v1).await
}

/// `GET /.well-known/oauth-authorization-server/{tenant}/v2.0`
pub(crate) async fn metadata_v2(
    State(app): State<AppState>,
    Path(segment): Path<String>,
    head: Head,
) -> Response {
    serve(&app, &segment, &head, v2).await
}

/// `GET /.well-known/oauth-authorization-server`: there is no issuer without a tenant.
pub(crate) async fn metadata_of_nobody(State(app): State<AppState>, head: Head) -> Response {
    let problem = Problem::new(
        StatusCode::BAD_REQUEST,
        "BadRequest",
        "every issuer here has a tenant in its path; ask for \
         /.well-known/oauth-authorization-server/<tenant id>/v2.0",
    );
    problem.answer(&app, head.uri.path(), &head.headers)
}

async fn serve(
    app: &App,
    segment: &str,
    head: &Head,
    document: fn(&Origin, &str, Option<TenantId>) -> OAuthServerMetadata,
) -> Response {
    let origin = app.names.origin(&head.uri, &head.headers);
    match named_tenant(app, segment).await {
        Ok((name, tenant)) => published(&document(&origin, &name, tenant)),
        Err(error) => refused(app, &origin, head, &error),
    }
}

fn v1(origin: &Origin, name: &str, tenant: Option<TenantId>) -> OAuthServerMetadata {
    let base = format!("{}/{name}", origin.base);
    OAuthServerMetadata {
        authorization_endpoint: format!("{base}/oauth2/authorize"),
        token_endpoint: format!("{base}/oauth2/token"),
        jwks_uri: format!("{base}/discovery/keys"),
        ..shared(origin.v1_issuer(tenant))
    }
}

fn v2(origin: &Origin, name: &str, tenant: Option<TenantId>) -> OAuthServerMetadata {
    let base = format!("{}/{name}", origin.base);
    OAuthServerMetadata {
        authorization_endpoint: format!("{base}/oauth2/v2.0/authorize"),
        token_endpoint: format!("{base}/oauth2/v2.0/token"),
        jwks_uri: format!("{base}/discovery/v2.0/keys"),
        ..shared(origin.v2_issuer(tenant))
    }
}

fn shared(issuer: String) -> OAuthServerMetadata {
    OAuthServerMetadata {
        issuer,
        authorization_endpoint: String::new(),
        token_endpoint: String::new(),
        jwks_uri: String::new(),
        response_types_supported: words("code"),
        response_modes_supported: words("query,form_post"),
        grant_types_supported: words("client_credentials"),
        token_endpoint_auth_methods_supported: words(CLIENT_AUTHENTICATION),
        token_endpoint_auth_signing_alg_values_supported: words("RS256,PS256"),
    }
}
