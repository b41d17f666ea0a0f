//! Where an account signs in, asked by libraries before they send a person's password. Everybody who
//! is known here signs in here; nobody is federated.

use axum::extract::{Path, State};
use axum::response::Response;
use vakt_identity::{IdentityError, Refusal, TenantName};
use vakt_wire::entra::UserRealm;

use super::discovery::{CLOUD_INSTANCE_NAME, refused};
use super::published;
use crate::app::{App, AppState};
use crate::edge::Head;

/// `GET /common/userrealm/{upn}`
pub(crate) async fn user_realm(
    State(app): State<AppState>,
    Path(name): Path<String>,
    head: Head,
) -> Response {
    match find(&app, &name).await {
        Ok(realm) => published(&realm),
        Err(error) => refused(&app, &app.names.origin(&head.uri, &head.headers), &head, &error),
    }
}

async fn find(app: &App, user_name: &str) -> Result<UserRealm, IdentityError> {
    let malformed = || IdentityError::Refused(Refusal::Malformed);
    let (_, domain) = user_name.rsplit_once('@').ok_or_else(malformed)?;
    let domain = domain.to_ascii_lowercase();
    let tenant = app.identity.store().find_tenant(&TenantName::Domain(domain.clone())).await?;
    let account_type = if tenant.is_some() { "Managed" } else { "Unknown" };
    Ok(UserRealm {
        ver: "1.0".into(),
        account_type: account_type.into(),
        domain_name: domain,
        cloud_instance_name: CLOUD_INSTANCE_NAME.into(),
        cloud_audience_urn: "urn:federation:MicrosoftOnline".into(),
    })
}
