//! Registrations and their secrets.

use vakt_ids::{KeyId, TenantId};

use super::Identity;
use crate::application::Application;
use crate::audit::{Act, Activity, ChangedProperty, DirectoryEvent, Target, differences};
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
    pub async fn register(
        &self,
        application: &Application,
        act: &Act,
    ) -> Result<(), IdentityError> {
        application.check(None)?;
        check_no_api_name(application)?;
        let event = about(application, act, Activity::AddApplication);
        Ok(self.store.insert_application(application, &[event]).await?)
    }

    /// Changes a registration by a function over its present state. Changes made side by side
    /// follow one another: none is lost.
    pub async fn change_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        act: &Act,
        change: impl FnOnce(&mut Application) -> Result<(), IdentityError> + Send,
    ) -> Result<Application, IdentityError> {
        let checked = |application: &mut Application| {
            let before = application.clone();
            change(application)?;
            application.check(Some(&before))?;
            check_no_api_name(application)?;
            let changes = differences::of_applications(&before, application);
            let activity = if before.certificates != application.certificates
                || before.federated != application.federated
            {
                Activity::ChangeCredentials
            } else {
                Activity::UpdateApplication
            };
            Ok(vec![about(application, act, activity).changing(changes)])
        };
        let changed = self.store.change_application(tenant, key, Box::new(checked)).await?;
        changed.ok_or_else(|| IdentityError::not_found("application", key.text()))
    }

    /// Deletes a registration and its home service principal; for a while it can be restored.
    pub async fn delete_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let application = self.application(tenant, key).await?;
        let event = about(&application, act, Activity::DeleteApplication);
        let object = application.object_id;
        if self.store.delete_application(tenant, object, act.at, &[event]).await? {
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
        act: &Act,
    ) -> Result<SecretCredential, IdentityError> {
        let application = self.application(tenant, key).await?;
        let secret = sealed(new, act)?;
        let added = ChangedProperty::added("passwordCredentials", secret.key_id);
        let event = about(&application, act, Activity::ChangeCredentials).changing(vec![added]);
        if self.store.add_secret(tenant, application.object_id, &secret, &[event]).await? {
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
        act: &Act,
    ) -> Result<(), IdentityError> {
        let application = self.application(tenant, key).await?;
        let removed = ChangedProperty::removed("passwordCredentials", secret);
        let event = about(&application, act, Activity::ChangeCredentials).changing(vec![removed]);
        if self.store.remove_secret(tenant, application.object_id, secret, &[event]).await? {
            return Ok(());
        }
        Err(no_such_secret(secret))
    }
}

/// The form of a secret to keep.
pub(super) fn sealed(new: &NewSecret, act: &Act) -> Result<SecretCredential, IdentityError> {
    let secret = new.seal(act.at);
    if secret.expires_at <= secret.starts_at {
        return Err(IdentityError::Invalid("endDateTime is not after startDateTime".into()));
    }
    Ok(secret)
}

/// The sentence that scripts match on, to take a secret that is gone for removed.
pub(super) fn no_such_secret(secret: KeyId) -> IdentityError {
    IdentityError::Invalid(format!(
        "No password credential found with keyId '{secret}'. Read passwordCredentials for those \
         that are there."
    ))
}

fn about(application: &Application, act: &Act, activity: Activity) -> DirectoryEvent {
    let target = Target::application(application);
    DirectoryEvent::done(Some(application.tenant), act, activity, target)
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
