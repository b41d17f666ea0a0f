//! People of the caller's tenant.

use serde_json::json;
use vakt_wire::operator::{
    MadePerson, NewPerson, PasswordReset, Person, PersonChanges, PersonList,
};

use super::Operator;
use crate::client::to_json;
use crate::error::ClientError;
use crate::transport::{Method, Request};

impl Operator<'_> {
    /// All people, by user name.
    pub async fn people(&self) -> Result<Vec<Person>, ClientError> {
        Ok(self.get::<PersonList>(&["people"], &[]).await?.value)
    }

    /// Adds a person. A password that is made there is shown this once.
    pub async fn add_person(&self, new: &NewPerson) -> Result<MadePerson, ClientError> {
        self.post(&["people"], new).await
    }

    /// Changes a person, named by object id or user name.
    pub async fn change_person(
        &self,
        name: &str,
        changes: &PersonChanges,
    ) -> Result<Person, ClientError> {
        let url = self.url(&["people", name], &[]);
        self.read(Request::json(Method::Patch, url, to_json(changes)?)).await
    }

    /// Sets a password, or has one made.
    pub async fn reset_password(
        &self,
        name: &str,
        reset: &PasswordReset,
    ) -> Result<MadePerson, ClientError> {
        self.post(&["people", name, "resetPassword"], reset).await
    }

    /// Removes the second factor of somebody who lost it.
    pub async fn reset_second_factor(&self, name: &str) -> Result<Person, ClientError> {
        self.post(&["people", name, "resetSecondFactor"], &json!({})).await
    }

    /// Forgets failed sign-ins.
    pub async fn unlock_person(&self, name: &str) -> Result<Person, ClientError> {
        self.post(&["people", name, "unlock"], &json!({})).await
    }

    /// Removes a person.
    pub async fn remove_person(&self, name: &str) -> Result<(), ClientError> {
        self.delete(&["people", name], &[]).await
    }
}
