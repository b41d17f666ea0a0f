//! Registrations and their secrets.

use jiff::Timestamp;
use vakt_ids::{KeyId, TenantId};

use super::Identity;
use crate::application::Application;
use crate::catalogue;
use crate::credential::{NewSecret, SecretCredential};
use crate::directory::{Condition, DirectoryQuery, Match, ObjectKey, Predicate, Property};
use crate::error::IdentityError;

impl Identity {
    /// The registration, or [`IdentityError::NotFound`].
    pub async fn application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Application, IdentityError> {
        let found = self.store.find_application(tenant, key).await?;
        found.ok_or_else(|| IdentityError::not_found("application", key.text()))
    }

    /// The oldest registration with this name, without regard to case.
    pub async fn application_named(
        &self,
        tenant: TenantId,
        name: &str,
    ) -> Result<Option<Application>, IdentityError> {
        let (property, how) = (Property::DisplayName, Match::Is);
        let named = Condition { property, how, value: name.to_owned() };
        let query = DirectoryQuery {
            predicate: Some(Predicate::Holds(named)),
            top: 1,
            ..DirectoryQuery::default()
        };
        let page = self.store.list_applications(tenant, &query).await?;
        Ok(page.items.into_iter().next())
    }

    /// Adds a registration. It has no service principal yet.
    pub async fn register(&self, application: &Application) -> Result<(), IdentityError> {
        application.check(None)?;
        check_no_api_name(application)?;
        Ok(self.store.insert_application(application).await?)
    }

    /// Changes a registration by a function over its present state. Changes made side by side
    /// follow one another: none is lost.
    pub async fn change_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: impl FnOnce(&mut Application) -> Result<(), IdentityError> + Send,
    ) -> Result<Application, IdentityError> {
        let checked = |application: &mut Application| {
            let before = application.clone();
            change(application)?;
            application.check(Some(&before))?;
            check_no_api_name(application)
        };
        let changed = self.store.change_application(tenant, key, Box::new(checked)).await?;
        changed.ok_or_else(|| IdentityError::not_found("application", key.text()))
    }

    /// Removes a registration and its home service principal.
    pub async fn delete_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<(), IdentityError> {
        let application = self.application(tenant, key).await?;
        if self.store.delete_application(tenant, application.object_id).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("application", key.text()))
    }

    /// Adds a secret. Its value is in `new`, and nowhere afterwards.
    pub async fn add_secret(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        new: &NewSecret,
        now: Timestamp,
    ) -> Result<SecretCredential, IdentityError> {
        let application = self.application(tenant, key).await?;
        let secret = new.seal(now);
        if secret.expires_at <= secret.starts_at {
            return Err(IdentityError::Invalid("endDateTime is not after startDateTime".into()));
        }
        if self.store.add_secret(tenant, application.object_id, &secret).await? {
            return Ok(secret);
        }
        Err(IdentityError::not_found("application", key.text()))
    }

    /// Removes a secret.
    pub async fn remove_secret(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        secret: KeyId,
    ) -> Result<(), IdentityError> {
        let application = self.application(tenant, key).await?;
        if self.store.remove_secret(tenant, application.object_id, secret).await? {
            return Ok(());
        }
        Err(IdentityError::Invalid(format!("no password credential found with keyId `{secret}`")))
    }
}

/// The names of Microsoft's APIs belong to them. (Two applications with one name are refused by
/// the store, where nobody can come in between.)
fn check_no_api_name(application: &Application) -> Result<(), IdentityError> {
    match application.identifier_uris.iter().find(|uri| catalogue::find_by_name(uri).is_some()) {
        Some(uri) => Err(IdentityError::Invalid(format!(
            "identifierUris: `{uri}` names an API of the platform; choose another"
        ))),
        None => Ok(()),
    }
}

impl ObjectKey {
    /// The id, as text.
    pub fn text(self) -> String {
        match self {
            Self::Object(id) => id.to_string(),
            Self::App(id) => id.to_string(),
        }
    }
}
