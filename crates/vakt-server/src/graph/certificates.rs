//! `addKey` and `removeKey`: rolling certificates without the right to change the application, by
//! proving possession of one that is there.

use axum::response::Response;
use vakt_ids::KeyId;
use vakt_token::KeyProof;
use vakt_wire::graph::{AddKey, RemoveKey};

use super::answers::no_content;
use super::call::Call;
use super::errors::bad_request;
use super::keys::body_id;
use super::to_wire::KeyBytes;
use super::{from_wire, to_wire};
use crate::problem::Problem;

/// `POST …/addKey`
pub(crate) async fn add_key(mut call: Call) -> Result<Response, Problem> {
    let asked: AddKey = call.body().await?;
    let secret = asked.password_credential.and_then(|password| password.secret_text);
    if secret.is_some_and(|text| !text.is_empty()) {
        return Err(bad_request(
            "passwordCredential must be null: only certificates that verify are kept here",
        ));
    }
    let new = from_wire::read_certificate(&asked.key_credential)?;
    let wire = to_wire::certificate(&new, KeyBytes::Hidden);
    let proof = read_proof(&asked.proof)?;
    let identity = &call.app.identity;
    identity.add_certificate(call.tenant, call.holder()?, new, (&proof, &call.act())).await?;
    call.place.value("microsoft.graph.keyCredential", &wire)
}

/// `POST …/removeKey`
pub(crate) async fn remove_key(mut call: Call) -> Result<Response, Problem> {
    let asked: RemoveKey = call.body().await?;
    let key: KeyId = body_id("keyId", &asked.key_id)?;
    let proof = read_proof(&asked.proof)?;
    let identity = &call.app.identity;
    identity.remove_certificate(call.tenant, call.holder()?, key, (&proof, &call.act())).await?;
    Ok(no_content())
}

fn read_proof(text: &str) -> Result<KeyProof, Problem> {
    KeyProof::read(text).map_err(|fault| {
        bad_request(format!(
            "proof: {fault}; sign a JWT with the key of a certificate that is registered already"
        ))
    })
}
