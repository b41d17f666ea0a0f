//! Owners of applications and service principals: service principals and people of the tenant.

use axum::response::Response;
use serde_json::{Map, Value};
use vakt_identity::{Holder, IdentityError, ObjectKey};
use vakt_ids::ObjectId;
use vakt_wire::graph::{self as wire, Page};

use super::answers::no_content;
use super::call::Call;
use super::entity::Shown;
use super::errors::{bad_request, not_found};
use super::keys::body_id;
use crate::problem::Problem;

/// The sentence that clients take for "it was one already".
const ALREADY_AN_OWNER: &str = "One or more added object references already exist for the \
                                following modified properties: 'owners'.";
/// Most owners that a creation can name (Graph's own limit).
const OWNERS_OF_NEW_MAX: usize = 20;

/// `GET …/owners`
pub(crate) async fn list_owners(call: Call) -> Result<Response, Problem> {
    let options = call.options()?;
    let shown = Shown::of::<wire::DirectoryObject>(&options.select, &[])?;
    let owners = match call.holder()? {
        Holder::Application(key) => call.app.identity.application(call.tenant, key).await?.owners,
        Holder::ServicePrincipal(key) => {
            call.app.identity.service_principal(call.tenant, key).await?.owners
        }
    };
    let value = resolved(&call, &owners).await?;
    let count = options.count.then_some(value.len() as u64);
    call.place.page(Page { context: None, count, next_link: None, value }, &shown)
}

/// `POST …/owners/$ref`
pub(crate) async fn add_owner(mut call: Call) -> Result<Response, Problem> {
    let body: Map<String, Value> = call.body().await?;
    let Some(Value::String(address)) = body.get("@odata.id") else {
        return Err(bad_request("`@odata.id` is missing; send the address of a directory object"));
    };
    let owner = existing(&call, address).await?;
    change(&call, move |owners| {
        if owners.contains(&owner) {
            return Err(IdentityError::Invalid(ALREADY_AN_OWNER.into()));
        }
        owners.push(owner);
        Ok(())
    })
    .await
}

/// `DELETE …/owners/{id}/$ref`
pub(crate) async fn remove_owner(call: Call) -> Result<Response, Problem> {
    let text = call.key_text(1).to_owned();
    let owner: ObjectId = text.parse().map_err(|_| not_found(&text))?;
    change(&call, move |owners| {
        let before = owners.len();
        owners.retain(|one| *one != owner);
        match owners.len() < before {
            true => Ok(()),
            false => Err(IdentityError::NotFound { what: "owner", name: text }),
        }
    })
    .await
}

async fn change(
    call: &Call,
    change: impl FnOnce(&mut Vec<ObjectId>) -> Result<(), IdentityError> + Send,
) -> Result<Response, Problem> {
    let (identity, act) = (&call.app.identity, call.act());
    match call.holder()? {
        Holder::Application(key) => {
            let change =
                |application: &mut vakt_identity::Application| change(&mut application.owners);
            identity.change_application(call.tenant, key, &act, change).await?;
        }
        Holder::ServicePrincipal(key) => {
            let change =
                |principal: &mut vakt_identity::ServicePrincipal| change(&mut principal.owners);
            identity.change_service_principal(call.tenant, key, &act, change).await?;
        }
    }
    Ok(no_content())
}

/// The owners of something new: those that the body binds, else the caller.
pub(super) async fn of_new(
    call: &Call,
    body: &mut Map<String, Value>,
) -> Result<Vec<ObjectId>, Problem> {
    let Some(bound) = body.remove("owners@odata.bind") else {
        return Ok(vec![call.principal()]);
    };
    let wrong = || bad_request("`owners@odata.bind` is not a list of addresses");
    let addresses = bound.as_array().ok_or_else(wrong)?;
    if addresses.len() > OWNERS_OF_NEW_MAX {
        let text = format!("`owners@odata.bind` has more than {OWNERS_OF_NEW_MAX} addresses");
        return Err(bad_request(text));
    }
    let mut owners = Vec::with_capacity(addresses.len());
    for address in addresses {
        let owner = existing(call, address.as_str().ok_or_else(wrong)?).await?;
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    Ok(owners)
}

/// The service principal or person that an address such as `…/directoryObjects/{id}` names.
async fn existing(call: &Call, address: &str) -> Result<ObjectId, Problem> {
    let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let inner = last.split_once("('").and_then(|(_, rest)| rest.strip_suffix("')"));
    let id: ObjectId = body_id("owners", inner.unwrap_or(last))?;
    match resolved(call, &[id]).await?.is_empty() {
        true => Err(not_found(&id.to_string())),
        false => Ok(id),
    }
}

/// The owners that are still there.
pub(super) async fn resolved(
    call: &Call,
    owners: &[ObjectId],
) -> Result<Vec<wire::DirectoryObject>, Problem> {
    let mut found = Vec::with_capacity(owners.len());
    for id in owners {
        let key = ObjectKey::Object(*id);
        if let Some(principal) = call.store().find_service_principal(call.tenant, key).await? {
            found.push(wire::DirectoryObject {
                kind: Some("#microsoft.graph.servicePrincipal".into()),
                id: id.to_string(),
                display_name: Some(principal.display_name),
                app_id: Some(principal.app_id.to_string()),
                ..wire::DirectoryObject::default()
            });
        } else if let Some(person) =
            call.app.identity.people_store().find_person(call.tenant, *id).await?
        {
            found.push(wire::DirectoryObject {
                kind: Some("#microsoft.graph.user".into()),
                id: id.to_string(),
                display_name: Some(person.display_name),
                user_principal_name: Some(person.user_name),
                ..wire::DirectoryObject::default()
            });
        }
    }
    Ok(found)
}
