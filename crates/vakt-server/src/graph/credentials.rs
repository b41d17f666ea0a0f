//! `addPassword` and `removePassword`, of applications and of service principals.

use axum::response::Response;
use secrecy::ExposeSecret;
use vakt_identity::{Holder, NewSecret};
use vakt_ids::KeyId;
use vakt_wire::graph::{AddPassword, RemovePassword};

use super::answers::no_content;
use super::call::Call;
use super::keys::body_id;
use super::to_wire;
use crate::chance;
use crate::clock::whole_ticks;
use crate::problem::Problem;

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
    let (identity, tenant, act) = (&call.app.identity, call.tenant, call.act());
    let kept = match call.holder()? {
        Holder::Application(key) => identity.add_secret(tenant, key, &new, &act).await?,
        Holder::ServicePrincipal(key) => {
            identity.add_principal_secret(tenant, key, &new, &act).await?
        }
    };
    let mut wire = to_wire::secret(&kept);
    wire.secret_text = Some(new.value.expose_secret().to_owned());
    call.place.value("microsoft.graph.passwordCredential", &wire)
}

/// `POST …/removePassword`
pub(crate) async fn remove_password(mut call: Call) -> Result<Response, Problem> {
    let asked: RemovePassword = call.body().await?;
    let secret: KeyId = body_id("keyId", &asked.key_id)?;
    let (identity, tenant, act) = (&call.app.identity, call.tenant, call.act());
    match call.holder()? {
        Holder::Application(key) => identity.remove_secret(tenant, key, secret, &act).await?,
        Holder::ServicePrincipal(key) => {
            identity.remove_principal_secret(tenant, key, secret, &act).await?;
        }
    }
    Ok(no_content())
}
