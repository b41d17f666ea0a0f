//! The bearer token at the door: found, validated, and when refused, explained.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use vakt_identity::{SigningKeys, catalogue};
use vakt_token::{Expected, SeenClaims, TokenError, TokenName, ValidToken, inspect};

use super::ledger::{Api, Row};
use crate::app::App;
use crate::problem::Problem;

/// The token of a request. `Bearer x`, `bearer x` and a bare `x` are accepted: one widely used
/// connector sends the last.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<&str> {
    let value = std::str::from_utf8(headers.get(AUTHORIZATION)?.as_bytes()).ok()?.trim();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        Some(_) => return None,
        None if value.eq_ignore_ascii_case("bearer") => "",
        None => value,
    };
    (!token.is_empty()).then_some(token)
}

/// Validates a token for a route.
pub(super) fn check(
    app: &App,
    keys: &SigningKeys,
    row: &Row,
    (token, name): (&str, TokenName),
) -> Result<Arc<ValidToken>, Problem> {
    let expected = Expected {
        issuer: &|issuer, tenant, version| app.names.accepts_issuer(issuer, tenant, version),
        audience: &|audience| accepts_audience(app, row.api, audience),
        now: app.clock.now(),
    };
    let checked = app.validated.validate_named(&name, token, keys.public(), &expected);
    checked.map_err(|error| refuse(app, row.api, token, &error))
}

fn accepts_audience(app: &App, api: Api, audience: &str) -> bool {
    if app.names.is_own_base(audience) {
        // The base stands for Microsoft's APIs; for ours a client asks by name.
        return !matches!(api, Api::Vakt | Api::Portal);
    }
    let Some(named) = catalogue::find_by_name(audience) else { return false };
    match api {
        Api::Graph => named.app_id == catalogue::GRAPH,
        Api::Vakt => named.app_id == catalogue::VAKT,
        Api::Portal => named.app_id == catalogue::PORTAL,
        Api::Endpoint => {
            [catalogue::THREAT_PROTECTION, catalogue::ENDPOINT].contains(&named.app_id)
        }
        Api::ThreatProtection => {
            [catalogue::THREAT_PROTECTION, catalogue::ENDPOINT, catalogue::GRAPH]
                .contains(&named.app_id)
        }
    }
}

/// The audience that an API's tokens usually have.
fn usual_audience(api: Api) -> &'static str {
    match api {
        Api::ThreatProtection => "https://api.security.microsoft.com",
        Api::Endpoint => "https://api.securitycenter.microsoft.com",
        Api::Graph => "https://graph.microsoft.com",
        Api::Vakt => "api://vakt",
        Api::Portal => "74658136-14ec-4630-ad9b-26e160ff0fc6",
    }
}

/// The audience to ask for instead, when a token is for another API than the one called: its roles
/// will never do.
pub(super) fn other_api(api: Api, audience: &str) -> Option<&'static str> {
    let usual = usual_audience(api);
    let named = catalogue::find_by_name(audience)?.app_id;
    let right = catalogue::find_by_name(usual)?.app_id;
    (named != right).then_some(usual)
}

/// What was wrong, what the token said, and what would have been right.
fn refuse(app: &App, api: Api, token: &str, error: &TokenError) -> Problem {
    let seen = inspect(token).map(|token| token.claims).unwrap_or_default();
    let wanted = usual_audience(api);
    let tenant = seen.tid.as_deref().unwrap_or("{tenant}");
    let message = format!(
        "Invalid Authorization payload. {}. {}. Wanted: Audience: {wanted}, Issuer: {}, \
         Validity: valid at {}. {}",
        capitalised(&error.to_string()),
        described(&seen),
        app.names.describe_issuers(tenant),
        app.clock.now(),
        next_step(error, wanted),
    );
    Problem::new(StatusCode::UNAUTHORIZED, "Unauthorized", message)
}

fn described(seen: &SeenClaims) -> String {
    let text = |value: &Option<String>| -> String {
        value.as_deref().unwrap_or("(none)").chars().take(200).collect()
    };
    let time = |value: Option<jiff::Timestamp>| value.map_or("(none)".into(), |t| t.to_string());
    format!(
        "AppId: {}, Audience: {}, Issuer: {}, Validity: valid from {} to {}",
        text(&seen.app_id),
        text(&seen.aud),
        text(&seen.iss),
        time(seen.nbf),
        time(seen.exp),
    )
}

fn next_step(error: &TokenError, wanted: &str) -> String {
    match error {
        TokenError::Expired(_) => "Get a new token.".into(),
        TokenError::NotYetValid(_) => "Check the clocks of client and server.".into(),
        TokenError::Audience(_) => format!("Ask for a token with scope {wanted}/.default."),
        TokenError::Issuer(_) => "Get the token from this server.".into(),
        _ => {
            "Get a token from this server and send it unchanged, as Authorization: Bearer <token>."
                .into()
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// No token at all.
pub(super) fn missing() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "Unauthorized",
        "The request has no access token. Get one from the token endpoint and send it as \
         Authorization: Bearer <token>.",
    )
}
