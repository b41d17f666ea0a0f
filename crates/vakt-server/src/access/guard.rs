//! The door of one route: a valid token and one of the row's roles, or an answer that says which.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::MethodRouter;
use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, StatusCode};
use vakt_identity::{SigningKeys, catalogue};
use vakt_ids::{ObjectId, TenantId};
use vakt_token::{ValidToken, inspect};

use super::bearer;
use super::caller::Caller;
use super::ledger::{Api, Row};
use crate::app::{App, AppState};
use crate::chance;
use crate::problem::Problem;
use crate::turnstile::Turnstile;

/// What a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Things of the caller's tenant.
    OwnTenant,
    /// The whole server.
    Server,
}

/// Puts the door in front of a handler.
pub(crate) fn guarded(
    app: &AppState,
    (row, reach): (&'static Row, Reach),
    turnstile: Turnstile,
    handler: MethodRouter<AppState>,
) -> MethodRouter<AppState> {
    handler.layer(from_fn_with_state((app.clone(), row, reach, turnstile), door))
}

async fn door(
    State((app, row, reach, turnstile)): State<(AppState, &'static Row, Reach, Turnstile)>,
    mut request: Request,
    next: Next,
) -> Response {
    let admitted = match app.identity.keys().await {
        Ok(keys) => admit(&app, &keys, row, &request),
        Err(error) => Err(error.into()),
    };
    let admitted = match admitted {
        Ok(caller) => check_tenant(&app, reach, &caller).await.map(|()| caller),
        refused => refused,
    };
    let admitted = match admitted {
        Ok(caller) if row.api == Api::Portal => {
            check_held(&app, row, &caller).await.map(|()| caller)
        }
        other => other,
    };
    match admitted {
        Ok(caller) => {
            request.extensions_mut().insert(caller.clone());
            turnstile.pass(&app, &caller, request, next).await
        }
        Err(problem) => {
            let challenge = (problem.status == StatusCode::UNAUTHORIZED).then(|| {
                let base = app.names.origin(request.uri(), request.headers()).base;
                challenge(&base, row, &request, &problem)
            });
            let mut response = problem.answer(&app, request.uri().path(), request.headers());
            if let Some(challenge) = challenge {
                response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
            }
            response
        }
    }
}

fn admit(app: &App, keys: &SigningKeys, row: &Row, request: &Request) -> Result<Caller, Problem> {
    let token = bearer::token_of(request.headers()).ok_or_else(bearer::missing)?;
    let token = bearer::check(app, keys, row, token)?;
    let may = token.roles.iter().any(|role| row.any_of.contains(&role.as_str()));
    if row.api != Api::Portal && !may {
        return Err(missing_roles(row, &token));
    }
    caller(app, &token, request).ok_or_else(Problem::internal)
}

/// Does the client hold one of the row's roles on Microsoft Graph at this moment?
async fn check_held(app: &App, row: &Row, caller: &Caller) -> Result<(), Problem> {
    let held = app.identity.roles_held(caller.tenant, caller.principal, catalogue::GRAPH).await?;
    if held.iter().any(|role| row.any_of.contains(&role.as_str())) {
        return Ok(());
    }
    let message = format!(
        "Missing application roles of Microsoft Graph. API required roles: {}, application roles: \
         {}. Grant application {} one of the required roles.",
        row.any_of.join(","),
        held.join(","),
        caller.app,
    );
    Err(Problem::new(StatusCode::FORBIDDEN, "Forbidden", message))
}

/// Is the token's tenant still there, and does what is asked concern it?
async fn check_tenant(app: &App, reach: Reach, caller: &Caller) -> Result<(), Problem> {
    if !app.identity.has_tenant(caller.tenant).await? {
        return Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "Unauthorized",
            format!(
                "The token's tenant {} does not exist any more. Get a token of another tenant.",
                caller.tenant
            ),
        ));
    }
    if reach == Reach::OwnTenant || app.identity.is_operator_tenant(caller.tenant).await? {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "Forbidden",
        format!(
            "This concerns the whole server, and tenant {} does not operate it: here its roles \
             count for nothing. Use an application of the operator's tenant.",
            caller.tenant
        ),
    ))
}

fn caller(app: &App, token: &Arc<ValidToken>, request: &Request) -> Option<Caller> {
    let sent = request.headers().get("client-request-id").and_then(|id| id.to_str().ok());
    let sent = sent.and_then(|id| id.parse::<ObjectId>().ok()).map(|id| id.to_string());
    Some(Caller {
        tenant: token.tid.parse().ok()?,
        app: token.app_id.parse().ok()?,
        principal: token.oid.parse().ok()?,
        address: app.proxies.caller(request.extensions(), request.headers()),
        correlation: sent.unwrap_or_else(chance::guid),
        token: token.clone(),
    })
}

fn missing_roles(row: &Row, token: &ValidToken) -> Problem {
    let next_step = match bearer::other_api(row.api, &token.aud) {
        Some(wanted) => format!("The token is for {}: ask for {wanted}/.default.", token.aud),
        None => format!(
            "Grant application {} one of the required roles, consent, and get a new token.",
            token.app_id
        ),
    };
    let message = format!(
        "Missing application roles. API required roles: {}, application roles: {}. {next_step}",
        row.any_of.join(","),
        token.roles.join(","),
    );
    Problem::new(StatusCode::FORBIDDEN, "Forbidden", message)
}

/// RFC 6750, with the members that Microsoft's libraries look for.
fn challenge(base: &str, row: &Row, request: &Request, problem: &Problem) -> HeaderValue {
    let seen = bearer::token_of(request.headers()).and_then(|token| inspect(token).ok());
    let tenant = seen.and_then(|token| token.claims.tid?.parse::<TenantId>().ok());
    let tenant = tenant.map_or("common".into(), |tenant| tenant.to_string());
    let plain = |c: char| if (' '..='~').contains(&c) && c != '"' && c != '\\' { c } else { ' ' };
    let reason: String = problem.message.chars().take(200).map(plain).collect();
    let text = format!(
        "Bearer realm=\"\", authorization_uri=\"{base}/{tenant}/oauth2/authorize\", \
         client_id=\"{}\", error=\"invalid_token\", error_description=\"{reason}\"",
        row.api.app_id()
    );
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("Bearer"))
}
