//! `…/federatedIdentityCredentials`: subjects of foreign issuers that may act as an application.

use axum::response::Response;
use serde_json::{Map, Value};
use vakt_identity::{Application, FederatedCredential, IdentityError, ObjectKey};
use vakt_ids::KeyId;
use vakt_wire::graph::{FederatedIdentityCredential, Page};

use super::answers::no_content;
use super::call::Call;
use super::entity::Shown;
use super::errors::{bad_request, not_found};
use super::merge::{Writable, wanted};
use super::{small_list, to_wire};
use crate::chance;
use crate::problem::Problem;

impl Writable for FederatedIdentityCredential {
    const READ_ONLY: &'static [&'static str] = &["id"];
    const FIXED: &'static [&'static str] = &[];
}

/// `GET …/federatedIdentityCredentials`
pub(crate) async fn list_federated(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = Shown::of::<FederatedIdentityCredential>(&options.select, &[])?;
    let application = call.app.identity.application(call.tenant, call.key()?).await?;
    let all = application.federated.iter().map(to_wire::federated).collect();
    let page: Page<_> = small_list::page(&call, &options, all)?;
    call.place.page(page, &shown)
}

/// `GET …/federatedIdentityCredentials/{id or name}`
pub(crate) async fn get_federated(call: Call) -> Result<Response, Problem> {
    let shown = Shown::of::<FederatedIdentityCredential>(&call.options()?.select, &[])?;
    let application = call.app.identity.application(call.tenant, call.key()?).await?;
    let name = call.key_text(1);
    let found = application.federated.iter().find(|one| is_named(one, name));
    call.place.entity(&to_wire::federated(found.ok_or_else(|| not_found(name))?), &shown)
}

/// `POST …/federatedIdentityCredentials`
pub(crate) async fn create_federated(mut call: Call) -> Result<Response, Problem> {
    let body: Map<String, Value> = call.body().await?;
    let id = KeyId::from_random_bytes(chance::bytes());
    let new = read(id, wanted(&FederatedIdentityCredential::default(), &body)?)?;
    let wire = to_wire::federated(&new);
    change(&call, call.key()?, move |all| {
        all.push(new);
        Ok(())
    })
    .await?;
    let below = call.place.path_below_root();
    call.place.created_at(&format!("{below}/{}", wire.id), &wire)
}

/// `PATCH …/federatedIdentityCredentials/{id or name}`. Named by its name, it is made if it is not
/// there.
pub(crate) async fn update_federated(mut call: Call) -> Result<Response, Problem> {
    let body: Map<String, Value> = call.body().await?;
    let text = call.key_text(1).to_owned();
    let id = KeyId::from_random_bytes(chance::bytes());
    change(&call, call.key()?, move |all| {
        let invalid = |bad: Problem| IdentityError::Invalid(bad.message);
        if let Some(present) = all.iter_mut().find(|one| is_named(one, &text)) {
            let wanted = wanted(&to_wire::federated(present), &body).map_err(invalid)?;
            if wanted.name != present.name {
                return Err(IdentityError::Invalid(
                    "name cannot be changed; make another federated identity credential".into(),
                ));
            }
            *present = read(present.id, wanted).map_err(invalid)?;
            return Ok(());
        }
        let Some((_, name)) = text.split_once('=') else {
            return Err(IdentityError::NotFound { what: "federated credential", name: text });
        };
        let named = FederatedIdentityCredential {
            name: name.to_owned(),
            ..FederatedIdentityCredential::default()
        };
        all.push(read(id, wanted(&named, &body).map_err(invalid)?).map_err(invalid)?);
        Ok(())
    })
    .await?;
    Ok(no_content())
}

/// `DELETE …/federatedIdentityCredentials/{id or name}`
pub(crate) async fn delete_federated(call: Call) -> Result<Response, Problem> {
    let text = call.key_text(1).to_owned();
    change(&call, call.key()?, move |all| {
        let before = all.len();
        all.retain(|one| !is_named(one, &text));
        match all.len() < before {
            true => Ok(()),
            false => Err(IdentityError::NotFound { what: "federated credential", name: text }),
        }
    })
    .await?;
    Ok(no_content())
}

async fn change(
    call: &Call,
    key: ObjectKey,
    change: impl FnOnce(&mut Vec<FederatedCredential>) -> Result<(), IdentityError> + Send,
) -> Result<(), Problem> {
    let change = |application: &mut Application| change(&mut application.federated);
    call.app.identity.change_application(call.tenant, key, &call.act(), change).await?;
    Ok(())
}

/// Is it the one that a path names: by id, by name, or as `(name='…')`?
fn is_named(credential: &FederatedCredential, text: &str) -> bool {
    let name = match text.split_once('=') {
        Some((key, name)) if key.eq_ignore_ascii_case("name") => name,
        _ => text,
    };
    // Paths do not keep the case of words that routes are made of.
    credential.name.eq_ignore_ascii_case(name) || text.parse() == Ok(credential.id)
}

fn read(id: KeyId, wanted: FederatedIdentityCredential) -> Result<FederatedCredential, Problem> {
    let [audience] = wanted.audiences.as_slice() else {
        return Err(bad_request(
            "audiences: exactly one is wanted, usually `api://AzureADTokenExchange`",
        ));
    };
    Ok(FederatedCredential {
        id,
        name: wanted.name,
        issuer: wanted.issuer,
        subject: wanted.subject,
        audience: audience.clone(),
        description: wanted.description,
    })
}
