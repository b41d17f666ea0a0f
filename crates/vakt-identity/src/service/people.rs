//! Administration of people: what administrators do with accounts, and people with their own.
//! Passwords come in as hashes, which their makers compute where that may block.

use vakt_ids::{ObjectId, TenantId};

use super::Identity;
use crate::audit::{Act, Activity, ChangedProperty, DirectoryEvent, Target};
use crate::error::IdentityError;
use crate::people::{NewPerson, Person, StoredPassword, TotpSecret, check_user_name};
use crate::tenant::TenantName;

/// Longest display name, in characters (Entra's own limit).
const NAME_LENGTH_MAX_CHARS: usize = 256;

/// Who knows a password that was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordOwner {
    /// The person alone.
    Person,
    /// Somebody else too: the person must choose another at the next sign-in.
    SomebodyElse,
}

impl Identity {
    /// All people of a tenant, by user name.
    pub async fn people(&self, tenant: TenantId) -> Result<Vec<Person>, IdentityError> {
        Ok(self.store.people(tenant).await?)
    }

    /// A person of a tenant, by object id or user name, or [`IdentityError::NotFound`].
    pub async fn person(&self, tenant: TenantId, name: &str) -> Result<Person, IdentityError> {
        let found = match name.parse::<ObjectId>() {
            Ok(id) => self.store.find_person(tenant, id).await?,
            Err(_) => self.store.find_person_anywhere(&name.trim().to_ascii_lowercase()).await?,
        };
        let found = found.filter(|person| person.tenant == tenant);
        found.ok_or_else(|| IdentityError::not_found("person", name))
    }

    /// Adds a person.
    pub async fn add_person(
        &self,
        tenant: TenantId,
        new: &NewPerson,
        act: &Act,
    ) -> Result<Person, IdentityError> {
        let home = self.store.find_tenant(&TenantName::Id(tenant)).await?;
        let home = home.ok_or_else(|| IdentityError::not_found("tenant", tenant))?;
        let person = Person {
            tenant,
            object_id: new.object_id,
            user_name: check_user_name(&new.user_name, &home)?,
            display_name: check_name(&new.display_name)?,
            role: new.role,
            is_enabled: true,
            password: new.password.clone(),
            must_change_password: new.must_change_password,
            totp: None,
            totp_last_step: None,
            failures: 0,
            last_failure_at: None,
            created_at: act.at,
            password_set_at: act.at,
        };
        let role = ChangedProperty::added("Role.DisplayName", person.role.name());
        let event = about(&person, act, Activity::AddPerson).changing(vec![role]);
        self.store.insert_person(&person, &[event]).await?;
        Ok(person)
    }

    /// Changes name, role or whether the person may sign in.
    pub async fn change_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        act: &Act,
        change: impl FnOnce(&mut Person) + Send,
    ) -> Result<Person, IdentityError> {
        let change = |person: &mut Person| {
            let before = person.clone();
            change(person);
            person.display_name = check_name(&person.display_name)?;
            let changes = differences(&before, person);
            Ok(vec![about(person, act, Activity::UpdatePerson).changing(changes)])
        };
        self.update_person(tenant, person, change).await
    }

    /// Sets a password, ends the person's sessions, and forgets failed sign-ins.
    pub async fn set_password(
        &self,
        tenant: TenantId,
        person: ObjectId,
        (password, owner): (StoredPassword, PasswordOwner),
        act: &Act,
    ) -> Result<Person, IdentityError> {
        let change = |person: &mut Person| {
            person.password = password;
            person.must_change_password = owner == PasswordOwner::SomebodyElse;
            person.password_set_at = act.at;
            person.forget_failures();
            Ok(vec![about(person, act, Activity::SetPassword)])
        };
        // Sessions of the old password have ended with this; their rows go for tidiness.
        let changed = self.update_person(tenant, person, change).await?;
        self.store.delete_sessions_of(tenant, person, None).await?;
        Ok(changed)
    }

    /// Makes a second factor part of each sign-in from now on. `step`, if there is one, is that
    /// whose code showed that the person holds it; that code does not count again.
    pub async fn enrol_totp(
        &self,
        tenant: TenantId,
        person: ObjectId,
        secret: TotpSecret,
        step: Option<i64>,
        act: &Act,
    ) -> Result<Person, IdentityError> {
        let change = |person: &mut Person| {
            person.totp = Some(secret);
            person.totp_last_step = step;
            Ok(vec![about(person, act, Activity::ChangeSecondFactor)])
        };
        self.update_person(tenant, person, change).await
    }

    /// Removes the second factor, for somebody who has lost it.
    pub async fn reset_totp(
        &self,
        tenant: TenantId,
        person: ObjectId,
        act: &Act,
    ) -> Result<Person, IdentityError> {
        let change = |person: &mut Person| {
            person.totp = None;
            person.totp_last_step = None;
            let event = about(person, act, Activity::ChangeSecondFactor);
            Ok(vec![event.changing(vec![ChangedProperty::removed("SecondFactor", "TOTP")])])
        };
        let changed = self.update_person(tenant, person, change).await?;
        self.store.delete_sessions_of(tenant, person, None).await?;
        Ok(changed)
    }

    /// Forgets failed sign-ins, so that the person need not wait.
    pub async fn unlock_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        act: &Act,
    ) -> Result<Person, IdentityError> {
        let change = |person: &mut Person| {
            let failures = ChangedProperty::removed("FailedSignIns", person.failures);
            person.forget_failures();
            Ok(vec![about(person, act, Activity::UpdatePerson).changing(vec![failures])])
        };
        self.update_person(tenant, person, change).await
    }

    /// Removes a person and ends the sessions.
    pub async fn delete_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let gone = self.person(tenant, &person.to_string()).await?;
        let event = about(&gone, act, Activity::DeletePerson);
        if self.store.delete_person(tenant, person, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("person", person))
    }

    pub(super) async fn update_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        change: impl FnOnce(&mut Person) -> Result<Vec<DirectoryEvent>, IdentityError> + Send,
    ) -> Result<Person, IdentityError> {
        let changed = self.store.change_person(tenant, person, Box::new(change)).await?;
        changed.ok_or_else(|| IdentityError::not_found("person", person))
    }
}

/// The record of something that was done to a person.
pub(super) fn about(person: &Person, act: &Act, activity: Activity) -> DirectoryEvent {
    DirectoryEvent::done(Some(person.tenant), act, activity, Target::person(person))
}

fn check_name(name: &str) -> Result<String, IdentityError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_LENGTH_MAX_CHARS {
        return Err(IdentityError::Invalid(format!(
            "a person's name has 1 to {NAME_LENGTH_MAX_CHARS} characters"
        )));
    }
    Ok(name.to_owned())
}

fn differences(old: &Person, new: &Person) -> Vec<ChangedProperty> {
    let pairs = [
        ("displayName", old.display_name.clone(), new.display_name.clone()),
        ("Role.DisplayName", old.role.name().into(), new.role.name().into()),
        ("accountEnabled", old.is_enabled.to_string(), new.is_enabled.to_string()),
    ];
    let differ = pairs.into_iter().filter(|(_, old, new)| old != new);
    let property = |(name, old, new): (&str, String, String)| ChangedProperty {
        name: name.to_owned(),
        old: Some(old),
        new: Some(new),
    };
    differ.map(property).collect()
}
