//! `addPassword` and `removePassword`.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use http::StatusCode;
use secrecy::ExposeSecret;
use vakt_identity::NewSecret;
use vakt_ids::KeyId;
use vakt_wire::graph::{AddPassword, RemovePassword};

use super::answers::{Place, no_content};
use super::applications::body;
use super::keys::{body_id, object_key};
use super::to_wire;
use crate::access::Caller;
use crate::app::AppState;
use crate::chance;
use crate::clock::whole_ticks;

/// `POST /applications/{key}/addPassword`: the only answer that ever holds the value.
pub(crate) async fn add_password(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let asked: AddPassword = body(&head.headers, content).await?;
        let asked = asked.password_credential.unwrap_or_default();
        let new = NewSecret {
            key_id: KeyId::from_random_bytes(chance::bytes()),
            salt: chance::bytes(),
            value: NewSecret::value_from(chance::bytes()),
            description: asked.display_name,
            starts_at: asked.start_date_time.map(whole_ticks),
            expires_at: asked.end_date_time.map(whole_ticks),
        };
        let key = object_key(&key)?;
        let kept = app.identity.add_secret(caller.tenant, key, &new, app.clock.now()).await?;
        let mut wire = to_wire::secret(&kept);
        wire.secret_text = Some(new.value.expose_secret().to_owned());
        place.entity(StatusCode::OK, "microsoft.graph.passwordCredential", &wire, &[])
    }
    .await;
    place.finish(&app, result)
}

/// `POST /applications/{key}/removePassword`
pub(crate) async fn remove_password(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    request: Request,
) -> Response {
    let (head, content) = request.into_parts();
    let place = Place::of(&app, &head.uri, &head.headers);
    let result = async {
        let asked: RemovePassword = body(&head.headers, content).await?;
        let secret: KeyId = body_id("keyId", &asked.key_id)?;
        app.identity.remove_secret(caller.tenant, object_key(&key)?, secret).await?;
        Ok(no_content())
    }
    .await;
    place.finish(&app, result)
}
