//! People of the caller's tenant: added, changed, helped and removed.

use axum::response::Response;
use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use vakt_identity::PasswordOwner;
use vakt_identity::people::{
    self, Person, PersonRole, StoredPassword, check_password, one_time_password,
};
use vakt_ids::ObjectId;
use vakt_wire::operator::{MadePerson, NewPerson, PasswordReset, PersonChanges, PersonList};

use super::call::Call;
use super::errors::Refused;
use super::to_wire;
use crate::app::App;
use crate::chance;
use crate::graph::no_content;
use crate::problem::json;

/// A password that was chosen or made, hashed.
pub(super) struct ReadyPassword {
    pub stored: StoredPassword,
    pub owner: PasswordOwner,
    /// The value, if it was made here and must be told.
    pub made: Option<SecretString>,
}

impl ReadyPassword {
    /// Takes the password given for `user_name`, or makes one. One that was made here is known to
    /// whoever asked for it, and so never stays.
    pub(super) async fn new(
        app: &App,
        user_name: &str,
        given: Option<String>,
        must_change: Option<bool>,
    ) -> Result<Self, Refused> {
        let is_given = given.is_some();
        let value = given.map_or_else(|| one_time_password(chance::bytes()), SecretString::from);
        let fault = |fault: people::PasswordFault| Refused::bad_request(fault.to_string());
        check_password(&value, user_name).map_err(fault)?;
        let stored = app.hashing.hash(value.clone()).await?.map_err(fault)?;
        let stays = is_given && must_change == Some(false);
        let owner = if stays { PasswordOwner::Person } else { PasswordOwner::SomebodyElse };
        Ok(Self { stored, owner, made: (!is_given).then_some(value) })
    }
}

/// What a wish for a person says, read and hashed.
pub(super) struct ReadyPerson {
    pub new: people::NewPerson,
    /// The password's value, if it was made here.
    pub made: Option<SecretString>,
}

impl ReadyPerson {
    pub(super) async fn new(app: &App, wish: NewPerson) -> Result<Self, Refused> {
        let role = read_role(wish.role.as_deref())?.unwrap_or(PersonRole::GlobalAdministrator);
        let (given, must_change) = (wish.password, wish.must_change_password);
        let password =
            ReadyPassword::new(app, &wish.user_principal_name, given, must_change).await?;
        let display_name = wish.display_name.unwrap_or_else(|| wish.user_principal_name.clone());
        let new = people::NewPerson {
            object_id: chance::object_id(),
            user_name: wish.user_principal_name,
            display_name,
            role,
            password: password.stored,
            must_change_password: password.owner == PasswordOwner::SomebodyElse,
        };
        Ok(Self { new, made: password.made })
    }
}

/// `GET /vakt/v1/people`
pub(crate) async fn list_people(call: Call) -> Result<Response, Refused> {
    let now = call.app.clock.now();
    let people = call.identity().people(call.tenant).await?;
    let value = people.iter().map(|person| to_wire::person(person, now)).collect();
    Ok(json(StatusCode::OK, &PersonList { value }))
}

/// `GET /vakt/v1/people/{id}`
pub(crate) async fn get_person(call: Call) -> Result<Response, Refused> {
    let person = named(&call).await?;
    Ok(shown(&call, &person))
}

/// `POST /vakt/v1/people`
pub(crate) async fn add_person(mut call: Call) -> Result<Response, Refused> {
    let wish: NewPerson = call.body().await?;
    let ready = ReadyPerson::new(&call.app, wish).await?;
    let person = call.identity().add_person(call.tenant, &ready.new, &call.act()).await?;
    Ok(json(StatusCode::CREATED, &made(&call, &person, ready.made)))
}

/// `PATCH /vakt/v1/people/{id}`
pub(crate) async fn change_person(mut call: Call) -> Result<Response, Refused> {
    let wish: PersonChanges = call.body().await?;
    let role = read_role(wish.role.as_deref())?;
    let id = named(&call).await?.object_id;
    let change = |person: &mut Person| {
        if let Some(name) = wish.display_name {
            person.display_name = name;
        }
        person.role = role.unwrap_or(person.role);
        person.is_enabled = wish.account_enabled.unwrap_or(person.is_enabled);
    };
    let person = call.identity().change_person(call.tenant, id, &call.act(), change).await?;
    Ok(shown(&call, &person))
}

/// `DELETE /vakt/v1/people/{id}`
pub(crate) async fn remove_person(call: Call) -> Result<Response, Refused> {
    let id = named(&call).await?.object_id;
    call.identity().delete_person(call.tenant, id, &call.act()).await?;
    Ok(no_content())
}

/// `POST /vakt/v1/people/{id}/resetPassword`
pub(crate) async fn reset_password(mut call: Call) -> Result<Response, Refused> {
    let wish: PasswordReset = call.body().await?;
    let person = named(&call).await?;
    let (given, must_change) = (wish.password, wish.must_change_password);
    let ready = ReadyPassword::new(&call.app, &person.user_name, given, must_change).await?;
    let password = (ready.stored, ready.owner);
    let (tenant, act) = (call.tenant, call.act());
    let person = call.identity().set_password(tenant, person.object_id, password, &act).await?;
    Ok(json(StatusCode::OK, &made(&call, &person, ready.made)))
}

/// `POST /vakt/v1/people/{id}/resetSecondFactor`
pub(crate) async fn reset_second_factor(call: Call) -> Result<Response, Refused> {
    let id: ObjectId = named(&call).await?.object_id;
    let person = call.identity().reset_totp(call.tenant, id, &call.act()).await?;
    Ok(shown(&call, &person))
}

/// `POST /vakt/v1/people/{id}/unlock`
pub(crate) async fn unlock_person(call: Call) -> Result<Response, Refused> {
    let id = named(&call).await?.object_id;
    let person = call.identity().unlock_person(call.tenant, id, &call.act()).await?;
    Ok(shown(&call, &person))
}

/// The person of the path, by object id or user name.
async fn named(call: &Call) -> Result<Person, Refused> {
    Ok(call.identity().person(call.tenant, call.name()).await?)
}

fn shown(call: &Call, person: &Person) -> Response {
    json(StatusCode::OK, &to_wire::person(person, call.app.clock.now()))
}

/// A person, with the password that nobody sees again.
pub(super) fn made(call: &Call, person: &Person, password: Option<SecretString>) -> MadePerson {
    MadePerson {
        person: to_wire::person(person, call.app.clock.now()),
        password: password.map(|value| value.expose_secret().to_owned()),
    }
}

fn read_role(name: Option<&str>) -> Result<Option<PersonRole>, Refused> {
    let Some(name) = name else { return Ok(None) };
    let role = PersonRole::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = PersonRole::ALL.iter().map(|role| role.name()).collect();
        Refused::bad_request(format!("`{name}` is not a role; there are {}", known.join(", ")))
    })?;
    Ok(Some(role))
}
