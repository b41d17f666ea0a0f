//! People of the seed: made when they are missing, and never changed.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use vakt_identity::audit::Act;
use vakt_identity::people::{NewPerson, PersonRole, StoredPassword, TotpSecret, check_password};
use vakt_identity::{IdentityError, Tenant};

use super::SeedError;
use super::file::SeedPerson;
use crate::app::App;
use crate::chance;

/// Makes a person unless the tenant has one of that user name. `folder` is where relative paths
/// start.
pub(super) async fn ensure(
    app: &App,
    tenant: &Tenant,
    wanted: &SeedPerson,
    folder: &Path,
) -> Result<(), SeedError> {
    let place = || format!("person `{}` of tenant `{}`", wanted.user_name, tenant.name);
    let content = |message: String| SeedError::Content { place: place(), message };
    let failed = |source| SeedError::Identity { place: place(), source };
    match app.identity.person(tenant.id, &wanted.user_name).await {
        Ok(_) => return Ok(()),
        Err(IdentityError::NotFound { .. }) => {}
        Err(other) => return Err(failed(other)),
    }
    let role = PersonRole::from_name(&wanted.role).ok_or_else(|| {
        let known: Vec<&str> = PersonRole::ALL.iter().map(|role| role.name()).collect();
        content(format!("`{}` is not a role; known are {}", wanted.role, known.join(", ")))
    })?;
    let new = NewPerson {
        object_id: chance::object_id(),
        user_name: wanted.user_name.clone(),
        display_name: wanted.name.clone(),
        role,
        password: password(app, wanted, folder).await.map_err(content)?,
        must_change_password: wanted.must_change_password,
    };
    let act = Act::of_console(app.clock.now());
    let person = app.identity.add_person(tenant.id, &new, &act).await.map_err(failed)?;
    if let Some(text) = &wanted.totp_secret {
        let secret = TotpSecret::from_base32(text.expose_secret()).ok_or_else(|| {
            content("totp_secret is not 32 letters and digits of base32".to_owned())
        })?;
        let enrolled = app.identity.enrol_totp(tenant.id, person.object_id, secret, None, &act);
        enrolled.await.map_err(failed)?;
    }
    Ok(())
}

/// The hash of whichever of the three was given.
async fn password(app: &App, wanted: &SeedPerson, folder: &Path) -> Result<StoredPassword, String> {
    let text = match (&wanted.password, &wanted.password_file, &wanted.password_hash) {
        (Some(text), None, None) => text.clone(),
        (None, Some(file), None) => read(&folder.join(file))?,
        (None, None, Some(hash)) => {
            return StoredPassword::from_phc(hash.expose_secret()).map_err(|e| e.to_string());
        }
        _ => {
            let message = "give one of password, password_file and password_hash";
            return Err(message.to_owned());
        }
    };
    if let Err(fault) = check_password(&text, &wanted.user_name) {
        tracing::warn!(person = wanted.user_name, "in the seed: {fault}; use it in tests only");
    }
    let hashed = app.hashing.hash(text).await.map_err(|problem| problem.message)?;
    hashed.map_err(|fault| fault.to_string())
}

/// The first line of a file.
fn read(path: &Path) -> Result<SecretString, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read the password file `{}`: {error}", path.display()))?;
    Ok(text.lines().next().unwrap_or_default().into())
}
