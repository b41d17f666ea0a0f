//! Instance discovery: which host names are one authority. Clients ask it about names they do not
//! know; with taken-over names, also after errors, and they fail without `metadata`.

use axum::extract::State;
use axum::response::Response;
use percent_encoding::percent_decode_str;
use vakt_identity::{IdentityError, Refusal};
use vakt_wire::entra::{InstanceDiscovery, InstanceMetadata};

use super::errors::{Correlation, answer_document};
use super::published;
use crate::app::{App, AppState};
use crate::edge::Head;
use crate::names::{LOGIN_NAMES, host_of};

/// `GET /{tenant}/discovery/instance`
pub(crate) async fn instance_discovery(State(app): State<AppState>, head: Head) -> Response {
    match document(&app, head.uri.query().unwrap_or_default()) {
        Ok(document) => published(&document),
        Err(refusal) => {
            let origin = app.names.origin(&head.uri, &head.headers);
            let correlation = Correlation::of(&head.headers, head.uri.query());
            let error = IdentityError::Refused(refusal);
            answer_document(&error, &app, &origin.base, &correlation)
        }
    }
}

fn document(app: &App, query: &str) -> Result<InstanceDiscovery, Refusal> {
    let endpoint = parameter(query, "authorization_endpoint");
    let endpoint = endpoint.ok_or(Refusal::MissingParameter("authorization_endpoint"))?;
    let rest = endpoint.strip_prefix("https://").or(endpoint.strip_prefix("http://"));
    let rest = rest.ok_or(Refusal::UnknownInstance)?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let authority = authority.to_ascii_lowercase();
    let host = host_of(&authority);
    if !app.names.is_own(host) && !app.names.is_microsoft(host) {
        return Err(Refusal::UnknownInstance);
    }
    let tenant = path.split('/').next().filter(|name| !name.is_empty()).unwrap_or("common");
    let version = if path.contains("/v2.0") { "/v2.0" } else { "" };
    Ok(InstanceDiscovery {
        tenant_discovery_endpoint: format!(
            "https://{authority}/{tenant}{version}/.well-known/openid-configuration"
        ),
        api_version: parameter(query, "api-version").unwrap_or_else(|| "1.1".into()),
        metadata: metadata(app, &authority),
    })
}

fn metadata(app: &App, authority: &str) -> Vec<InstanceMetadata> {
    let mut groups = Vec::new();
    if app.names.take_over {
        groups.push(InstanceMetadata {
            preferred_network: "login.microsoftonline.com".into(),
            preferred_cache: "login.windows.net".into(),
            aliases: LOGIN_NAMES.iter().map(|name| (*name).to_owned()).collect(),
        });
    }
    if !app.names.is_microsoft(host_of(authority)) {
        groups.push(InstanceMetadata {
            preferred_network: authority.to_owned(),
            preferred_cache: authority.to_owned(),
            aliases: vec![authority.to_owned()],
        });
    }
    groups
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.into_iter().find(|(key, _)| *key == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}
