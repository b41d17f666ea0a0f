//! `addPassword` and `removePassword`.

use axum::response::Response;
use http::StatusCode;
use secrecy::ExposeSecret;
use vakt_identity::{NewSecret, ObjectKey};
use vakt_ids::KeyId;
use vakt_wire::graph::{AddPassword, RemovePassword};

use super::answers::no_content;
use super::call::Call;
use super::keys::body_id;
use super::to_wire;
use crate::chance;
use crate::clock::whole_ticks;
use crate::problem::Problem;

/// The application whose secrets a call is about. A service principal's are those of its
/// application, at home; elsewhere it has none.
async fn holder(call: &Call) -> Result<ObjectKey, Problem> {
    if !call.uri.path().contains("/servicePrincipals/") {
        return call.key();
    }
    let principal = call.app.identity.service_principal(call.tenant, call.key()?).await?;
    Ok(ObjectKey::App(principal.app_id))
}

/// `POST …/addPassword`: the only answer that ever holds the value.
pub(crate) async fn add_password(mut call: Call) -> Result<Response, Problem> {
    let asked: AddPassword = call.body().await?;
    let asked = asked.password_credential.unwrap_or_default();
    let new = NewSecret {
        key_id: KeyId::from_random_bytes(chance::bytes()),
        salt: chance::bytes(),
        value: NewSecret::value_from(chance::bytes()),
        description: asked.display_name,
        starts_at: asked.start_date_time.map(whole_ticks),
        expires_at: asked.end_date_time.map(whole_ticks),
    };
    let key = holder(&call).await?;
    let kept = call.app.identity.add_secret(call.tenant, key, &new, &call.act()).await?;
    let mut wire = to_wire::secret(&kept);
    wire.secret_text = Some(new.value.expose_secret().to_owned());
    call.place.entity(StatusCode::OK, "microsoft.graph.passwordCredential", &wire, &[])
}

/// `POST …/removePassword`
pub(crate) async fn remove_password(mut call: Call) -> Result<Response, Problem> {
    let asked: RemovePassword = call.body().await?;
    let secret: KeyId = body_id("keyId", &asked.key_id)?;
    let key = holder(&call).await?;
    call.app.identity.remove_secret(call.tenant, key, secret, &call.act()).await?;
    Ok(no_content())
}
