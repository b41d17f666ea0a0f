//! The door of one route: a valid token and one of the row's roles, or an answer that says which.

use std::sync::Arc;

use axum::response::Response;
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use vakt_identity::{SigningKeys, catalogue};
use vakt_ids::TenantId;
use vakt_token::{TokenName, ValidToken, inspect};

use super::bearer;
use super::caller::Caller;
use super::ledger::{Api, Row};
use crate::app::App;
use crate::chance;
use crate::edge::CLIENT_REQUEST_ID;
use crate::problem::Problem;
use crate::quota::Standing;
use crate::turnstile::Turnstile;

/// What a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Things of the caller's tenant.
    OwnTenant,
    /// The whole server.
    Server,
}

/// The door of one route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Door {
    pub row: &'static Row,
    pub reach: Reach,
    pub turnstile: Turnstile,
}

impl Door {
    /// Opens for a request, which knows its caller then; or answers in the handler's place.
    pub(crate) async fn open(
        self,
        app: &App,
        head: &mut Parts,
    ) -> Result<Option<Standing>, Response> {
        match self.check(app, head).await {
            Ok(caller) => {
                let standing = self.turnstile.pass(app, &caller, head).await?;
                head.extensions.insert(caller);
                Ok(standing)
            }
            Err(problem) => Err(self.refuse(app, head, problem)),
        }
    }

    async fn check(self, app: &App, head: &Parts) -> Result<Caller, Problem> {
        let keys = app.identity.keys().await?;
        let caller = self.admit(app, &keys, head)?;
        check_tenant(app, self.reach, &caller).await?;
        if self.row.api == Api::Portal {
            check_held(app, self.row, &caller).await?;
        }
        Ok(caller)
    }

    fn admit(self, app: &App, keys: &SigningKeys, head: &Parts) -> Result<Caller, Problem> {
        let text = bearer::token_of(&head.headers).ok_or_else(bearer::missing)?;
        let named = head.extensions.get::<TokenName>().copied();
        let name = named.unwrap_or_else(|| TokenName::of(text));
        let token = bearer::check(app, keys, self.row, (text, name))?;
        let may = token.roles.iter().any(|role| self.row.any_of.contains(&role.as_str()));
        if self.row.api != Api::Portal && !may {
            return Err(missing_roles(self.row, &token));
        }
        self.caller(app, token, head).ok_or_else(Problem::internal)
    }

    fn caller(self, app: &App, token: Arc<ValidToken>, head: &Parts) -> Option<Caller> {
        let sent = head.headers.get(CLIENT_REQUEST_ID).and_then(|id| id.to_str().ok());
        Some(Caller {
            tenant: token.tid.parse().ok()?,
            app: token.app_id.parse().ok()?,
            principal: token.oid.parse().ok()?,
            address: app.proxies.caller(&head.extensions, &head.headers),
            correlation: sent.and_then(|id| id.parse().ok()).unwrap_or_else(chance::object_id),
            turnstile: self.turnstile,
            token,
        })
    }

    fn refuse(self, app: &App, head: &Parts, problem: Problem) -> Response {
        let challenge = (problem.status == StatusCode::UNAUTHORIZED).then(|| {
            let base = app.names.origin(&head.uri, &head.headers).base;
            challenge(&base, self.row, head, &problem)
        });
        let mut response = problem.answer(app, head.uri.path(), &head.headers);
        if let Some(challenge) = challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
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
fn challenge(base: &str, row: &Row, head: &Parts, problem: &Problem) -> HeaderValue {
    let seen = bearer::token_of(&head.headers).and_then(|token| inspect(token).ok());
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
